// SPDX-License-Identifier: BSL-1.0
// Calls of one pattern: encoded by the first of them, they are what each would be encoded as.
#include <boost/test/unit_test.hpp>

#include <random_program.hpp>
#include <weft/backends/cpu/program.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/passes/pipeline.hpp>

using namespace weft;
using namespace weft::detail;
namespace rp = weft::random_program;

BOOST_AUTO_TEST_SUITE(backends_cpu_patterns)

namespace {

/// Two random programs in one, with parameters of their own: of equal seeds, most calls have a twin.
Program twice(std::uint64_t first, std::uint64_t second) {
    Graph g(true);
    rp::Generator(g, first).write();
    const int outputs = g.outputs.size(), variables = g.variables.size();
    rp::Generator(g, second).write();
    for (int i = variables; i < g.variables.size(); ++i) g.variables.edit(i).path = Path("again/") / g.variables[i].path.view();
    const Tensor loss = g[g.outputs[0].operation] + g[g.outputs[outputs].operation];
    g.outputs.clear();
    g.outputs.push_back({Path("loss"), loss.id});
    return std::move(g).program();
}
Plan planned(Program p) {
    const Program complete = materialize(match(simplify(std::move(p), Stops::remove)));
    return plan_memory(order(fuse(complete, {.lanes = 4, .alignment = 16, .batch = 4})));
}
cpu::Layout layout_of(const Plan& plan) {
    List<int> variable;
    int elements = 0;
    for (const Variable& v : plan.program.variables) {
        variable.push_back(elements);
        elements += v.shape.elements().constant;
    }
    return cpu::lay_out(plan, lower(rp::optimizer()), variable, elements);
}
struct Calls {
    List<int> groups, parts;
};
Calls calls_of(const Plan& plan) {
    Calls c;
    for (int g : plan.order)
        for (int p = 0; p < cpu::parts_of(plan, g); ++p) {
            c.groups.push_back(g);
            c.parts.push_back(p);
        }
    return c;
}
cpu::PatternView view(const cpu::PatternTables<List>& t) { return {t.pattern, t.first_call, t.operation, t.first_operation}; }

bool operator==(const cpu::LoopCall& a, const cpu::LoopCall& b) {
    return a.extent == b.extent && a.a == b.a && a.b == b.b && a.c == b.c;
}
bool same(const cpu::Call& a, const cpu::Call& b) {
    bool same = a.outer == b.outer && a.rows == b.rows && a.columns == b.columns && a.outer_count == b.outer_count
                && a.segment_count == b.segment_count && a.m == b.m && a.k == b.k && a.step_a == b.step_a && a.step_b == b.step_b
                && a.clip_count == b.clip_count && a.fill == b.fill && a.size == b.size && a.integer_index == b.integer_index;
    for (int i = 0; i < cpu::Call::max_loops; ++i) same = same && a.outer_loop[i] == b.outer_loop[i];
    for (int i = 0; i < 4; ++i) same = same && a.segment[i] == b.segment[i] && a.image[i] == b.image[i];
    for (int i = 0; i < 9; ++i) same = same && a.window[i / 3][i % 3] == b.window[i / 3][i % 3];
    return same;
}

} // namespace

BOOST_AUTO_TEST_CASE(calls_are_what_each_would_be_encoded_as) {
    int calls = 0, patterns = 0, failures = 0;
    for (std::uint64_t seed = 0; seed < 600 && failures < 10; ++seed) {
        const Plan plan = planned(differentiate(lower(twice(seed, seed % 3 == 0 ? seed + 1 : seed)), Gradients::update));
        const cpu::Layout layout = layout_of(plan);
        const PlanPointers at{PlanView(plan)};
        const Calls c = calls_of(plan);
        const cpu::PatternTables<List> found = cpu::find_patterns(plan, layout, c.groups, c.parts);
        const cpu::EncodedCalls encoded =
            cpu::encode_patterns(plan, layout, c.groups, c.parts, view(found), 0, found.first_call.size());
        calls += c.groups.size();
        patterns += found.first_call.size();
        for (int i = 0; i < c.groups.size(); ++i) {
            const cpu::Encoded expected = cpu::encode_group(plan, layout, c.groups[i], c.parts[i]);
            if (!expected.error.empty()) continue;
            const int pattern = found.pattern[i];
            const cpu::EncodedCall& e = encoded.encoded[pattern];
            bool right = e.kernel == expected.kernel && e.codes == expected.code.size() && e.slots == expected.slots.size()
                         && e.tile_rows == expected.tile_rows && e.tile_vectors == expected.tile_vectors && e.tail == expected.tail
                         && same(encoded.calls[pattern], expected.call);
            for (int w = 0; right && w < e.codes; ++w) right = encoded.code[e.first_code + w] == expected.code[w];
            for (int s = 0; right && s < e.slots; ++s)
                right = cpu::slot_of_call(at, layout, view(found), i, encoded.slots[e.first_slot + s]) == expected.slots[s];
            if (!right) {
                BOOST_ERROR("seed " << seed << ", call " << i << " is not as its pattern");
                ++failures;
            }
        }
    }
    BOOST_TEST(patterns < 0.9 * calls);       // what does not depend on parameters is merged before, and has no twin
    BOOST_TEST_MESSAGE(patterns << " patterns of " << calls << " calls");
}

BOOST_AUTO_TEST_CASE(whatever_is_encoded_makes_a_pattern) {
    // Three layers, of which the first reads the batch: the third is like the second, or differs in one thing.
    enum Variant { none, width, function, number, loops, rows, one, axis };
    const auto patterns_with = [](Variant variant) {
        Graph g(true);
        Tensor x = g.input({4, 4});
        for (int i = 0; i < 3; ++i) {
            const bool differs = i == 2;
            const auto name = [i](const char* s) { return Path(s).append_number(i); };
            const Tensor w = g.parameter(name("w").view(), {4, differs && variant == width ? 5 : 4}, Zeros{});
            const Tensor y = differs && variant == loops ? einsum("bij,ik->bjk", x, w) : einsum("bij,jk->bik", x, w);
            Shape bias{1, 4};
            if (differs && variant == rows) bias = {4, 1};
            if (differs && (variant == one || variant == width)) bias = {1, 1};
            x = (differs && variant == function ? sin(y) : cos(y)) * (differs && variant == number ? 3.0 : 2.0)
                + g.parameter(name("v").view(), bias, Zeros{});
            x = weft::reverse(x, differs && variant == axis ? 0 : 1);
        }
        g.outputs.push_back({Path("y"), x.id});
        const Plan plan = planned(lower(std::move(g).program()));
        const Calls c = calls_of(plan);
        return cpu::find_patterns(plan, layout_of(plan), c.groups, c.parts).first_call.size();
    };
    BOOST_TEST(patterns_with(none) == 3);       // the first layer, the others, reversing
    for (Variant variant : {width, function, number, loops, rows, one, axis})
        BOOST_TEST(patterns_with(variant) > 3, "variant " << variant);
}

BOOST_AUTO_TEST_SUITE_END()
