// SPDX-License-Identifier: BSL-1.0
// Tests of all initializers together.
#include <weft/initializers/initializers.hpp>

#include <initializers/draw.hpp>
#include <weft/layers/dense.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_initializers)

template <class I>
constexpr double first_element() {
    double values[6] = {};
    Weights w{{2, 3}, Random(7), nullptr, values};
    I::initialize(w);
    return values[0];
}
static_assert(first_element<GlorotUniform>() != 0 && first_element<Ones>() == 1, "initializers run at compile time");

BOOST_AUTO_TEST_CASE(are_kernel_initializers) {
    check::check_layer<Dense<3, kernel_initializer<Orthogonal>, bias_initializer<Constant<0.1f>>>>(
        {{2}}, {.output = {3}, .parameters = 9, .names = "dense/kernel dense/bias"});
}

BOOST_AUTO_TEST_SUITE_END()
