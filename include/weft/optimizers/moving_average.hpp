// SPDX-License-Identifier: BSL-1.0
// The moving average of a parameter, which Keras calls EMA: kept beside it, and written in its place at the end.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft::detail {

/// Keeps the average of a parameter behind the updates that `g` holds already.
///
///   a = ema_momentum a + (1 - ema_momentum) parameter, at first a = parameter;  every ema_overwrite_frequency updates parameter = a
///
/// State   parameter_average a, zeros
/// Keras: use_ema, ema_momentum, ema_overwrite_frequency.  PyTorch: AveragedModel with get_ema_multi_avg_fn.
template <class O>
constexpr void average_parameter(Graph& g, Tensor parameter) {
    constexpr double momentum = common_option<O, ema_momentum<0.99>>;
    constexpr int frequency = common_option<O, ema_overwrite_frequency<0>>;
    const Tensor update = g.iteration(), old = where(update == 1.0, 0.0, momentum);
    const Tensor a = g.state("parameter_average", parameter.full_shape(), Zeros{});
    const Tensor next = g.assigned(parameter), next_a = a * old + next * (1.0 - old);
    g.assign(a, next_a);
    if constexpr (frequency > 0) {
        const Tensor value = g.assigned(parameter);
        g.assign(parameter, where(floor(update / frequency) * frequency == update, next_a, value));
    }
}

} // namespace weft::detail
