// SPDX-License-Identifier: BSL-1.0
// What compiling a network of 200 dense layers costs: at most 10 s and 900 MB, within the compilers' default limits of constant evaluation.
#include <iostream>

#include <weft/layers/layers.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/model/trainer.hpp>
#include <weft/optimizers/adam.hpp>

using namespace weft;

template <int Width>
using Unit = Sequential<Dense<Width>, ReLU>;
/// Ten layers of seven widths.
using Ten = Sequential<Unit<8>, Unit<16>, Unit<24>, Unit<32>, Unit<40>, Unit<48>, Unit<56>, Unit<24>, Unit<16>, Unit<32>>;
using Fifty = Sequential<Ten, Ten, Ten, Ten, Ten>;
struct Deep : Sequential<Input<8>, Fifty, Fifty, Fifty, Fifty, Dense<2>> {};

int main() {
#if defined(WEFT_PASSES_ALONE)
    using Source = detail::BackwardProgram<Deep, detail::TrainingSource<Deep, MeanSquaredError, false>, Adam, Gradients::update, 8, float>;
    std::cout << Source::plan.program.operations.size() << " operations, " << Source::plan.groups.size() << " groups\n";
#else
    Model<Deep> model{{.seed = 1}};
    Trainer<Deep, MeanSquaredError, Adam, 8> trainer{model};
    xt::xtensor<float, 2> x({8, 8}, 0.5f), y({8, 2}, 0.25f);
    for (int i = 0; i < 5; ++i) std::cout << trainer.step(x, y) << '\n';
#endif
}
