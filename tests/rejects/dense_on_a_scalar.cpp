// SPDX-License-Identifier: BSL-1.0
// One number for each sample, given as Input<> instead of Input<1>; used as by someone who writes the loop of training alone.
// expect: NETWORK_DOES_NOT_FIT<layer 1 hidden \(Dense<32>\) needs a vector or a tensor with more axes, receives a scalar: put Reshape<1> before it>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Curve : Sequential<Input<>, Named<"hidden", Dense<32>>, Tanh, Dense<1>> {};
#else
struct Curve : Sequential<Input<1>, Named<"hidden", Dense<32>>, Tanh, Dense<1>> {};
#endif

int main() {
    const xt::xtensor<float, 2> x = xt::linspace<float>(-1, 1, 32).reshape({32, 1}), y = x * x;
    Model<Curve> model{{.seed = 42}};
#ifdef WEFT_REJECT
    Trainer<Curve, MeanSquaredError, SGD, 32> trainer{model, {}, SGD{.learning_rate = 0.1}};
    float loss = 0;
    for (int i = 0; i < 10; ++i) loss = trainer.step(x, y);
    const auto gradients = trainer.gradients(x, y);
    std::cout << loss << gradients.at("hidden/kernel")(0) << predict(model, x)(0, 0) << '\n';
#endif
}
