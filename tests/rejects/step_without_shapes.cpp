// SPDX-License-Identifier: BSL-1.0
// A step whose column meets no Input, in a struct that does not declare its shape.
// expect: NETWORK_DOES_NOT_FIT<step takes a tensor of unknown shape, number 0: begin the network that receives it with Input<...>, or declare using inputs = Inputs<Input<...>> beside step>
#include <weft/weft.hpp>

using namespace weft;

struct Regression {
#ifndef WEFT_REJECT
    using inputs = Inputs<Input<3>>;
#endif
    static constexpr void step(Step& s, Tensor x) { s.minimize(square(s.layer<Dense<1>>("dense", x))); }
};

int main() {
    Model<Regression> model;
    StepTrainer<Regression, 8, Adam> trainer{model, Adam{}};
    trainer.step(xt::xtensor<float, 2>(xt::ones<float>({8, 3})));
    return model.parameter("dense/kernel")(0, 0) > 1;
}
