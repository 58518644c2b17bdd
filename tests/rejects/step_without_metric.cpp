// SPDX-License-Identifier: BSL-1.0
// The name of a metric that the step does not have.
// expect: NO_SUCH_PARAMETER<step of Descent has no metric loss; it has distance>
#include <weft/weft.hpp>

using namespace weft;

struct Descent {
    static constexpr void step(Step& s, Tensor x) {
        const Tensor distance = square(s.layer<Sequential<Input<3>, Dense<1>>>("net", x));
        s.minimize(distance);
        s.metric("distance", distance);
    }
};

int main() {
    Model<Descent> model;
    StepTrainer<Descent, 8, SGD> trainer{model, SGD{}};
    const auto r = trainer.step(xt::xtensor<float, 2>(xt::ones<float>({8, 3})));
#ifdef WEFT_REJECT
    return r.get<"loss">() > 1;
#else
    return r.get<"distance">() > 1;
#endif
}
