// SPDX-License-Identifier: BSL-1.0
// All metrics.
#pragma once
#include <weft/metrics/accuracy.hpp>
#include <weft/metrics/auc.hpp>
#include <weft/metrics/binary_accuracy.hpp>
#include <weft/metrics/categorical_accuracy.hpp>
#include <weft/metrics/confusion.hpp>
#include <weft/metrics/f1_score.hpp>
#include <weft/metrics/metric.hpp>
#include <weft/metrics/r2_score.hpp>
#include <weft/metrics/root_mean_squared_error.hpp>
#include <weft/metrics/sparse_categorical_accuracy.hpp>
#include <weft/metrics/top_k.hpp>
