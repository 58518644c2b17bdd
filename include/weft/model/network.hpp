// SPDX-License-Identifier: BSL-1.0
// Lowering: a network type becomes programs, and the parameters and states of all of them become one store.
#pragma once
#include <weft/core/verdict.hpp>
#include <weft/core/weights.hpp>
#include <weft/model/entry_points.hpp>

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
            at_least(least.effects, 1),     least.scans,                  least.carries};
}

/// The network as a program with the output "output"; its mask, what layers add to the loss, and parameters with what constrains them are
/// further outputs.
template <class Net, bool Training>
struct NetworkSource {
    static constexpr Counts counts = counts_of_layers(layers_of<Net>());
    static constexpr Program program() {
        Graph g(Training);
        if constexpr (!HasDefine<Net> && (HasStep<Net> || HasEntryPoints<Net>)) return std::move(g).program();
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
/// The layers of a struct and their parameters: those of `define`, else of its step, else of the entry points that it lists.
template <class Net>
constexpr ProgramView main_program() {
    if constexpr (HasDefine<Net> || !(HasStep<Net> || HasEntryPoints<Net>)) return Lowered<NetworkSource<Net, true>>::value;
    else if constexpr (HasStep<Net>) return Lowered<StepSource<Net>>::value;
    else return Lowered<ListedSource<Net>>::value;
}
/// The programs of a struct, all on one store.
template <class Net>
constexpr auto programs_of() {
    auto with = [](auto programs, const ProgramView& p) {
        std::array<ProgramView, std::tuple_size_v<decltype(programs)> + 1> more{};
        for (std::size_t i = 0; i < programs.size(); ++i) more[i] = programs[i];
        more.back() = p;
        return more;
    };
    const std::array<ProgramView, 2> two{main_program<Net>(), inference_program<Net>()};
    if constexpr (HasStep<Net> && HasEntryPoints<Net>)
        return with(with(two, Lowered<StepSource<Net>>::value), Lowered<ListedSource<Net>>::value);
    else if constexpr (HasStep<Net>) return with(two, Lowered<StepSource<Net>>::value);
    else if constexpr (HasEntryPoints<Net>) return with(two, Lowered<ListedSource<Net>>::value);
    else return two;
}
/// The output of a lowered network, under its mask if it has one.
constexpr Tensor network_output(Graph& g) {
    Tensor y = g[g.find_output("output")];
    y.mask = g.find_output("mask");
    return y;
}
/// What a program that goes on from this one is expected to fit in.
constexpr Counts counts_from(const ProgramView& p) {
    return {p.size() + 64, p.nests.size() + 8, p.moves.size() + 8, p.windows.size() + 8, 8, 4, 8, 8, 8 + p.effects.size(),
            p.scans.size() + 2, p.carries.size() + 4};
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
/// `(3, 3, 1, 16)`.
constexpr void write_shape(Message& m, const Shape& s) {
    m << '(';
    for (int i = 0; i < s.rank; ++i) {
        if (i > 0) m << ", ";
        if (s[i].batch != 0) m << 'n';
        else m << s[i].constant;
    }
    m << ')';
}
/// What is wrong with variables that go by one name in several programs, in words.
template <class Programs>
constexpr Message unequal_shapes(View<Variable> all, const Programs& programs) {
    Message m;
    for (const ProgramView& p : programs) {
        const List<int> index = positions(p.variables, all);
        for (int i = 0; i < p.variables.size() && m.empty(); ++i) {
            const Variable &here = p.variables[i], &there = all[index[i]];
            if (here.shape == there.shape) continue;
            m << "parameter " << here.path.view() << " has the shape ";
            write_shape(m, there.shape);
            m << " in one entry point and ";
            write_shape(m, here.shape);
            m << " in another: equal names are one parameter";
        }
    }
    return m;
}

/// What a network type means, before any device is chosen: its programs, layers, and the store of its parameters and states.
template <class Net>
struct Network {
    static constexpr ProgramView training = main_program<Net>();
    static constexpr ProgramView inference = inference_program<Net>();
    static constexpr auto programs = programs_of<Net>();

    /// Parameters and states of all programs, sorted by path. A copy: what run time reads must not keep whole programs in the binary.
    static constexpr bool equal_variables = [] {
        const View<Variable>& first = programs[0].variables;
        bool equal = true;
        for (const ProgramView& p : programs) {
            equal = equal && p.variables.size() == first.size();
            if (p.variables.data() == first.data()) continue;
            for (int i = 0; equal && i < first.size(); ++i) equal = p.variables[i].path == first[i].path;
        }
        return equal;
    }();
    static constexpr List<Variable> merged_variables() {
        List<Variable> all(programs[0].variables);
        for (std::size_t p = 1; !equal_variables && p < programs.size(); ++p) all = merge_variables(all, programs[p].variables);
        return all;
    }
    static constexpr Message message = [] {
        for (const ProgramView& p : programs)
            if (!p.error.empty()) return Message(p.error);
        if constexpr (programs.size() == 2) return Message{};
        else return unequal_shapes(merged_variables(), programs);
    }();
    static constexpr std::size_t variable_count =
        static_cast<std::size_t>(equal_variables ? programs[0].variables.size() : merged_variables().size());
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
    static constexpr bool has_output = message.empty() && !inference.outputs.empty();
    static constexpr Shape output_shape =
        has_output ? inference.operations[inference.outputs[0].operation].shape.without_batch() : Shape{};

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
        const List<int> index = positions(of_program, {variables.data(), static_cast<int>(variable_count)});
        for (int i = 0; i < Count; ++i) result[i] = index[i] < 0 ? 0 : offsets[index[i]];
        return result;
    }
};

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
    static constexpr detail::Message message = detail::Network<Net>::message;
};
template <class Net>
inline constexpr bool network_fits = NetworkCheck<Net>::message.empty();

/// States that batches may have more rows than a stateful layer keeps states of, in words.
template <class Net, int BatchSize>
struct BatchCheck {
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net>)
            for (const detail::Variable& v : detail::Network<Net>::variables)
                if (v.rows > 0 && v.rows < BatchSize && m.empty())
                    m << v.path.view() << " holds the states of " << v.rows << " rows, and a batch has up to " << BatchSize
                      << ": write fit<" << v.rows << ">, predict<" << v.rows << ">, evaluate<" << v.rows << ">, or stateful<" << BatchSize
                      << ">";
        return m;
    }();
};

/// States that a struct of entry points has no `define`, which predict, fit and evaluate are about, in words.
template <class Net>
struct DefineCheck {
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net> && !detail::HasDefine<Net>)
            m << base_name<Net>() << " has no define: an entry point predicts by predict<&" << base_name<Net>()
              << "::name>(model, x), and a StepTrainer trains by its step";
        return m;
    }();
};
template <class Net>
inline constexpr bool network_predicts = network_fits<Net>&& DefineCheck<Net>::message.empty();

/// States that a program asks for parameters that the store of a model does not have, in words: `Program` has `variables` and a `name`.
template <class Program, class Net>
struct StoreCheck {
    static constexpr detail::Subject subject = detail::Subject::parameter;
    static constexpr detail::Message message = [] {
        detail::Message m;
        bool fits = network_fits<Net>;
        if constexpr (requires { Program::fits; }) fits = fits && Program::fits;
        if (fits) {
            const detail::View<detail::Variable> all{detail::Network<Net>::variables.data(),
                                                     static_cast<int>(detail::Network<Net>::variable_count)};
            const detail::View<detail::Variable> wanted = Program::variables;
            const detail::List<int> index = detail::positions(wanted, all);
            for (int i = 0; i < wanted.size() && m.empty(); ++i) {
                if (index[i] >= 0 && all[index[i]].shape == wanted[i].shape) continue;
                m << Program::name.view() << " asks for the parameter " << wanted[i].path.view() << ' ';
                detail::write_shape(m, wanted[i].shape);
                if (index[i] >= 0) {
                    m << ", which has the shape ";
                    detail::write_shape(m, all[index[i]].shape);
                    m << " in the model of " << type_name<Net>() << ": equal names are one parameter";
                } else {
                    m << ", which the model of " << type_name<Net>() << " lacks: add what asks for it to its entry_points. It has";
                    const char* between = " ";
                    for (const detail::Variable& v : all) {
                        m << between << v.path.view();
                        between = ", ";
                    }
                }
            }
        }
        return m;
    }();
};

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
constexpr void initialize(const detail::Variable& v, std::uint64_t seed, Real* to) {
    Weights w{v.shape, Random(mix(seed, v.path.hash()))};
    if constexpr (std::is_same_v<Real, float>) w.single = to;
    else w.wide = to;
    v.initialize(w);
}

} // namespace weft
