// SPDX-License-Identifier: BSL-1.0
// Plans and encodings of random programs, executed element by element: they compute what the program does.
#include <boost/test/unit_test.hpp>

#include <backends/cpu/executor.hpp>
#include <weft/initializers/ones.hpp>

using namespace weft;
using namespace weft::detail;
namespace rp = weft::random_program;

BOOST_AUTO_TEST_SUITE(backends_cpu_encode_group)

BOOST_AUTO_TEST_CASE(random_programs_compute_what_the_reference_does) {
    const Program body = lower(rp::optimizer());
    int failures = 0, refused = 0;              // pairs of rows with further axes: n·n·c is no extent, and the backend says so
    for (int seed = 0; seed < 2000 && failures < 12; ++seed) {
        const int bound = 4, n = 2 + seed % 3;
        const Program expected =
            differentiate(lower(rp::make(static_cast<std::uint64_t>(seed))), Gradients::update);
        const Program complete = materialize(match(simplify(expected, Stops::remove)));
        const Plan plan = plan_memory(order(fuse(complete, {.lanes = 4, .alignment = 16, .batch = bound})));
        rp::Results value;
        const Message error = executor::run(plan, body, rp::environment(plan.program, n, 9), value);
        if (error.view().find("two run-time extents") != std::string_view::npos) {
            ++refused;
            continue;
        }
        if (!error.empty()) {
            BOOST_ERROR("seed " << seed << ": " << error.view());
            ++failures;
            continue;
        }
        std::string where;
        const double difference = rp::error_of(value, rp::run(expected, n, 9, &body), &where);
        if (!(difference < 1e-11)) {
            BOOST_ERROR("seed " << seed << ": " << where << " differs by " << difference);
            ++failures;
        }
    }
    BOOST_TEST(refused < 10);
}

BOOST_AUTO_TEST_CASE(broadcasts_of_what_is_in_no_memory) {
    const auto write = [](int which) {
        Graph g(true);
        const Tensor x = g.input({2, 3, 4}), w = g.parameter("w", {2, 3, 4}, Ones{});
        Tensor y = x * w;
        switch (which) {
        case 0: y = y * g.random({batch_extent, 1, 1, 4}); break;                       // a factor for each channel
        case 1: y = y * g.random({batch_extent, 1, 3, 1}); break;                       // neither a row's nor a column's
        case 2: y = y * tanh(g.parameter("v", {2, 1, 4}, Ones{})); break;
        case 3: y = y * exp(g.input({1, 3, 1})); break;
        case 4: y = where(g.random({batch_extent, 1, 1, 4}) < 0.5, 0.0, y * 2.0); break;    // dropout of channels
        default: y = y * g.random({batch_extent, 2, 1, 1}) * sin(g.input({2, 1, 4})); break;
        }
        g.outputs.push_back({Path("loss"), mean(y).id});
        return std::move(g).program();
    };
    const Program body = lower(rp::optimizer());
    for (int which = 0; which < 6; ++which) {
        const Program expected = differentiate(lower(write(which)), Gradients::update);
        const Program complete = materialize(match(simplify(expected, Stops::remove)));
        const Plan plan = plan_memory(order(fuse(complete, {.lanes = 4, .alignment = 16, .batch = 4})));
        rp::Results value;
        const Message error = executor::run(plan, body, rp::environment(plan.program, 3, 9), value);
        BOOST_TEST(error.view() == "", "program " << which << ": " << error.view());
        if (error.empty()) BOOST_TEST(rp::error_of(value, rp::run(expected, 3, 9, &body)) < 1e-11, "program " << which);
    }
}

BOOST_AUTO_TEST_SUITE_END()
