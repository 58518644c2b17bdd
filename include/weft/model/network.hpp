// SPDX-License-Identifier: BSL-1.0
// Lowering: a network type becomes programs, and the parameters and states of all of them become one store.
#pragma once
#include <weft/core/verdict.hpp>
#include <weft/core/weights.hpp>
#include <weft/passes/pipeline.hpp>

namespace weft {

/// The device of a Model: this processor.
struct Cpu {};

namespace detail {

/// Calls the network; its inputs are made by its own Inputs.
template <class Net>
constexpr Tensor define_network(Graph& g) {
    if constexpr (requires { { Net::define(g) } -> std::same_as<Tensor>; }) {
        const Tensor y = Net::define(g);
        if (!g.failed() && g.inputs.empty()) g.reject("the network has no Input: its first layer must be Input<...>");
        return y;
    } else if constexpr (!requires { Net::define(g); }) {
        g.reject(base_name<Net>(), " is no network: derive it from Sequential<Input<...>, ...>");
        return g.nothing();
    } else {
        g.reject("the network must give one tensor: give every branch its own struct, or join them by Parallel<Concatenate, ...>");
        return g.nothing();
    }
}

/// How many layers a type is made of, as far as combinators tell.
template <class Net>
constexpr int layers_of();
template <class Combinator>
struct LayersIn {
    static constexpr int count = 1;
};
template <template <class...> class Combinator, class... Layers>
struct LayersIn<Combinator<Layers...>> {
    static constexpr int count = (layers_of<Layers>() + ... + 0);
};
template <template <auto, class...> class Combinator, auto First, class... Layers>
struct LayersIn<Combinator<First, Layers...>> {
    static constexpr int copies = [] {
        if constexpr (std::is_same_v<decltype(First), int>) return First > 1 ? First : 1;       // Repeat
        else return 1;
    }();
    static constexpr int count = copies * (layers_of<Layers>() + ... + 0);
};
template <class Net>
constexpr int layers_of() {
    if constexpr (requires { typename Net::combinator; }) return LayersIn<typename Net::combinator>::count;
    else return 1;
}
/// What the program of a network is expected to fit in.
constexpr Counts counts_of_layers(int layers) {
    const Counts& least = usual_counts;
    auto at_least = [layers](int least, int each) { return each * layers > least ? each * layers : least; };
    return {at_least(least.operations, 8), at_least(least.nests, 1), least.moves,          least.windows,
            at_least(least.variables, 2),  least.inputs,             at_least(least.layers, 2), least.outputs,
            at_least(least.effects, 1)};
}

/// The network as a program with the output "output"; its mask, what layers add to the loss, and parameters with what constrains them are
/// further outputs.
template <class Net, bool Training>
struct NetworkSource {
    static constexpr Counts counts = counts_of_layers(layers_of<Net>());
    static constexpr Program program() {
        Graph g(Training);
        const Tensor y = define_network<Net>(g);
        g.outputs.push_back({Path("output"), y.id});
        if (y.mask >= 0) g.outputs.push_back({Path("mask"), y.mask});
        for (int loss : g.losses) g.outputs.push_back({Path("added_loss"), loss});
        if constexpr (Training)
            for (const Graph::Constraint& c : g.constraints) {
                g.outputs.push_back({Path("constrained"), c.parameter});
                g.outputs.push_back({Path("constraint"), c.value});
            }
        return std::move(g).program();
    }
};
/// What predicts: where no layer asks whether it trains, the program that trains.
template <class Net>
constexpr ProgramView inference_program() {
    if constexpr (Lowered<NetworkSource<Net, true>>::value.depends_on_training) return Lowered<NetworkSource<Net, false>>::value;
    else return Lowered<NetworkSource<Net, true>>::value;
}
/// The output of a lowered network, under its mask if it has one.
constexpr Tensor network_output(Graph& g) {
    Tensor y = g[g.find_output("output")];
    y.mask = g.find_output("mask");
    return y;
}
/// What a program that goes on from this one is expected to fit in.
constexpr Counts counts_from(const ProgramView& p) {
    return {p.size() + 64, p.nests.size() + 8, p.moves.size() + 8, p.windows.size() + 8, 8, 4, 8, 8, 8 + p.effects.size()};
}

/// Variables of two sorted lists, each path once.
constexpr List<Variable> merge_variables(View<Variable> a, View<Variable> b) {
    List<Variable> all;
    int i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        const bool first = j == b.size() || (i < a.size() && !natural_less(b[j].path.view(), a[i].path.view()));
        if (first && j < b.size() && a[i].path == b[j].path) ++j;
        all.push_back(first ? a[i++] : b[j++]);
    }
    return all;
}
/// For every variable of a program its index among all of them, -1 where it is none of them; both are sorted by path.
constexpr List<int> positions(View<Variable> of_program, View<Variable> all) {
    List<int> result;
    result.reserve(of_program.size());
    int k = 0;
    for (const Variable& v : of_program) {
        while (k < all.size() && natural_less(all[k].path.view(), v.path.view())) ++k;
        result.push_back(k < all.size() && all[k].path == v.path ? k : -1);
    }
    return result;
}
} // namespace detail

/// What a network type means, before any device is chosen: its programs, layers, and the store of its parameters and states.
template <class Net>
struct Network {
    static constexpr ProgramView training = Lowered<detail::NetworkSource<Net, true>>::value;
    static constexpr ProgramView inference = detail::inference_program<Net>();
    static constexpr Message message{training.error.empty() ? inference.error : training.error};

    /// Parameters and states of all programs, sorted by path. A copy: what run time reads must not keep whole programs in the binary.
    static constexpr bool equal_variables = [] {
        bool equal = training.variables.size() == inference.variables.size();
        for (int i = 0; equal && i < training.variables.size(); ++i) equal = training.variables[i].path == inference.variables[i].path;
        return equal;
    }();
    static constexpr List<Variable> merged_variables() {
        if (equal_variables) return List<Variable>(training.variables);
        return detail::merge_variables(training.variables, inference.variables);
    }
    static constexpr std::size_t variable_count =
        static_cast<std::size_t>(equal_variables ? training.variables.size() : merged_variables().size());
    static constexpr std::array<Variable, variable_count> variables = [] {
        std::array<Variable, variable_count> v{};
        const List<Variable> merged = merged_variables();
        for (int i = 0; i < merged.size(); ++i) v[i] = merged[i];
        return v;
    }();
    /// Elements before each variable in the store, and their total at the end: parameters and states lie densely, in order of their paths.
    static constexpr std::array<int, variable_count + 1> offsets = [] {
        std::array<int, variable_count + 1> o{};
        for (std::size_t i = 0; i < variable_count; ++i) o[i + 1] = o[i] + variables[i].shape.elements().constant;
        return o;
    }();
    static constexpr int element_count = offsets[variable_count];
    static constexpr int parameter_count = [] {
        int count = 0;
        for (const Variable& v : variables) count += v.is_state ? 0 : v.shape.elements().constant;
        return count;
    }();
    static constexpr int trainable_count = [] {
        int count = 0;
        for (const Variable& v : variables) count += v.trainable ? v.shape.elements().constant : 0;
        return count;
    }();
    static constexpr Shape output_shape =
        message.empty() ? inference.operations[inference.outputs[0].operation].shape.without_batch() : Shape{};

    /// Index of the variable with this path, -1 if there is none.
    static constexpr int find(std::string_view path) {
        for (std::size_t i = 0; i < variable_count; ++i)
            if (variables[i].path.view() == path) return static_cast<int>(i);
        return -1;
    }
    /// Where the variables of one of this network's programs lie in the store.
    template <int Count>
    static constexpr auto offsets_of(View<Variable> of_program) {
        std::array<int, static_cast<std::size_t>(Count)> result{};
        const List<int> index = detail::positions(of_program, {variables.data(), static_cast<int>(variable_count)});
        for (int i = 0; i < Count; ++i) result[i] = index[i] < 0 ? 0 : offsets[index[i]];
        return result;
    }
};

namespace detail {

/// The network as it predicts: without the outputs that only a loss reads.
template <class Net>
struct OutputSource {
    static constexpr Counts counts = counts_from(Network<Net>::inference);
    static constexpr Program program() {
        Program p(Network<Net>::inference);
        const int output = p.find_output("output");
        p.outputs.clear();
        p.outputs.push_back({Path("output"), output});
        return p;
    }
};
/// The source of the program that predicts: one that has been lowered already, if its only output is the prediction.
template <class Net>
using PredictionSource = std::conditional_t<(Network<Net>::inference.outputs.size() > 1), OutputSource<Net>,
                                            NetworkSource<Net, !Network<Net>::training.depends_on_training>>;

} // namespace detail

/// States that a network does not fit together, in words.
template <class Net>
struct NetworkCheck {
    static constexpr Message message = Network<Net>::message;
};
template <class Net>
inline constexpr bool network_fits = NetworkCheck<Net>::message.empty();

namespace detail {

template <class Net>
constexpr auto shape_or_anything() {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (network_fits<Net>) return Network<Net>::output_shape;
    else return Anything{};
}
template <class Net>
constexpr auto count_or_anything() {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (network_fits<Net>) return Network<Net>::parameter_count;
    else return Anything{};
}

} // namespace detail

/// The shape of one sample's output: `static_assert(output_shape<Digits> == Shape{10})`.
template <class Net>
inline constexpr auto output_shape = detail::shape_or_anything<Net>();

/// The number of parameters, frozen ones included, states not: `static_assert(parameter_count<Digits> == 38282)`.  Keras: count_params.
template <class Net>
inline constexpr auto parameter_count = detail::count_or_anything<Net>();

/// Writes the initial values of a variable: a pure function of seed and path.
template <class Real>
constexpr void initialize(const Variable& v, std::uint64_t seed, Real* to) {
    Weights w{v.shape, Random(mix(seed, v.path.hash()))};
    if constexpr (std::is_same_v<Real, float>) w.single = to;
    else w.wide = to;
    v.initialize(w);
}

} // namespace weft
