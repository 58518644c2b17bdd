// SPDX-License-Identifier: BSL-1.0
// Where a model or trainer keeps its numbers: on the heap, allocated once at construction.
#pragma once
#include <cstring>
#include <memory>
#include <new>

namespace weft::detail {

/// N numbers on the heap, aligned for vectors, zero at first; copies are deep.
template <class T, std::size_t N>
class HeapBuffer {
public:
    HeapBuffer() : values_(static_cast<T*>(::operator new (bytes, std::align_val_t{64}))) {
        std::memset(static_cast<void*>(values_.get()), 0, bytes);
    }
    HeapBuffer(const HeapBuffer& other) : HeapBuffer() { std::memcpy(static_cast<void*>(values_.get()), other.values_.get(), bytes); }
    HeapBuffer(HeapBuffer&&) noexcept = default;
    HeapBuffer& operator=(HeapBuffer other) noexcept {
        values_.swap(other.values_);
        return *this;
    }
    T* data() { return values_.get(); }
    const T* data() const { return values_.get(); }

private:
    static constexpr std::size_t bytes = (N > 0 ? N : 1) * sizeof(T);
    struct Free {
        void operator()(T* p) const { ::operator delete(p, std::align_val_t{64}); }
    };
    std::unique_ptr<T, Free> values_;
};

} // namespace weft::detail
