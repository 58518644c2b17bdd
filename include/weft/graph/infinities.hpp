// SPDX-License-Identifier: BSL-1.0
// Which values of a program may be infinite on purpose: those that an infinite constant reaches, such as the mask of an attention.
#pragma once
#include <weft/graph/pointwise.hpp>
#include <weft/graph/reduce.hpp>
#include <weft/graph/window.hpp>

namespace weft::detail {

/// Infinities that a value may hold without a fault, as bits.
namespace infinity {
inline constexpr unsigned char plus = 1, minus = 2, both = 3;
constexpr unsigned char negated(unsigned char bits) { return static_cast<unsigned char>((bits & 1) << 1 | bits >> 1); }
} // namespace infinity

/// The infinities that operation `o` may give, from those of its operands. Constants beyond `largest` are infinite as Reals.
///
/// -inf is a mask of what follows: exp makes it 0, and the maximum of a row is finite unless the whole row is masked, which is a fault.
constexpr unsigned char infinities_of(const Operation& o, const unsigned char (&of)[4], double largest) {
    using infinity::both, infinity::plus, infinity::minus;
    const auto any = static_cast<unsigned char>(of[0] | of[1] | of[2]);
    switch (o.kind) {
    case Kind::constant: return o.value > largest ? plus : o.value < -largest ? minus : 0;
    case Kind::contract: return any != 0 ? both : 0;
    case Kind::reduce: return o.code == static_cast<unsigned char>(Reduction::sum)   ? any
                              : o.code == static_cast<unsigned char>(Reduction::max) ? any & plus
                                                                                     : 0;
    case Kind::pointwise: break;
    case Kind::window: return any & (static_cast<WindowMode>(o.code) == WindowMode::max ? plus : both);
    case Kind::gather: return of[0];
    case Kind::scatter: return of[1];
    case Kind::reshape: case Kind::permute: case Kind::slice: case Kind::pad: case Kind::reverse: case Kind::concatenate:
    case Kind::broadcast: case Kind::carry: case Kind::at_step: case Kind::stack: case Kind::last: return any;
    default: return 0;
    }
    using enum Pointwise;
    switch (static_cast<Pointwise>(o.code)) {
    case add: return any;
    case subtract: return static_cast<unsigned char>(of[0] | infinity::negated(of[1]));
    case multiply: return any != 0 ? both : 0;
    case divide: return of[0] != 0 ? both : 0;
    case maximum: return static_cast<unsigned char>((any & plus) | (of[0] & of[1] & minus));
    case minimum: return static_cast<unsigned char>((of[0] & of[1] & plus) | (any & minus));
    case power: return any != 0 ? plus : 0;
    case negative: return infinity::negated(of[0]);
    case exp: case log: case softplus: case sqrt: return of[0] & plus;
    case abs: return of[0] != 0 ? plus : 0;
    case floor: case identity: case stop: return of[0];
    case choose: return static_cast<unsigned char>(of[1] | of[2]);
    default: return 0;
    }
}

} // namespace weft::detail
