// SPDX-License-Identifier: BSL-1.0
// A layer of the user's own that says in words what it needs.
// expect: NETWORK_DOES_NOT_FIT<layer 2 cumulative_pairs \(CumulativePairs<2>\) needs an even number of features, receives a vector of 7: choose Dense<8>>
#include <weft/weft.hpp>

using namespace weft;

template <int Count>
struct CumulativePairs {
    static constexpr Tensor define(Graph& g, Tensor x) {
        const int features = x.shape().back().constant;
        if (features % Count != 0) {
            g.reject("needs an even number of features, receives ", x.shape(), ": choose Dense<", features + 1, ">");
            return g.nothing();
        }
        return sum(reshape(x, {features / Count, Count}), -1);
    }
};

#ifdef WEFT_REJECT
struct Net : Sequential<Input<3>, Dense<7>, CumulativePairs<2>, Dense<1>> {};
#else
struct Net : Sequential<Input<3>, Dense<8>, CumulativePairs<2>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return model.parameter<"dense_1/kernel">()(0, 0) > 1;
}
