// SPDX-License-Identifier: BSL-1.0
// Compares schedules with what Keras and PyTorch computed, for their tests.
#pragma once
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <weft/schedules/learning_rate.hpp>

#include "../golden/golden.hpp"

namespace test {

inline constexpr double exact = 1e-9;       ///< tolerance in double, of the largest value

/// The schedule gives the golden rates, by itself and as a LearningRate.
inline void check_golden(const std::string& name, const auto& schedule) {
    static const golden::File file("schedules");
    BOOST_TEST_CONTEXT(name) {
        const auto &steps = file[name + "/steps"].values, &rates = file[name + "/learning_rates"].values;
        const weft::LearningRate rate = schedule;
        double difference = 0, largest = 0;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            difference = std::max(difference, std::abs(schedule.at(steps[i]) - rates[i]));
            largest = std::max(largest, std::abs(rates[i]));
            if (rate.at(steps[i]) != schedule.at(steps[i])) difference = INFINITY;
        }
        BOOST_TEST(difference <= exact * largest);
    }
}

} // namespace test
