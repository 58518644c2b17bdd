// SPDX-License-Identifier: BSL-1.0
// Tests of Dense.
#include <weft/layers/dense.hpp>

#include <check_golden.hpp>
#include <weft/initializers/he_normal.hpp>
#include <weft/layers/flatten.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_dense)

static_assert(Layer<Dense<3>>);
static_assert(check::message_of<Dense<3>>(Shape{2}).empty());
static_assert(check::message_of<Dense<3>>(Shape{})
              == "layer 0 dense (Dense<3>) needs a vector or a tensor with more axes, receives a scalar: put Reshape<1> before it");

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    check::check_layer<Dense<3>>({{5}}, {.output = {3}, .parameters = 18, .names = "dense/kernel dense/bias"});
    check::check_layer<Dense<3, no_bias>>({{5}}, {.output = {3}, .parameters = 15, .names = "dense/kernel"});
    check::check_layer<Dense<2, activation<Tanh>, kernel_initializer<HeNormal>>>(
        {{5}}, {.output = {2}, .parameters = 12, .names = "dense/kernel dense/bias"});
}
BOOST_AUTO_TEST_CASE(works_along_the_last_axis) {
    check::check_layer<Dense<2>>({{4, 3}}, {.output = {4, 2}, .parameters = 8, .names = "dense/kernel dense/bias"});
}
BOOST_AUTO_TEST_CASE(computes_by_hand) {
    const check::Array y = check::apply<Dense<2>>({3}, 1, {1, 2, 3}, {{1, 2, 3, 4, 5, 6}, {10, 20}});
    BOOST_TEST(y == (check::Array{32, 48}), boost::test_tools::per_element());
}
BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Dense<5>>("dense");
    check::check_golden<Dense<3, no_bias>>("dense_no_bias");
    check::check_golden<Dense<37>>("dense_wide");
    check::check_golden<Dense<5>>("dense_on_rows");
    check::check_golden<Sequential<Flatten, Dense<5>>>("flatten_dense");
}
BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_its_options) {
    using L = Dense<3, same>;
    BOOST_TEST(check::message_of<L>(Shape{2}).view()
               == "layer 0 dense (Dense<3, same>) does not take same: its options are no_bias, activation, kernel_initializer, "
                  "bias_initializer, kernel_regularizer, bias_regularizer, kernel_constraint, bias_constraint");
    using Twice = Dense<3, no_bias, no_bias>;
    BOOST_TEST(check::message_of<Twice>(Shape{2}).view()
               == "layer 0 dense (Dense<3, no_bias, no_bias>) is given no_bias twice: once is enough");
    using Zero = Dense<0>;
    BOOST_TEST(check::message_of<Zero>(Shape{2}).view() == "layer 0 dense (Dense<0>) has 0 units: needs at least one");
    using Type = Dense<3, Tanh>;
    BOOST_TEST(check::message_of<Type>(Shape{2}).view().find("does not take Tanh") != std::string_view::npos);
}

BOOST_AUTO_TEST_SUITE_END()
