// SPDX-License-Identifier: BSL-1.0
// A loss of triplets behind a network that gives no three vectors.
// expect: LOSS_DOES_NOT_FIT<TripletMarginLoss needs three vectors behind each other, receives a vector of 4: join anchor, positive and negative by Parallel<Concatenate, ...>>
#include <weft/weft.hpp>

using namespace weft;

struct Encoder : Sequential<Dense<8>, Tanh, Dense<4>> {};
struct One : Sequential<Input<4>, Encoder> {};
struct Three : Sequential<Parallel<Concatenate, Sequential<Input<4>, Shared<"encoder", Encoder>>,
                                   Sequential<Input<4>, Shared<"encoder", Encoder>>, Sequential<Input<4>, Shared<"encoder", Encoder>>>> {};

int main() {
    const xt::xtensor<float, 2> x = xt::ones<float>({2, 4});
    const xt::xtensor<float, 1> y = xt::zeros<float>({2});
#ifdef WEFT_REJECT
    Model<One> model;
    fit(model, data::Dataset{x, y}, TripletMarginLoss{}, SGD{}, {.verbose = 0});
#else
    Model<Three> model;
    fit(model, data::Dataset{std::tuple{x, x, x}, y}, TripletMarginLoss{.margin = 0.5}, SGD{}, {.verbose = 0});
#endif
}
