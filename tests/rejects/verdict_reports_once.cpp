// SPDX-License-Identifier: BSL-1.0
// The recipe of core/verdict.hpp, without a library around it: a bad network gives one error, however many places state the check.
// expect: NETWORK_DOES_NOT_FIT<layer 5 conv2d_1 \(Conv2D<32, 3>\) needs an image \(height, width, channels\), receives a vector of 128: put it before Flatten>
#include "weft/core/verdict.hpp"

using namespace weft;

struct Net {
    static constexpr Message message = []() -> Message {
#ifdef WEFT_REJECT
        return Message{} << "layer 5 conv2d_1 (Conv2D<32, 3>) needs an image (height, width, channels), receives a vector of " << 128
                         << ": put it before Flatten";
#else
        return {};
#endif
    }();
    static constexpr int units = message.empty() ? 10 : 0;
};

template <class N>
inline constexpr bool fits = N::message.empty();

template <class N>
constexpr auto units_or_anything() {
    if constexpr (fits<N>) return N::units;
    else return Anything{};
}

template <class N, bool = Verified<N>::value>
inline constexpr auto output_units = units_or_anything<N>();

template <class N, bool Fits>
struct ModelBody {
    explicit ModelBody(int) {}
    float parameters[N::units] = {};
};
template <class N>
struct ModelBody<N, false> {
    explicit ModelBody(int) {}
};

template <class N>
struct Model : ModelBody<N, fits<N>> {
    static_assert(Verified<N>::value);
    using ModelBody<N, fits<N>>::ModelBody;
};

template <class N>
struct Trainer {
    static_assert(Verified<N>::value);
    explicit Trainer(Model<N>& model) : model(model) {}
    float step() {
        if constexpr (fits<N>) return model.parameters[0];
        else return 0;
    }
    Model<N>& model;
};

template <class N>
auto fit(Model<N>& model) {
    static_assert(Verified<N>::value);
    return Trainer<N>{model}.step();
}

static_assert(output_units<Net> == 10);

int main() {
    Model<Net> model{1};
    Trainer<Net> trainer{model};
    return trainer.step() == fit(model) && output_units<Net> == 10 ? 0 : 1;
}
