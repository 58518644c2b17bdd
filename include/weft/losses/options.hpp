// SPDX-License-Identifier: BSL-1.0
// Options of losses and metrics: what they are told about the numbers that they receive.
#pragma once
#include <weft/core/options.hpp>

namespace weft {

/// Predictions are probabilities (behind a Softmax or Sigmoid) instead of logits.  Keras: from_logits=False.
struct probabilities {};

} // namespace weft
