// SPDX-License-Identifier: BSL-1.0
// Every pass on random programs: what a program computes is the same before and after each, and plans hold what the verifier demands.
#include <boost/test/unit_test.hpp>

#include <random_environment.hpp>
#include <weft/passes/pipeline.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_random_programs)

namespace rp = weft::random_program;

namespace {

constexpr double rounding = 1e-11;              // of sums in another order, in double
constexpr int seeds = 2000;

void same(const rp::Results& value, const rp::Results& expected, int seed, const char* pass) {
    std::string where;
    const double error = rp::error_of(value, expected, &where);
    if (!(error < rounding)) BOOST_ERROR("seed " << seed << ": " << pass << " changes " << where << " by " << error);
}

} // namespace

BOOST_AUTO_TEST_CASE(each_pass_keeps_what_a_program_computes) {
    const Program body = lower(rp::optimizer());
    int unverified = 0;
    for (int seed = 0; seed < seeds; ++seed) {
        const int n = 2 + seed % 3;
        const Program raw = rp::make(static_cast<std::uint64_t>(seed));
        BOOST_REQUIRE_MESSAGE(raw.error.empty(), "seed " << seed << ": " << raw.error.view());
        same(rp::run(simplify(raw), n, 9), rp::run(raw, n, 9), seed, "simplify");

        const Program lowered = lower(raw);
        const Program differentiated = differentiate(lowered, Gradients::update);
        const rp::Results before = rp::run(lowered, n, 9), expected = rp::run(differentiated, n, 9, &body);
        same(expected, before, seed, "differentiate");
        const Program simplified = simplify(differentiated, Stops::remove);
        same(rp::run(simplified, n, 9, &body), expected, seed, "simplify of gradients");
        const Program matched = match(simplified);
        same(rp::run(matched, n, 9, &body), expected, seed, "match");
        const Program complete = materialize(matched);
        same(rp::run(complete, n, 9, &body), expected, seed, "materialize");

        const Plan plan = plan_memory(order(fuse(complete, {.lanes = 8, .alignment = 16, .batch = 4})));
        const Message error = verify(plan);
        if (!error.empty() && ++unverified <= 5) BOOST_ERROR("seed " << seed << ": " << error.view());
    }
    BOOST_TEST(unverified == 0);
}

BOOST_AUTO_TEST_CASE(gradients_match_central_differences_along_a_direction) {
    constexpr double difference = 1e-6;
    int compared = 0;
    for (int seed = 0; seed < 270; ++seed) {
        if (seed % 4 == 0) continue;                // those may stop gradients
        const Program lowered = lower(rp::make(static_cast<std::uint64_t>(seed)));
        const Program p = differentiate(lowered, Gradients::output);
        const int n = 3;
        auto env = rp::environment(p, n, 9);
        const auto start = env.variables;
        const auto values = reference::evaluate(p, env);
        double slope = 0;
        std::vector<rp::Array> direction;
        for (const Variable& v : p.variables) {
            direction.push_back(v.trainable ? rp::numbers(v.shape.count(n), mix(v.path.hash(), 3), 1) : rp::Array(v.shape.count(n), 0.0));
            const int output = p.find_output(v.path.view());
            if (output < 0) continue;
            const rp::Array& d = values[output];
            for (std::size_t i = 0; i < d.size(); ++i) slope += d[i] * direction.back()[i];
        }
        auto loss = [&](double h) {
            env.variables = start;
            for (std::size_t v = 0; v < start.size(); ++v)
                for (std::size_t i = 0; i < start[v].size(); ++i) env.variables[v][i] += h * direction[v][i];
            return reference::evaluate(lowered, env)[lowered.find_output("loss")][0];
        };
        double measured = 0, error = 1;
        for (double h = 2e-5; h > 1e-6 && !(error < difference); h /= 4) {      // a kink may lie within the larger step
            measured = (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h);
            error = std::abs(slope - measured) / std::max(1.0, std::abs(slope));
        }
        if (!(error < difference)) BOOST_ERROR("seed " << seed << ": derivative " << slope << ", difference " << measured);
        compared += slope != 0 ? 1 : 0;
    }
    BOOST_TEST(compared > 150);
}

BOOST_AUTO_TEST_SUITE_END()
