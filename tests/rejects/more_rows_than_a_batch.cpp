// SPDX-License-Identifier: BSL-1.0
// A batch whose type tells that it has more rows than the trainer takes.
// expect: DATA_DOES_NOT_FIT<array 0 has 32 rows, the BatchSize of the trainer is 16>
#include <xtensor/xfixed.hpp>

#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<4>, Dense<8>, Tanh, Dense<1>> {};

int main() {
#ifdef WEFT_REJECT
    constexpr std::size_t rows = 32;
#else
    constexpr std::size_t rows = 16;
#endif
    const xt::xtensor_fixed<float, xt::xshape<rows, 4>> x{};
    const xt::xtensor_fixed<float, xt::xshape<rows, 1>> y{};
    Model<Net> model;
    Trainer<Net, MeanSquaredError, SGD, 16> trainer{model};
    return trainer.gradients(x, y).at("dense/kernel")(0, 0) > 0;
}
