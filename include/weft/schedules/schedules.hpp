// SPDX-License-Identifier: BSL-1.0
// All schedules.
#pragma once
#include <weft/schedules/cosine_decay.hpp>
#include <weft/schedules/cosine_decay_restarts.hpp>
#include <weft/schedules/exponential_decay.hpp>
#include <weft/schedules/inverse_time_decay.hpp>
#include <weft/schedules/learning_rate.hpp>
#include <weft/schedules/one_cycle.hpp>
#include <weft/schedules/piecewise_constant_decay.hpp>
#include <weft/schedules/polynomial_decay.hpp>
#include <weft/schedules/step_decay.hpp>
