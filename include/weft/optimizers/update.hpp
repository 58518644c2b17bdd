// SPDX-License-Identifier: BSL-1.0
// An optimizer with what every optimizer can be told: clipping by value, accumulation of gradients, moving averages.
#pragma once
#include <weft/optimizers/accumulation.hpp>
#include <weft/optimizers/moving_average.hpp>

namespace weft {
namespace detail {

/// Rejects, in words, options of all optimizers that contradict each other or are out of range.
template <class O>
constexpr void check_common_options(Graph& g) {
    const auto check = [&g]<class... Options>(OptionList<Options...>) {
        const Message wrong = wrong_options<Options...>({Options::option...});
        if (!wrong.empty()) return g.reject(base_name<O>(), ' ', wrong);
        int clippings = 0;
        ((clippings += Options::option.starts_with("clip") || Options::option.starts_with("global_clip")), ...);
        if (clippings > 1)
            return g.reject(base_name<O>(), " is given more than one of clipvalue, clipnorm and global_clipnorm: decide for one");
        const auto positive = [&g]<class Option>(std::type_identity<Option>) {
            if constexpr (Option::option.find("clip") != Option::option.npos)
                if (!(Option::value > 0)) g.reject(base_name<O>(), " is given ", type_name<Option>(), ": it must be above 0");
        };
        (positive(std::type_identity<Options>{}), ...);
    };
    if constexpr (!std::is_same_v<typename CommonOptions<O>::type, OptionList<>>) check(typename CommonOptions<O>::type{});
    constexpr int steps = common_option<O, gradient_accumulation_steps<1>>, frequency = common_option<O, ema_overwrite_frequency<0>>;
    constexpr double momentum = common_option<O, ema_momentum<2>>;
    if (steps < 1) g.reject(base_name<O>(), " accumulates the gradients of ", steps, " steps: needs at least 1");
    if (steps > 1 && (common_option<O, clipnorm<0>> > 0 || common_option<O, global_clipnorm<0>> > 0))
        g.reject(base_name<O>(), " is given a norm to clip to and gradient_accumulation_steps: the norm of a sum of gradients that is not "
                 "complete says nothing, clip by clipvalue");
    if (frequency < 0) g.reject(base_name<O>(), " overwrites parameters after every ", frequency, " updates: needs at least 1");
    if (momentum != 2 && !(momentum >= 0 && momentum <= 1))
        g.reject(base_name<O>(), " averages with an ema_momentum of ", momentum, ": needs a number in [0, 1]");
    if ((momentum != 2 || frequency != 0) && !common_option<O, unset_option<use_ema>>)
        g.reject(base_name<O>(), " is given ", momentum != 2 ? "ema_momentum" : "ema_overwrite_frequency", ": it needs use_ema, too");
}

} // namespace detail

/// What optimizer O does with one parameter: its `define`, and around it what every optimizer can be told.
template <Optimizer O>
constexpr void define_update(Graph& g, Tensor parameter, Tensor gradient) {
    constexpr double limit = detail::common_option<O, clipvalue<0>>;
    constexpr int steps = detail::common_option<O, gradient_accumulation_steps<1>>;
    detail::check_common_options<O>(g);
    if (g.failed()) return;
    const auto define = [&](Tensor d) {
        if constexpr (limit > 0) d = minimum(maximum(d, -limit), limit);
        O::define(g, parameter, d);
    };
    if constexpr (steps > 1) detail::accumulate_gradients<steps>(g, parameter, gradient, define);
    else define(gradient);
    if constexpr (detail::common_option<O, detail::unset_option<use_ema>>)
        if (!g.failed()) detail::average_parameter<O>(g, parameter);
}

} // namespace weft
