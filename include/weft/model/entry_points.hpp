// SPDX-License-Identifier: BSL-1.0
// Entry points: the functions of a struct that write programs on one store of parameters, and the shapes of what they take.
#pragma once
#include <tuple>

#include <weft/graph/step.hpp>
#include <weft/passes/pipeline.hpp>

namespace weft {

/// The shapes of the columns that a training step takes: `using inputs = Inputs<Input<28, 28, 1>, Indices<>>;` in its struct.
///
/// It is needed where a column does not meet an Input of its own: one that the step hands to a network which begins with `Input<…>`, or to
/// `Input<…>::define(s, x)`, has the shape that stands there. A step of one column may do without both if its other tensors tell the shape:
/// `judge(s, real)` asks for the parameters of `judge(s, fake)`, so that real has the shape of fake.
template <class... Columns>
struct Inputs {};

/// The entry points of a struct that has neither `define` nor `step`, and more of them for one that has:
///
///   static constexpr auto entry_points = weft::entry_points<&Vae::encode, &Vae::decode>;
///
/// A model owns the parameters of `define`, of `step`, and of these.
template <auto... Entry>
struct EntryPoints {};
template <auto... Entry>
inline constexpr EntryPoints<Entry...> entry_points{};

namespace detail {

template <class F>
struct EntryTraits {
    static constexpr int inputs = -1;
};
template <class Result, class G, class... T>
    requires std::derived_from<Step, G> && (std::same_as<std::remove_cvref_t<T>, Tensor> && ...)
struct EntryTraits<Result (*)(G&, T...)> {
    static constexpr int inputs = sizeof...(T);
};
template <class Result, class... T>
struct EntryTraits<Result (*)(T...) noexcept> : EntryTraits<Result (*)(T...)> {};

/// A struct with `static constexpr void step(Step&, Tensor...)`.
template <class Net>
concept HasStep = requires { requires EntryTraits<decltype(&Net::step)>::inputs >= 0; };
template <class Net>
concept HasEntryPoints = requires { Net::entry_points; };
template <class Net>
concept HasDefine = requires(Graph& g) { Net::define(g); };

/// A pointer to a function of a graph and tensors.
template <auto Entry>
concept IsEntryPoint = EntryTraits<decltype(Entry)>::inputs >= 0;

/// No declaration.
struct Undeclared {};

/// The inputs of an entry point: as they are declared, or open.
template <int Count>
constexpr std::array<Tensor, Count + 1> input_tensors(Graph& g, std::string_view, Undeclared) {
    std::array<Tensor, Count + 1> tensors{};
    for (int i = 0; i < Count; ++i) tensors[static_cast<std::size_t>(i)] = g.open_input();
    return tensors;
}
template <int Count, class... Columns>
constexpr std::array<Tensor, Count + 1> input_tensors(Graph& g, std::string_view entry, Inputs<Columns...>) {
    constexpr int declared = sizeof...(Columns);
    if constexpr (declared == Count) return {Columns::define(g)..., Tensor{}};
    else {
        g.reject(entry, " takes ", Count, Count == 1 ? " tensor, and " : " tensors, and ", declared,
                 declared == 1 ? " input is declared" : " inputs are declared", ": declare one for each, Input<...> or Indices<...>");
        return input_tensors<Count>(g, entry, Undeclared{});
    }
}
/// Says which column has no shape. What does not fit may follow from that alone, so it comes first.
constexpr void check_columns(Graph& g, std::string_view entry, std::string_view remedy) {
    const int open = g.first_open();
    if (open < 0 || (g.failed() && g.error.view().starts_with(entry))) return;
    g.error = Message{};
    g.error << entry << " takes a tensor of unknown shape, number " << open << ": begin the network that receives it with Input<...>, or "
            << remedy;
}

/// Calls an entry point of `Count` tensors with its inputs.
template <int Count, class G, class Declared, class Entry>
constexpr auto call_entry(G& g, std::string_view name, Declared declared, Entry entry) {
    const auto tensors = input_tensors<Count>(g, name, declared);
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return entry(g, tensors[I]...); }(std::make_index_sequence<Count>{});
}
template <auto Entry, class G, class Declared>
constexpr auto call_entry(G& g, std::string_view name, Declared declared) {
    return call_entry<EntryTraits<decltype(Entry)>::inputs>(g, name, declared, Entry);
}

/// The inputs that a struct declares for its step.
template <class Net>
constexpr auto declared_inputs() {
    if constexpr (requires { typename Net::inputs; }) return typename Net::inputs{};
    else return Undeclared{};
}

/// Has every parameter of a step one shape if this is the shape of its column?
template <class Net>
constexpr bool column_fits(const Shape& shape) {
    Step s(true);
    Net::step(s, s.input(shape));
    return !s.failed();
}
/// The shape of the only column of a step: that of another of its tensors, if it fits and would not with any axis twice as long. An empty
/// list if there is none or several.
template <class Net>
constexpr List<Shape> column_by_step() {
    Step look(true);
    const Tensor open = look.open_input();
    Net::step(look, open);
    List<Shape> found, tried;
    if (look.first_open() < 0) return found;
    List<char> depends(look.size(), 0);         // on the column: what is made of it has no shape yet
    for (int id = 0; id < look.size(); ++id) {
        const Operation& o = look.operations[id];
        depends[id] = id == open.id;
        for (int k = 0; k < o.operands; ++k)
            if (depends[o.operand[k]] != 0) depends[id] = 1;
        if (depends[id] != 0 || !o.shape.is_batched() || !(o.shape[0] == batch_extent)) continue;
        const Shape shape = o.shape.without_batch();
        bool again = false;
        for (const Shape& t : tried) again = again || t == shape;
        if (again) continue;
        tried.push_back(shape);
        bool fits = shape.rank > 0 && column_fits<Net>(shape);
        for (int i = 0; fits && i < shape.rank; ++i) {
            Shape longer = shape;
            longer.extent[i] = longer.extent[i] * Extent{2};
            fits = !column_fits<Net>(longer);
        }
        if (fits) found.push_back(shape);
    }
    if (found.size() > 1) found.clear();
    return found;
}

/// The training step of a struct as a program; its outputs are its metrics.
template <class Net>
struct StepSource {
    static constexpr Counts counts{600, 64, 16, 8, 48, 4, 32, 16, 64};
    static constexpr Program program() {
        Step s;
        List<Shape> column;
        constexpr int count = EntryTraits<decltype(&Net::step)>::inputs;
        if constexpr (count == 1 && std::same_as<decltype(declared_inputs<Net>()), Undeclared>) {
            column = column_by_step<Net>();
            if (!column.empty()) Net::step(s, s.input(column[0]));
        }
        // Called by name: a local struct's functions are no template arguments.
        if (column.empty()) call_entry<count>(s, "step", declared_inputs<Net>(), [](Step& g, auto... x) { Net::step(g, x...); });
        check_columns(s, "step", "declare using inputs = Inputs<Input<...>> beside step");
        if (!s.failed() && s.minimize_count() == 0 && s.effects.empty())
            s.reject("step of ", base_name<Net>(), " minimizes and assigns nothing: call s.minimize<...>(loss)");
        s.keep_constraints();
        return std::move(s).program();
    }
};

constexpr void add_output(Graph& g, Tensor t) {
    Path name("output");
    if (!g.outputs.empty()) (name += "_").append_number(g.outputs.size());
    g.outputs.push_back({name, t.id});
}

/// An entry point that predicts as a program, with the outputs "output", "output_1" …
template <auto Entry, class Declared>
struct EntrySource {
    static constexpr Program program() {
        Graph g(false);
        const auto result = call_entry<Entry>(g, "the entry point", Declared{});
        check_columns(g, "the entry point", "name it: predict<&Net::decode, Input<2>>(model, z)");
        if (g.failed()) return std::move(g).program();
        if constexpr (std::same_as<std::remove_cvref_t<decltype(result)>, Tensor>) add_output(g, result);
        else std::apply([&](auto... t) { (add_output(g, t), ...); }, result);
        return std::move(g).program();
    }
};

/// The entry points that a struct lists, one behind the other: for their parameters alone.
template <class Net>
struct ListedSource {
    template <auto... Entry>
    static constexpr void call_all(Graph& g, EntryPoints<Entry...>) {
        (static_cast<void>(call_entry<Entry>(g, "a listed entry point", Undeclared{})), ...);
        check_columns(g, "a listed entry point", "list it with define or step");
    }
    static constexpr Program program() {
        Graph g(false);
        call_all(g, Net::entry_points);
        return std::move(g).program();
    }
};

} // namespace detail
} // namespace weft
