// SPDX-License-Identifier: BSL-1.0
// Weft for targets without a heap, exceptions or streams: layers, losses, optimizers, StaticModel and StaticTrainer.
#pragma once
#include <weft/core/verdict.hpp>        // first: compilers print the way to it in every error

#include <weft/initializers/initializers.hpp>
#include <weft/layers/layers.hpp>
#include <weft/layers/pipe.hpp>
#include <weft/losses/losses.hpp>
#include <weft/metrics/metrics.hpp>
#include <weft/model/runner.hpp>
#include <weft/optimizers/optimizers.hpp>
#include <weft/schedules/schedules.hpp>
