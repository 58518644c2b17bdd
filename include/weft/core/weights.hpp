// SPDX-License-Identifier: BSL-1.0
// What an initializer fills: the elements of one parameter with its shape, its fans and a generator seeded by its path.
#pragma once
#include <weft/core/philox.hpp>
#include <weft/core/shape.hpp>

namespace weft {

/// The elements of one parameter or state, of either width, row-major.
///
/// An initializer is a type with `static constexpr void initialize(Weights& w)`: it calls `w.set(i, value)` for every i below `w.size()`.
struct Weights {
    Shape shape{};
    Random random{0};
    float* single = nullptr;
    double* wide = nullptr;

    constexpr int size() const { return shape.elements().constant; }
    constexpr void set(int i, double value) {
        if (single != nullptr) single[i] = static_cast<float>(value);
        else wide[i] = value;
    }
    constexpr double get(int i) const { return single != nullptr ? static_cast<double>(single[i]) : wide[i]; }

    /// Inputs that one output sums over: extents (…, in, out) give in times the receptive field (Keras' rule).
    constexpr double fan_in() const { return shape.rank < 2 ? size() : receptive_field() * shape[shape.rank - 2].constant; }
    /// Outputs that one input reaches.
    constexpr double fan_out() const { return shape.rank < 2 ? size() : receptive_field() * shape[shape.rank - 1].constant; }

private:
    constexpr double receptive_field() const {
        double field = 1;
        for (int i = 0; i + 2 < shape.rank; ++i) field *= shape[i].constant;
        return field;
    }
};

} // namespace weft
