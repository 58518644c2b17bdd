// SPDX-License-Identifier: BSL-1.0
// Layer EinsumDense: a Dense layer over any axes, written as an equation.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/linear.hpp>

namespace weft {

/// Product of the input with a kernel in Einstein's notation: each axis has a letter, the first is the batch, and what the result does
/// not name is summed.
///
///   EinsumDense<"ab,bc->ac", extents<64>> is Dense<64>;   y = activation(einsum(Equation, x, kernel) + bias)
///
/// Input   an axis for each letter but the first     Output  what Output states, letter by letter behind the first; -1: as in the input
/// Parameters  kernel, the extents of its letters, Glorot uniform; bias with bias_axes<"c">: those of its letters, zeros
/// Options bias_axes<"…">: none by default, as in Keras; activation<Layer>; kernel_initializer<>, bias_initializer<>.
/// Rejects equations that are none, that do not begin with the batch on either side, or have another number of letters than axes.
/// Keras: EinsumDense(equation, output_shape), of which ellipses (...) are not known here.
template <detail::Text Equation, class Output, class... Options>
struct EinsumDense {
    static constexpr auto wrong = wrong_options<Options...>({"bias_axes", "activation", "kernel_initializer", "bias_initializer"});
    static constexpr Shape output = Output::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const detail::Einsum e = detail::parse_einsum(Equation.view());
        if (!e.valid || e.a.empty() || e.out.empty() || e.a[0] != e.out[0] || e.b.find(e.a[0]) != e.b.npos)
            g.reject("has the equation ", Equation.view(), ": needs one such as ab,bc->ac, whose first letter on both sides is the batch");
        if (!g.failed() && static_cast<int>(e.a.size()) != x.shape().rank + 1)
            g.reject("has the equation ", Equation.view(), ", receives ", x.shape(), ": needs a letter for each axis, one for the batch");
        if (!g.failed() && static_cast<int>(e.out.size()) != output.rank + 1)
            g.reject("has the equation ", Equation.view(), " and ", output.rank, " extents: needs one for each letter behind the arrow but "
                     "the first");
        if (g.failed()) return g.nothing();
        Shape kernel_shape;
        for (char c : e.b) kernel_shape.push_back(extent_of(g, e, x, c));
        const Tensor kernel = g.parameter("kernel", kernel_shape, typename OptionOr<kernel_initializer<GlorotUniform>, Options...>::type{});
        for (std::size_t i = 1; i < e.out.size() && !g.failed(); ++i) {
            const int wanted = output[static_cast<int>(i) - 1].constant, found = extent_of(g, e, x, e.out[i]).constant;
            if (wanted != -1 && wanted != found)
                g.reject("has an extent of ", wanted, " for ", e.out[i], ", receives ", x.shape(), ": they must agree");
        }
        Tensor y = einsum(Equation.view(), x, kernel);
        constexpr std::string_view letters = OptionOr<bias_axes<"">, Options...>::value;
        if (!letters.empty() && !g.failed()) {
            Shape shape, spread;
            for (std::size_t i = 1; i < e.out.size(); ++i) {
                const bool has = letters.find(e.out[i]) != letters.npos;
                if (has) shape.push_back(y.full_shape()[static_cast<int>(i)]);
                spread.push_back(has ? y.full_shape()[static_cast<int>(i)] : Extent{1});
            }
            if (shape.rank != static_cast<int>(letters.size()))
                g.reject("has bias_axes ", letters, " and the equation ", Equation.view(), ": each must be a letter of the result");
            y = y + reshape(g.parameter("bias", shape, typename OptionOr<bias_initializer<Zeros>, Options...>::type{}), spread);
        }
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }

private:
    /// The extent of a letter: that of the input, or else the one that is stated.
    static constexpr Extent extent_of(Graph& g, const detail::Einsum& e, Tensor x, char c) {
        if (const std::size_t at = e.a.find(c); at != e.a.npos) return x.full_shape()[static_cast<int>(at)];
        const std::size_t at = e.out.find(c);
        const int stated = at != e.out.npos && at > 0 ? output[static_cast<int>(at) - 1].constant : -1;
        if (stated < 1) g.reject("does not know the extent of ", c, " in ", Equation.view(), ": state it");
        return stated < 1 ? Extent{1} : Extent{stated};
    }
};

} // namespace weft
