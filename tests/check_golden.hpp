// SPDX-License-Identifier: BSL-1.0
// Compares a layer with what Keras and PyTorch compute: values, derivatives and new states of one case of golden/layers.safetensors.
#pragma once
#include <check.hpp>
#include <golden/golden.hpp>

namespace weft::check {

using namespace weft::detail;

namespace tolerance {
inline constexpr double golden = 1e-9;              ///< another program's arithmetic, in double
} // namespace tolerance

/// Checks a layer against a case: y, the derivatives of sum(y · dy), and the states after a training step.
template <class Layer>
void check_golden(const std::string& name, bool training = false) {
    static const golden::File file("layers");
    const std::map<std::string, golden::Tensor> golden = file.of(name);
    BOOST_TEST_CONTEXT(name) {
        BOOST_REQUIRE(golden.contains("x"));
        const golden::Tensor& x = golden.at("x");
        Shape sample;
        for (std::size_t i = 1; i < x.shape.size(); ++i) sample.push_back(static_cast<int>(x.shape[i]));
        const auto built = build<Layer>({sample}, training);
        Graph& g = built->graph;
        BOOST_REQUIRE(!g.failed());
        const Tensor y = built->y[0], scalar = weighted_sum(g, y);
        const auto groups = built->variables(false);
        List<int> sources{built->x[0].id};
        for (const auto& group : groups) sources.push_back(group[0]);
        const List<int> derivative = gradients(g, scalar, sources);
        const auto named = [&](std::string_view path, const std::string& before, const std::string& after) -> const Array* {
            for (std::string_view p : {path, path.substr(path.find('/') + 1)})
                if (const auto at = golden.find(before + std::string(p) + after); at != golden.end()) return &at->second.values;
            return nullptr;
        };
        auto env = built->environment(static_cast<int>(x.shape[0]));
        env.inputs = {x.values, golden.at("dy").values};
        for (std::size_t i = 0; i < env.variables.size(); ++i) {
            const Array* values = named(g.variables[i].path.view(), "", "");
            BOOST_REQUIRE_MESSAGE(values != nullptr, "no golden " << g.variables[i].path.view());
            env.variables[i] = *values;
        }
        const auto values = reference::evaluate(g, env);
        const auto compare = [](const Array& value, const Array& expected, std::string_view what) {
            const double error = error_of(value, expected);
            BOOST_TEST(error < tolerance::golden, what << ": error " << error);
        };
        compare(value(values, y), golden.at("y").values, "y");
        const auto slope = [&](std::size_t k) { return derivative[k] < 0 ? Array{} : values[static_cast<std::size_t>(derivative[k])]; };
        compare(slope(0), golden.at("dx").values, "dx");
        for (std::size_t k = 0; k < groups.size(); ++k) {
            const std::string_view path = built->variable(groups[k][0]).path.view();
            const Array* expected = named(path, "d", "");
            BOOST_REQUIRE(expected != nullptr);
            compare(slope(k + 1), *expected, path);
        }
        for (std::size_t i = 0; i < env.variables.size(); ++i)
            if (const Array* after = named(g.variables[i].path.view(), "", "_after"))
                compare(env.variables[i], *after, g.variables[i].path.view());
    }
}

} // namespace weft::check
