// SPDX-License-Identifier: BSL-1.0
// All schedules.
#pragma once
#include <weft/schedules/cosine_decay.hpp>
#include <weft/schedules/exponential_decay.hpp>
#include <weft/schedules/inverse_time_decay.hpp>
#include <weft/schedules/learning_rate.hpp>
#include <weft/schedules/piecewise_constant_decay.hpp>
#include <weft/schedules/polynomial_decay.hpp>
