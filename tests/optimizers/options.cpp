// SPDX-License-Identifier: BSL-1.0
// Options of optimizers: every combination that means something is a type of its own.
#include <boost/test/unit_test.hpp>

#include <weft/optimizers/adam.hpp>
#include <weft/optimizers/rms_prop.hpp>
#include <weft/optimizers/sgd.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_options)

BOOST_AUTO_TEST_CASE(options_add_up) {
    static_assert(std::is_same_v<Adam::with<amsgrad>::with<epsilon_after_correction>, Adam::with<amsgrad, epsilon_after_correction>>);
    static_assert(std::is_same_v<SGD::with<no_momentum>::with<weight_decay_in_gradient>, SGD::with<no_momentum, weight_decay_in_gradient>>);
    BOOST_TEST(type_name<Adam::with<amsgrad>>() == "Adam<amsgrad>");
}

BOOST_AUTO_TEST_CASE(optimizers_are_aggregates_of_numbers) {
    static_assert(std::is_aggregate_v<SGD> && std::is_aggregate_v<RMSprop::with<no_momentum>> && std::is_aggregate_v<Adam>);
    constexpr SGD sgd{.learning_rate = 0.1, .momentum = 0.9};
    BOOST_TEST(member_values(sgd, 0)[1] == 0.9);
    BOOST_TEST(member_index(&SGD::weight_decay) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
