// SPDX-License-Identifier: BSL-1.0
// Five loops inside of each other: an address has four steps.
// expect: NETWORK_DOES_NOT_FIT<layer 1 deep \(Deep<5>\) nests 5 scans: at most 4 may be inside of each other>
#include <weft/weft.hpp>

using namespace weft;

/// Doubles two numbers 2^Depth times.
template <int Depth>
struct Deep {
    static constexpr Tensor define(Graph& g, Tensor x) { return twice<Depth>(g, x); }

private:
    template <int More>
    static constexpr Tensor twice(Graph& g, Tensor x) {
        if constexpr (More == 0) {
            return 2.0 * x;
        } else {
            const auto loop = scan(g, 2, std::array{x}, std::array<Tensor, 0>{}, [&](const auto& carried, const auto&) {
                return ScanStep<1, 0>{{twice<More - 1>(g, carried[0])}, {}};
            });
            return loop.last[0];
        }
    }
};

#ifdef WEFT_REJECT
struct Net : Sequential<Input<2>, Deep<5>> {};
#else
struct Net : Sequential<Input<2>, Deep<2>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
