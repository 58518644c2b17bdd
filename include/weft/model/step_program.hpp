// SPDX-License-Identifier: BSL-1.0
// A user's training step as a program with an optimizer for each time that it minimizes, and where their states lie.
#pragma once
#include <weft/model/programs.hpp>

namespace weft {
namespace detail {

/// How many times a step minimizes.
template <class Net>
inline constexpr int minimize_count = [] {
    const ProgramView& p = Lowered<StepSource<Net>>::value;
    int count = 0;
    for (int e : p.effects)
        if (const Operation& o = p.operations[e]; o.kind == Kind::update && o.attribute >= count) count = o.attribute + 1;
    return count;
}();

/// The optimizer of minimization M: one for each, or one for all, each with states of its own.
template <std::size_t M, class... Optimizers>
inline constexpr std::size_t optimizer_of = sizeof...(Optimizers) == 1 ? 0 : M;
template <std::size_t M, class... Optimizers>
using Minimizer = std::tuple_element_t<optimizer_of<M, Optimizers...>, std::tuple<Optimizers...>>;
template <std::size_t M, class... Optimizers>
constexpr const ProgramView& minimizer_body() {
    constexpr auto owner = static_cast<int>(optimizer_of<M, Optimizers...>);
    return Simplified<Lowered<BodySource<Minimizer<M, Optimizers...>, owner>>>::value;
}

/// The step of Net with its gradients as its optimizers want them: those of one minimization together.
template <class Net, class... Optimizers>
struct ClippedStep {
    static constexpr Counts counts = StepSource<Net>::counts;
    static constexpr Program program() {
        Graph g(true, Program(Lowered<StepSource<Net>>::value));
        g.lowered = 0;                      // what is appended stands in the middle
        [&]<std::size_t... M>(std::index_sequence<M...>) {
            (transform<Minimizer<M, Optimizers...>>(g, static_cast<int>(M)), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(minimize_count<Net>)>{});
        return std::move(g).program();
    }

private:
    template <class Optimizer>
    static constexpr void transform(Graph& g, int minimization) {
        if constexpr (clips_by_norm<Optimizer>) {
            List<int> updates, gradients;
            for (int e : g.effects)
                if (const Operation& o = g.operations[e]; o.kind == Kind::update && o.attribute == minimization) {
                    updates.push_back(e);
                    gradients.push_back(o.operand[1]);
                }
            GradientsFor<Optimizer>::transform(g, gradients);
            for (int i = 0; i < updates.size(); ++i) g.operations.edit(updates[i]).operand[1] = gradients[i];
        }
    }
};

/// The step of Net with its optimizers, wherever its parameters lie.
template <class Net, int Batch, class Real, class... Optimizers>
struct StepPlan {
    using Source = std::conditional_t<(clips_by_norm<Optimizers> || ...), ClippedStep<Net, Optimizers...>, StepSource<Net>>;
    static constexpr const PlanView& plan = Updating<Source, Batch, cpu::lanes<Real>>::planned;
    static constexpr auto inputs = inputs_of<plan.program.inputs.size()>(plan.program);
    static constexpr auto count = static_cast<std::size_t>(minimize_count<Net>);
    static constexpr auto variable_count = static_cast<std::size_t>(plan.program.variables.size());
    static constexpr std::array<ProgramView, count> programs = []<std::size_t... M>(std::index_sequence<M...>) {
        return std::array<ProgramView, count>{minimizer_body<M, Optimizers...>()...};
    }(std::make_index_sequence<count>{});

    /// States lie one behind the other: by minimization, by state, by updated parameter.
    struct States {
        std::array<std::array<int, variable_count + 1>, count + 1> begin{};    // by minimization and variable: the first state
        std::array<int, count + 1> stride{};
        int total = 0;
    };
    static constexpr States states = [] {
        States s;
        for (std::size_t m = 0; m < count; ++m) {
            int size = 0;
            for (int e : plan.program.effects) {
                const Operation& o = plan.operation(e);
                if (o.kind != Kind::update || o.attribute != static_cast<int>(m)) continue;
                s.begin[m][static_cast<std::size_t>(plan.operation(o.operand[0]).attribute)] = s.total + size;
                size += o.shape.elements().constant;
            }
            s.stride[m] = round_up(size, 16);
            s.total += s.stride[m] * (programs[m].variables.size() - 1);
        }
        return s;
    }();

    /// Where the average of an updated parameter lies among the states, and the parameter among the variables of the program.
    struct Average {
        int variable = 0, state = 0, size = 0;
    };
    static constexpr bool averages = (common_option<Optimizers, unset_option<use_ema>> || ...);
    /// Calls f(Average) for each.
    template <class F>
    static constexpr void for_averages(F f) {
        for (int e : plan.program.effects) {
            const Operation& o = plan.operation(e);
            if (o.kind != Kind::update) continue;
            const auto m = static_cast<std::size_t>(o.attribute);
            const int variable = plan.operation(o.operand[0]).attribute;
            for (int s = 1; s < programs[m].variables.size(); ++s)
                if (programs[m].variables[s].path.view() == "parameter_average")
                    f(Average{variable, states.begin[m][static_cast<std::size_t>(variable)] + (s - 1) * states.stride[m],
                              o.shape.elements().constant});
        }
    }

    /// Writes the optimizers' states as their `define` initializes them.
    static void initialize_states(std::uint64_t seed, Real* to) {
        for (const Initial& i : initial_states) initialize(i.state, seed, to + i.at);
    }

private:
    struct Initial {
        Variable state{};
        int at = 0;
    };
    static constexpr std::size_t initial_count = [] {
        std::size_t n = 0;
        for (int e : plan.program.effects)
            if (const Operation& o = plan.operation(e); o.kind == Kind::update)
                n += static_cast<std::size_t>(programs[static_cast<std::size_t>(o.attribute)].variables.size() - 1);
        return n;
    }();
    static constexpr auto initial_states = [] {
        std::array<Initial, initial_count> all{};
        std::size_t n = 0;
        for (int e : plan.program.effects) {
            const Operation& o = plan.operation(e);
            if (o.kind != Kind::update) continue;
            const auto m = static_cast<std::size_t>(o.attribute);
            const int begin = states.begin[m][static_cast<std::size_t>(plan.operation(o.operand[0]).attribute)];
            for (int s = 1; s < programs[m].variables.size(); ++s) {
                all[n].state = programs[m].variables[s];
                all[n].state.shape = o.shape;
                all[n++].at = begin + (s - 1) * states.stride[m];
            }
        }
        return all;
    }();
};

/// What CpuProgram reads: the step of Net on the store of a Model<Store>.
template <class Net, class Store, int Batch, class Real, class... Optimizers>
struct StepProgram {
    using Plan = StepPlan<Net, Batch, Real, Optimizers...>;
    static constexpr const PlanView& plan = Plan::plan;
    static constexpr auto inputs = Plan::inputs;
    static constexpr auto variable_offset = Network<Store>::template offsets_of<plan.program.variables.size()>(plan.program.variables);
    /// Writes the moving average of every updated parameter in its place; of two, that of the later minimization.
    static void overwrite_with_average(Real* variables, const Real* states) {
        static constexpr auto averages = [] {
            constexpr std::size_t count = [] {
                std::size_t n = 0;
                Plan::for_averages([&](const typename Plan::Average&) { ++n; });
                return n;
            }();
            std::array<typename Plan::Average, count> all{};
            std::size_t n = 0;
            Plan::for_averages([&](const typename Plan::Average& a) { all[n++] = a; });
            return all;
        }();
        for (const auto& a : averages)
            for (int i = 0; i < a.size; ++i) variables[variable_offset[static_cast<std::size_t>(a.variable)] + i] = states[a.state + i];
    }
    static constexpr auto bodies = [] {
        std::array<cpu::Body, Plan::count> all{};
        for (std::size_t m = 0; m < all.size(); ++m)
            all[m] = {Plan::programs[m], {Plan::states.begin[m].data(), static_cast<int>(Plan::variable_count)}, Plan::states.stride[m]};
        return all;
    }();
};

} // namespace detail

/// States that a struct has no step, or that its trainer has another number of optimizers, in words.
template <class Net, class... Optimizers>
struct StepCheck {
    static constexpr detail::Subject subject = detail::Subject::loss;
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net>) {
            if constexpr (!detail::HasStep<Net>)
                m << base_name<Net>() << " has no training step: give it static constexpr void step(Step& s, Tensor x), or use Trainer";
            else {
                constexpr int minimizes = detail::minimize_count<Net>;
                constexpr int given = sizeof...(Optimizers);
                if (given != 1 && given != minimizes)
                    m << "step of " << base_name<Net>() << " minimizes " << minimizes << (minimizes == 1 ? " loss" : " losses")
                      << ", and its trainer has " << given << " optimizers: give it one for each, in their order, or one for all";
            }
        }
        return m;
    }();
};

/// States that a step has no metric of a name, in words.
template <class Net, detail::Text Name>
struct MetricNameCheck {
    static constexpr detail::Subject subject = detail::Subject::parameter;
    static constexpr detail::Message message = [] {
        detail::Message m;
        const detail::View<detail::Output>& metrics = detail::Lowered<detail::StepSource<Net>>::value.outputs;
        if (detail::find_output(metrics, Name.view()) >= 0) return m;
        m << "step of " << base_name<Net>() << " has no metric " << Name.view() << "; it has";
        const char* between = " ";
        for (const detail::Output& o : metrics) {
            m << between << o.name.view();
            between = ", ";
        }
        return m;
    }();
};

} // namespace weft
