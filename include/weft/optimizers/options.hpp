// SPDX-License-Identifier: BSL-1.0
// Options of optimizers: which state they keep, and where PyTorch's conventions differ from those of Keras.
#pragma once
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

} // namespace weft
