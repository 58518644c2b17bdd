// SPDX-License-Identifier: BSL-1.0
// A step that takes two tensors, called with one array.
// expect: DATA_DOES_NOT_FIT<the step takes 2 arrays, one for each Tensor; it receives 1>
#include <weft/weft.hpp>

using namespace weft;

struct Regression {
    using inputs = Inputs<Input<3>, Input<>>;
    static constexpr void step(Step& s, Tensor x, Tensor y) {
        const Tensor loss = square(squeeze(s.layer<Dense<1>>("dense", x)) - y);
        s.minimize(loss);
        s.metric("loss", loss);
    }
};

int main() {
    Model<Regression> model;
    StepTrainer<Regression, 8, Adam> trainer{model, Adam{}};
    const xt::xtensor<float, 2> x = xt::ones<float>({8, 3});
#ifdef WEFT_REJECT
    const auto r = trainer.step(x);
#else
    const auto r = trainer.step(x, xt::xtensor<float, 1>(xt::ones<float>({8})));
#endif
    return r["loss"] > 1;
}
