// SPDX-License-Identifier: BSL-1.0
// Plans and encodings of random training steps with two optimizers, executed element by element: they compute what the reference does.
#include <boost/test/unit_test.hpp>

#include <backends/cpu/executor.hpp>
#include <random_step.hpp>

using namespace weft;
using namespace weft::detail;
namespace rp = weft::random_program;

BOOST_AUTO_TEST_SUITE(backends_cpu_random_steps)

BOOST_AUTO_TEST_CASE(random_steps_compute_what_the_reference_does) {
    const Program bodies[] = {lower(rp::optimizer()), lower(rp::plain_optimizer())};
    int failures = 0, made = 0;
    for (int seed = 0; seed < 1200 && failures < 12; ++seed) {
        const Program expected = lower(rp::make_step(static_cast<std::uint64_t>(seed)));
        if (!expected.error.empty()) continue;
        const int bound = 4, n = 2 + seed % 3;
        const Program complete = versions(materialize(match(simplify(expected, Stops::remove))));
        const Plan plan = plan_memory(order(fuse(complete, {.lanes = 4, .alignment = 16, .batch = bound})));
        auto env = rp::environment(plan.program, n, 9);
        env.scalars.resize(32);
        env.scalars[16] = 0.02;
        rp::Results value;
        const Message error = executor::run(plan, bodies, env, value);
        if (error.view().find("two run-time extents") != std::string_view::npos) continue;
        ++made;
        std::string where(error.view());
        const double difference = error.empty() ? rp::error_of(value, rp::run(expected, env, bodies), &where) : 1;
        if (difference < 1e-11) continue;
        BOOST_ERROR("seed " << seed << ": " << where << " differs by " << difference);
        ++failures;
    }
    BOOST_TEST(made > 1000);
}

BOOST_AUTO_TEST_SUITE_END()
