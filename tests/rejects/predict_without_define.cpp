// SPDX-License-Identifier: BSL-1.0
// Prediction by a struct of entry points, without saying by which of them.
// expect: NETWORK_DOES_NOT_FIT<Encoder has no define: an entry point predicts by predict<&Encoder::name>\(model, x\), and a StepTrainer trains by its step>
#include <weft/weft.hpp>

using namespace weft;

struct Encoder {
    static constexpr Tensor encode(Graph& g, Tensor x) { return g.layer<Sequential<Input<3>, Dense<2>>>("encode", x); }
    static constexpr void step(Step& s, Tensor x) { s.minimize(square(encode(s, x))); }
};

int main() {
    Model<Encoder> model;
    const xt::xtensor<float, 2> x = xt::ones<float>({5, 3});
#ifdef WEFT_REJECT
    return predict(model, x)(0, 0) > 1;
#else
    return predict<&Encoder::encode>(model, x)(0, 0) > 1;
#endif
}
