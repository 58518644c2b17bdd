// SPDX-License-Identifier: BSL-1.0
// A trainer with another number of optimizers than its step minimizes losses.
// expect: LOSS_DOES_NOT_FIT<step of Chase minimizes 2 losses, and its trainer has 3 optimizers: give it one for each, in their order, or one for all>
#include <weft/weft.hpp>

using namespace weft;

struct Chase {
    static constexpr void step(Step& s, Tensor x) {
        s.minimize<"a/*">(square(s.layer<Sequential<Input<3>, Dense<1>>>("a", x)));
        s.minimize<"b/*">(square(s.layer<Dense<1>>("b", x)));
        s.metric("a", s.layer<Dense<1>>("a/dense", x));
    }
};

int main() {
    Model<Chase> model;
#ifdef WEFT_REJECT
    StepTrainer<Chase, 8, Adam, Adam, SGD> trainer{model, Adam{}, Adam{}, SGD{}};
#else
    StepTrainer<Chase, 8, Adam, SGD> trainer{model, Adam{}, SGD{}};
#endif
    return trainer.step(xt::xtensor<float, 2>(xt::ones<float>({8, 3})))["a"] > 1;
}
