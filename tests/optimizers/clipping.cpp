// SPDX-License-Identifier: BSL-1.0
// Clipping by norm: by hand, and as Keras clips, one gradient and several.
#include <weft/optimizers/adam.hpp>
#include <weft/optimizers/clipping.hpp>
#include <weft/optimizers/sgd.hpp>

#include "follow.hpp"

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(optimizers_clipping)

namespace {

/// An optimizer of a user takes the options when it is a template of them.
template <class... Options>
struct Descent {
    double learning_rate = 1;
    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        g.assign(parameter, parameter - g.scalar(&Descent::learning_rate) * gradient);
    }
};

/// Two gradients, of 2 x 2 elements and of 1, and a missing one, as optimizer O sees them.
template <class O>
std::vector<test::Numbers> transformed(const test::Numbers& matrix, double number) {
    Graph g;
    List<int> gradients{g.input({2, 2}, DType::real, false).id, -1, g.input({}, DType::real, false).id};
    detail::GradientsFor<O>::transform(g, gradients);
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    BOOST_TEST(gradients[1] == -1);
    reference::Environment<double> env;
    env.inputs = {matrix, {number}};
    const auto values = reference::evaluate(g, env);
    return {values[static_cast<std::size_t>(gradients[0])], values[static_cast<std::size_t>(gradients[2])]};
}

void check(const test::Numbers& values, const test::Numbers& expected) {
    BOOST_TEST_REQUIRE(values.size() == expected.size());
    for (std::size_t i = 0; i < values.size(); ++i) BOOST_TEST(std::abs(values[i] - expected[i]) <= test::exact);
}

} // namespace

BOOST_AUTO_TEST_CASE(each_gradient_by_its_own_norm) {
    const auto long_ones = transformed<Descent<clipnorm<2>>>({0, 3, 4, 0}, -8);
    check(long_ones[0], {0, 1.2, 1.6, 0});
    check(long_ones[1], {-2});
    const auto short_ones = transformed<Descent<clipnorm<6>>>({0, 3, 4, 0}, 0);
    check(short_ones[0], {0, 3, 4, 0});
    BOOST_TEST(short_ones[1][0] == 0);
}

BOOST_AUTO_TEST_CASE(all_gradients_by_the_norm_of_all) {
    const auto long_ones = transformed<Descent<global_clipnorm<1>>>({0, 3, 4, 0}, 12);
    check(long_ones[0], {0, 3.0 / 13, 4.0 / 13, 0});
    check(long_ones[1], {12.0 / 13});
    const auto none = transformed<Descent<global_clipnorm<1>>>({0, 0, 0, 0}, 0);
    BOOST_TEST(none[0][0] == 0);
    BOOST_TEST(none[1][0] == 0);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_sgd_clip_norm", SGD::with<clipnorm<1.0>>{.learning_rate = 0.1});
    test::check_golden("keras_sgd_clip_norm", SGD::with<no_momentum, clipnorm<1.0>>{.learning_rate = 0.1});
    test::check_golden("keras_sgd_global_clip_norm", SGD::with<global_clipnorm<1>>{.learning_rate = 0.1});
    test::check_golden("keras_adam_clip_norm", Adam::with<clipnorm<0.5>>{.learning_rate = 0.1});
    test::check_golden("keras_sgd_clip_norm", Descent<clipnorm<1>>{.learning_rate = 0.1});
}

BOOST_AUTO_TEST_SUITE_END()
