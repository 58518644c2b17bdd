// SPDX-License-Identifier: BSL-1.0
// Prediction by other programs on the parameters of a model: an entry point, or the same network with other extents.
#pragma once
#include <weft/layers/input.hpp>
#include <weft/model/model.hpp>

namespace weft {
namespace detail {

/// The column that the type of an array tells.
template <class Array>
struct StaticColumn {
    static constexpr bool known = false;
};
template <class Array>
    requires requires { static_extents(typename Array::shape_type{}); }
             && (static_extents_of<Array>.known && !static_extents_of<Array>.is_sequence)
struct StaticColumn<Array> {
    static constexpr bool known = true;
    template <std::size_t First, std::size_t... N>
    static auto column(xt::fixed_shape<First, N...>) {
        if constexpr (std::integral<typename Array::value_type>) return Indices<static_cast<int>(N)...>{};
        else return Input<static_cast<int>(N)...>{};
    }
    using type = decltype(column(typename Array::shape_type{}));
};
/// Does an entry point whose inputs these are ask for parameters of a store alone, and for one at least?
template <class Net>
constexpr bool is_on_store(const Graph& g) {
    if (g.failed() || g.first_open() >= 0 || g.variables.empty()) return false;
    for (const Variable& v : g.variables) {
        const int i = Network<Net>::find(v.path.view());
        if (i < 0 || !(Network<Net>::variables[static_cast<std::size_t>(i)].shape == v.shape)) return false;
    }
    return true;
}
template <auto Entry, class Net, class Declared>
constexpr bool fits_store() {
    Graph g(false);
    static_cast<void>(call_entry<Entry>(g, "", Declared{}));
    return is_on_store<Net>(g);
}
/// The only length of a vector for which an entry point asks for the parameters of a store, 0 if there is none or several.
template <auto Entry, class Net>
constexpr int length_by_store() {
    List<int> tried;
    int found = 0;
    for (const Variable& v : Network<Net>::variables)
        for (const Extent& e : v.shape) {
            bool again = false;
            for (int t : tried) again = again || t == e.constant;
            if (again) continue;
            tried.push_back(e.constant);
            auto fits = [](int length) {
                Graph g(false);
                static_cast<void>(Entry(g, g.input({length})));
                return is_on_store<Net>(g);
            };
            if (!fits(e.constant) || fits(2 * e.constant)) continue;        // what takes any length tells none
            if (found > 0) return 0;
            found = e.constant;
        }
    return found;
}
/// The first columns that a struct declares for its step.
template <std::size_t Count, class... Columns>
constexpr auto first_columns(Inputs<Columns...>) {
    if constexpr (sizeof...(Columns) < Count) return Undeclared{};
    else
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return Inputs<std::tuple_element_t<I, std::tuple<Columns...>>...>{};
        }(std::make_index_sequence<Count>{});
}
template <class Array>
inline constexpr bool holds_vectors = false;
template <class Array>
    requires requires { std::tuple_size<typename Array::shape_type>::value; }
inline constexpr bool holds_vectors<Array> =
    std::tuple_size_v<typename Array::shape_type> == 2 && !std::integral<typename Array::value_type>;

/// The inputs of an entry point: those that are named; else those that the types of the arrays tell; else what its Inputs say; else what
/// the model tells, if the entry point then asks for parameters that the model has.
template <auto Entry, class Net, class Named, class Arrays>
struct DeclaredInputs;
template <auto Entry, class Net, class... Named, class... Array>
struct DeclaredInputs<Entry, Net, std::tuple<Named...>, std::tuple<Array...>> {
    static constexpr auto choose() {
        constexpr std::size_t count = EntryTraits<decltype(Entry)>::inputs;
        if constexpr (sizeof...(Named) > 0) return Inputs<Named...>{};
        else if constexpr (count > 0 && count == sizeof...(Array) && (StaticColumn<std::remove_cvref_t<Array>>::known && ...))
            return Inputs<typename StaticColumn<std::remove_cvref_t<Array>>::type...>{};
        else if constexpr (!network_fits<Net> || fits_store<Entry, Net, Undeclared>()) return Undeclared{};
        else return by_model<count>();
    }
    template <std::size_t Count>
    static constexpr auto by_model() {
        if constexpr (requires { typename Net::inputs; }) {
            using Columns = decltype(first_columns<Count>(typename Net::inputs{}));
            if constexpr (!std::same_as<Columns, Undeclared>)
                if constexpr (fits_store<Entry, Net, Columns>()) return Columns{};
                else return by_length<Count>();
            else return by_length<Count>();
        } else return by_length<Count>();
    }
    template <std::size_t Count>
    static constexpr auto by_length() {
        if constexpr (Count == 1 && (holds_vectors<std::remove_cvref_t<Array>> && ...)) {
            constexpr int length = length_by_store<Entry, Net>();
            if constexpr (length > 0) return Inputs<Input<length>>{};
            else return Undeclared{};
        } else return Undeclared{};
    }
    using type = decltype(choose());
};

/// An entry point as a program that predicts.
template <auto Entry, class Declared>
struct EntryProgram {
    using Source = EntrySource<Entry, Declared>;
    static constexpr const ProgramView& program = Lowered<Source>::value;
    static constexpr View<Variable> variables = program.variables;
    static constexpr auto name = TextBuffer<120>("the entry point");
    static constexpr Message message = [] {
        Message m(program.error);
        for (const Output& o : program.outputs) {
            const Shape& s = program.operations[o.operation].shape;
            if (m.empty() && !(s.rank > 0 && s[0] == batch_extent))
                m << "the entry point gives a tensor without rows, and predict needs a value for each row of the batch: leave means and "
                     "sums over it to the caller";
        }
        return m;
    }();
    static constexpr bool fits = message.empty();
};
template <auto Entry, class Net, class Named, class... Arrays>
using EntryOf = EntryProgram<
    Entry, typename DeclaredInputs<Entry, Net, Named,
                                   decltype(std::tuple_cat(data::detail::arrays_of(std::declval<const Arrays&>())...))>::type>;

/// Another network as a program that predicts.
template <class As>
struct OtherProgram {
    using Source = NetworkSource<As, false>;
    static constexpr const ProgramView& program = Network<As>::inference;
    static constexpr View<Variable> variables = program.variables;
    static constexpr auto name = TextBuffer<120>() << type_name<As>();
    static constexpr bool fits = network_predicts<As>;
};

/// What the columns of a program may hold, as `require_integers` reads it.
template <class Program>
inline constexpr auto program_limits = [] {
    std::array<Limit, static_cast<std::size_t>(Program::program.inputs.size()) + 2> limits{};
    limit_indices(limits, Program::program);
    return limits;
}();

/// Number I of the outputs of a program, as Network numbers them.
template <std::size_t I>
inline constexpr Path output_name = [] {
    Path name("output");
    if (I > 0) (name += "_").append_number(static_cast<int>(I));
    return name;
}();

/// Runs a program on all rows; one array, or a tuple of them.
template <class Program, int BatchSize, class Net, class Real, class... Arrays>
    requires(!network_fits<Net> || !Program::fits || !StoreCheck<Program, Net>::message.empty())
auto predict_rows(Model<Net, Cpu, Real>&, const Arrays&...) {
    return xt::xarray<Real>{};
}
template <class Program, int BatchSize, class Net, class Real, class... Arrays>
auto predict_rows(Model<Net, Cpu, Real>& model, const Arrays&... arrays) {
    using Source = ForwardProgram<Net, typename Program::Source, BatchSize, Real>;
    using Run = Runner<Source, Real, HeapBuffer>;
    using Check = ArraysCheck<Source, 0, decltype(std::tuple_cat(data::detail::arrays_of(arrays)...))>;
    static_assert(Verified<Check>::value);
    constexpr auto outputs = static_cast<std::size_t>(Program::program.outputs.size());
    return [&]<std::size_t... O>(std::index_sequence<O...>) {
        constexpr std::array<Shape, outputs> shape{
            Source::plan.operation(Source::plan.program.find_output(output_name<O>.view())).shape...};
        std::tuple<xt::xtensor<Real, static_cast<std::size_t>(shape[O].rank)>...> result;
        if constexpr (Check::message.empty()) {
            const auto columns = columns_of<Source::inputs, Real>("", arrays...);
            const std::size_t rows = std::get<0>(columns).rows();
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (
                    [&] {
                        if constexpr (program_limits<Program>[I].below > 0) {
                            const auto& column = std::get<I>(columns);
                            require_integers<program_limits<Program>, I>(column.row(0), rows * Source::inputs[I].shape.count(1), rows);
                        }
                    }(),
                    ...);
            }(std::make_index_sequence<Source::inputs.size()>{});
            (
                [&] {
                    std::array<std::size_t, static_cast<std::size_t>(shape[O].rank)> extents{rows};
                    for (int i = 1; i < shape[O].rank; ++i)
                        extents[static_cast<std::size_t>(i)] = static_cast<std::size_t>(shape[O][i].constant);
                    std::get<O>(result).resize(extents);
                }(),
                ...);
            Run run(model.seed());
            const double members[1] = {};
            for (std::size_t row = 0; row < rows; row += BatchSize) {
                const std::size_t n = std::min<std::size_t>(BatchSize, rows - row);
                run.run(model.data(), nullptr, pointers_at(columns, row).data(), static_cast<int>(n), members,
                        Run::draws ? model.next_draw() : 0);
                (std::copy_n(run.output(Run::offset_of(output_name<O>.view())), n * shape[O].count(1),
                             std::get<O>(result).data() + row * shape[O].count(1)),
                 ...);
            }
        }
        if constexpr (outputs == 1) return std::get<0>(std::move(result));
        else return result;
    }(std::make_index_sequence<outputs>{});
}

} // namespace detail

/// States that an entry point does not fit together, in words.
template <class Program, class Net>
struct EntryCheck {
    static constexpr detail::Message message = network_fits<Net> ? Program::message : detail::Message{};
};

/// What an entry point gives for every row: `predict<&Vae::decode>(model, z)`; a tuple of arrays if it gives several tensors.
///
/// The shapes of its arguments are those that are named, `predict<&Vae::decode, Input<2>>(model, z)`; else those that the arrays' types
/// tell, if all do; else each has the shape of the first Input that it meets, at the beginning of the network that receives it; else they
/// are the first columns of the struct's step, or the one length of a vector for which it asks for parameters that the model has.
/// Rejects arguments of unknown shape, and parameters that the model does not have, at compile time; arrays as predict(model, x) does.
/// Keras: a Model of the same layers.  PyTorch: a method of the module.
template <auto Entry, class... Named, class Net, class Device, class Real, class... Arrays>
    requires detail::IsEntryPoint<Entry>
auto predict(Model<Net, Device, Real>& model, const Arrays&... arrays) {
    using Program = detail::EntryOf<Entry, Net, std::tuple<Named...>, Arrays...>;
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, 32>>::value);
    static_assert(Verified<EntryCheck<Program, Net>>::value);
    static_assert(Verified<StoreCheck<Program, Net>>::value);
    return detail::predict_rows<Program, 32>(model, arrays...);
}
/// The same with another BatchSize than 32: `predict<&Vae::decode, 128>(model, z)`, `predict<&Vae::decode, 128, Input<2>>(model, z)`.
template <auto Entry, int BatchSize, class... Named, class Net, class Device, class Real, class... Arrays>
    requires detail::IsEntryPoint<Entry>
auto predict(Model<Net, Device, Real>& model, const Arrays&... arrays) {
    using Program = detail::EntryOf<Entry, Net, std::tuple<Named...>, Arrays...>;
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<EntryCheck<Program, Net>>::value);
    static_assert(Verified<StoreCheck<Program, Net>>::value);
    return detail::predict_rows<Program, BatchSize>(model, arrays...);
}

/// The output of another network on the parameters of this model: `predict<Net<300>>(model, x)`, where `model` is a `Model<Net<100>>`.
///
/// Rejects parameters that the model does not have, or of another shape, at compile time.
template <class As, int BatchSize = 32, class Net, class Device, class Real, class... Arrays>
auto predict(Model<Net, Device, Real>& model, const Arrays&... arrays) {
    using Program = detail::OtherProgram<As>;
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<NetworkCheck<As>>::value);
    static_assert(Verified<DefineCheck<As>>::value);
    static_assert(Verified<StoreCheck<Program, Net>>::value);
    return detail::predict_rows<Program, BatchSize>(model, arrays...);
}

} // namespace weft
