// SPDX-License-Identifier: BSL-1.0
// Adam: steps by hand, Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/adam.hpp>

#include "follow.hpp"

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(optimizers_adam)

using After = Adam::with<epsilon_after_correction, weight_decay_in_gradient>;

BOOST_AUTO_TEST_CASE(the_first_step_has_the_length_of_the_learning_rate) {
    const auto path = test::follow(Adam{.learning_rate = 0.5, .epsilon = 0}, {1, 1}, {{1e-3, -1e3}});
    BOOST_TEST(path[0][0] == 0.5, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(path[0][1] == 1.5, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(conventions_part_for_tiny_gradients) {
    const std::vector<test::Numbers> gradients(50, {1e-6});
    BOOST_TEST(test::follow(After{.epsilon = 1e-7}, {0}, gradients)[49][0] == -0.0455, boost::test_tools::tolerance(2e-3));
    BOOST_TEST(test::follow(Adam{}, {0}, gradients)[49][0] == -0.0290, boost::test_tools::tolerance(2e-3));
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_adam", Adam{});
    test::check_golden("keras_adam_falling", Adam{.learning_rate = 0.1});
    test::check_golden("keras_adam_betas", Adam{.learning_rate = 0.01, .beta_1 = 0.8, .beta_2 = 0.95, .epsilon = 1e-3});
    test::check_golden("keras_adam_amsgrad", Adam::with<amsgrad>{.learning_rate = 0.01, .beta_2 = 0.8});
    test::check_golden("keras_adam_weight_decay", Adam{.learning_rate = 0.01, .weight_decay = 0.1});
}

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    test::check_golden("pytorch_adam", After{.epsilon = 1e-8});
    test::check_golden("pytorch_adam_falling", After{.epsilon = 1e-8});
    test::check_golden("pytorch_adam_amsgrad", After::with<amsgrad>{.beta_2 = 0.8, .epsilon = 1e-8});
    test::check_golden("pytorch_adam_weight_decay", After{.epsilon = 1e-8, .weight_decay = 0.1});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) {
    BOOST_TEST(test::states<Adam>() == "momentum velocity");
    BOOST_TEST(test::states<Adam::with<amsgrad>>() == "momentum velocity velocity_hat");
}

BOOST_AUTO_TEST_CASE(what_depends_on_numbers_alone_is_scalar) {
    // Thirteen operations on an element: the corrections of the moments are computed once a step.
    int elements = 0;
    for (const Operation& o : test::body<Adam>().operations)
        if (o.kind == Kind::pointwise && o.shape.rank > 0) ++elements;
    BOOST_TEST(elements == 13);
}

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<Adam::with<nesterov>>() ==
               "Adam does not take the option nesterov: it takes amsgrad, epsilon_after_correction, weight_decay_in_gradient");
}

BOOST_AUTO_TEST_SUITE_END()
