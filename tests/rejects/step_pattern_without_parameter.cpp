// SPDX-License-Identifier: BSL-1.0
// A training step that minimizes parameters by a pattern that none of their names has.
// expect: NETWORK_DOES_NOT_FIT<minimize<critic/\*> matches no parameter; there are judge/dense/bias, judge/dense/kernel>
#include <weft/weft.hpp>

using namespace weft;

struct Gan {
    using Judge = Sequential<Input<3>, Dense<1>>;
    static constexpr void step(Step& s, Tensor real) {
#ifdef WEFT_REJECT
        s.minimize<"critic/*">(softplus(-s.layer<Judge>("judge", real)));
#else
        s.minimize<"judge/*">(softplus(-s.layer<Judge>("judge", real)));
#endif
    }
};

int main() {
    Model<Gan> model{{.seed = 42}};
    StepTrainer<Gan, 8, Adam> trainer{model, Adam{.learning_rate = 1e-3}};
    trainer.step(xt::xtensor<float, 2>(xt::ones<float>({8, 3})));
    return model.parameter<"judge/dense/kernel">()(0, 0) > 1;
}
