// SPDX-License-Identifier: BSL-1.0
// Options of optimizers: which state they keep, and where PyTorch's conventions differ from those of Keras.
#pragma once
#include <weft/core/option.hpp>
#include <weft/core/options.hpp>

namespace weft {

/// SGD, RMSprop: no memory of former gradients, and no state for it.
struct no_momentum {};
/// SGD: looks ahead along the momentum.
struct nesterov {};
/// Adam, AdamW: divides by the largest second moment so far.  Reddi et al. 2018.
struct amsgrad {};
/// RMSprop: divides by the standard deviation of the gradients instead of their root mean square.
struct centered {};
/// SGD, RMSprop: the momentum sums gradients, and the current learning rate multiplies the sum (PyTorch). Otherwise it sums steps (Keras).
struct learning_rate_outside_momentum {};
/// All but AdamW: weight decay is added to the gradient (PyTorch's weight_decay). Otherwise it shrinks the parameter (Keras).
struct weight_decay_in_gradient {};
/// Adam, AdamW: epsilon is added to the root of the corrected second moment (PyTorch, the paper). Otherwise before the correction (Keras).
struct epsilon_after_correction {};
/// RMSprop, Adagrad: epsilon is added to the root (PyTorch). Otherwise under it (Keras).
struct epsilon_outside_root {};
/// Adagrad: the sum of squares begins with 0 (PyTorch). Otherwise with 0.1 (Keras).
struct accumulator_from_zero {};
/// Adamax: epsilon is added to the gradient's size (PyTorch). Otherwise to the largest of them (Keras).
struct epsilon_in_norm {};

namespace detail {

/// Options that every optimizer takes: what they say is done around its `define`.
struct TakenByAll {};

} // namespace detail

/// All optimizers: every element of a gradient is brought into [-Value, Value].  Keras: clipvalue.  PyTorch: clip_grad_value_.
template <auto Value>
struct clipvalue : detail::TakenByAll {
    static constexpr std::string_view option = "clipvalue";
    static constexpr double value = Value;
};
/// All optimizers: the gradient of each parameter is scaled down to this norm if it is longer.  Keras: clipnorm.
template <auto Norm>
struct clipnorm : detail::TakenByAll {
    static constexpr std::string_view option = "clipnorm";
    static constexpr double value = Norm;
};
/// All optimizers: all gradients together are scaled down to this norm if they are longer.  Keras: global_clipnorm.  PyTorch:
/// clip_grad_norm_, which adds 1e-6 to the norm.
template <auto Norm>
struct global_clipnorm : detail::TakenByAll {
    static constexpr std::string_view option = "global_clipnorm";
    static constexpr double value = Norm;
};
/// All optimizers: one update from the mean gradient of that many steps, at least 1.  Keras: gradient_accumulation_steps.
template <int Steps>
struct gradient_accumulation_steps : detail::TakenByAll {
    static constexpr std::string_view option = "gradient_accumulation_steps";
    static constexpr int value = Steps;
};
/// All optimizers: keeps a moving average of the parameters, which become it when fit ends.  Keras: use_ema=True.
struct use_ema : detail::TakenByAll {
    static constexpr std::string_view option = "use_ema";
    static constexpr bool value = true;
};
/// With use_ema: the weight of the old average, in [0, 1]; 0.99 by default.  Keras: ema_momentum.
template <auto Value>
struct ema_momentum : detail::TakenByAll {
    static constexpr std::string_view option = "ema_momentum";
    static constexpr double value = Value;
};
/// With use_ema: the parameters become their average after every so many updates, too.  Keras: ema_overwrite_frequency.
template <int Updates>
struct ema_overwrite_frequency : detail::TakenByAll {
    static constexpr std::string_view option = "ema_overwrite_frequency";
    static constexpr int value = Updates;
};

namespace detail {

template <class... Lists>
struct JoinedOptions {
    using type = OptionList<>;
};
template <class... A, class... B, class... More>
struct JoinedOptions<OptionList<A...>, OptionList<B...>, More...> : JoinedOptions<OptionList<A..., B...>, More...> {};
template <class... A>
struct JoinedOptions<OptionList<A...>> {
    using type = OptionList<A...>;
};
/// The options that every optimizer takes, or those of one alone.
template <bool OfAll, class... Options>
using OptionsTaken =
    typename JoinedOptions<OptionList<>, std::conditional_t<std::is_base_of_v<TakenByAll, Options> == OfAll, OptionList<Options>,
                                                            OptionList<>>...>::type;

/// What an optimizer is told that every optimizer takes: nothing unless it is a template of options.
template <class O>
struct CommonOptions {
    using type = OptionList<>;
};
template <template <class...> class O, class... Options>
struct CommonOptions<O<Options...>> {
    using type = OptionsTaken<true, Options...>;
};

template <class Default, class List>
struct ChoiceFrom;
template <class Default, class... Options>
struct ChoiceFrom<Default, OptionList<Options...>> {
    using type = OptionOr<Default, Options...>;
};
/// Flags that are not set.
template <class Flag>
struct unset_option {
    static constexpr std::string_view option = Flag::option;
    static constexpr bool value = !Flag::value;
};
/// The value of an option of optimizer O that every optimizer takes.
template <class O, class Default>
inline constexpr auto common_option = ChoiceFrom<Default, typename CommonOptions<O>::type>::type::value;

/// Rejects, in words, options that an optimizer does not take, and those that are given twice.
template <class G, class... Allowed, class... Given>
constexpr void check_optimizer(G& g, std::string_view owner, OptionList<Allowed...> allowed, OptionList<Given...>) {
    check_options(g, owner, allowed, OptionsTaken<false, Given...>{});
}

} // namespace detail
} // namespace weft
