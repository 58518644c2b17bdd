// SPDX-License-Identifier: BSL-1.0
// All optimizers.
#pragma once
#include <weft/optimizers/accumulation.hpp>
#include <weft/optimizers/adadelta.hpp>
#include <weft/optimizers/adagrad.hpp>
#include <weft/optimizers/adam.hpp>
#include <weft/optimizers/adam_w.hpp>
#include <weft/optimizers/adamax.hpp>
#include <weft/optimizers/clipping.hpp>
#include <weft/optimizers/moving_average.hpp>
#include <weft/optimizers/nadam.hpp>
#include <weft/optimizers/optimizer.hpp>
#include <weft/optimizers/options.hpp>
#include <weft/optimizers/rms_prop.hpp>
#include <weft/optimizers/sgd.hpp>
#include <weft/optimizers/update.hpp>
