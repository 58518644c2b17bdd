// SPDX-License-Identifier: BSL-1.0
// predict with one array for a network of two inputs.
// expect: DATA_DOES_NOT_FIT<the call takes 2 arrays, one for each Input of the network; it receives 1>
#include <weft/weft.hpp>

using namespace weft;

struct Branches : Sequential<Parallel<Concatenate, Sequential<Input<4>, Dense<8>>, Sequential<Input<3>, Dense<8>>>, Dense<1>> {};

int main() {
    const xt::xtensor<float, 2> a(std::array<std::size_t, 2>{8, 4}), b(std::array<std::size_t, 2>{8, 3});
    Model<Branches> model;
#ifdef WEFT_REJECT
    return predict(model, a)(0, 0) > 0;
#else
    return predict(model, a, b)(0, 0) > 0;
#endif
}
