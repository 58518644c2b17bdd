// SPDX-License-Identifier: BSL-1.0
// The members of an aggregate by position: which one a pointer to member means, and all their values as doubles.
#pragma once
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace weft {
namespace detail {

struct AnyMember {
    template <class T>
    constexpr operator T() const;
};

template <class T, std::size_t... I>
constexpr bool constructible_from(std::index_sequence<I...>) {
    return requires { T{(static_cast<void>(I), AnyMember{})...}; };
}
template <class T, std::size_t N = 12>
constexpr std::size_t member_count() {
    if constexpr (N == 0 || constructible_from<T>(std::make_index_sequence<N>{})) return N;
    else return member_count<T, N - 1>();
}

} // namespace detail

/// Calls `f` with every member of the aggregate `t` (at most 12: a loss, optimizer or metric holds numbers only).
template <class T, class F>
constexpr decltype(auto) with_members(T& t, F f) {
    constexpr std::size_t n = detail::member_count<std::remove_cv_t<T>>();
    if constexpr (n == 0) { return f(); }
    else if constexpr (n == 1) { auto& [a] = t; return f(a); }
    else if constexpr (n == 2) { auto& [a, b] = t; return f(a, b); }
    else if constexpr (n == 3) { auto& [a, b, c] = t; return f(a, b, c); }
    else if constexpr (n == 4) { auto& [a, b, c, d] = t; return f(a, b, c, d); }
    else if constexpr (n == 5) { auto& [a, b, c, d, e] = t; return f(a, b, c, d, e); }
    else if constexpr (n == 6) { auto& [a, b, c, d, e, g] = t; return f(a, b, c, d, e, g); }
    else if constexpr (n == 7) { auto& [a, b, c, d, e, g, h] = t; return f(a, b, c, d, e, g, h); }
    else if constexpr (n == 8) { auto& [a, b, c, d, e, g, h, i] = t; return f(a, b, c, d, e, g, h, i); }
    else if constexpr (n == 9) { auto& [a, b, c, d, e, g, h, i, j] = t; return f(a, b, c, d, e, g, h, i, j); }
    else if constexpr (n == 10) { auto& [a, b, c, d, e, g, h, i, j, k] = t; return f(a, b, c, d, e, g, h, i, j, k); }
    else if constexpr (n == 11) { auto& [a, b, c, d, e, g, h, i, j, k, l] = t; return f(a, b, c, d, e, g, h, i, j, k, l); }
    else { auto& [a, b, c, d, e, g, h, i, j, k, l, m] = t; return f(a, b, c, d, e, g, h, i, j, k, l, m); }
}

/// The number of members of an aggregate.
template <class T>
inline constexpr std::size_t member_count = detail::member_count<T>();

/// The position of the member that `pointer` means: it is given a value that no member starts with, then looked for.
template <class T, class Member>
constexpr int member_index(Member T::* pointer) {
    T probe{};
    constexpr double mark = 7.25e77;
    probe.*pointer = Member(mark);
    return with_members(probe, [](const auto&... members) {
        int index = -1, position = 0;
        ((static_cast<double>(members) == mark ? static_cast<void>(index = position) : static_cast<void>(0), ++position), ...);
        return index;
    });
}

/// All members as doubles, a schedule read at update number `iteration`.
template <class T>
constexpr std::array<double, member_count<T>> member_values(const T& t, double iteration) {
    return with_members(t, [iteration](const auto&... members) {
        auto read = [iteration](const auto& member) {
            if constexpr (requires { member.at(iteration); }) return static_cast<double>(member.at(iteration));
            else return static_cast<double>(member);
        };
        static_cast<void>(read);
        static_cast<void>(iteration);
        return std::array<double, member_count<T>>{read(members)...};
    });
}

} // namespace weft
