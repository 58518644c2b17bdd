// SPDX-License-Identifier: BSL-1.0
// Layer Flatten: a sample of any shape as a vector.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// The elements of a sample in row-major order (channels last: the channels of one pixel are neighbours).
///
/// Input   any     Output  (number of elements)     Parameters  none
/// Keras: Flatten.  PyTorch: Flatten, whose order is channels, height, width.
struct Flatten {
    static constexpr Tensor define(Graph&, Tensor x) { return reshape(x, {x.shape().elements()}); }
};

} // namespace weft
