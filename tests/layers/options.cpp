// SPDX-License-Identifier: BSL-1.0
// Tests of options.
#include <weft/layers/options.hpp>

#include <boost/test/unit_test.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_options)

static_assert(OptionOr<strides<1>, same, strides<2>>::value == Size{2, 2});
static_assert(OptionOr<strides<1>, same>::value == Size{1, 1});
static_assert(OptionOr<strides<1>, strides<Size{2, 3}>>::value == Size{2, 3});
static_assert(OptionOr<valid, no_bias, same>::value.same);
static_assert(OptionOr<detail::unset<no_bias>>::value);
static_assert(!OptionOr<detail::unset<no_bias>, same, no_bias>::value);
static_assert(!OptionOr<detail::unset<approximate>>::value);
static_assert(OptionOr<epsilon<1e-3>, epsilon<1>>::value == 1.0);
static_assert(Option<same> && !Option<int>);

BOOST_AUTO_TEST_CASE(in_any_order_are_fine) {
    BOOST_TEST((wrong_options<same, strides<2>>({"strides", same::option}).empty()));
    BOOST_TEST((wrong_options<strides<2>, same>({"strides", same::option}).empty()));
    BOOST_TEST((wrong_options<>({}).empty()));
}
BOOST_AUTO_TEST_CASE(unknown_ones_are_named) {
    BOOST_TEST((wrong_options<same>({"axis", "epsilon"}).view() == "does not take same: its options are axis, epsilon"));
    BOOST_TEST((wrong_options<int>({}).view() == "does not take int: its options are none"));
}
BOOST_AUTO_TEST_CASE(contradictions_are_named) {
    BOOST_TEST((wrong_options<strides<2>, strides<3>>({"strides"}).view() == "is given both strides<2> and strides<3>: decide for one"));
    BOOST_TEST((wrong_options<no_bias, no_bias>({"no_bias"}).view() == "is given no_bias twice: once is enough"));
}

BOOST_AUTO_TEST_SUITE_END()
