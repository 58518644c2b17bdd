// SPDX-License-Identifier: BSL-1.0
// Layers Softmax and LogSoftmax: numbers as probabilities, or as their logarithms.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace detail {

template <int Axis>
constexpr bool has_axis(Graph& g, Tensor x) {
    if (x.shape().empty()) g.reject("needs a vector or a tensor with more axes, receives a scalar");
    else if (full_axis(x, Axis) < 0) g.reject("works along axis ", Axis, " of ", x.shape(), ": there is none");
    return !g.failed();
}

} // namespace detail

namespace configured {

/// Probabilities: positive numbers whose sum along an axis is 1. A loss takes logits: it needs no Softmax in front of it.
///
///   y = exp(x - max x) / sum exp(x - max x)
///
/// Input   (..., D)     Output  the same     Parameters  none
/// Options axis<-1>.
/// Rejects a scalar input (rank 0), an axis that is none.
/// Keras: Softmax.  PyTorch: Softmax(dim=-1).
template <class... Options>
struct Softmax {
    template <class... More>
    using with = Softmax<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        constexpr int along = OptionOr<axis<-1>, Options...>::value;
        if (detail::rejected(g, wrong) || !detail::has_axis<along>(g, x)) return g.nothing();
        return softmax(x, along);
    }
};

/// The logarithm of Softmax, without the loss of digits of taking it afterwards.
///
///   y = x - max x - log sum exp(x - max x)
///
/// Input   (..., D)     Output  the same     Parameters  none
/// Options axis<-1>.
/// Rejects a scalar input (rank 0), an axis that is none.
/// Keras: Activation("log_softmax").  PyTorch: LogSoftmax(dim=-1).
template <class... Options>
struct LogSoftmax {
    template <class... More>
    using with = LogSoftmax<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        constexpr int along = OptionOr<axis<-1>, Options...>::value;
        if (detail::rejected(g, wrong) || !detail::has_axis<along>(g, x)) return g.nothing();
        return log_softmax(x, along);
    }
};

} // namespace configured
using Softmax = configured::Softmax<>;
using LogSoftmax = configured::LogSoftmax<>;

} // namespace weft
