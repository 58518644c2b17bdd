// SPDX-License-Identifier: BSL-1.0
// Layer Reshape: the elements of a sample under another shape.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// The elements of a sample in row-major order under the shape (Extents...); one extent may be -1 and follows from the others.
///
/// Input   any     Output  (Extents...)     Parameters  none
/// Rejects a shape with another number of elements, two extents of -1, extents of 0 or below -1, more than five of them.
/// Keras: Reshape.  PyTorch: Unflatten, reshape.
template <int... Extents>
struct Reshape {
    static constexpr Tensor define(Graph& g, Tensor x) {
        if (g.failed()) return g.nothing();
        Shape shape{Extents...};
        int known = 1, unknown = -1;
        for (int i = 0; i < shape.rank; ++i) {
            const int extent = shape.extent[i].constant;
            if (extent == 0 || extent < -1 || (extent == -1 && unknown >= 0) || sizeof...(Extents) >= Shape::max_rank) {
                g.reject("needs at most five extents, each positive or one of them -1");
                return g.nothing();
            }
            if (extent == -1) unknown = i;
            else known *= extent;
        }
        const Extent elements = x.shape().elements();
        if (unknown >= 0 && elements.constant % known == 0 && elements.batch % known == 0) shape.extent[unknown] = elements / known;
        if (shape.elements() == elements) return reshape(x, shape);
        if (unknown >= 0)
            g.reject("divides ", x.shape(), ", which has ", elements.constant, " elements, by ", known, ": the extents must divide it");
        else
            g.reject("makes ", shape.elements().constant, " elements of ", x.shape(), ", which has ", elements.constant,
                     ": the products must be equal");
        return g.nothing();
    }
};

} // namespace weft
