// SPDX-License-Identifier: BSL-1.0
// Runs layers on all cases of golden/cases.safetensors that have their spelling: one instantiation of a layer for all shapes of its input.
#pragma once
#include <set>

#include <check.hpp>
#include <golden/golden.hpp>
#include <weft/layers/layer.hpp>

namespace weft::check {

using namespace weft::detail;

/// A layer as it is spelled, and its definition on up to three inputs.
struct Case {
    std::string_view spelling;
    Tensor (*define)(Graph&, std::string_view name, const std::vector<Tensor>&);
};
constexpr Tensor joined(Tensor y) { return y; }
template <class... T>
constexpr Tensor joined(const std::tuple<T...>& results) {
    return std::apply([](auto... y) { return concatenate(-1, y...); }, results);
}
template <class L>
constexpr Tensor define(Graph& g, std::string_view name, const std::vector<Tensor>& x) {
    if constexpr (requires { L::define(g, x[0]); })
        if (x.size() == 1) return joined(g.layer<L>(name, x[0]));
    if constexpr (requires { L::define(g, x[0], x[0]); })
        if (x.size() == 2) return joined(g.layer<L>(name, x[0], x[1]));
    if constexpr (requires { L::define(g, x[0], x[0], x[0]); })
        if (x.size() == 3) return joined(g.layer<L>(name, x[0], x[1], x[2]));
    g.reject("takes another number of inputs than ", x.size());
    return g.nothing();
}
#define WEFT_CASE(...) weft::check::Case{#__VA_ARGS__, &weft::check::define<__VA_ARGS__>}

inline const golden::File& golden_cases() {
    static const golden::File file("cases");
    return file;
}

/// The tables of all files of this program, for the test of what they compile to.
inline std::vector<Case>& all_cases() {
    static std::vector<Case> cases;
    return cases;
}
struct Cases : std::vector<Case> {
    Cases(std::initializer_list<Case> list) : std::vector<Case>(list) { all_cases().insert(all_cases().end(), begin(), end()); }
};

/// A layer called on the inputs of a case.
struct Called {
    Graph graph{true};
    std::vector<Tensor> x;
    Tensor y{};
    reference::Environment<double> environment{};

    Called(const Case& layer, const std::map<std::string, golden::Tensor>& golden) {
        for (const char* name : {"x", "x_1", "x_2"}) {
            const auto at = golden.find(name);
            if (at == golden.end()) break;
            Shape sample;
            for (std::size_t i = 1; i < at->second.shape.size(); ++i) sample.push_back(static_cast<int>(at->second.shape[i]));
            x.push_back(graph.input(sample, at->second.integer ? DType::integer : DType::real));
            environment.n = static_cast<int>(at->second.shape[0]);
            environment.inputs.push_back(at->second.values);
        }
        y = layer.define(graph, "layer", x);
        BOOST_TEST_REQUIRE(graph.error.view() == "");
        for (const Variable& v : graph.variables) {
            const std::string name = name_of(v, golden);
            BOOST_TEST_REQUIRE(golden.contains(name), name << " of " << layer.spelling << " is not in the file");
            environment.variables.push_back(golden.at(name).values);
        }
    }
    Called(const Called&) = delete;                 // tensors refer to the graph

    /// A parameter's name in the file: what is below the layer, or that below the layer within another.
    static std::string name_of(const Variable& v, const std::map<std::string, golden::Tensor>& golden) {
        const std::string path(v.path.view().substr(v.path.view().find('/') + 1));
        std::string found = golden.contains(path) ? path : "";
        for (const auto& [name, tensor] : golden)           // the derivative's name is one letter longer
            if (name.ends_with('/' + path) && (found.empty() || name.size() < found.size())) found = name;
        return found.empty() ? path : found;
    }
};

/// The largest error of y, of the derivatives of sum(y · dy), in one case.
inline double error_of_case(const Case& layer, const std::map<std::string, golden::Tensor>& golden) {
    Called called(layer, golden);
    Graph& g = called.graph;
    const std::vector<Tensor>& x = called.x;
    const Tensor y = called.y, scalar = weighted_sum(g, y);
    reference::Environment<double>& env = called.environment;
    env.inputs.push_back(golden.at("dy").values);
    List<int> sources;
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (golden.contains(i == 0 ? "dx" : "dx_" + std::to_string(i))) {
            sources.push_back(x[i].id);
            wanted.push_back(i == 0 ? "dx" : "dx_" + std::to_string(i));
        }
    for (int i = 0; i < g.size(); ++i)
        if (g.operations[i].kind == Kind::parameter) {
            sources.push_back(i);
            wanted.push_back("d" + Called::name_of(g.variables[g.operations[i].attribute], golden));
        }
    const List<int> derivatives = gradients(g, scalar, sources);
    g.outputs.push_back({Path("y"), y.id});
    for (int d : derivatives) g.outputs.push_back({Path("derivative"), d});       // scans compute what outputs need
    const auto values = reference::evaluate(g, env);
    BOOST_TEST(y.full_shape().count(env.n) == golden.at("y").values.size());
    double largest = error_of(value(values, y), golden.at("y").values);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Array& expected = golden.at(wanted[i]).values;
        const int id = derivatives[static_cast<int>(i)];
        const Array derivative = id < 0 ? Array(expected.size(), 0.0) : values[id];
        double scale = 0;
        for (double e : expected) scale = std::max(scale, std::abs(e));
        const double error = error_of(derivative, expected);
        // A derivative that vanishes but for rounding is compared with the cotangents.
        largest = std::max(largest, scale > 1e-12 ? error : error * scale);
    }
    std::map<std::string, double> after;            // states as a training step leaves them; of one path, the last entry is assigned
    for (std::size_t i = 0; i < env.variables.size(); ++i)
        if (const auto at = golden.find(Called::name_of(g.variables[static_cast<int>(i)], golden) + "_after"); at != golden.end())
            after[at->first] = error_of(env.variables[i], at->second.values);
    for (const auto& [name, error] : after) largest = std::max(largest, error);
    return largest;
}

/// Compares every case of the file that is spelled as one of the layers; each layer must have a case.
inline void check_cases(const Cases& table) {
    const golden::File& file = golden_cases();
    std::set<std::string_view> seen;
    double largest = 0;
    int count = 0;
    for (const auto& [name, spelling] : file.cases())
        for (const Case& layer : table)
            if (layer.spelling == spelling) {
                BOOST_TEST_CONTEXT(name << ": " << spelling) {
                    const double error = error_of_case(layer, file.of(name));
                    BOOST_TEST(error < 1e-9);
                    largest = std::max(largest, error);
                }
                ++count;
                seen.insert(layer.spelling);
            }
    for (const Case& layer : table) BOOST_TEST(seen.contains(layer.spelling), "no case for " << layer.spelling);
    BOOST_TEST_MESSAGE(count << " cases, largest error " << largest);
}

} // namespace weft::check
