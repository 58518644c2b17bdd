// SPDX-License-Identifier: BSL-1.0
// Constraints: values by hand, what they reject, which layers take them; whole trainings under them are in model/constraints.cpp.
#include <weft/layers/constraint.hpp>

#include <check.hpp>
#include <weft/layers/conv1d.hpp>
#include <weft/layers/conv2d.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/embedding.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/shared.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_constraint)

namespace {

/// What a constraint makes of a 2 x 3 matrix.
template <class Constraint>
check::Array constrained(const check::Array& matrix) {
    Graph g;
    const Tensor w = Constraint::constrain(g.input({2, 3}, DType::real, false));
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    reference::Environment<double> env;
    env.inputs = {matrix};
    return reference::evaluate(g, env)[w.id];
}

/// How many constraints a layer has, and what it says against them.
template <class L>
int count(const Shape& shape, DType type = DType::real) {
    Graph g(true);
    g.call<L>(g.input(shape, type));
    return g.failed() ? -1 : g.constraints.size();
}

using Sides = check::Array;
const Sides matrix{3, 0.3, -1, 4, -0.4, 0};

static_assert(check::message_of<Dense<2, kernel_constraint<MaxNorm<-1>>>>(Shape{5})
              == "layer 0 dense (Dense<2, kernel_constraint<MaxNorm<-1>>>) constrains a norm to -1.0: needs a number of at least 0");
static_assert(check::message_of<Dense<2, bias_constraint<UnitNorm<1>>>>(Shape{5})
              == "layer 0 dense (Dense<2, bias_constraint<UnitNorm<1>>>) constrains norms along axis 1 of a parameter, which is a vector "
                 "of 2: its axes count from 0");
static_assert(check::message_of<Dense<2, kernel_constraint<MinMaxNorm<2, 1>>>>(Shape{5})
              == "layer 0 dense (Dense<2, kernel_constraint<MinMaxNorm<2, 1, 1>>>) constrains norms to [2.0, 1.0], which is no range of "
                 "lengths");
static_assert(check::message_of<Dense<2, kernel_constraint<MinMaxNorm<0, 1, 0>>>>(Shape{5})
              == "layer 0 dense (Dense<2, kernel_constraint<MinMaxNorm<0, 1, 0>>>) constrains norms at a rate of 0.0: needs one above 0, "
                 "at most 1");

} // namespace

BOOST_AUTO_TEST_CASE(values_by_hand) {
    constexpr double little = 1e-6;                     // Keras adds 1e-7 to norms that it divides by
    BOOST_TEST(check::error_of(constrained<MaxNorm<1>>(matrix), Sides{0.6, 0.3, -1, 0.8, -0.4, 0}) < little);
    BOOST_TEST((constrained<NonNeg>(matrix) == Sides{3, 0.3, 0, 4, 0, 0}));
    BOOST_TEST(check::error_of(constrained<UnitNorm<>>(matrix), Sides{0.6, 0.6, -1, 0.8, -0.8, 0}) < little);
    BOOST_TEST(check::error_of(constrained<UnitNorm<0, 1>>({2, 2, 2, 2, 2, 4}), Sides{1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, 2.0 / 3})
               < little);
    BOOST_TEST(check::error_of(constrained<MinMaxNorm<0.75, 2, 0.5>>(matrix), Sides{2.1, 0.375, -1, 2.8, -0.5, 0}) < little);
}

BOOST_AUTO_TEST_CASE(layers_take_them_and_shared_ones_once) {
    BOOST_TEST(count<Dense<2>>({5}) == 0);
    BOOST_TEST((count<Dense<2, kernel_constraint<NonNeg>, bias_constraint<NonNeg>>>({5}) == 2));
    BOOST_TEST((count<Conv1D<2, 3, kernel_constraint<MaxNorm<3, 0, 1>>, bias_constraint<NonNeg>>>({5, 1}) == 2));
    BOOST_TEST((count<Conv2D<2, 3, kernel_constraint<MaxNorm<3, 0, 1, 2>>, bias_constraint<NonNeg>>>({5, 5, 1}) == 2));
    BOOST_TEST((count<Embedding<7, 2, embeddings_constraint<UnitNorm<1>>>>({5}, DType::integer) == 1));
    using Twice = Shared<"a", Dense<3, kernel_constraint<NonNeg>>>;
    BOOST_TEST((count<Sequential<Twice, Twice>>({3}) == 1));
}

BOOST_AUTO_TEST_SUITE_END()
