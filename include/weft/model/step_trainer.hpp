// SPDX-License-Identifier: BSL-1.0
// StepTrainer: a user's training step, compiled, on the parameters of a model.
#pragma once
#include <memory>

#include <weft/model/model.hpp>
#include <weft/model/step_program.hpp>

namespace weft {
namespace detail {

/// Parameters and states by name, in memory of a model's.
template <class Real>
struct StoreView {
    std::span<const Variable> variables;
    std::span<const int> offsets;
    std::span<Real> values;
    std::span<Real> values_of(std::size_t i) const {
        return values.subspan(static_cast<std::size_t>(offsets[i]), static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
    }
};

/// The program of a step on one store, behind an interface: which store it is, the trainer learns from the model that it is given.
template <class Real>
struct AnyStepRunner {
    virtual ~AnyStepRunner() = default;
    virtual void run(Real* states, const void* const* columns, int n, const double* members, std::uint64_t iteration) = 0;
    virtual const Real* output(long offset) const = 0;
    virtual StoreView<Real> store() = 0;
    virtual std::uint64_t seed() const = 0;
    virtual void touch() = 0;
    virtual void overwrite_with_average(const Real* states) = 0;
};
template <class Source, class M, class Real>
class StepRunner final : public AnyStepRunner<Real> {
public:
    explicit StepRunner(M& model) : model_(&model), run_(model.seed()) {}
    void run(Real* states, const void* const* columns, int n, const double* members, std::uint64_t iteration) override {
        run_.run(model_->data(), states, columns, n, members, iteration);
    }
    const Real* output(long offset) const override { return run_.output(offset); }
    StoreView<Real> store() override {
        using N = Network<typename M::network>;
        return {N::variables, N::offsets, {model_->data(), static_cast<std::size_t>(N::element_count)}};
    }
    std::uint64_t seed() const override { return model_->seed(); }
    void touch() override { model_->touch(); }
    void overwrite_with_average(const Real* states) override {
        if constexpr (Source::Plan::averages) {
            Source::overwrite_with_average(model_->data(), states);
            model_->touch();
        }
    }

private:
    M* model_;
    Runner<Source, Real, HeapBuffer> run_;
};

/// Optimizers, and behind them the type of numbers.
template <class... T>
struct StepArguments;
template <class... Done, class First, class... Rest>
struct StepArguments<std::tuple<Done...>, First, Rest...> : StepArguments<std::tuple<Done..., First>, Rest...> {};
template <class... Done>
struct StepArguments<std::tuple<Done...>> {
    using real = float;
    using optimizers = std::tuple<Done...>;
};
template <class... Done, std::floating_point Real>
struct StepArguments<std::tuple<Done...>, Cpu, Real> {
    using real = Real;
    using optimizers = std::tuple<Done...>;
};
template <class... Done>
struct StepArguments<std::tuple<Done...>, Cpu> : StepArguments<std::tuple<Done...>> {};

/// The metrics of a step, by name.
template <class Net>
inline constexpr auto step_metrics = [] {
    constexpr auto count = static_cast<std::size_t>(Lowered<StepSource<Net>>::value.outputs.size());
    std::array<Path, count> names{};
    for (std::size_t i = 0; i < count; ++i) names[i] = Lowered<StepSource<Net>>::value.outputs[static_cast<int>(i)].name;
    return names;
}();

} // namespace detail

/// What one step has measured.
///
///   auto r = trainer.step(x);      r["fake"]      r.get<"fake">(), checked at compile time      for (auto [name, value] : r) …
template <class Net, class Real>
class StepResult {
    static constexpr auto& names = detail::step_metrics<Net>;

public:
    struct Metric {
        std::string_view name;
        Real value;
    };
    /// Throws ValueError that lists the names there are.
    Real operator[](std::string_view name) const {
        for (const Metric& m : *this)
            if (m.name == name) return m.value;
        std::string known;
        for (const detail::Path& p : names) known += (known.empty() ? "" : ", ") + std::string(p.view());
        throw ValueError(message("the step has no metric ", name, "; it has ", known));
    }
    template <detail::Text Name>
    Real get() const {
        static_assert(Verified<MetricNameCheck<Net, Name>>::value);
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i].view() == Name.view()) return metrics_[i].value;
        return Real(0);
    }
    auto begin() const { return metrics_.begin(); }
    auto end() const { return metrics_.end(); }
    std::size_t size() const { return metrics_.size(); }

    /// `i` counts metrics in the order in which the step names them.
    void set(std::size_t i, Real value) { metrics_[i] = {names[i].view(), value}; }

private:
    std::array<Metric, names.size()> metrics_{};
};

namespace detail {

template <class Net, int BatchSize, class Real, class... Optimizers>
class StepTrainerBody {
    using Plan = StepPlan<Net, BatchSize, Real, Optimizers...>;

public:
    static constexpr std::size_t state_count = static_cast<std::size_t>(Plan::states.total);
    static constexpr std::size_t state_bytes = state_count * sizeof(Real);
    static constexpr std::size_t workspace_bytes = (static_cast<std::size_t>(Plan::plan.arena) + 16) * sizeof(Real);
    static constexpr const auto& inputs = Plan::inputs;
    /// The tables that columns of integers address, as checked mode looks at them.
    static constexpr auto limits = [] {
        std::array<Limit, Plan::inputs.size() + 2> all{};
        limit_indices(all, Lowered<StepSource<Net>>::value);
        return all;
    }();
    using Result = StepResult<Net, Real>;

    template <class Store>
    StepTrainerBody(Model<Store, Cpu, Real>& model, const std::tuple<Optimizers...>& o) : optimizers(o) {
        using Source = StepProgram<Net, Store, BatchSize, Real, Optimizers...>;
        runner_ = std::make_unique<StepRunner<Source, Model<Store, Cpu, Real>, Real>>(model);
        Plan::initialize_states(model.seed(), states_.data());
    }

    /// One step with n rows whose columns lie in memory as the program reads them.
    Result step_columns(const void* const* columns, int n) {
        std::apply([&](const Optimizers&... o) { members_.set(static_cast<double>(iteration_), o...); }, optimizers);
        runner_->run(states_.data(), columns, n, members_.values, iteration_ + 1);
        ++iteration_;                       // not if it throws
        Result result;
        static constexpr auto offsets = [] {
            std::array<long, static_cast<std::size_t>(Plan::plan.program.outputs.size())> all{};
            for (std::size_t i = 0; i < all.size(); ++i)
                all[i] = Plan::plan.offset[Plan::plan.root(Plan::plan.program.outputs[static_cast<int>(i)].operation)];
            return all;
        }();
        for (std::size_t i = 0; i < offsets.size(); ++i) result.set(i, *runner_->output(offsets[i]));
        return result;
    }

    std::tuple<Optimizers...> optimizers;                   ///< their numbers may change between steps
    std::uint64_t iteration() const { return iteration_; }
    /// With use_ema: updated parameters become their moving averages.  Keras: finalize_variable_values.
    void finalize_variable_values()
        requires Plan::averages
    {
        if (iteration_ > 0) runner_->overwrite_with_average(states_.data());
    }
    std::span<Real> states() { return {states_.data(), state_count}; }
    void set_iteration(std::uint64_t i) { iteration_ = i; }
    StoreView<Real> store() { return runner_->store(); }
    std::uint64_t seed() const { return runner_->seed(); }
    void touch() { runner_->touch(); }

private:
    std::unique_ptr<AnyStepRunner<Real>> runner_;
    std::uint64_t iteration_ = 0;
    Members<Optimizers...> members_;
    HeapBuffer<Real, state_count + 16> states_;
};

/// The trainer of what does not fit: complete, and of no use.
template <class... Optimizers>
class InertStepTrainer {
public:
    static constexpr Anything state_count{}, state_bytes{}, workspace_bytes{};
    struct Result {
        double operator[](std::string_view) const { return 0; }
        template <Text>
        double get() const {
            return 0;
        }
    };
    template <class M>
    InertStepTrainer(M&, const std::tuple<Optimizers...>& o) : optimizers(o) {}
    std::tuple<Optimizers...> optimizers;
    std::uint64_t iteration() const { return 0; }
};

/// States what is wrong with the first optimizer of which something is, in words.
template <class... Optimizers>
struct OptimizersCheck {
    static constexpr Subject subject = Subject::option;
    static constexpr Message message = [] {
        Message first;
        ((first = first.empty() ? OptimizerCheck<Optimizers>::message : first), ...);
        return first;
    }();
};

template <class Net, int BatchSize, class Real, class Optimizers>
struct StepTrainerOf;
template <class Net, int BatchSize, class Real, class... Optimizers>
struct StepTrainerOf<Net, BatchSize, Real, std::tuple<Optimizers...>> {
    using Check = StepCheck<Net, Optimizers...>;
    using AllOptimizers = OptimizersCheck<Optimizers...>;
    static constexpr bool fits = network_fits<Net> && Check::message.empty() && AllOptimizers::message.empty();
    using type = typename std::conditional_t<fits, std::type_identity<StepTrainerBody<Net, BatchSize, Real, Optimizers...>>,
                                             std::type_identity<InertStepTrainer<Optimizers...>>>::type;
};

/// The parameters that a step asks for, for StoreCheck.
template <class Net>
struct StepVariables {
    static constexpr View<Variable> variables = Lowered<StepSource<Net>>::value.variables;
    static constexpr auto name = TextBuffer<120>("step of ") << base_name<Net>();
};

} // namespace detail

/// States that a step is called with another number of arrays, in words; otherwise what ArraysCheck says.
template <class Body, int Most, class Arrays>
struct StepArraysCheck;
template <class Body, int Most, class... Array>
struct StepArraysCheck<Body, Most, std::tuple<Array...>> {
    static constexpr detail::Subject subject = detail::Subject::data;
    static constexpr detail::Message message = [] {
        constexpr std::size_t wanted = Body::inputs.size();
        if constexpr (sizeof...(Array) == wanted) return ArraysCheck<Body, Most, std::tuple<Array...>>::message;
        else
            return detail::Message() << "the step takes " << wanted << (wanted == 1 ? " array" : " arrays")
                << ", one for each Tensor; it receives "
                             << sizeof...(Array);
    }();
};

/// The training step of a user, compiled.
///
///   StepTrainer<Gan, 32, Adam, Adam> trainer{model, Adam{.learning_rate = 1e-4}, Adam{.learning_rate = 1e-4}};
///   auto r = trainer.step(x);      r["fake"]
///
/// Net        a struct with `static constexpr void step(Step& s, Tensor...)`: see Step, and Inputs for the shapes of its columns
/// BatchSize  the most rows that a step takes
/// Arguments  an optimizer for each `minimize`, in their order, or one for all of them (each minimization then has its own states); then
///            `Cpu, double` for other numbers than float
/// The model may be that of another struct, such as a base: several steps on one store are several structs.
/// Constants  workspace_bytes, state_bytes.  `std::get<0>(trainer.optimizers)` may be changed between steps.
/// Rejects a step that does not fit together, another number of optimizers or arrays, and parameters that the model does not have, at
/// compile time; arrays of another shape by ShapeError.
/// Keras: train_step of a Model.  PyTorch: a training loop's body.
template <class Net, int BatchSize, class... Arguments>
class StepTrainer : public detail::StepTrainerOf<Net, BatchSize, typename detail::StepArguments<std::tuple<>, Arguments...>::real,
                                                 typename detail::StepArguments<std::tuple<>, Arguments...>::optimizers>::type {
    using Split = detail::StepArguments<std::tuple<>, Arguments...>;
    using Real = typename Split::real;
    using Of = detail::StepTrainerOf<Net, BatchSize, Real, typename Split::optimizers>;
    using Body = typename Of::type;
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<typename Of::Check>::value);
    static_assert(Verified<typename Of::AllOptimizers>::value);
    static_assert(BatchSize > 0, "BatchSize is at least 1");

public:
    /// Without optimizers, they are what they are by default.
    template <class Store, class... Optimizers>
        requires(sizeof...(Optimizers) == 0 || std::constructible_from<typename Split::optimizers, const Optimizers&...>)
    explicit StepTrainer(Model<Store, Cpu, Real>& model, const Optimizers&... optimizers)
        : Body(model, typename Split::optimizers{optimizers...}) {
        if constexpr (Of::fits) static_assert(Verified<StoreCheck<detail::StepVariables<Net>, Store>>::value);
    }

    /// One step from an array for each Tensor that `step` takes; returns its metrics. A step of no arrays has BatchSize rows.
    template <class... Arrays>
    auto step(const Arrays&... arrays) {
        if constexpr (!Of::fits) return typename Body::Result{};
        else {
            using Check = StepArraysCheck<Body, BatchSize, decltype(std::tuple_cat(data::detail::arrays_of(arrays)...))>;
            static_assert(Verified<Check>::value);
            if constexpr (!Check::message.empty()) return typename Body::Result{};
            else if constexpr (Body::inputs.size() == 0) return this->step_columns(nullptr, BatchSize);
            else {
                const auto views = detail::columns_of<Body::inputs, Real>("", arrays...);
                const std::size_t n = std::get<0>(views).rows();
                if (n == 0 || n > BatchSize)
                    throw ShapeError(message("expected 1 to ", BatchSize, " rows (the BatchSize of the trainer), received ", n));
                const auto columns = detail::pointers_at(views, 0);
#if WEFT_IS_CHECKED
                detail::require_limits(Body::limits, Body::inputs, columns.data(), static_cast<int>(n));
#endif
                return this->step_columns(columns.data(), static_cast<int>(n));
            }
        }
    }
};

} // namespace weft
