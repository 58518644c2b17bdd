// SPDX-License-Identifier: BSL-1.0
// Executes encoded groups word by word at run time, so that thousands of programs test plans and encodings without being compiled.
#pragma once
#include <random_environment.hpp>
#include <weft/backends/cpu/encode_group.hpp>
#include <weft/backends/cpu/movement.hpp>
#include <weft/backends/cpu/numbers.hpp>
#include <weft/passes/pipeline.hpp>

namespace weft::executor {

using namespace weft::detail;

namespace rp = random_program;
using cpu::Context;
using cpu::Word;

/// One group: what the kernels of the CPU do, element by element in double.
class Group {
public:
    Group(const cpu::Encoded& encoded, const Context<double>& where) : e(encoded), context(where), n(where.n) {
        for (const cpu::Slot& s : e.slots) slots.emplace_back(s, where);
        for (std::uint64_t code : e.code) words.emplace_back(code);
        registers.resize(words.size());
    }
    void run() {
        switch (e.kernel) {
        case cpu::Kernel::contract: case cpu::Kernel::lanes: return contraction();
        case cpu::Kernel::rows: return rows();
        case cpu::Kernel::columns: return columns();
        case cpu::Kernel::copy: return cpu::copy<double, 1>(e.call, e.slots.data(), context);
        case cpu::Kernel::window: return cpu::pool<double, 1>(e.call, e.slots.data(), context);
        case cpu::Kernel::gather: return cpu::gather<double, false>(e.call, e.slots.data(), context);
        case cpu::Kernel::scatter: return cpu::gather<double, true>(e.call, e.slots.data(), context);
        }
    }

private:
    const cpu::Encoded& e;
    const Context<double>& context;
    int n;
    std::vector<cpu::Pointer<double>> slots;
    std::vector<Word> words;
    std::vector<double> registers;

    /// The instructions of one scope and level at one element.
    void execute(cpu::Scope scope, int level, std::ptrdiff_t row, std::ptrdiff_t column) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const Word& w = words[i];
            if (w.scope != scope || (level >= 0 && static_cast<int>(w.level) != level) || w.operation == cpu::result
                || w.operation >= cpu::row_sum)
                continue;
            if (w.operation < 32) {
                registers[i] = evaluate(static_cast<Pointwise>(w.operation), registers[w.a], registers[w.b], registers[w.c]);
                continue;
            }
            const cpu::Pointer<double>& p = slots[w.operation == cpu::column_index ? 0 : w.a];
            const unsigned mode = w.c % cpu::integers;
            std::ptrdiff_t at = 0;
            switch (w.operation == cpu::store && mode != cpu::by_row ? static_cast<unsigned>(cpu::full) : mode) {
            case cpu::full: at = row * p.pitch + column; break;
            case cpu::by_column: at = column; break;
            case cpu::by_row: at = row; break;
            case cpu::general: at = p.walk(row) * p.pitch + column; break;
            case cpu::general_row: at = p.walk(row); break;
            default: break;
            }
            switch (w.operation) {
            case cpu::load: registers[i] = w.c >= cpu::integers ? reinterpret_cast<const std::int32_t*>(p.at)[at] : p.at[at]; break;
            case cpu::column_index: registers[i] = static_cast<double>(column); break;
            case cpu::row_index: registers[i] = static_cast<double>(p.walk(row)); break;
            case cpu::random_number: {
                const std::ptrdiff_t sample = p.divisor * p.pitch, first = row * p.pitch + column;
                registers[i] = reference::random_element(p.key, static_cast<std::uint32_t>(first / sample), context.step,
                                                         static_cast<std::uint32_t>(first % sample), p.scan_step);
                break;
            }
            case cpu::store: p.at[at] = registers[w.b]; break;
            default: break;
            }
        }
    }
    void set_result(double value) {
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i].operation == cpu::result) registers[i] = value;
    }
    void contraction() {
        const cpu::Call& c = e.call;
        std::vector<cpu::LoopCall> written(c.outer_loop, c.outer_loop + c.outer_count), summed(c.segment, c.segment + c.segment_count);
        written.push_back(c.m);
        summed.push_back(c.k);
        walk(written, 0, 0, 0, 0, [&](std::ptrdiff_t a, std::ptrdiff_t b, std::ptrdiff_t row) {
            for (int j = 0; j < c.columns.at(n); ++j) {
                const int step_a = e.kernel == cpu::Kernel::contract ? 0 : c.step_a,
                          step_b = e.kernel == cpu::Kernel::contract ? 1 : c.step_b;
                double sum = 0;
                walk(summed, 0, 0, 0, 0, [&](std::ptrdiff_t x, std::ptrdiff_t y, std::ptrdiff_t) {
                    sum += slots[0].at[a + x + j * step_a] * slots[1].at[b + y + j * step_b];
                });
                set_result(sum);
                execute(cpu::element, -1, row, j);
            }
        });
    }
    template <class F>
    void walk(const std::vector<cpu::LoopCall>& loops, std::size_t depth, std::ptrdiff_t a, std::ptrdiff_t b, std::ptrdiff_t c, F f) {
        if (depth == loops.size()) return f(a, b, c);
        const cpu::LoopCall& l = loops[depth];
        for (int i = 0; i < l.extent.at(n); ++i)
            walk(loops, depth + 1, a + i * std::ptrdiff_t{l.a.at(n)}, b + i * std::ptrdiff_t{l.b.at(n)}, c + i * std::ptrdiff_t{l.c.at(n)},
                 f);
    }
    void rows() {
        int levels = 1;
        for (const Word& w : words) levels = std::max(levels, static_cast<int>(w.level) + 1);
        const int columns = e.call.columns.at(n);
        for (int r = 0; r < e.call.rows.at(n); ++r) {
            for (int level = 0; level < levels; ++level) {
                execute(cpu::row, level, r, 0);
                std::vector<double> value(words.size(), 0.0), best(words.size(), 0.0);
                for (int j = 0; j < columns; ++j) {
                    execute(cpu::element, level, r, j);
                    for (std::size_t i = 0; i < words.size(); ++i) {
                        const Word& w = words[i];
                        if (w.operation < cpu::row_sum || static_cast<int>(w.level) != level) continue;
                        const double x = registers[w.a];
                        if (w.operation == cpu::row_sum) value[i] += x;
                        else if (j == 0 || x > best[i]) best[i] = x, value[i] = w.operation == cpu::row_max ? x : j;
                    }
                }
                for (std::size_t i = 0; i < words.size(); ++i)
                    if (words[i].operation >= cpu::row_sum && static_cast<int>(words[i].level) == level) registers[i] = value[i];
            }
            execute(cpu::row, levels, r, 0);
        }
    }
    void columns() {
        for (int o = 0; o < e.call.outer.at(n); ++o)
            for (int j = 0; j < e.call.columns.at(n); ++j) {
                double sum = 0;
                for (int r = 0; r < e.call.rows.at(n); ++r) {
                    execute(cpu::before_sum, -1, std::ptrdiff_t{o} * e.call.rows.at(n) + r, j);
                    for (const Word& w : words)
                        if (w.operation == cpu::total) sum += registers[w.a];
                }
                set_result(sum);
                execute(cpu::after_sum, -1, o, j);
            }
    }
};

/// Runs a planned program like CpuProgram does; gives what the backend says about groups that it cannot encode.
inline Message run(const Plan& plan, std::span<const Program> bodies, const reference::Environment<double>& env,
                           rp::Results& results) {
    auto copy = env;
    copy.bodies = bodies;
    const auto expected = reference::evaluate(plan.program, copy);
    const double nan = std::nan("");
    List<int> variable;
    int elements = 0;
    for (const Variable& v : plan.program.variables) {
        variable.push_back(elements);
        elements += v.shape.elements().constant;
    }
    List<cpu::Body> optimizers;         // the states of each lie like the variables, those of one optimizer behind those of another
    std::vector<List<int>> states;
    states.reserve(bodies.size());
    int state_elements = 0;
    for (const Program& body : bodies) {
        states.emplace_back();
        for (int offset : variable) states.back().push_back(state_elements + offset);
        optimizers.push_back({body, states.back(), elements});
        state_elements += elements * (body.variables.size() - 1);
    }
    const cpu::Layout layout = cpu::lay_out(plan, optimizers, variable);
    std::vector<std::uint64_t> keys;
    for (int id : layout.random) keys.push_back(reference::stream_key(env.seed, plan.operation(id)));
    std::vector<double> arena(static_cast<std::size_t>(plan.arena), nan), variables, slots(static_cast<std::size_t>(state_elements), 0.0),
        numbers(static_cast<std::size_t>(layout.numbers.size()) + 1);
    for (const rp::Array& v : env.variables) variables.insert(variables.end(), v.begin(), v.end());
    std::vector<rp::Array> inputs = env.inputs;
    std::vector<std::vector<std::int32_t>> integers(inputs.size());
    double members[64] = {};
    std::copy(env.scalars.begin(), env.scalars.end(), members);
    cpu::evaluate_numbers(layout.numbers, numbers.data(), members, env.iteration, env.n);
    Context<double> context;
    context.n = env.n;
    context.step = env.step;
    context.key = keys.data();
    context.region[cpu::arena] = arena.data();
    context.region[cpu::variables] = variables.data();
    context.region[cpu::slots] = slots.data();
    context.region[cpu::scalars] = numbers.data();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        integers[i].assign(inputs[i].begin(), inputs[i].end());
        context.region[cpu::input + static_cast<int>(i)] =
            rp::is_integer(plan.program, static_cast<int>(i)) ? static_cast<void*>(integers[i].data())
                                                              : static_cast<void*>(inputs[i].data());
    }
    const List<cpu::Loop> loops = cpu::loops_of(plan, plan.order);
    int at_step[cpu::max_scan_depth] = {};
    std::vector<std::ptrdiff_t> shift(static_cast<std::size_t>(layout.shifts.size()) + 1, 0);
    context.shift = shift.data();
    auto move = [&] {
        for (int i = 0; i < layout.shifts.size(); ++i) shift[i] = layout.shifts[i].at(at_step, env.n);
    };
    move();
    auto call = [&](int g) {
        for (int part = 0; part < cpu::parts_of(plan, g); ++part) {
            const cpu::Encoded encoded = cpu::encode_group(plan, layout, g, part);
            if (!encoded.error.empty()) return encoded.error;
            Group(encoded, context).run();
            for (int id = 0; id < plan.program.size(); ++id) {
                if (plan.group(id) != g || plan.stored[id] == 0 || part + 1 < cpu::parts_of(plan, g)) continue;
                if (plan.operation(id).scan >= 0) continue;         // of all its steps, the last is known
                const rp::Array& e = expected[id];
                const int owner = layout.owner.empty() ? id : layout.owner[id];
                const double* at = arena.data() + plan.offset[owner] + shift[layout.shift.empty() ? 0 : layout.shift[id]];
                if (rp::error_of(rp::Array(at, at + e.size()), e) > 1e-9)
                    return Message() << "value " << id << " of group " << g << " differs";
            }
        }
        return Message();
    };
    auto calls = [&](auto self, int first, int end, int depth) -> Message {
        for (int c = first; c < end; ++c) {
            const cpu::Loop* loop = nullptr;
            for (const cpu::Loop& l : loops)
                if (l.first == c && l.depth == depth) loop = &l;
            if (loop == nullptr) {
                if (const Message m = call(plan.order[c]); !m.empty()) return m;
                continue;
            }
            for (at_step[depth] = 0; at_step[depth] < loop->length; ++at_step[depth]) {
                move();
                if (const Message m = self(self, c, loop->end, depth + 1); !m.empty()) return m;
            }
            at_step[depth] = 0;
            move();
            c = loop->end - 1;
        }
        return {};
    };
    if (const Message m = calls(calls, 0, plan.order.size(), 0); !m.empty()) return m;
    for (const Output& o : plan.program.outputs) {
        const double* at = arena.data() + plan.offset[plan.root(o.operation)];
        results.value[std::string(o.name.view())].assign(at, at + plan.operation(o.operation).shape.count(env.n));
    }
    for (int e : plan.program.effects) {
        const Operation& o = plan.operation(e);
        const auto v = static_cast<std::size_t>(plan.operation(o.operand[0]).attribute);
        const auto from = layout.variable[static_cast<int>(v)], to = from + static_cast<int>(env.variables[v].size());
        const std::string path(plan.program.variables[v].path.view());
        results.value["new " + path].assign(variables.begin() + from, variables.begin() + to);
        if (o.kind != Kind::update || layout.state_count[o.attribute] == 0) continue;
        const auto slot = slots.begin() + layout.state[o.attribute * variable.size() + static_cast<int>(v)];
        results.value[rp::slot_name(path, o.attribute)].assign(slot, slot + (to - from));
    }
    return {};
}
inline Message run(const Plan& plan, const Program& body, const reference::Environment<double>& env,
                           rp::Results& results) {
    return run(plan, std::span<const Program>(&body, 1), env, results);
}

} // namespace weft::executor
