// SPDX-License-Identifier: BSL-1.0
// Prediction by an entry point whose argument meets no Input and no parameter, with an array whose type does not tell its shape.
// expect: NETWORK_DOES_NOT_FIT<the entry point takes a tensor of unknown shape, number 0: begin the network that receives it with Input<...>, or name it: predict<&Net::decode, Input<2>>\(model, z\)>
#include <weft/weft.hpp>

using namespace weft;

struct Encoder {
    static constexpr Tensor encode(Graph& g, Tensor x) { return g.layer<Sequential<Input<3>, Dense<2>>>("encode", x); }
    static constexpr Tensor wave(Graph&, Tensor h) { return sin(h); }
    static constexpr void step(Step& s, Tensor x) { s.minimize(square(wave(s, encode(s, x)))); }
};

int main() {
    Model<Encoder> model;
    const xt::xtensor<float, 2> x = xt::ones<float>({5, 3});
#ifdef WEFT_REJECT
    return predict<&Encoder::wave>(model, x)(0, 0) > 1;
#else
    return predict<&Encoder::wave, Input<3>>(model, x)(0, 0) > 1;
#endif
}
