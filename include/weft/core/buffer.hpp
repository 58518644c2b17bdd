// SPDX-License-Identifier: BSL-1.0
// Where a model or trainer keeps its numbers: inside of the object, for targets without a heap.
#pragma once
#include <cstddef>

namespace weft::detail {

/// N numbers inside of the object, aligned for vectors, zero at first.
template <class T, std::size_t N>
class StaticBuffer {
public:
    T* data() { return values_; }
    const T* data() const { return values_; }

private:
    alignas(64) T values_[N > 0 ? N : 1] = {};
};

} // namespace weft::detail
