// SPDX-License-Identifier: BSL-1.0
// Counter-based random numbers: Philox4x32-10, and a sequential generator on top of it for initializers and data.
#pragma once
#include <cstdint>

#include <weft/core/math.hpp>

namespace weft {

namespace detail {
struct Philox4 {
    std::uint32_t word[4];
};
} // namespace detail

/// Philox4x32-10: four random words from a counter and a key.  Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
constexpr detail::Philox4 philox(std::uint32_t c0, std::uint32_t c1, std::uint32_t c2, std::uint32_t c3, std::uint64_t key) {
    std::uint32_t k0 = static_cast<std::uint32_t>(key), k1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
        std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c0, p1 = std::uint64_t{0xCD9E8D57u} * c2;
        std::uint32_t n0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0, n2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
        c1 = static_cast<std::uint32_t>(p1);
        c3 = static_cast<std::uint32_t>(p0);
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return {{c0, c1, c2, c3}};
}

/// Mixes a value into a key so that streams of different layers are independent (splitmix64's finalizer).
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t z = a + 0x9E3779B97F4A7C15u * (b + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/// Uniform number in [0, 1) with 24 bits, exact in float and double alike.
constexpr double uniform24(std::uint32_t word) { return static_cast<double>(word >> 8) * (1.0 / 16777216.0); }

/// A sequential generator: `uniform()` in [0, 1) with 53 bits, `normal()` by Box and Muller, `below(k)`.
class Random {
public:
    constexpr explicit Random(std::uint64_t key) : key_(key) {}
    constexpr std::uint32_t word() {
        if (used_ == 4) {
            block_ = philox(static_cast<std::uint32_t>(counter_), static_cast<std::uint32_t>(counter_ >> 32), 0, 0x57454654u, key_);
            ++counter_;
            used_ = 0;
        }
        return block_.word[used_++];
    }
    constexpr double uniform() {
        std::uint64_t high = word() >> 5, low = word() >> 6;
        return static_cast<double>(high * 67108864u + low) * (1.0 / 9007199254740992.0);
    }
    constexpr double normal() {
        double u = 1.0 - uniform(), v = uniform();
        return math::sqrt(-2.0 * math::log(u)) * math::cos(6.283185307179586 * v);
    }
    constexpr std::uint64_t below(std::uint64_t k) { return static_cast<std::uint64_t>(uniform() * static_cast<double>(k)); }

private:
    std::uint64_t key_, counter_ = 0;
    detail::Philox4 block_{};
    int used_ = 4;
};

} // namespace weft
