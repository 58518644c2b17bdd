// SPDX-License-Identifier: BSL-1.0
// Combinator Residual: what a body computes is added to what it receives.
#pragma once
#include <weft/layers/linear.hpp>

namespace weft {

/// Residual connection.
///
///   y = Body(x) + Shortcut(x)
///
/// Input   what Body takes     Output  what Body gives     Parameters  those of both
/// Rejects a body and a shortcut of different shapes.
/// Keras: layers.Add()([body(x), shortcut(x)]).  PyTorch: body(x) + shortcut(x).
/// He et al. 2016, arXiv:1512.03385.
template <class Body, class Shortcut = Identity>
struct Residual {
    using combinator = Residual;

    static constexpr Tensor define(Graph& g, Tensor x) {
        const std::size_t first = g.layers.size();
        const Tensor body = detail::call_layer<Body>(g, x);
        Tensor shortcut = x;
        if constexpr (!std::is_same_v<Shortcut, Identity>) shortcut = detail::call_layer<Shortcut>(g, x);
        if (g.failed()) return g.nothing();
        if (!(body.shape() == shortcut.shape())) {
            g.reject("the Residual of ", detail::range_of(g, first), " adds ", body.shape(), " from its body to ", shortcut.shape(),
                     " from its shortcut: ", remedy(body.shape(), x.shape()).view());
            return g.nothing();
        }
        return body + shortcut;
    }

private:
    /// The shortcut that leads from one shape to the other.
    static constexpr detail::Message remedy(const Shape& to, const Shape& from) {
        detail::Message m;
        m << "give it a shortcut to the same shape";
        if (to.rank == 1 && from.rank == 1) m << ": Residual<Body, Dense<" << to[0].constant << ">>";
        if (to.rank != 3 || from.rank != 3) return m;
        const int stride = (from[0].constant + to[0].constant - 1) / to[0].constant;
        const auto ends_at = [&](int axis) { return (from[axis].constant + stride - 1) / stride == to[axis].constant; };
        if (!ends_at(0) || !ends_at(1)) return m;
        m << ": Residual<Body, Conv2D<" << to[2].constant << ", 1";
        if (stride > 1) m << ", strides<" << stride << '>';
        m << ">>";
        return m;
    }
};

} // namespace weft
