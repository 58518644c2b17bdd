// SPDX-License-Identifier: BSL-1.0
// A step that asks for a parameter that the model of its base does not have.
// expect: NO_SUCH_PARAMETER<step of Distance asks for the parameter head/kernel \(2, 1\), which the model of Encoder lacks: add what asks for it to its entry_points. It has encode/dense/bias, encode/dense/kernel>
#include <weft/weft.hpp>

using namespace weft;

struct Encoder {
    static constexpr Tensor encode(Graph& g, Tensor x) { return g.layer<Sequential<Input<3>, Dense<2>>>("encode", x); }
    static constexpr Tensor head(Graph& g, Tensor h) { return g.layer<Dense<1>>("head", Input<2>::define(g, h)); }
#ifdef WEFT_REJECT
    static constexpr auto entry_points = weft::entry_points<&Encoder::encode>;
#else
    static constexpr auto entry_points = weft::entry_points<&Encoder::encode, &Encoder::head>;
#endif
};
struct Distance : Encoder {
    static constexpr void step(Step& s, Tensor x) {
        const Tensor y = s.layer<Dense<1, no_bias>>("head", encode(s, x));
        s.minimize(square(y));
        s.metric("y", y);
    }
};

int main() {
    Model<Encoder> model;
    StepTrainer<Distance, 8, SGD> trainer{model, SGD{}};
    return trainer.step(xt::xtensor<float, 2>(xt::ones<float>({8, 3}))).get<"y">() > 1;
}
