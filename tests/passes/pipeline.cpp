// SPDX-License-Identifier: BSL-1.0
// The pipeline at compile time gives what the same passes give at run time.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_pipeline)

namespace {

struct Small : Sequential<Input<5>, Dense<4>, Tanh, Dense<2>> {};
struct Source {
    static constexpr Program program() {
        Graph g(true);
        const Tensor prediction = Small::define(g);
        g.outputs.push_back({Path("loss"), mean_loss<MeanSquaredError>(g, prediction, g.input({2})).id});
        return g;
    }
};
constexpr const auto& plan = Backward<Source, Gradients::update, 16, 8>::planned;
static_assert(plan.error.empty());

}  // namespace

BOOST_AUTO_TEST_CASE(constant_evaluation_and_run_time_agree) {
    const Plan expected = programs::planned<Small, MeanSquaredError>(16);
    BOOST_REQUIRE(plan.order.size() == expected.order.size());
    for (std::size_t i = 0; i < plan.order.size(); ++i) BOOST_TEST(plan.order[i] == expected.order[i]);
    BOOST_TEST(plan.arena == expected.arena);
    BOOST_REQUIRE(plan.offset.size() == expected.offset.size());
    for (std::size_t i = 0; i < plan.offset.size(); ++i) BOOST_TEST(plan.offset[i] == expected.offset[i]);
}

BOOST_AUTO_TEST_SUITE_END()
