// SPDX-License-Identifier: BSL-1.0
// Layer UpSampling2D: a larger image of the same content.
#pragma once
#include <weft/layers/image.hpp>

namespace weft {
namespace detail {

/// The weights (size * input, input) of straight lines between pixels, which lie in the middle of what they cover.
constexpr Tensor line_weights(Graph& g, int input, int size) {
    const Shape s{input * size, input};
    const Tensor at = minimum(maximum((g.iota(s, 0) + 0.5) * (1.0 / size) - 0.5, 0.0), input - 1.0);
    return maximum(1.0 - abs(at - g.iota(s, 1)), 0.0);
}

} // namespace detail

/// Every pixel becomes Factor x Factor pixels.
///
///   y[i, j] = x[floor(i / Factor), floor(j / Factor)];  bilinear: x at ((i + 1/2) / Factor - 1/2, …) on lines between pixels, the border
///   repeated outside
///
/// Input   (H, W, C)     Output  (H Factor, W Factor, C)     Parameters  none
/// Factor  a number or a Size.     Options bilinear.
/// Rejects what is no image, a factor below 1.
/// Keras: UpSampling2D(size, interpolation="nearest" or "bilinear").  PyTorch: Upsample(scale_factor, mode="nearest"); bilinear is
/// Upsample(mode="bilinear", align_corners=False).
template <auto Factor, class... Options>
struct UpSampling2D {
    static constexpr auto wrong = wrong_options<Options...>({"bilinear"});
    static constexpr Size factor{Factor};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::is_image(g, x)) return g.nothing();
        if (factor.height < 1 || factor.width < 1)
            g.reject("enlarges by ", factor.height, " x ", factor.width, ": needs at least 1 x 1");
        if (g.failed()) return g.nothing();
        const Shape s = x.full_shape();
        if constexpr (OptionOr<detail::unset<bilinear>, Options...>::value) {
            if (factor.height > 1) x = einsum("nhwc,oh->nowc", x, detail::line_weights(g, s[1].constant, factor.height));
            if (factor.width > 1) x = einsum("nhwc,ow->nhoc", x, detail::line_weights(g, s[2].constant, factor.width));
            return x;
        } else {
            // A product with ones, because copies have no memory until a kernel writes them.
            const Tensor copies = einsum("nhwc,ab->nhawbc", x, g.constant(1, {factor.height, factor.width}));
            return reshape(copies, {s[1] * factor.height, s[2] * factor.width, s[3]});
        }
    }
};

} // namespace weft
