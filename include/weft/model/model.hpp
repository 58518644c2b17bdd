// SPDX-License-Identifier: BSL-1.0
// Model: the parameters and states of a network, by name, and prediction.
#pragma once
#include <xtensor/xadapt.hpp>
#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/core/heap_buffer.hpp>
#include <weft/model/runner.hpp>

namespace weft {

struct ModelOptions {
    std::uint64_t seed = 0;         ///< of the initial parameters and of dropout
};

/// States that a network has no parameter of a name.
template <class Net, Text Name>
struct ParameterCheck {
    static constexpr Subject subject = Subject::parameter;
    static constexpr Message message = [] {
        Message m;
        if constexpr (network_fits<Net>)
            if (Network<Net>::find(Name.view()) < 0) {
                m << "the network has no parameter " << Name.view() << "; it has";
                const char* between = " ";
                for (const Variable& v : Network<Net>::variables) {
                    m << between << v.path.view();
                    between = ", ";
                }
            }
        return m;
    }();
};

namespace detail {

inline std::string text_of(const Shape& s) {
    std::string t = "(";
    for (int i = 0; i < s.rank; ++i) t += (i > 0 ? ", " : "") + (s[i].batch != 0 ? std::string("n") : std::to_string(s[i].constant));
    return t + ")";
}
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
    /// All parameters and states, dense, in the order of their paths.
    std::span<const Real> values() const { return {values_.data(), static_cast<std::size_t>(N::element_count)}; }

    Real* data() { return values_.data(); }                 ///< for trainers and readers of files; call `touch` after writing
    void touch() { ++version_; }
    std::uint64_t version() const { return version_; }      ///< grows when parameters are written from outside of a trainer
    std::uint64_t seed() const { return seed_; }

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
    std::uint64_t seed_ = 0, version_ = 0;
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

namespace detail {

/// A row-major array of Reals (or int32) for a column of a program: the caller's memory if type and layout fit, a converted copy otherwise.
template <class T>
class ColumnView {
public:
    /// Throws ShapeError unless the array has rows of `row_size` numbers.
    template <class Array>
    ColumnView(const Array& array, const Shape& sample, const char* name) {
        const auto row_size = static_cast<std::size_t>(sample.elements().constant);
        constexpr bool has_memory = requires { { array.data() } -> std::convertible_to<const T*>; array.size(); };
        bool in_place = has_memory;
        if constexpr (requires { array.strides(); array.dimension(); }) {       // other than row-major arrays are copied
            std::size_t stride = 1;
            for (std::size_t axis = array.dimension(); axis-- > 0; stride *= array.shape()[axis])
                in_place = in_place && (array.shape()[axis] == 1 || static_cast<std::size_t>(array.strides()[axis]) == stride);
        }
        if (in_place) {
            if constexpr (has_memory) data_ = array.data();
            if constexpr (requires { array.data_offset(); })
                if (data_ != nullptr) data_ += array.data_offset();
            check(array, array.size(), row_size, sample, name);
        } else {
            for (const auto& value : array) copy_.push_back(static_cast<T>(value));
            data_ = copy_.data();
            check(array, copy_.size(), row_size, sample, name);
        }
    }
    const T* data() const { return data_; }
    std::size_t rows() const { return rows_; }

private:
    /// An array says by its first extent how many rows it has; a plain sequence by its length.
    template <class Array>
    void check(const Array& array, std::size_t size, std::size_t row_size, const Shape& sample, const char* name) {
        rows_ = size / row_size;
        constexpr bool has_shape = requires { array.shape(); array.dimension(); };
        if constexpr (has_shape)
            if (array.dimension() > 1 || sample.rank == 0) rows_ = array.dimension() > 0 ? array.shape()[0] : 1;
        if (rows_ * row_size == size) return;
        // Words are put together only here: a step allocates nothing.
        std::string received = std::to_string(size) + " numbers";
        if constexpr (has_shape) received = "an array of shape " + shape_text(array.shape());
        throw ShapeError(message(name, ": expected rows of shape ", text_of(sample), ", received ", received));
    }
    std::vector<T> copy_;
    const T* data_ = nullptr;
    std::size_t rows_ = 0;
};

} // namespace detail

/// The output for every row of x, any number of them: an xt::xtensor (rows, …).  Keras: predict.
///
/// Throws ShapeError when x does not hold whole samples.
template <int BatchSize = 32, class Net, class Device, class Real, class Array>
auto predict(Model<Net, Device, Real>& model, const Array& x) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (!network_fits<Net>) return xt::xarray<Real>{};
    else {
        using Source = detail::ForwardProgram<Net, detail::NetworkSource<Net, false>, BatchSize, Real>;
        using Run = detail::Runner<Source, Real, HeapBuffer>;
        constexpr Shape sample = Source::inputs[0].shape.without_batch(), out = Network<Net>::output_shape;
        static_assert(Source::inputs.size() == 1,
                      "predict takes one array: a network of several inputs needs a Trainer or evaluate");
        using Element = std::conditional_t<Source::inputs[0].type == Type::integer, std::int32_t, Real>;
        const detail::ColumnView<Element> column(x, sample, "x");
        std::array<std::size_t, static_cast<std::size_t>(out.rank) + 1> shape{column.rows()};
        for (int i = 0; i < out.rank; ++i) shape[static_cast<std::size_t>(i) + 1] = static_cast<std::size_t>(out[i].constant);
        xt::xtensor<Real, static_cast<std::size_t>(out.rank) + 1> y(shape);
        Run run(model.seed());
        constexpr auto in_row = static_cast<std::size_t>(sample.elements().constant),
                       out_row = static_cast<std::size_t>(out.elements().constant);
        const double members[1] = {};
        for (std::size_t row = 0; row < column.rows(); row += BatchSize) {
            const std::size_t n = std::min<std::size_t>(BatchSize, column.rows() - row);
            const void* columns[] = {column.data() + row * in_row};
            run.run(model.data(), nullptr, columns, static_cast<int>(n), members, 0);
            std::copy_n(run.output(Run::offset_of("output")), n * out_row, y.data() + row * out_row);
        }
        return y;
    }
}

} // namespace weft
