// SPDX-License-Identifier: BSL-1.0
// All losses.
#pragma once
#include <weft/losses/binary_crossentropy.hpp>
#include <weft/losses/categorical_crossentropy.hpp>
#include <weft/losses/cosine_similarity.hpp>
#include <weft/losses/focal_crossentropy.hpp>
#include <weft/losses/hinge.hpp>
#include <weft/losses/huber.hpp>
#include <weft/losses/kl_divergence.hpp>
#include <weft/losses/log_cosh.hpp>
#include <weft/losses/loss.hpp>
#include <weft/losses/mean_absolute_error.hpp>
#include <weft/losses/mean_absolute_percentage_error.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/losses/mean_squared_logarithmic_error.hpp>
#include <weft/losses/options.hpp>
#include <weft/losses/poisson.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/losses/target.hpp>
#include <weft/losses/triplet_margin_loss.hpp>
