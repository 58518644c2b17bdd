// SPDX-License-Identifier: BSL-1.0
// Layer Dot: products of the rows of two tensors, sample by sample.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// The sum of products along one axis of each of two tensors; axes count from 1, as in Keras (0 is the batch), or from -1 backwards.
///
///   Dot<1> of vectors:  y = sum over d of a[d] b[d]          Dot<2, 1> of matrices:  y[i, j] = sum over k of a[i, k] b[k, j]
///
/// Input   two tensors     Output  the other axes of the first, then those of the second; (1) when there are none     Parameters  none
/// Options normalize: both are first divided by their lengths along the axis, max(length, 1e-6), which gives cosines.
/// Rejects axes that there are not, axes of different extents, results of more than five axes.
/// Keras: Dot.  PyTorch: bmm, cosine_similarity.
template <int First, int Second = First, class... Options>
struct Dot {
    static constexpr auto wrong = wrong_options<Options...>({"normalize"});

    static constexpr Tensor define(Graph& g, Tensor a, Tensor b) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const Shape x = a.full_shape(), y = b.full_shape();
        const int i = First < 0 ? x.rank + First : First, j = Second < 0 ? y.rank + Second : Second;
        if (i < 1 || i >= x.rank) g.reject("sums along axis ", First, " of ", a.shape(), ": axes count from 1");
        if (j < 1 || j >= y.rank) g.reject("sums along axis ", Second, " of ", b.shape(), ": axes count from 1");
        if (!g.failed() && !(x[i] == y[j]))
            g.reject("sums along an axis of ", x[i].constant, " and one of ", y[j].constant, ": their extents must be equal");
        if (x.rank + y.rank - 3 > Shape::max_rank) g.reject("makes a tensor of more than five axes");
        if (g.failed()) return g.nothing();
        if constexpr (OptionOr<detail::unset<normalize>, Options...>::value) {
            a = l2_normalize(a, i - 1, 1e-12);
            b = l2_normalize(b, j - 1, 1e-12);
        }
        // Letters: n the batch, k what is summed, a… and f… the other axes.
        detail::TextBuffer<20> left, right, out;
        out << 'n';
        for (int axis = 0; axis < x.rank; ++axis) left << (axis == 0 ? 'n' : axis == i ? 'k' : static_cast<char>('a' + axis));
        for (int axis = 0; axis < y.rank; ++axis) right << (axis == 0 ? 'n' : axis == j ? 'k' : static_cast<char>('t' + axis));
        for (std::string_view letters : {left.view(), right.view()})
            for (char letter : letters)
                if (letter != 'n' && letter != 'k') out << letter;
        left << ',' << right.view() << "->" << out.view();
        const Tensor product = einsum(left.view(), a, b);
        return product.shape().empty() ? expand_dims(product, -1) : product;
    }
};

} // namespace weft
