// SPDX-License-Identifier: BSL-1.0
// A scan that hands on something of another shape.
// expect: NETWORK_DOES_NOT_FIT<layer 1 running_sum \(RunningSum<false>\) carries a tensor of n x 4 into a step that hands on one number for each row: both must be equal>
#include <weft/weft.hpp>

using namespace weft;

/// A running sum, written as a loop; its steps must hand on what they got.
template <bool Fits>
struct RunningSum {
    static constexpr Tensor define(Graph& g, Tensor x) {
        const int steps = x.shape()[0].constant, width = x.shape()[1].constant;
        const Tensor zero = g.constant(0, Shape{width}.with_batch());
        const auto result = scan(g, steps, std::array{zero}, std::array{steps_first(x)}, [](auto carried, auto element) {
            const Tensor total = carried[0] + element[0];
            return ScanStep<1, 1>{{Fits ? total : sum(total, -1)}, {total}};
        });
        return batch_first(result.outputs[0]);
    }
};

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, RunningSum<false>, Flatten, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, RunningSum<true>, Flatten, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
