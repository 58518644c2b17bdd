// SPDX-License-Identifier: BSL-1.0
// Products of two tensors in Einstein's notation: each axis has a letter, and what the result does not name is summed.
#pragma once
#include <string_view>

#include <weft/graph/contract.hpp>

namespace weft {
namespace detail {

/// The parts of "ab,bc->ac".
struct Einsum {
    std::string_view a, b, out;
    bool valid = false;
};
constexpr bool has_twice(std::string_view letters) {
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (letters.find(letters[i], i + 1) != letters.npos) return true;
    return false;
}
constexpr Einsum parse_einsum(std::string_view equation) {
    const std::size_t comma = equation.find(','), arrow = equation.find("->");
    if (comma == equation.npos || arrow == equation.npos || comma > arrow) return {};
    Einsum e{equation.substr(0, comma), equation.substr(comma + 1, arrow - comma - 1), equation.substr(arrow + 2), true};
    for (std::string_view part : {e.a, e.b, e.out}) {
        e.valid = e.valid && part.size() <= static_cast<std::size_t>(Shape::max_rank) && !has_twice(part);
        for (char c : part) e.valid = e.valid && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
    for (char c : e.out) e.valid = e.valid && (e.a.find(c) != e.a.npos || e.b.find(c) != e.b.npos);
    return e;
}

} // namespace detail

/// The sum over all letters that the result does not have: `einsum("bthk,bshk->bhts", query, key)`. Letters name full axes, the batch
/// included; each stands once in an operand.  Keras: ops.einsum.  PyTorch: einsum.
constexpr Tensor einsum(std::string_view equation, Tensor a, Tensor b) {
    Graph& g = *a.graph;
    if (g.failed()) return g.nothing();
    const detail::Einsum e = detail::parse_einsum(equation);
    const Shape x = a.full_shape(), y = b.full_shape();
    if (!e.valid || static_cast<int>(e.a.size()) != x.rank || static_cast<int>(e.b.size()) != y.rank) {
        g.reject("multiplies ", a.shape(), " by ", b.shape(), " as ", equation, ": needs one letter for each axis, the batch included");
        return g.nothing();
    }
    detail::Nest nest;
    char letter[detail::Nest::max_loops] = {};
    bool fits = true;
    const auto loop_of = [&](char c, Extent extent) {
        for (int l = 0; l < nest.loops; ++l)
            if (letter[l] == c) {
                fits = fits && nest.extent[l] == extent;
                return l;
            }
        if (nest.loops == detail::Nest::max_loops) {
            fits = false;
            return 0;
        }
        letter[nest.loops] = c;
        return nest.add_loop(extent);
    };
    // The loops of the result come first, in its order, as in every other nest.
    Shape out;
    for (char c : e.out) {
        const std::size_t in_a = e.a.find(c), in_b = e.b.find(c);
        const Extent extent = in_a != e.a.npos ? x[static_cast<int>(in_a)] : y[static_cast<int>(in_b)];
        nest.map[0][out.rank] = detail::loop(loop_of(c, extent));
        out.push_back(extent);
    }
    for (int i = 0; i < x.rank; ++i) nest.map[1][i] = detail::loop(loop_of(e.a[static_cast<std::size_t>(i)], x[i]));
    for (int i = 0; i < y.rank; ++i) nest.map[2][i] = detail::loop(loop_of(e.b[static_cast<std::size_t>(i)], y[i]));
    if (!fits) {
        g.reject("multiplies ", a.shape(), " by ", b.shape(), " as ", equation, ": axes of one letter must have one extent");
        return g.nothing();
    }
    return contract(a, b, nest, out);
}

} // namespace weft
