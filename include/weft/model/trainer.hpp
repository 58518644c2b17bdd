// SPDX-License-Identifier: BSL-1.0
// Trainer: one compiled training step, its gradients, and its sizes as constants.
#pragma once
#include <map>

#include <weft/model/model.hpp>

namespace weft {
namespace detail {

template <class Net, class L, class Optimizer, int BatchSize, class Real, int Weighted, class... Metrics>
class TrainerBody {
    using Source = BackwardProgram<Net, TrainingSource<Net, L, Weighted, Metrics...>, Optimizer, Gradients::update, BatchSize, Real>;
    using Run = Runner<Source, Real, HeapBuffer>;
    using Constrain = Constrainer<Net, Real, HeapBuffer>;

public:
    static constexpr std::size_t state_count = static_cast<std::size_t>(Source::slot_count * Source::slot_stride);
    static constexpr int parameter_count = Network<Net>::parameter_count;
    /// What a step needs besides parameters, optimizer state and the caller's inputs.
    static constexpr std::size_t workspace_bytes = (Run::arena_size + Constrain::arena_size) * sizeof(Real);
    static constexpr std::size_t state_bytes = state_count * sizeof(Real);
    /// Floating-point operations of one step of BatchSize rows, by the operations of its program.
    static constexpr double flops_per_step = [] {
        double flops = 0;
        for (const Operation& o : Source::plan.program.operations) {
            if (o.kind == Kind::pointwise) flops += cost(static_cast<Pointwise>(o.code)) * static_cast<double>(o.shape.count(BatchSize));
            if (o.kind == Kind::update)
                flops += static_cast<double>(Source::body.operations.size()) * static_cast<double>(o.shape.count(BatchSize));
            if (o.kind != Kind::contract) continue;
            const Nest& nest = Source::plan.program.nests[o.attribute];
            double work = 2;
            for (int l = 0; l < nest.loops; ++l) work *= nest.extent[l].at(BatchSize);
            flops += work;
        }
        return flops;
    }();

    TrainerBody(Model<Net, Cpu, Real>& model, const L& loss, const Optimizer& optimizer, const Metrics&... metrics)
        : optimizer(optimizer), model_(&model), loss_(loss), metrics_(metrics...), runner_(model.seed()), constrain_(model.seed()) {
        Source::initialize_states(model.seed(), states_.data());
    }

    /// One update from n rows whose columns lie in memory as the program reads them.
    Real step_columns(const void* const* columns, int n) {
        std::apply([&](const Metrics&... m) { members_.set(static_cast<double>(iteration_), optimizer, loss_, m...); }, metrics_);
        runner_.run(model_->data(), states_.data(), columns, n, members_.values, iteration_ + 1);
        constrain_(model_->data());
        ++iteration_;                       // not if it throws
        return runner_.output(Run::offset_of("loss"))[0];
    }
    /// The sums of metric I after a step.
    template <std::size_t I>
    std::span<const Real> metric_sums() const {
        constexpr Path name = metric_output(I);
        return {runner_.output(Run::offset_of(name.view())), Run::elements_of(name.view())};
    }
    static constexpr const auto& inputs = Source::inputs;
    static constexpr const auto& limits = column_limits<Net, L>;

    Optimizer optimizer;                                    ///< its numbers may change between steps
    std::uint64_t iteration() const { return iteration_; }
    /// With use_ema: the parameters become their moving averages, as at the end of `fit`.  Keras: finalize_variable_values.
    void finalize_variable_values()
        requires Source::averages
    {
        if (iteration_ == 0) return;
        Source::overwrite_with_average(model_->data(), states_.data());
        model_->touch();
    }
    std::span<Real> states() { return {states_.data(), state_count}; }
    void set_iteration(std::uint64_t i) { iteration_ = i; }
    Model<Net, Cpu, Real>& model() { return *model_; }
    const L& loss() const { return loss_; }

private:
    Model<Net, Cpu, Real>* model_;
    L loss_;
    std::tuple<Metrics...> metrics_;
    std::uint64_t iteration_ = 0;
    Members<Optimizer, L, Metrics...> members_;
    Run runner_;
    [[no_unique_address]] Constrain constrain_;
    HeapBuffer<Real, state_count> states_;
};

/// Calls f(columns, rows) with the arrays as the columns of a program.  Throws ShapeError when they do not fit it.
template <class Body, class Real, int BatchSize, class F, class... Arrays>
decltype(auto) with_columns(F f, const Arrays&... arrays) {
    const auto views = columns_of<Body::inputs, Real>("y", arrays...);
    const std::size_t n = std::get<0>(views).rows();
    if (n == 0 || n > BatchSize)
        throw ShapeError(message("expected 1 to ", BatchSize, " rows (the BatchSize of the trainer), received ", n));
    const auto columns = pointers_at(views, 0);
#if WEFT_IS_CHECKED
    require_limits(Body::limits, Body::inputs, columns.data(), static_cast<int>(n));
#endif
    return f(columns.data(), static_cast<int>(n));
}

/// The program that computes loss and gradients without an update, for a trainer.
template <class Net, class L, class Optimizer, int BatchSize, class Real>
class GradientRunner {
    using Source = BackwardProgram<Net, TrainingSource<Net, L, no_weights>, NoOptimizer, Gradients::output, BatchSize, Real>;
    using Run = Runner<Source, Real, HeapBuffer>;
    struct Gradient {
        Path name{};
        Shape shape{};
        long offset = 0;                                    // in the arena
        int variable = 0;                                   // where the parameter begins in the store
    };

public:
    /// Of every trained parameter that the loss depends on.
    static constexpr auto gradients = [] {
        std::array<Gradient, static_cast<std::size_t>(Source::plan.program.outputs.size()) - 1> all{};
        std::size_t count = 0;
        for (const Output& o : Source::plan.program.outputs)
            if (o.name.view() != "loss")
                all[count++] = {o.name, Source::plan.operation(o.operation).shape, Source::plan.offset[Source::plan.root(o.operation)],
                                Network<Net>::offsets[static_cast<std::size_t>(Network<Net>::find(o.name.view()))]};
        return all;
    }();

    explicit GradientRunner(std::uint64_t seed) : run_(seed) {}
    /// Draws random numbers as the next step of the trainer would.
    template <class T>
    void run(Real* variables, const T& trainer, const void* const* columns, int n) {
        members_.set(static_cast<double>(trainer.iteration()), trainer.optimizer, trainer.loss());
        run_.run(variables, nullptr, columns, n, members_.values, trainer.iteration() + 1);
    }
    const Real* output(long offset) const { return run_.output(offset); }

    /// The loss at the model's parameters; `flat` becomes its gradient, one parameter behind the other.
    template <class T>
    Real evaluate(T& trainer, const void* const* columns, int n, std::vector<double>& flat) {
        run(trainer.model().data(), trainer, columns, n);
        flat.clear();
        for (const Gradient& g : gradients) flat.insert(flat.end(), output(g.offset), output(g.offset) + g.shape.elements().constant);
        return output(Run::offset_of("loss"))[0];
    }
    /// The parameters in the same order.
    template <class M>
    static std::vector<double> read(const M& model) {
        std::vector<double> flat;
        for (const Gradient& g : gradients) {
            const Real* first = model.values().data() + g.variable;
            flat.insert(flat.end(), first, first + g.shape.elements().constant);
        }
        return flat;
    }
    template <class M>
    static void write(M& model, const std::vector<double>& flat) {
        const double* from = flat.data();
        for (const Gradient& g : gradients)
            for (int i = 0; i < g.shape.elements().constant; ++i) model.data()[g.variable + i] = static_cast<Real>(*from++);
    }

private:
    Members<Optimizer, L> members_;
    Run run_;
};

/// A trainer of what does not fit: complete, and of no use.
template <class L, class O>
class InertTrainer {
public:
    static constexpr Anything parameter_count{}, flops_per_step{}, workspace_bytes{}, state_bytes{}, state_count{};
    template <class M>
    InertTrainer(M&, const L&, const O& optimizer) : optimizer(optimizer) {}
    O optimizer;
    std::uint64_t iteration() const { return 0; }
};

} // namespace detail

/// One compiled training step.
///
///   Trainer<Net, SparseCategoricalCrossentropy, Adam, 32> trainer{model, {}, Adam{.learning_rate = 1e-3}};
///   float loss = trainer.step(x, y);                      one update from up to BatchSize rows; the mean loss before it
///   auto d = trainer.gradients(x, y);                     by name, without an update
///
/// Constants  parameter_count, flops_per_step, workspace_bytes, state_bytes.  `trainer.optimizer` may be changed between steps.
/// Rejects a network, loss or optimizer that do not fit, another number of arrays, and arrays whose type tells a wrong shape, at compile
/// time; arrays of another shape by ShapeError.
template <class Net, class L, class Optimizer, int BatchSize, class Device = Cpu, class Real = float>
class Trainer : public std::conditional_t<detail::trains<Net, L, Optimizer>,
                                          std::type_identity<detail::TrainerBody<Net, L, Optimizer, BatchSize, Real, false>>,
                                          std::type_identity<detail::InertTrainer<L, Optimizer>>>::type {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<LossCheck<Net, L>>::value);
    static_assert(Verified<OptimizerCheck<Optimizer, L>>::value);
    using Body = typename std::conditional_t<detail::trains<Net, L, Optimizer>,
                                             std::type_identity<detail::TrainerBody<Net, L, Optimizer, BatchSize, Real, false>>,
                                             std::type_identity<detail::InertTrainer<L, Optimizer>>>::type;

    template <class... Arrays>
    using Check = ArraysCheck<Body, BatchSize, decltype(std::tuple_cat(data::detail::arrays_of(std::declval<const Arrays&>())...))>;

public:
    explicit Trainer(Model<Net, Device, Real>& model, const L& loss = {}, const Optimizer& optimizer = {}) : Body(model, loss, optimizer) {}

    /// One update from an array for each Input (or a tuple of them) and the target; returns the mean loss before it.
    template <class... Arrays>
    Real step(const Arrays&... arrays) {
        if constexpr (!detail::trains<Net, L, Optimizer>) return Real(0);
        else {
            static_assert(Verified<Check<Arrays...>>::value);
            if constexpr (!Check<Arrays...>::message.empty()) return Real(0);
            else
                return detail::with_columns<Body, Real, BatchSize>(
                    [this](const void* const* columns, int n) { return this->step_columns(columns, n); }, arrays...);
        }
    }

    /// d(mean loss) / d parameter by path, as arrays; a program of its own, built only if this is called. Dropout draws as the next step
    /// would.
    template <class... Arrays>
    auto gradients(const Arrays&... arrays) {               // auto, because compilers spell a return type in errors
        std::map<std::string, xt::xarray<Real>> result;
        if constexpr (!detail::trains<Net, L, Optimizer>) return result;
        else {
            using Run = detail::GradientRunner<Net, L, Optimizer, BatchSize, Real>;
            Run run(this->model().seed());
            detail::HeapBuffer<Real, static_cast<std::size_t>(detail::Network<Net>::element_count) + 16> copy;
                // states are not assigned
            std::copy(this->model().values().begin(), this->model().values().end(), copy.data());
            static_assert(Verified<Check<Arrays...>>::value);
            if constexpr (Check<Arrays...>::message.empty())
                detail::with_columns<Body, Real, BatchSize>(
                    [&](const void* const* columns, int n) { run.run(copy.data(), *this, columns, n); }, arrays...);
            for (const auto& g : Run::gradients) {
                xt::xarray<Real> array = xt::adapt(run.output(g.offset), static_cast<std::size_t>(g.shape.elements().constant),
                                                   xt::no_ownership(), detail::extents_of(g.shape));
                result.emplace(std::string(g.name.view()), std::move(array));
            }
            return result;
        }
    }
};

} // namespace weft
