// SPDX-License-Identifier: BSL-1.0
// The options of layers, one type for each of Keras' arguments: `Conv2D<64, 3, same, strides<2>, no_bias>`.
#pragma once
#include <weft/core/choice.hpp>
#include <weft/core/shape.hpp>

namespace weft {

/// Padding of a window's borders; `zeros` rows and columns on every side are PyTorch's convention.
struct Padding {
    bool same = false;
    Size zeros{0};
};

/// Pads so that the output has ceil(input / stride) rows; an odd row of zeros goes to the end.  Keras: padding="same".
struct same {
    static constexpr std::string_view option = "padding (same, valid)";
    static constexpr Padding value{true, 0};
};
/// Windows stay inside of the image; the default.  Keras: padding="valid".
struct valid {
    static constexpr std::string_view option = same::option;
    static constexpr Padding value{};
};
/// That many zeros on every side, for a convolution.  PyTorch: Conv2d(padding=).
template <auto Zeros>
struct padding {
    static constexpr std::string_view option = same::option;
    static constexpr Padding value{false, Size(Zeros)};
};
/// Steps of the window: strides<2> or strides<Size{2, 1}>.
template <auto Steps>
struct strides {
    static constexpr std::string_view option = "strides";
    static constexpr Size value{Steps};
};
/// Distance between the elements that a kernel reads: 1 = neighbours.
template <auto Distance>
struct dilation_rate {
    static constexpr std::string_view option = "dilation_rate";
    static constexpr Size value{Distance};
};
/// Splits the channels into groups that do not see each other.
template <int Count>
struct groups {
    static constexpr std::string_view option = "groups";
    static constexpr int value = Count;
};
/// Outputs for each input channel of DepthwiseConv2D.
template <int Count>
struct depth_multiplier {
    static constexpr std::string_view option = "depth_multiplier";
    static constexpr int value = Count;
};

/// Leaves the bias out.  Keras: use_bias=False.
struct no_bias {
    static constexpr std::string_view option = "no_bias";
    static constexpr bool value = false;
};
/// An activation behind the layer, as in `Dense<64, activation<Tanh>>`: part of the layer, without a name of its own.
template <class Layer>
struct activation {
    static constexpr std::string_view option = "activation";
    using type = Layer;
};
template <class Initializer>
struct kernel_initializer {
    static constexpr std::string_view option = "kernel_initializer";
    using type = Initializer;
};
template <class Initializer>
struct depthwise_initializer {
    static constexpr std::string_view option = "depthwise_initializer";
    using type = Initializer;
};
template <class Initializer>
struct bias_initializer {
    static constexpr std::string_view option = "bias_initializer";
    using type = Initializer;
};
template <class Initializer>
struct gamma_initializer {
    static constexpr std::string_view option = "gamma_initializer";
    using type = Initializer;
};
template <class Initializer>
struct beta_initializer {
    static constexpr std::string_view option = "beta_initializer";
    using type = Initializer;
};

/// What a normalization adds to the variance.
template <auto Value>
struct epsilon {
    static constexpr std::string_view option = "epsilon";
    static constexpr double value = Value;
};
/// The weight of the old value in a moving average. PyTorch's momentum is 1 minus this.
template <auto Value>
struct momentum {
    static constexpr std::string_view option = "momentum";
    static constexpr double value = Value;
};
/// A normalization without beta.  Keras: center=False.
struct no_center {
    static constexpr std::string_view option = "no_center";
    static constexpr bool value = false;
};
/// A normalization without gamma.  Keras: scale=False.
struct no_scale {
    static constexpr std::string_view option = "no_scale";
    static constexpr bool value = false;
};
/// The moving variance collects N / (N - 1) times the variance of the batch, as PyTorch's does.
struct unbiased_moving_variance {
    static constexpr std::string_view option = "unbiased_moving_variance";
    static constexpr bool value = true;
};

/// The axis that a layer works along, in a sample: 0 is the first behind the batch, -1 the last.
template <int Axis>
struct axis {
    static constexpr std::string_view option = "axis";
    static constexpr int value = Axis;
};
/// Keeps reduced axes with extent 1.  Keras: keepdims=True.
struct keepdims {
    static constexpr std::string_view option = "keepdims";
    static constexpr bool value = true;
};

template <auto Slope>
struct negative_slope {
    static constexpr std::string_view option = "negative_slope";
    static constexpr double value = Slope;
};
template <auto Value>
struct max_value {
    static constexpr std::string_view option = "max_value";
    static constexpr double value = Value;
};
template <auto Value>
struct threshold {
    static constexpr std::string_view option = "threshold";
    static constexpr double value = Value;
};
template <auto Value>
struct alpha {
    static constexpr std::string_view option = "alpha";
    static constexpr double value = Value;
};
/// GELU by tanh instead of erf.  Keras: approximate=True.  PyTorch: approximate="tanh".
struct approximate {
    static constexpr std::string_view option = "approximate";
    static constexpr bool value = true;
};

namespace detail {

/// Defaults of flags, under the names of the options that change them.
template <class Flag>
struct unset {
    static constexpr std::string_view option = Flag::option;
    static constexpr bool value = !Flag::value;
};

/// Reports wrong options of the current layer; true when the program is rejected, for whatever reason.
template <class G>
constexpr bool rejected(G& g, const Message& wrong) {
    if (!wrong.empty()) g.reject(wrong);
    return g.failed();
}

} // namespace detail
} // namespace weft
