// SPDX-License-Identifier: BSL-1.0
// All losses.
#pragma once
#include <weft/losses/binary_crossentropy.hpp>
#include <weft/losses/categorical_crossentropy.hpp>
#include <weft/losses/huber.hpp>
#include <weft/losses/loss.hpp>
#include <weft/losses/mean_absolute_error.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/losses/options.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/losses/target.hpp>
