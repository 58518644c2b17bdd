// SPDX-License-Identifier: BSL-1.0
// Versions: readers of an old value come before its update, those that cannot get a copy; shown on random training steps.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>
#include <random_environment.hpp>
#include <random_step.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_versions)

using namespace weft::networks;
namespace rp = weft::random_program;

namespace {

/// A step through all passes before fusion.
Program complete_step(const Program& p) { return versions(materialize(match(simplify(lower(p), Stops::remove)))); }

int copies(const Program& p) {
    int count = 0;
    for (const Operation& o : p.operations)
        count += o.kind == Kind::pointwise && o.code == static_cast<unsigned char>(Pointwise::identity)
                 && p.operations[o.operand[0]].kind == Kind::parameter;
    return count;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_pass_keeps_what_a_step_computes) {
    const Program bodies[] = {lower(rp::optimizer()), lower(rp::plain_optimizer())};
    int made = 0, copied = 0, failures = 0;
    for (int seed = 0; seed < 1200 && failures < 5; ++seed) {
        const Program raw = rp::make_step(static_cast<std::uint64_t>(seed));
        if (!raw.error.empty()) continue;
        ++made;
        const int n = 2 + seed % 3;
        auto run = [&](const Program& p) {
            auto env = rp::environment(p, n, 9);
            env.scalars.resize(32);
            env.scalars[16] = 0.02;
            return rp::run(p, env, bodies);
        };
        const Program lowered = lower(raw);
        const rp::Results expected = run(lowered);
        auto same = [&](const Program& p, const char* pass) {
            std::string where;
            const double error = rp::error_of(run(p), expected, &where);
            if (!(error < 1e-11) && ++failures > 0) BOOST_ERROR("seed " << seed << ": " << pass << " changes " << where << " by " << error);
        };
        const Program simplified = simplify(lowered, Stops::remove), matched = match(simplified), complete = materialize(matched);
        same(simplified, "simplify");
        same(matched, "match");
        same(complete, "materialize");
        const Program ordered = versions(complete);
        same(ordered, "versions");
        copied += copies(ordered) > copies(complete) ? 1 : 0;
        const Message error = verify(plan(ordered, 4));
        if (!error.empty() && ++failures > 0) BOOST_ERROR("seed " << seed << ": " << error.view());
    }
    BOOST_TEST(made > 1000);
    BOOST_TEST(copied > 300);
}

BOOST_AUTO_TEST_CASE(a_program_of_one_update_each_is_not_touched) {
    const Program p = complete(mlp());
    const Program q = versions(p);
    BOOST_TEST(q.size() == p.size());
    for (int i = 0; i < p.size(); ++i) BOOST_TEST(detail::computes_the_same(p, p.operations[i], q.operations[i]));
}

BOOST_AUTO_TEST_CASE(only_what_must_run_late_reads_a_copy) {
    auto step = [](bool late) {
        Step s;
        const Tensor w = s.parameter("w", {4}, GlorotUniform{}), x = s.input({4});
        const Tensor early = mean(x * w);
        s.minimize(mean(square(x - w)));
        const Tensor now = s.parameter("w", {4}, GlorotUniform{});
        s.metric("late", late ? sum(now * w) : sum(now) + early);
        return std::move(s).program();
    };
    BOOST_TEST(copies(complete_step(step(false))) == 0);
    BOOST_TEST(copies(complete_step(step(true))) == 1);
}

BOOST_AUTO_TEST_CASE(the_verifier_sees_a_read_on_the_wrong_side_of_an_update) {
    Step s;
    const Tensor x = s.input({4}), w = s.parameter("w", {4, 4}, GlorotUniform{});
    s.minimize(mean(square(matmul(x, w))));
    s.metric("after", mean(matmul(x, s.parameter("w", {4, 4}, GlorotUniform{}))));
    Plan p = plan(complete_step(std::move(s).program()));
    BOOST_TEST(verify(p).view() == "");
    int before = -1, after = -1;            // the products with the old value and with the new one
    for (int i = 0; i < p.program.size(); ++i) {
        const Operation& o = p.operation(i);
        if (o.kind != Kind::contract || p.operation(o.operand[1]).kind != Kind::parameter) continue;
        (p.operation(o.operand[1]).operands == 0 ? before : after) = i;
    }
    BOOST_REQUIRE(before >= 0);
    BOOST_REQUIRE(after >= 0);
    for (int reader : {before, after}) {    // one that runs in front of the update reads what it gives, one behind it what was there
        Plan wrong = p;
        wrong.program.operations.edit(reader).operand[1] = p.operation(reader == before ? after : before).operand[1];
        BOOST_TEST(verify(wrong).view().find("before or after an update") != std::string_view::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
