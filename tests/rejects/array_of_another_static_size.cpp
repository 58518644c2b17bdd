// SPDX-License-Identifier: BSL-1.0
// An array whose type tells its size, for a network of another: rows of 3 numbers where 4 are needed.
// expect: DATA_DOES_NOT_FIT<array 0 has the shape \(8, 3\) and needs rows of the shape \(4\)>
#include <xtensor/xfixed.hpp>

#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<4>, Dense<8>, Tanh, Dense<1>> {};

int main() {
#ifdef WEFT_REJECT
    const xt::xtensor_fixed<float, xt::xshape<8, 3>> x{};
#else
    const xt::xtensor_fixed<float, xt::xshape<8, 4>> x{};
#endif
    const std::array<float, 8> y{};
    Model<Net> model;
    Trainer<Net, MeanSquaredError, SGD, 8> trainer{model};
    return trainer.step(x, y) > 0;
}
