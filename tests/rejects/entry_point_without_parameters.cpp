// SPDX-License-Identifier: BSL-1.0
// Prediction by an entry point whose parameters neither the step nor the list of the struct asks for.
// expect: NO_SUCH_PARAMETER<the entry point asks for the parameter head/bias \(1\), which the model of Encoder lacks: add what asks for it to its entry_points. It has encode/dense/bias, encode/dense/kernel>
#include <weft/weft.hpp>

using namespace weft;

struct Encoder {
    static constexpr Tensor encode(Graph& g, Tensor x) { return g.layer<Sequential<Input<3>, Dense<2>>>("encode", x); }
    static constexpr Tensor judge(Graph& g, Tensor x) { return g.layer<Dense<1>>("head", encode(g, x)); }
    static constexpr void step(Step& s, Tensor x) { s.minimize(square(encode(s, x))); }
#ifndef WEFT_REJECT
    static constexpr auto entry_points = weft::entry_points<&Encoder::judge>;
#endif
};

int main() {
    Model<Encoder> model;
    const auto y = predict<&Encoder::judge>(model, xt::xtensor<float, 2>(xt::ones<float>({5, 3})));
    return y(0, 0) > 1;
}
