// SPDX-License-Identifier: BSL-1.0
// Regularizers: what they add to the loss, by hand; once for a shared layer; which layers take them.
#include <weft/layers/regularizer.hpp>

#include <check.hpp>
#include <weft/layers/conv1d.hpp>
#include <weft/layers/conv2d.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/shared.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_regularizer)

static_assert(check::message_of<Conv2D<2, 3, kernel_regularizer<L1<>>, bias_regularizer<L2<>>>>(Shape{5, 5, 1}).empty());
static_assert(check::message_of<Conv1D<2, 3, kernel_regularizer<L1<>>, bias_regularizer<L2<>>>>(Shape{5, 1}).empty());
static_assert(!check::message_of<Dense<2, kernel_regularizer<L1<>>, kernel_regularizer<L2<>>>>(Shape{5}).empty());

namespace {

/// What a layer on three numbers adds to the loss; all its parameters are 0.5, -1, 0.5, -1, …
template <class L>
double added() {
    const auto built = check::build<L>({{3}}, true);
    Graph& g = built->graph;
    auto env = built->environment(2);
    for (check::Array& values : env.variables)
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? 0.5 : -1;
    const auto values = reference::evaluate(g, env);
    double sum = 0;
    for (int loss : g.losses) sum += values[loss][0];
    return sum;
}

} // namespace

BOOST_AUTO_TEST_CASE(penalties_by_hand) {
    BOOST_TEST(added<Dense<2>>() == 0.0);
    BOOST_TEST((added<Dense<2, kernel_regularizer<L1<0.5>>>>() == 0.5 * 4.5));
    BOOST_TEST((added<Dense<2, kernel_regularizer<L2<0.5>>>>() == 0.5 * 3.75));
    BOOST_TEST((added<Dense<2, kernel_regularizer<L1L2<0.5, 0.25>>, bias_regularizer<L2<1>>>>() == 2.25 + 0.9375 + 1.25));
}

BOOST_AUTO_TEST_CASE(shared_layers_count_once) {
    using Twice = Shared<"a", Dense<3, kernel_regularizer<L1<1>>>>;
    BOOST_TEST((added<Sequential<Twice, Twice>>() == added<Dense<3, kernel_regularizer<L1<1>>>>()));
}

BOOST_AUTO_TEST_SUITE_END()
