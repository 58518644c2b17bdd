// SPDX-License-Identifier: BSL-1.0
// The options of layers, one type for each of Keras' arguments: `Conv2D<64, 3, same, strides<2>, no_bias>`.
#pragma once
#include <weft/core/option.hpp>
#include <weft/core/shape.hpp>
#include <weft/core/text.hpp>

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
/// Conv1D: all zeros in front, so that no step sees a later one.  Keras: padding="causal".
struct causal {
    static constexpr std::string_view option = "causal";
    static constexpr bool value = true;
};
/// Rows and columns that a transposed convolution makes more than the smallest size.  Keras: output_padding.
template <auto Rows>
struct output_padding {
    static constexpr std::string_view option = "output_padding";
    static constexpr Size value{Rows};
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
/// Outputs for each input channel of DepthwiseConv2D and SeparableConv2D.
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
/// What the size of a parameter adds to the loss: `kernel_regularizer<L2<0.01>>`; nothing by default.
template <class Regularizer>
struct kernel_regularizer {
    static constexpr std::string_view option = "kernel_regularizer";
    using type = Regularizer;
};
template <class Regularizer>
struct bias_regularizer {
    static constexpr std::string_view option = "bias_regularizer";
    using type = Regularizer;
};
/// What a parameter is brought back to after every update: `kernel_constraint<MaxNorm<2>>`; nothing by default.
template <class Constraint>
struct kernel_constraint {
    static constexpr std::string_view option = "kernel_constraint";
    using type = Constraint;
};
template <class Constraint>
struct bias_constraint {
    static constexpr std::string_view option = "bias_constraint";
    using type = Constraint;
};
template <class Constraint>
struct embeddings_constraint {
    static constexpr std::string_view option = "embeddings_constraint";
    using type = Constraint;
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
struct pointwise_initializer {
    static constexpr std::string_view option = "pointwise_initializer";
    using type = Initializer;
};
template <class Initializer>
struct embeddings_initializer {
    static constexpr std::string_view option = "embeddings_initializer";
    using type = Initializer;
};
template <class Initializer>
struct alpha_initializer {
    static constexpr std::string_view option = "alpha_initializer";
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

/// Embedding: 0 stands for nothing, and layers behind do not count it.
struct mask_zero {
    static constexpr std::string_view option = "mask_zero";
    static constexpr bool value = true;
};
/// Masking: what a step that does not count consists of.
template <auto Value>
struct mask_value {
    static constexpr std::string_view option = "mask_value";
    static constexpr double value = Value;
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

/// UpSampling2D: lines between the pixels instead of copies of them.  Keras: interpolation="bilinear".
struct bilinear {
    static constexpr std::string_view option = "bilinear";
    static constexpr bool value = true;
};
/// Dot: vectors are divided by their lengths first, which gives the cosine of the angle between them.  Keras: normalize=True.
struct normalize {
    static constexpr std::string_view option = "normalize";
    static constexpr bool value = true;
};
/// Normalization: from normalized numbers back to the original ones.  Keras: invert=True.
struct invert {
    static constexpr std::string_view option = "invert";
    static constexpr bool value = true;
};
/// PReLU: axes along which all elements have one alpha, counted from 1 as in Keras.
template <int... Axes>
struct shared_axes {
    static constexpr std::string_view option = "shared_axes";
    static constexpr unsigned value = (0u | ... | (1u << Axes));
};
/// EinsumDense: the extents of the result behind the batch; -1: that of the input.
template <int... Extents>
struct extents {
    static constexpr Shape value{Extents...};
};
/// EinsumDense: the letters of the result that the bias has.
template <detail::Text Letters>
struct bias_axes {
    static constexpr std::string_view option = "bias_axes";
    static constexpr std::string_view value = Letters.view();
};
/// MultiHeadAttention: the length of the values of one head; that of the keys by default.
template <int Length>
struct value_dim {
    static constexpr std::string_view option = "value_dim";
    static constexpr int value = Length;
};
/// MultiHeadAttention: the probability with which a weight is dropped. Recurrent layers: that of an element of the input, in all steps.
template <auto Rate>
struct dropout {
    static constexpr std::string_view option = "dropout";
    static constexpr double value = Rate;
};
/// MultiHeadAttention: no step sees a later one.
struct use_causal_mask {
    static constexpr std::string_view option = "use_causal_mask";
    static constexpr bool value = true;
};

/// Recurrent layers give the output of every step instead of that of the last.  Keras: return_sequences=True.
struct return_sequences {
    static constexpr std::string_view option = "return_sequences";
    static constexpr bool value = true;
};
/// Recurrent layers give their states behind the output: a tuple.  Keras: return_state=True.
struct return_state {
    static constexpr std::string_view option = "return_state";
    static constexpr bool value = true;
};
/// Recurrent layers begin each batch with the states in which the batch before ended, row by row, in training, evaluation and prediction;
/// they are zero at first and after `model.reset_states()`. Derivatives end at the beginning of a batch. A batch has at most BatchSize
/// rows: fit<BatchSize>, predict<BatchSize>; of a smaller one, the other rows stay as they were. Rows must not be shuffled. The states
/// are saved: `lstm/rnn_state`, `lstm/rnn_state_1`.
/// Rejects a BatchSize below 1, and a program for more rows.  Keras: stateful=True, and a fixed batch_size.
template <int BatchSize>
struct stateful {
    static constexpr std::string_view option = "stateful";
    static constexpr int value = BatchSize;
};
/// Recurrent layers go from the last step to the first; outputs of all steps come in the order in which they are made.  Keras:
/// go_backwards=True.
struct go_backwards {
    static constexpr std::string_view option = "go_backwards";
    static constexpr bool value = true;
};
/// The activation of the gates of a recurrent layer.
template <class Layer>
struct recurrent_activation {
    static constexpr std::string_view option = "recurrent_activation";
    using type = Layer;
};
template <class Initializer>
struct recurrent_initializer {
    static constexpr std::string_view option = "recurrent_initializer";
    using type = Initializer;
};
template <class Regularizer>
struct recurrent_regularizer {
    static constexpr std::string_view option = "recurrent_regularizer";
    using type = Regularizer;
};
/// The probability with which an element of the state is dropped where it is multiplied by the recurrent kernel, in all steps alike.
template <auto Rate>
struct recurrent_dropout {
    static constexpr std::string_view option = "recurrent_dropout";
    static constexpr double value = Rate;
};
/// LSTM: the bias of the forget gate begins as the others do, not at 1.  Keras: unit_forget_bias=False.
struct no_unit_forget_bias {
    static constexpr std::string_view option = "no_unit_forget_bias";
    static constexpr bool value = false;
};
/// GRU: the reset gate is applied to the state in front of the product, not behind it.  Keras: reset_after=False.
struct no_reset_after {
    static constexpr std::string_view option = "no_reset_after";
    static constexpr bool value = false;
};
/// Bidirectional: the layer that joins both directions: Concatenate, Add, Multiply, Average, or Tuple.
template <class Merge>
struct merge_mode {
    static constexpr std::string_view option = "merge_mode";
    using type = Merge;
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
