// SPDX-License-Identifier: BSL-1.0
// Tests of Dropout.
#include <weft/layers/dropout.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_dropout)

static_assert(check::message_of<Dropout<1.5f>>(Shape{2})
              == "layer 0 dropout (Dropout<1.5>) drops with probability 1.5: needs a rate of at least 0 and below 1");
static_assert(!check::message_of<Dropout<1>>(Shape{2}).empty());
static_assert(!check::message_of<Dropout<-0.1>>(Shape{2}).empty());

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Dropout<0.25f>>({{3, 4}}, {.output = {3, 4}});
}

BOOST_AUTO_TEST_CASE(does_nothing_outside_of_training) {
    BOOST_TEST((check::apply<Dropout<0.5>>({3}, 1, {1, 2, 3}) == check::Array{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(drops_a_share_and_scales_the_rest) {
    const check::Array y = check::apply<Dropout<0.25f>>({1000}, 8, check::Array(8000, 3.0), {}, true);
    const auto dropped = std::count(y.begin(), y.end(), 0.0);
    BOOST_TEST(dropped + std::count(y.begin(), y.end(), 4.0) == 8000);
    BOOST_TEST(std::abs(dropped / 8000.0 - 0.25) < 0.02);          // four standard deviations
}

BOOST_AUTO_TEST_CASE(layers_drop_independently) {
    Graph g(true);
    const Tensor x = g.input({100}), a = g.call<Dropout<0.5>>(x), b = g.call<Dropout<0.5>>(x);
    reference::Environment<double> env;
    env.inputs = {check::Array(100, 1.0)};
    const auto values = reference::evaluate(g, env);
    BOOST_TEST((check::value(values, a) != check::value(values, b)));
}

BOOST_AUTO_TEST_SUITE_END()
