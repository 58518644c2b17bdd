// SPDX-License-Identifier: BSL-1.0
// Gradient accumulation: one update from the mean gradient of several steps.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft::detail {

/// Calls `define` so that it takes effect in every `Steps`-th step alone, with the mean of the gradients since the last time.
///
///   a = a + gradient;  in step Steps, 2 Steps, …:  define(a / Steps), a = 0
///
/// State   gradient_accumulator a, zeros
/// `g.iteration()` counts updates, a schedule of the learning rate steps, as in Keras: gradient_accumulation_steps.
template <int Steps, class Define>
constexpr void accumulate_gradients(Graph& g, Tensor parameter, Tensor gradient, Define define) {
    const Tensor step = g.iteration(), update = floor((step - 1.0) / Steps) + 1.0;
    const Tensor updates = update * Steps == step;
    const Tensor accumulator = g.state("gradient_accumulator", parameter.full_shape(), Zeros{});
    const Tensor sum = accumulator + gradient;
    g.count_updates(update);
    define(sum / Steps);
    if (g.failed()) return;
    List<int> assigned;
    for (int effect : g.effects) assigned.push_back(g.operations[effect].operand[0]);
    for (int id : assigned) {
        const Tensor value = g.assigned(g[id]);
        g.assign(g[id], where(updates, value, g[id]));
    }
    g.assign(accumulator, where(updates, 0.0, sum));
}

} // namespace weft::detail
