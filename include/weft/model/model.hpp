// SPDX-License-Identifier: BSL-1.0
// Model: the parameters and states of a network, by name, and prediction.
#pragma once
#include <xtensor/xadapt.hpp>
#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/core/heap_buffer.hpp>
#include <weft/model/columns.hpp>
#include <weft/model/integers.hpp>
#include <weft/model/runner.hpp>

namespace weft {

struct ModelOptions {
    std::uint64_t seed = 0;         ///< of the initial parameters and of dropout
};

/// States that a network has no parameter of a name.
template <class Net, detail::Text Name>
struct ParameterCheck {
    static constexpr detail::Subject subject = detail::Subject::parameter;
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net>)
            if (detail::Network<Net>::find(Name.view()) < 0) {
                m << "the network has no parameter " << Name.view() << "; it has";
                const char* between = " ";
                for (const detail::Variable& v : detail::Network<Net>::variables) {
                    m << between << v.path.view();
                    between = ", ";
                }
            }
        return m;
    }();
};

namespace detail {

inline std::vector<std::size_t> extents_of(const Shape& s) {
    std::vector<std::size_t> e;
    for (const Extent& x : s) e.push_back(static_cast<std::size_t>(x.constant));
    return e;
}

/// A read-only view of a parameter, of any rank.
template <class Real>
auto parameter_view(const Real* first, const Shape& shape) {
    return xt::adapt(first, static_cast<std::size_t>(shape.elements().constant), xt::no_ownership(), extents_of(shape));
}

/// Throws ValueError for an index that is outside of the table that the network addresses with input I.
template <class Net, std::size_t I, class T>
void require_input(const ColumnView<T>& column) {
    if constexpr (input_limits<Net>[I].below > 0) {
        const std::size_t size = column.rows() * Network<Net>::inference.inputs[static_cast<int>(I)].count(1);
        require_integers<column_limits<Net, NoTarget>, I>(column.row(0), size, column.rows());
    }
}
template <class Net, class... T>
void require_indices(const std::tuple<ColumnView<T>...>& columns) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (require_input<Net, I>(std::get<I>(columns)), ...);
    }(std::index_sequence_for<T...>{});
}

/// What a Model of a network that does not fit is: complete, and of no use, so that nothing else is reported.
template <class Net, class Real, bool Fits>
class ModelBody {
public:
    ModelBody(const ModelOptions& = {}) {}
    auto parameter(std::string_view) const { return parameter_view<Real>(nullptr, {}); }
    template <Text Name>
    auto parameter() const {
        return parameter_view<Real>(nullptr, {});
    }
    template <class Array>
    void assign(std::string_view, const Array&) {}
    static std::vector<std::string_view> names() { return {}; }
    void reset_states() {}
};

template <class Net, class Real>
class ModelBody<Net, Real, true> {
public:
    ModelBody(const ModelOptions& options = {}) : seed_(options.seed) {
        for (std::size_t i = 0; i < N::variable_count; ++i) initialize(N::variables[i], seed_, values_.data() + N::offsets[i]);
    }

    /// A read-only view of a parameter or state: `model.parameter("dense_1/kernel")`.  Throws ValueError that lists the names there are.
    auto parameter(std::string_view path) const { return view(index_of(path)); }
    /// The same with a name that is checked at compile time: `model.parameter<"dense_1/kernel">()`.
    template <Text Name>
    auto parameter() const {
        static_assert(Verified<ParameterCheck<Net, Name>>::value);
        constexpr int index = N::find(Name.view());
        return view(index < 0 ? 0 : static_cast<std::size_t>(index));
    }
    /// Writes a parameter or state from an array of its shape.  Throws ValueError for an unknown name, ShapeError for another shape.
    template <class Array>
    void assign(std::string_view path, const Array& array) {
        const std::size_t i = index_of(path);
        const std::vector<std::size_t> expected = extents_of(N::variables[i].shape), given(array.shape().begin(), array.shape().end());
        if (given != expected)
            throw ShapeError(message(path, ": expected an array of shape ", shape_text(expected), ", received ", shape_text(given)));
        const xt::xarray<Real> dense = xt::cast<Real>(array);
        std::copy(dense.begin(), dense.end(), values_.data() + N::offsets[i]);
        ++version_;
    }
    /// The names of all parameters and states, in the order of `values()`.  PyTorch: state_dict().keys().
    static std::vector<std::string_view> names() {
        std::vector<std::string_view> all;
        for (const Variable& v : N::variables) all.push_back(v.path.view());
        return all;
    }
    /// What stateful layers keep from batch to batch as it was at the beginning, zero: a new sequence begins.  Keras: reset_state of them.
    void reset_states() {
        for (std::size_t i = 0; i < N::variable_count; ++i)
            if (N::variables[i].rows > 0) initialize(N::variables[i], seed_, values_.data() + N::offsets[i]);
        ++version_;
    }
    /// All parameters and states, dense, in the order of their names.
    std::span<const Real> values() const { return {values_.data(), static_cast<std::size_t>(N::element_count)}; }

    Real* data() { return values_.data(); }                 ///< for trainers and readers of files; call `touch` after writing
    void touch() { ++version_; }
    std::uint64_t version() const { return version_; }      ///< grows when parameters are written from outside of a trainer
    std::uint64_t seed() const { return seed_; }
    std::uint64_t next_draw() { return ++draws_; }          ///< predictions with random numbers so far, and this one

private:
    using N = Network<Net>;
    static std::size_t index_of(std::string_view path) {
        if (const int i = N::find(path); i >= 0) return static_cast<std::size_t>(i);
        std::string names;
        for (const Variable& v : N::variables) names += (names.empty() ? "" : ", ") + std::string(v.path.view());
        throw ValueError(message("the network has no parameter ", path, "; it has ", names));
    }
    auto view(std::size_t i) const { return parameter_view<Real>(values_.data() + N::offsets[i], N::variables[i].shape); }

    HeapBuffer<Real, static_cast<std::size_t>(N::element_count) + 16> values_;
    std::uint64_t seed_ = 0, version_ = 0, draws_ = 0;
};

} // namespace detail

/// The parameters and states of a network, initialized from a seed.
///
///   Model<Digits> model{{.seed = 42}};      model.parameter("dense_1/kernel")      model.assign("dense_1/kernel", array)
///
/// Device  Cpu      Real  float (double for tests)
/// Rejects a network whose layers do not fit together, in one compile-time sentence.
/// Keras: Model.  PyTorch: Module.
template <class Net, class Device = Cpu, class Real = float>
class Model : public detail::ModelBody<Net, Real, network_fits<Net>> {
    static_assert(Verified<NetworkCheck<Net>>::value);

public:
    using network = Net;
    using device = Device;
    using real = Real;
    Model() = default;
    Model(const ModelOptions& options) : detail::ModelBody<Net, Real, network_fits<Net>>(options) {}
};

/// The output for every row of x, any number of them: an xt::xtensor (rows, …).  Keras: predict.
///
///   predict(model, x)      predict(model, a, b)      an array for each Input, or a tuple of arrays; predict<128>(…) another BatchSize
///
/// Rejects another number of arrays, and those whose type tells a wrong shape, at compile time. Throws ShapeError when an array does not
/// hold whole samples, or when they have different numbers of rows, ValueError for an index outside of the table that it addresses.
template <int BatchSize = 32, class Net, class Device, class Real, class... Arrays>
auto predict(Model<Net, Device, Real>& model, const Arrays&... arrays) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<DefineCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    if constexpr (!network_predicts<Net>) return xt::xarray<Real>{};
    else {
        using Source = detail::ForwardProgram<Net, detail::PredictionSource<Net>, BatchSize, Real>;
        using Run = detail::Runner<Source, Real, detail::HeapBuffer>;
        using Check = ArraysCheck<Source, 0, decltype(std::tuple_cat(data::detail::arrays_of(arrays)...))>;
        static_assert(Verified<Check>::value);
        constexpr Shape out = detail::Network<Net>::output_shape;
        xt::xtensor<Real, static_cast<std::size_t>(out.rank) + 1> y;
        if constexpr (Check::message.empty()) {
            const auto columns = detail::columns_of<Source::inputs, Real>("", arrays...);
            const std::size_t rows = std::get<0>(columns).rows();
            detail::require_indices<Net>(columns);
            std::array<std::size_t, static_cast<std::size_t>(out.rank) + 1> shape{rows};
            for (int i = 0; i < out.rank; ++i) shape[static_cast<std::size_t>(i) + 1] = static_cast<std::size_t>(out[i].constant);
            y.resize(shape);
            Run run(model.seed());
            constexpr auto out_row = static_cast<std::size_t>(out.elements().constant);
            const double members[1] = {};
            for (std::size_t row = 0; row < rows; row += BatchSize) {
                const std::size_t n = std::min<std::size_t>(BatchSize, rows - row);
                run.run(model.data(), nullptr, detail::pointers_at(columns, row).data(), static_cast<int>(n), members,
                        Run::draws ? model.next_draw() : 0);
                std::copy_n(run.output(Run::offset_of("output")), n * out_row, y.data() + row * out_row);
            }
        }
        return y;
    }
}

} // namespace weft
