// SPDX-License-Identifier: BSL-1.0
// Scans: a loop computes what the same steps written out do, with first and second derivatives; what it rejects.
#include <check.hpp>
#include <weft/graph/functions.hpp>
#include <weft/passes/lower.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(graph_scan)

namespace {

struct SmallNumbers {
    static constexpr void initialize(Weights&) {}
};
constexpr int steps = 5, features = 3, units = 4;

struct Options {
    bool written_out = false, second = false, reverse = false;
};

/// A recurrence with a loss that reads all outputs and the last one; `second` adds squared derivatives to it.
Program recurrence(const Options& options) {
    Graph g(true);
    const Tensor x = g.input({steps, features}), weights = g.input({steps, units});
    const Tensor kernel = g.parameter("kernel", {features, units}, SmallNumbers{});
    const Tensor recurrent = g.parameter("recurrent", {units, units}, SmallNumbers{}), bias = g.parameter("bias", {units}, SmallNumbers{});
    const Tensor initial = g.constant(0.1, Shape{batch_extent, units});
    const auto cell = [&](Tensor element, Tensor h) {
        const Tensor z = matmul(element, kernel) + bias;
        return tanh(z + matmul(h, recurrent)) * sigmoid(matmul(h, recurrent));
    };
    Tensor all{}, end{};
    if (options.written_out) {
        Tensor h = initial, made[steps];
        for (int i = 0; i < steps; ++i) {
            const int t = options.reverse ? steps - 1 - i : i;
            h = cell(squeeze(slice(x, 0, t, t + 1), 0), h);
            made[t] = expand_dims(h, 0);
        }
        all = made[0];
        for (int t = 1; t < steps; ++t) all = concatenate(0, all, made[t]);
        end = h;
    } else {
        const auto r = scan(g, steps, std::array{initial}, std::array{steps_first(x)}, [&](auto carries, auto elements) {
            const Tensor h = cell(elements[0], carries[0]);
            return ScanStep<1, 1>{{h}, {h}};
        }, options.reverse);
        all = batch_first(r.outputs[0]);
        end = r.last[0];
    }
    Tensor loss = mean(square(end)) + mean(all * weights) + mean(tanh(all));
    if (options.second) {
        const auto [dx, dkernel] = gradient(loss, {x, kernel});
        loss = loss + sum(square(dx)) + sum(square(dkernel));
    }
    g.outputs.push_back({Path("loss"), loss.id});
    for (const char* name : {"kernel", "recurrent", "bias"}) {
        const Tensor p = name[0] == 'k' ? kernel : name[0] == 'r' ? recurrent : bias;
        g.outputs.push_back({Path(name), gradient(loss, p).id});
    }
    return std::move(g).program();
}

std::map<std::string, check::Array> values_of(const Program& p) {
    reference::Environment<double> env;
    env.n = 2;
    for (int i = 0; i < p.inputs.size(); ++i) env.inputs.push_back(check::numbers(p.inputs[i].count(2), 10 + static_cast<unsigned>(i)));
    for (const Variable& v : p.variables) env.variables.push_back(check::numbers(v.shape.count(2), v.path.hash(), 0.6));
    const auto values = reference::evaluate(p, env);
    std::map<std::string, check::Array> result;
    for (const Output& o : p.outputs) result[std::string(o.name.view())] = values[static_cast<std::size_t>(o.operation)];
    return result;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_loop_computes_what_its_steps_written_out_do) {
    for (bool second : {false, true})
        for (bool reverse : {false, true}) {
            const Program loop = recurrence({false, second, reverse}), written = recurrence({true, second, reverse});
            BOOST_TEST_REQUIRE(loop.error.view() == "");
            const auto expected = values_of(written), value = values_of(loop), lowered = values_of(lower(loop));
            for (const auto& [name, e] : expected) {
                BOOST_TEST(check::error_of(value.at(name), e) < check::tolerance::exact, name);
                BOOST_TEST(check::error_of(lowered.at(name), e) < check::tolerance::exact, name);
            }
        }
}

BOOST_AUTO_TEST_CASE(its_size_does_not_depend_on_its_length) {
    const auto size = [](int length) {
        Graph g(true);
        const Tensor x = g.input({length, features}), w = g.parameter("w", {features, features}, SmallNumbers{});
        const auto r = scan(g, length, std::array{g.constant(0, Shape{batch_extent, features})}, std::array{steps_first(x)},
                            [&](auto h, auto e) { return ScanStep<1, 0>{{tanh(matmul(h[0], w) + e[0])}, {}}; });
        g.outputs.push_back({Path("loss"), mean(r.last[0]).id});
        g.outputs.push_back({Path("d"), gradient(mean(r.last[0]), w).id});
        return lower(std::move(g).program()).size();
    };
    BOOST_TEST(size(2) == size(100));
}

BOOST_AUTO_TEST_CASE(what_no_step_changes_is_computed_once) {
    Graph g(true);
    const Tensor x = g.input({steps, features}), w = g.parameter("w", {features, features}, SmallNumbers{});
    Tensor inside{}, product{};
    const auto r = scan(g, steps, std::array{g.constant(0, Shape{batch_extent, features})}, std::array{steps_first(x)},
                        [&](auto h, auto e) {
                            inside = tanh(w);
                            product = matmul(e[0], inside);
                            return ScanStep<1, 0>{{h[0] + product}, {}};
                        });
    BOOST_TEST(inside.operation().scan == -1);
    BOOST_TEST(product.operation().scan == 0);
    BOOST_TEST(r.last[0].operation().scan == -1);
}

BOOST_AUTO_TEST_CASE(scans_inside_of_scans_and_swapped_carries_have_derivatives) {
    Graph g(true);
    const Tensor x = g.input({3, features}), w = g.parameter("w", {features, features}, SmallNumbers{});
    const Tensor zero = g.constant(0.2, Shape{batch_extent, features});
    const auto outer = scan(g, 3, std::array{zero, tanh(squeeze(slice(x, 0, 0, 1), 0))}, std::array{steps_first(x)}, [&](auto c, auto e) {
        const auto inner = scan(g, 2, std::array{c[0]}, std::array<Tensor, 0>{}, [&](auto h, auto) {
            return ScanStep<1, 0>{{tanh(matmul(h[0], w) + e[0])}, {}};
        });
        return ScanStep<2, 0>{{c[1], inner.last[0] * c[1]}, {}};
    });
    const Tensor loss = sum(square(outer.last[0] + 2.0 * outer.last[1]));
    g.outputs.push_back({Path("loss"), loss.id});
    g.outputs.push_back({Path("d"), gradient(loss, w).id});
    BOOST_TEST_REQUIRE(g.error.view() == "");
    const Program p = std::move(g).program();
    reference::Environment<double> env;
    env.n = 2;
    env.inputs.push_back(check::numbers(2 * 3 * features, 4));
    env.variables.push_back(check::numbers(features * features, 5, 0.5));
    const check::Array d = reference::evaluate(p, env)[static_cast<std::size_t>(p.outputs[1].operation)];
    for (std::size_t i = 0; i < d.size(); ++i) {
        const auto loss_at = [&](double h) {
            auto moved = env;
            moved.variables[0][i] += h;
            return reference::evaluate(p, moved)[static_cast<std::size_t>(p.outputs[0].operation)][0];
        };
        const double h = 1e-5, measured = (8 * (loss_at(h) - loss_at(-h)) - (loss_at(2 * h) - loss_at(-2 * h))) / (12 * h);
        BOOST_TEST(std::abs(measured - d[i]) < 1e-8);
    }
}

BOOST_AUTO_TEST_CASE(random_numbers_differ_from_step_to_step_and_agree_in_the_derivative) {
    Graph g(true);
    const Tensor x = g.parameter("x", {features}, SmallNumbers{});
    const Tensor start = g.input({features});
    const auto r = scan(g, 4, std::array{start}, std::array<Tensor, 0>{}, [&](auto h, auto) {
        const Tensor drawn = g.random(Shape{batch_extent, features});
        return ScanStep<1, 1>{{h[0] + drawn * x}, {drawn}};
    });
    const Tensor total = sum(r.last[0]);
    g.outputs.push_back({Path("drawn"), r.outputs[0].id});
    g.outputs.push_back({Path("d"), gradient(total, x).id});
    const Program p = std::move(g).program();
    reference::Environment<double> env;
    env.n = 2;
    env.inputs.push_back(check::Array(2 * features, 0.0));
    env.variables.push_back(check::Array(features, 1.0));
    const auto values = reference::evaluate(p, env);
    const check::Array &drawn = values[static_cast<std::size_t>(p.outputs[0].operation)],
                       &d = values[static_cast<std::size_t>(p.outputs[1].operation)];
    BOOST_TEST(drawn[0] != drawn[2 * features]);
    for (int k = 0; k < features; ++k) {
        double expected = 0;
        for (std::size_t i = static_cast<std::size_t>(k); i < drawn.size(); i += features) expected += drawn[i];
        BOOST_TEST(d[static_cast<std::size_t>(k)] == expected, boost::test_tools::tolerance(1e-12));
    }
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    const auto message = [](auto write) {
        Graph g(true);
        write(g);
        return std::string(lower(std::move(g).program()).error.view());
    };
    const auto same = [](auto h, auto) { return ScanStep<1, 0>{{h[0]}, {}}; };
    BOOST_TEST(message([&](Graph& g) { scan(g, 0, std::array{g.input({2})}, std::array<Tensor, 0>{}, same); })
               == "scans over 0 steps: needs one or more");
    BOOST_TEST(message([&](Graph& g) { scan(g, 4, std::array{g.input({2})}, std::array{steps_first(g.input({3, 2}))}, same); })
               == "scans a tensor of 3 x n x 2 over 4 steps: its first axis must have as many");
    BOOST_TEST(message([&](Graph& g) {
                   scan(g, 4, std::array{g.input({2})}, std::array<Tensor, 0>{}, [](auto h, auto) {
                       return ScanStep<1, 0>{{sum(h[0], -1)}, {}};
                   });
               }) == "carries a tensor of n x 2 into a step that hands on one number for each row: both must be equal");
    BOOST_TEST(message([&](Graph& g) {
                   Tensor inside{};
                   scan(g, 4, std::array{g.input({2})}, std::array<Tensor, 0>{}, [&](auto h, auto) {
                       inside = tanh(h[0]);
                       return ScanStep<1, 0>{{inside}, {}};
                   });
                   g.outputs.push_back({Path("y"), inside.id});
               }) == "a value of a scan's steps is used outside of the scan: stack it, or take the last");
}

BOOST_AUTO_TEST_SUITE_END()
