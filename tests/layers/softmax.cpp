// SPDX-License-Identifier: BSL-1.0
// Tests of Softmax and LogSoftmax.
#include <weft/layers/softmax.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_softmax)

static_assert(check::message_of<Softmax>(Shape{})
              == "layer 0 softmax (Softmax) needs a vector or a tensor with more axes, receives a scalar");
static_assert(check::message_of<Softmax::with<axis<2>>>(Shape{3, 4})
              == "layer 0 softmax (Softmax<axis<2>>) works along axis 2 of a tensor of 3 x 4: there is none");

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Softmax>({{5}}, {.output = {5}});
    check::check_layer<Softmax::with<axis<0>>>({{3, 2}}, {.output = {3, 2}});
    check::check_layer<LogSoftmax>({{3, 4}}, {.output = {3, 4}});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Softmax>("softmax");
    check::check_golden<Softmax>("softmax_extreme");
    check::check_golden<LogSoftmax>("log_softmax");
    check::check_golden<LogSoftmax>("log_softmax_extreme");
}

BOOST_AUTO_TEST_CASE(sums_to_one_along_its_axis) {
    const check::Array y = check::apply<Softmax::with<axis<0>>>({2, 2}, 1, {1, 5, 2, -4});
    BOOST_TEST(std::abs(y[0] + y[2] - 1) < check::tolerance::exact);
    BOOST_TEST(std::abs(y[1] + y[3] - 1) < check::tolerance::exact);
}

BOOST_AUTO_TEST_SUITE_END()
