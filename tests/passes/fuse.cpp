// SPDX-License-Identifier: BSL-1.0
// fuse: numbers of groups and what they store, for known networks; updates join the contraction that yields their gradient.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;
using programs::count;

BOOST_AUTO_TEST_SUITE(passes_fuse)

namespace {

/// No contraction whose result an update reads is written to memory.
void no_weight_gradient_is_stored(const Plan& plan) {
    int updates = 0;
    for (int id = 0; id < plan.program.size(); ++id) {
        const Operation& o = plan.operation(id);
        if (o.kind != Kind::update) continue;
        const int gradient = plan.root(o.operand[1]);
        ++updates;
        BOOST_TEST(plan.stored[static_cast<std::size_t>(gradient)] == 0);
        BOOST_TEST(plan.group(gradient) == plan.group(id));
    }
    BOOST_TEST(updates == 4);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_dense_network_trains_in_ten_groups) {
    const Plan plan = programs::planned<programs::Mlp, programs::CrossEntropy>(128);
    BOOST_REQUIRE(verify(plan).empty());
    BOOST_TEST(count(plan, GroupKind::contract) == 5);           // two forward, one derivative, two kernels with their updates
    BOOST_TEST(count(plan, GroupKind::columns) == 2);            // biases with their updates
    BOOST_TEST(count(plan, GroupKind::rows) == 2);               // softmax with cross-entropy and its derivative; the mean
    BOOST_TEST(count(plan, GroupKind::copy) == 1);               // the transposed kernel
    no_weight_gradient_is_stored(plan);
}

BOOST_AUTO_TEST_CASE(a_convolutional_network_stores_no_weight_gradient) {
    no_weight_gradient_is_stored(programs::planned<programs::Cnn, programs::CrossEntropy>());
}

BOOST_AUTO_TEST_CASE(shared_weights_sum_their_gradients_before_the_update) {
    struct Net : Sequential<Input<6>, Shared<"twice", Dense<6>>, Tanh, Shared<"twice", Dense<6>>> {};
    const Plan plan = programs::planned<Net, MeanSquaredError>();
    BOOST_REQUIRE(verify(plan).empty());
    BOOST_TEST(count(plan.program, Kind::update) == 2);
    int stored = 0;                                              // one of the two products, read by the other
    for (int id = 0; id < plan.program.size(); ++id)
        stored += plan.operation(id).kind == Kind::contract && plan.operation(id).shape == Shape{6, 6} ? plan.stored[static_cast<std::size_t>(id)] : 0;
    BOOST_TEST(stored == 1);
}

BOOST_AUTO_TEST_SUITE_END()
