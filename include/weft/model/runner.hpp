// SPDX-License-Identifier: BSL-1.0
// Runs one program of a network on memory that it owns: the part of models and trainers that needs neither heap nor arrays.
#pragma once
#include <weft/core/buffer.hpp>
#include <weft/core/members.hpp>
#include <weft/model/programs.hpp>

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
        Code::run(context, members, static_cast<double>(iteration), keys_.data());
    }
    /// The elements of an output after `run`.
    const Real* output(long offset) const { return arena_.data() + offset; }
    static consteval long offset_of(std::string_view name) { return Code::output_offset(name); }
    static consteval std::size_t elements_of(std::string_view name) {
        return Source::plan.operation(find_output(Source::plan.program.outputs, name)).shape.count(1);
    }

private:
    Buffer<Real, arena_size> arena_;
    Buffer<std::uint64_t, Code::key_count> keys_;
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

} // namespace detail

/// A model whose parameters and states are inside of the object: no heap, no exceptions, no streams.
///
///   StaticModel<Net> model{seed};   model.data()    parameters and states, dense, in the order of `Network<Net>::variables`
template <class Net, class Real = float>
class StaticModel {
    static_assert(Verified<NetworkCheck<Net>>::value);

public:
    using network = Net;
    using real = Real;
    explicit StaticModel(std::uint64_t seed = 0) {
        for (std::size_t i = 0; i < Network<Net>::variable_count; ++i)
            initialize(Network<Net>::variables[i], seed, values_.data() + Network<Net>::offsets[i]);
    }
    Real* data() { return values_.data(); }
    const Real* data() const { return values_.data(); }

    /// The output for n rows of at most BatchSize; `x` row-major, `y` receives n rows.
    template <int BatchSize = 1>
    void predict(const Real* x, Real* y, int n = 1) {
        static detail::Runner<detail::ForwardProgram<Net, detail::NetworkSource<Net, false>, BatchSize, Real>, Real, StaticBuffer> runner{
            0};
        using Run = decltype(runner);
        const void* columns[] = {x};
        const double members[1] = {};
        runner.run(data(), nullptr, columns, n, members, 0);
        constexpr long at = Run::offset_of("output");
        constexpr auto row = static_cast<int>(Run::elements_of("output"));
        for (int i = 0; i < n * row; ++i) y[i] = runner.output(at)[i];
    }

private:
    StaticBuffer<Real, static_cast<std::size_t>(Network<Net>::element_count) + 16> values_;
};

/// Trains a StaticModel with everything inside of the object. `step` performs one update and returns the mean loss before it.
///
///   StaticTrainer<Net, MeanSquaredError, SGD, 8> trainer{model, {}, SGD{.learning_rate = 0.05}};   trainer.step(x, y, rows);
template <class Net, class L, class Optimizer, int BatchSize, class Real = float>
class StaticTrainer {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<LossCheck<Net, L>>::value);
    static_assert(Verified<OptimizerCheck<Optimizer, L>>::value);
    using Source = detail::BackwardProgram<Net, detail::TrainingSource<Net, L, false>, Optimizer, Gradients::update, BatchSize, Real>;
    using Run = detail::Runner<Source, Real, StaticBuffer>;

public:
    explicit StaticTrainer(StaticModel<Net, Real>& model, L loss = {}, Optimizer optimizer = {}, std::uint64_t seed = 0)
        : model_(&model), loss_(loss), optimizer_(optimizer), runner_(seed) {
        Source::initialize_states(seed, states_.data());
    }

    /// One update from n rows (at most BatchSize); `y` holds int32 labels for a loss of classes, Reals otherwise.
    Real step(const Real* x, const void* y, int n = BatchSize) {
        const void* columns[] = {x, y};
        members_.set(static_cast<double>(iteration_), optimizer_, loss_);
        ++iteration_;
        runner_.run(model_->data(), states_.data(), columns, n, members_.values, iteration_);
        return runner_.output(Run::offset_of("loss"))[0];
    }

    static constexpr int parameter_count = Network<Net>::parameter_count;
    static constexpr std::size_t workspace_bytes = Run::arena_size * sizeof(Real);
    static constexpr std::size_t state_bytes = static_cast<std::size_t>(Source::slot_count * Source::slot_stride) * sizeof(Real);

private:
    StaticModel<Net, Real>* model_;
    L loss_;
    Optimizer optimizer_;
    std::uint64_t iteration_ = 0;
    detail::Members<Optimizer, L> members_;
    Run runner_;
    StaticBuffer<Real, static_cast<std::size_t>(Source::slot_count * Source::slot_stride)> states_;
};

} // namespace weft
