// SPDX-License-Identifier: BSL-1.0
// Options of losses and metrics: what they are told about the numbers that they receive.
#pragma once
#include <weft/core/options.hpp>

namespace weft {

/// Predictions are probabilities (behind a Softmax or Sigmoid) instead of logits.  Keras: from_logits=False.
struct probabilities {};
/// Poisson: predictions are logarithms of the expected count.  PyTorch: log_input=True.
struct log_input {};
/// BinaryFocalCrossentropy: answers of 1 count alpha, those of 0 count 1 - alpha.
struct apply_class_balancing {};

} // namespace weft
