// SPDX-License-Identifier: BSL-1.0
// The programs of a model: predicting, evaluating, training, and gradients, each built only if it is used.
#pragma once
#include <weft/backends/cpu/program.hpp>
#include <weft/losses/loss.hpp>
#include <weft/metrics/metric.hpp>
#include <weft/model/network.hpp>
#include <weft/optimizers/clipping.hpp>
#include <weft/optimizers/update.hpp>

namespace weft {
namespace detail {

/// A loss that takes logits behind a layer that makes probabilities of them learns badly, and nothing else would tell.
template <class L>
constexpr void check_logits(Graph& g, Tensor prediction) {
    if (g.failed() || !takes_logits<L>) return;
    const LayerRecord& last = g.layers[prediction.operation().layer];
    const std::string_view type = last.type.substr(0, last.type.find('<'));
    if (type != "Softmax" && type != "Sigmoid") return;
    g.error << "layer " << last.index << ' ' << last.path.view() << " (" << last.type << ") gives probabilities, and the loss "
            << base_name<L>() << " takes logits: remove the " << type << ", or use " << base_name<L>() << "::with<probabilities>";
}

constexpr Path metric_output(int index) {
    Path p("metric_");
    return p.append_number(index);
}

/// The sum of what the layers of a lowered network add to its loss; no tensor if they add nothing.
constexpr Tensor added_loss(Graph& g, View<Output> outputs) {
    Tensor sum{};
    for (const Output& o : outputs)
        if (o.name.view() == "added_loss") {
            const Tensor loss = mean(g[o.operation]);
            sum = sum.id < 0 ? loss : sum + loss;
        }
    return sum;
}

/// Adds the sums of the metrics as outputs metric_0, metric_1 …; `added` is part of the first if that is a loss.
template <class... Metrics>
constexpr void add_metrics(Graph& g, [[maybe_unused]] Tensor prediction, [[maybe_unused]] Tensor target, [[maybe_unused]] Tensor weights,
                           [[maybe_unused]] Tensor added = {}) {
    [[maybe_unused]] int index = 0;
    (
        [&] {
            g.scalar_source = 2 + index;
            if (g.failed()) return;
            const Tensor s = metric_sums<Metrics>(g, prediction, target, weights, index == 0 ? added : Tensor{});
            if (!g.failed()) g.outputs.push_back({metric_output(index), s.id});
            ++index;
        }(),
        ...);
}

/// What the weights of a program's samples weigh: nothing, for there are none; loss and metrics; the loss alone.
inline constexpr int no_weights = 0, all_weights = 1, loss_weights = 2;

template <class Net, class L, int Weighted, class... Metrics>
struct TrainingSource {
    static constexpr Counts counts = counts_from(Network<Net>::training);
    static constexpr Program program() {
        Graph g(true, Program(Network<Net>::training));
        const Tensor prediction = network_output(g);
        if (!g.failed()) check_logits<L>(g, prediction);
        if (g.failed()) return std::move(g).program();
        const TargetSpec spec = target_of<L>(prediction.shape());
        const Tensor target = g.input(spec.shape, spec.type);
        const Tensor weights = Weighted != no_weights ? g.input({}) : Tensor{};
        g.scalar_source = 1;
        Tensor loss = mean_loss<L>(g, prediction, target, weights);
        if (const Tensor added = added_loss(g, Network<Net>::training.outputs); added.id >= 0) loss = loss + added;
        g.outputs.clear();
        g.outputs.push_back({Path("loss"), loss.id});
        add_metrics<Metrics...>(g, prediction, target, Weighted == all_weights ? weights : Tensor{});
        return std::move(g).program();
    }
};

template <class Net, bool Weighted, class First, class... Rest>
struct EvaluationSource {
    static constexpr Counts counts = counts_from(Network<Net>::inference);
    static constexpr Program program() {
        Graph g(false, Program(Network<Net>::inference));
        const Tensor prediction = network_output(g);
        g.outputs.clear();
        if (!g.failed()) check_logits<First>(g, prediction);
        if (g.failed()) return std::move(g).program();
        const TargetSpec spec = target_of<First>(prediction.shape());
        const Tensor target = g.input(spec.shape, spec.type);
        const Tensor weights = Weighted ? g.input({}) : Tensor{};
        add_metrics<First, Rest...>(g, prediction, target, weights, added_loss(g, Network<Net>::inference.outputs));
        return std::move(g).program();
    }
};

/// The optimizer as a program on the elements of any parameter: variable 0 is the parameter (it has the empty path, which sorts first).
/// Its numbers are those of the owner with that index among the members.
template <class Optimizer, int Owner = 0>
struct BodySource {
    static constexpr Program program() {
        Graph g(true);
        g.scalar_source = Owner;
        const Shape all{elements_extent};
        const Tensor parameter = g.parameter("", all, Zeros{}), gradient = g.input(all, DType::real, false);
        define_update<Optimizer>(g, parameter, gradient);
        return std::move(g).program();
    }
};
struct NoOptimizer {
    static constexpr void define(Graph&, Tensor, Tensor) {}
};

/// Brings constrained parameters that are trained back to what their layers say; runs behind a training step.
template <class Net>
struct ConstraintSource {
    static constexpr Counts counts = counts_from(Network<Net>::training);
    /// Calls f(parameter, its value) for the operations of each of them.
    template <class F>
    static constexpr void for_each(F f) {
        const ProgramView& p = Network<Net>::training;
        for (int i = 1; i < p.outputs.size(); ++i)
            if (p.outputs[i].name.view() == "constraint")
                if (const int parameter = p.outputs[i - 1].operation; p.variables[p.operations[parameter].attribute].trainable)
                    f(parameter, p.outputs[i].operation);
    }
    static constexpr bool is_empty = [] {
        int count = 0;
        for_each([&](int, int) { ++count; });
        return count == 0;
    }();
    static constexpr Program program() {
        Graph g(true, Program(Network<Net>::training));
        g.outputs.clear();
        g.effects.clear();
        for_each([&](int parameter, int value) { g.assign(g[parameter], g[value]); });
        return std::move(g).program();
    }
};

constexpr int round_up(int value, int to) { return (value + to - 1) / to * to; }

/// A column of the batch as a program reads it, the batch included.
struct InputColumn {
    DType type = DType::real;
    Shape shape{};
};
/// The columns of a program; one that no operation reads has the type real.
template <int Count>
constexpr std::array<InputColumn, static_cast<std::size_t>(Count)> inputs_of(const ProgramView& p) {
    std::array<InputColumn, static_cast<std::size_t>(Count)> columns{};
    for (int i = 0; i < Count; ++i) columns[i].shape = p.inputs[i];
    for (const Operation& o : p.operations)
        if (o.kind == Kind::input) columns[o.attribute].type = o.type;
    return columns;
}

/// What CpuProgram reads, for programs without and with an optimizer. Run time sees the arrays alone: a plan is no part of a binary.
template <class Net, class Source, int Batch, class Real>
struct ForwardProgram {
    static constexpr const PlanView& plan = Forward<Source, Batch, cpu::lanes<Real>>::planned;
    static constexpr const ProgramView& body = Simplified<Lowered<BodySource<NoOptimizer>>>::value;
    static constexpr auto inputs = inputs_of<plan.program.inputs.size()>(plan.program);
    static constexpr auto variable_offset = Network<Net>::template offsets_of<plan.program.variables.size()>(plan.program.variables);
    static constexpr int slot_stride = round_up(Network<Net>::element_count, 16);
};
template <class Net, class Source, class Optimizer, Gradients Use, int Batch, class Real>
struct BackwardProgram {
    using Transform = std::conditional_t<clips_by_norm<Optimizer>, GradientsFor<Optimizer>, KeepGradients>;
    static constexpr const PlanView& plan = Backward<Source, Use, Batch, cpu::lanes<Real>, Transform>::planned;
    static constexpr const ProgramView& body = Simplified<Lowered<BodySource<Optimizer>>>::value;
    static constexpr auto inputs = inputs_of<plan.program.inputs.size()>(plan.program);
    static constexpr auto variable_offset = Network<Net>::template offsets_of<plan.program.variables.size()>(plan.program.variables);
    static constexpr int slot_stride = round_up(Network<Net>::element_count, 16);
    static constexpr int slot_count = body.variables.size() - 1;
    static constexpr bool averages = common_option<Optimizer, unset_option<use_ema>>;

    /// Writes the optimizer's states as its `define` initializes them.
    static constexpr void initialize_states(std::uint64_t seed, Real* to) {
        for (std::size_t s = 0; s < slots.size(); ++s)
            for (std::size_t i = 0; i < trained.size(); ++i) {
                if (!trained[i].is_trained) continue;
                Variable slot = slots[s];
                slot.shape = trained[i].shape;
                initialize(slot, seed, to + s * slot_stride + static_cast<std::size_t>(variable_offset[i]));
            }
    }

    /// Writes the moving average of every trained parameter in its place.
    static void overwrite_with_average(Real* variables, const Real* states) {
        std::size_t average = 0;
        while (!(slots[average].path == Path("parameter_average"))) ++average;
        for (std::size_t i = 0; i < trained.size(); ++i) {
            if (!trained[i].is_trained) continue;
            const auto offset = static_cast<std::size_t>(variable_offset[i]);
            for (std::size_t k = 0, size = trained[i].shape.count(1); k < size; ++k)
                variables[offset + k] = states[average * slot_stride + offset + k];
        }
    }

private:
    struct Trained {
        bool is_trained = false;
        Shape shape{};
    };
    static constexpr auto slots = [] {
        std::array<Variable, static_cast<std::size_t>(slot_count)> all{};
        for (int s = 0; s < slot_count; ++s) all[s] = body.variables[s + 1];
        return all;
    }();
    static constexpr auto trained = [] {
        std::array<Trained, static_cast<std::size_t>(plan.program.variables.size())> all{};
        for (int i = 0; i < plan.program.variables.size(); ++i)
            all[i] = {plan.program.variables[i].trainable, plan.program.variables[i].shape};
        return all;
    }();
};

/// Which of these is no metric, in words.
template <class... Metrics>
constexpr Message no_metric() {
    Message m;
    ((m.empty() && !Metric<Metrics> ? void(m << base_name<Metrics>() << " is no metric: it needs define, and unless it is a loss, result")
                                    : void()),
     ...);
    return m;
}

} // namespace detail

/// States that a loss does not fit a network, in words.
template <class Net, class L, class... Metrics>
struct LossCheck {
    static constexpr detail::Subject subject = detail::Subject::loss;
    static constexpr detail::Message message = [] {
        if constexpr (!network_fits<Net>) return detail::Message{};
        else if constexpr (!network_predicts<Net>) return DefineCheck<Net>::message;
        else if constexpr (!Loss<L>)
            return detail::Message{} << base_name<L>() << " is no loss: the order is (model, data, loss, optimizer)";
        else if constexpr (!(Metric<Metrics> && ...)) return detail::no_metric<Metrics...>();
        else return detail::Message(detail::Lowered<detail::TrainingSource<Net, L, false, Metrics...>>::value.error);
    }();
};
/// States that a metric does not fit a network, in words.
template <class Net, class... Metrics>
struct MetricCheck {
    static constexpr detail::Subject subject = detail::Subject::loss;
    static constexpr detail::Message message = [] {
        if constexpr (!network_fits<Net>) return detail::Message{};
        else if constexpr (!network_predicts<Net>) return DefineCheck<Net>::message;
        else if constexpr (!(Metric<Metrics> && ...)) return detail::no_metric<Metrics...>();
        else return detail::Message(detail::Lowered<detail::EvaluationSource<Net, false, Metrics...>>::value.error);
    }();
};
/// States that options of an optimizer contradict each other, in words; nothing when it was taken for the loss, which LossCheck says.
template <class O, class L = void>
struct OptimizerCheck {
    static constexpr detail::Subject subject = detail::Subject::option;
    static constexpr detail::Message message = [] {
        if constexpr (!std::is_void_v<L> && !Loss<L>) return detail::Message{};
        else if constexpr (!Optimizer<O>)
            return detail::Message{} << base_name<O>() << " is no optimizer: the order is (model, data, loss, optimizer)";
        else return detail::Message(detail::Lowered<detail::BodySource<O>>::value.error);
    }();
};

namespace detail {

template <class Net, class L, class O, class... Metrics>
inline constexpr bool trains = network_fits<Net>&& LossCheck<Net, L, Metrics...>::message.empty()
                               && Loss<L>&& OptimizerCheck<O, L>::message.empty();
template <class Net, class... Metrics>
inline constexpr bool measures = network_fits<Net> && MetricCheck<Net, Metrics...>::message.empty();

} // namespace detail

} // namespace weft
