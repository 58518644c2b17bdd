// SPDX-License-Identifier: BSL-1.0
// Runs one program of a network on memory that it owns: the part of models and trainers that needs neither heap nor arrays.
#pragma once
#include <array>

#include <weft/core/buffer.hpp>
#include <weft/core/checked.hpp>
#include <weft/core/members.hpp>
#include <weft/model/limits.hpp>
#include <weft/model/programs.hpp>
#if WEFT_IS_CHECKED
#include <weft/backends/cpu/watch.hpp>
#endif

namespace weft {
namespace detail {

/// One program with its arena, random keys and optimizer states. `Buffer` is StaticBuffer or HeapBuffer.
template <class Source, class Real, template <class, std::size_t> class Buffer>
class Runner {
public:
    using Code = cpu::CpuProgram<Source, Real>;
    static constexpr std::size_t slack = 16;            // full vectors may reach beyond the last row
    static constexpr std::size_t arena_size = static_cast<std::size_t>(Code::arena_elements) + slack;
    static constexpr std::size_t input_count = Source::inputs.size();
    static_assert(input_count <= cpu::Context<Real>::max_inputs, "a program takes at most 8 columns");

    explicit Runner(std::uint64_t seed) { Code::make_keys(seed, keys_.data()); }

    /// Runs the program for n rows: `columns` are the inputs, int32 where they are integers, `members` the numbers of optimizer, loss and
    /// metrics.
    void run(Real* variables, Real* states, const void* const* columns, int n, const double* members, std::uint64_t iteration) {
        cpu::Context<Real> context;
        context.n = n;
        context.step = static_cast<std::uint32_t>(iteration);
        context.region[cpu::arena] = arena_.data();
        context.region[cpu::variables] = variables;
        context.region[cpu::slots] = states;
        for (std::size_t i = 0; i < input_count; ++i) context.region[cpu::input + static_cast<int>(i)] = const_cast<void*>(columns[i]);
#if WEFT_IS_CHECKED
        cpu::run_watched<Source, Code>(context, members, static_cast<double>(iteration), keys_.data(), arena_size, kept_);
#else
        Code::run(context, members, static_cast<double>(iteration), keys_.data());
#endif
    }
    /// The elements of an output after `run`.
    const Real* output(long offset) const { return arena_.data() + offset; }
    static constexpr bool draws = Code::key_count > 0;                  ///< random numbers
    static consteval long offset_of(std::string_view name) { return Code::output_offset(name); }
    static consteval std::size_t elements_of(std::string_view name) {
        return Source::plan.operation(find_output(Source::plan.program.outputs, name)).shape.count(1);
    }

private:
    Buffer<Real, arena_size> arena_;
    std::array<std::uint64_t, Code::key_count> keys_{};
#if WEFT_IS_CHECKED
    cpu::Kept<Real> kept_{cpu::written_elements<Source>()};
#endif
};

/// The numbers of an optimizer (from 0), loss (16) and metrics (32 …) as the prelude reads them.
template <class... Owners>
struct Members {
    static constexpr int each = Graph::max_scalars;
    double values[each * sizeof...(Owners) + 1] = {};

    void set(double iteration, const Owners&... owners) {
        double* to = values;
        (
            [&] {
                if constexpr (std::is_aggregate_v<Owners> && !std::is_empty_v<Owners>) {
                    static_assert(weft::member_count<Owners> <= each, "a loss, optimizer or metric holds at most 16 numbers");
                    const auto numbers = member_values(owners, iteration);
                    for (std::size_t i = 0; i < numbers.size(); ++i) to[i] = numbers[i];
                }
                to += each;
            }(),
            ...);
    }
};

/// Keeps to the constraints of a network's parameters after each step; nothing where there are none.
template <class Net, class Real, template <class, std::size_t> class Buffer, bool Empty = ConstraintSource<Net>::is_empty>
struct Constrainer {
    static constexpr std::size_t arena_size = 0;
    explicit Constrainer(std::uint64_t) {}
    void operator()(Real*) {}
};
template <class Net, class Real, template <class, std::size_t> class Buffer>
class Constrainer<Net, Real, Buffer, false> {
    using Run = Runner<ForwardProgram<Net, ConstraintSource<Net>, 1, Real>, Real, Buffer>;

public:
    static constexpr std::size_t arena_size = Run::arena_size;
    explicit Constrainer(std::uint64_t seed) : runner_(seed) {}
    void operator()(Real* variables) {
        const double members[1] = {};
        const void* columns[Run::input_count] = {};         // none is read
        runner_.run(variables, nullptr, columns, 1, members, 0);
    }

private:
    Run runner_;
};

/// What a StaticModel predicts with; nothing for a network that does not fit, so that nothing else is reported.
template <class Net, class Real, int BatchSize, bool Fits = network_fits<Net>>
struct StaticPrediction {
    using Element = Real;
    explicit StaticPrediction(std::uint64_t) {}
    void operator()(Real*, const Element*, Real*, int) {}
};
template <class Net, class Real, int BatchSize>
class StaticPrediction<Net, Real, BatchSize, true> {
    using Source = ForwardProgram<Net, PredictionSource<Net>, BatchSize, Real>;
    using Run = Runner<Source, Real, StaticBuffer>;

public:
    using Element = std::conditional_t<Source::inputs[0].type == DType::integer, std::int32_t, Real>;
    explicit StaticPrediction(std::uint64_t seed) : runner_(seed) {}
    void operator()(Real* variables, const Element* x, Real* y, int rows) {
        static_assert(Run::input_count == 1, "predict takes one array: a network of several inputs needs a Trainer or evaluate");
        constexpr auto in = static_cast<int>(Source::inputs[0].shape.count(1)), out = static_cast<int>(Run::elements_of("output"));
        const double members[1] = {};
        for (int n; rows > 0; rows -= n, x += n * in, y += n * out) {
            n = rows < BatchSize ? rows : BatchSize;
            const void* columns[] = {x};
#if WEFT_IS_CHECKED
            require_limits(column_limits<Net, NoTarget>, Source::inputs, columns, n);
#endif
            runner_.run(variables, nullptr, columns, n, members, 0);
            const Real* from = runner_.output(Run::offset_of("output"));
            for (int i = 0; i < n * out; ++i) y[i] = from[i];
        }
    }

private:
    Run runner_;
};

} // namespace detail

/// A model that is all inside of the object, parameters, states and what predicting needs: no heap, no exceptions, no streams.
///
///   StaticModel<Net> model{seed};   model.predict(x, y, rows);
///   model.data()                    parameters and states, dense, in the order of `Network<Net>::variables`
///
/// BatchSize  rows that predict computes at once: more are faster and need more memory
template <class Net, class Real = float, int BatchSize = 1>
class StaticModel {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(BatchSize > 0, "BatchSize is at least 1");

public:
    using network = Net;
    using real = Real;
    explicit StaticModel(std::uint64_t seed = 0) : prediction_(seed) {
        for (std::size_t i = 0; i < detail::Network<Net>::variable_count; ++i)
            initialize(detail::Network<Net>::variables[i], seed, values_.data() + detail::Network<Net>::offsets[i]);
    }
    Real* data() { return values_.data(); }
    const Real* data() const { return values_.data(); }

    /// The output for any number of rows: `x` row-major, int32 for a network that begins with Indices; `y` receives as many rows.
    void predict(const typename detail::StaticPrediction<Net, Real, BatchSize>::Element* x, Real* y, int rows = 1) {
        prediction_(values_.data(), x, y, rows);
    }

private:
    detail::StaticBuffer<Real, static_cast<std::size_t>(detail::Network<Net>::element_count) + 16> values_;
    detail::StaticPrediction<Net, Real, BatchSize> prediction_;
};

/// Trains a StaticModel with everything inside of the object. `step` performs one update and returns the mean loss before it.
///
///   StaticTrainer<Net, MeanSquaredError, SGD, 8> trainer{model, {}, SGD{.learning_rate = 0.05}};   trainer.step(x, y, rows);
template <class Net, class L, class Optimizer, int BatchSize, class Real = float>
class StaticTrainer {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<LossCheck<Net, L>>::value);
    static_assert(Verified<OptimizerCheck<Optimizer, L>>::value);
    using Source = detail::BackwardProgram<Net, detail::TrainingSource<Net, L, false>, Optimizer, detail::Gradients::update, BatchSize,
        Real>;
    using Run = detail::Runner<Source, Real, detail::StaticBuffer>;
    using Constrain = detail::Constrainer<Net, Real, detail::StaticBuffer>;

public:
    template <int ModelBatch>
    explicit StaticTrainer(StaticModel<Net, Real, ModelBatch>& model, L loss = {}, Optimizer optimizer = {}, std::uint64_t seed = 0)
        : variables_(model.data()), loss_(loss), optimizer_(optimizer), runner_(seed), constrain_(seed) {
        Source::initialize_states(seed, states_.data());
    }

    /// One update from n rows (at most BatchSize); `y` holds int32 labels for a loss of classes, Reals otherwise.
    Real step(const Real* x, const void* y, int n = BatchSize) {
        const void* columns[] = {x, y};
#if WEFT_IS_CHECKED
        detail::require_limits(detail::column_limits<Net, L>, Source::inputs, columns, n);
#endif
        members_.set(static_cast<double>(iteration_), optimizer_, loss_);
        runner_.run(variables_, states_.data(), columns, n, members_.values, iteration_ + 1);
        constrain_(variables_);
        ++iteration_;
        return runner_.output(Run::offset_of("loss"))[0];
    }

    static constexpr int parameter_count = detail::Network<Net>::parameter_count;
    static constexpr std::size_t workspace_bytes = (Run::arena_size + Constrain::arena_size) * sizeof(Real);
    static constexpr std::size_t state_bytes = static_cast<std::size_t>(Source::slot_count * Source::slot_stride) * sizeof(Real);

private:
    Real* variables_;                                       // of the model
    L loss_;
    Optimizer optimizer_;
    std::uint64_t iteration_ = 0;
    detail::Members<Optimizer, L> members_;
    Run runner_;
    [[no_unique_address]] Constrain constrain_;
    detail::StaticBuffer<Real, static_cast<std::size_t>(Source::slot_count * Source::slot_stride)> states_;
};

} // namespace weft
