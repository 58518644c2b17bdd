// SPDX-License-Identifier: BSL-1.0
// A whole program around a network that does not fit: one error, however many of its lines need the network.
// expect: NETWORK_DOES_NOT_FIT<layer 2 conv2d \(Conv2D<32, 3>\) needs an image \(height, width, channels\), receives a vector of 64: put it before Flatten>
#include <weft/weft.hpp>

using namespace weft;

struct Digits : Sequential<
    Input<8, 8, 1>,
#ifdef WEFT_REJECT
    Flatten, Conv2D<32, 3>,
#else
    Conv2D<32, 3>, Flatten,
#endif
    Dense<10>> {};

static_assert(output_shape<Digits> == Shape{10} && output_shape<Digits>.rank == 1 && output_shape<Digits>[0] == 10);
static_assert(parameter_count<Digits> > 10);

#ifdef WEFT_REJECT
using Train = Trainer<Digits, SparseCategoricalCrossentropy, Adam, 32>;
static_assert(Train::parameter_count == parameter_count<Digits> && Train::workspace_bytes < 100000);

float loop(Model<Digits>& model, const data::Dataset<xt::xtensor<float, 4>, xt::xtensor<int, 1>>& train) {
    Train trainer{model, {}, Adam{.learning_rate = 1e-3}};
    trainer.optimizer.learning_rate = 1e-4;
    float loss = 0;
    for (int i = 0; i < 3; ++i) loss += trainer.step(train.x, train.y);
    const auto gradients = trainer.gradients(train.x, train.y);
    return loss + gradients.at("dense/kernel")(0, 0);
}
#endif

int main() {
    Model<Digits> model{{.seed = 42}};
    std::cout << summary(model) << describe<Digits>();
#ifdef WEFT_REJECT
    auto [train, test] = data::digits().split(0.2f);
    History history = fit(model, train, SparseCategoricalCrossentropy{}, Adam{}, {.epochs = 10, .validation = &test}, Accuracy{});
    std::cout << evaluate(model, test, Accuracy{}) << evaluate(model, test, SparseCategoricalCrossentropy{}, Accuracy{}).at("accuracy");
    xt::xtensor<float, 2> y = predict(model, test.x);
    std::cout << describe<Digits, SparseCategoricalCrossentropy, Adam, 32>() << loop(model, train) << y(0, 3);
#endif
    save(model, "digits.safetensors");
    load(model, "digits.safetensors");
    std::cout << model.parameter("dense/kernel")(0, 0) << model.parameter<"dense/bias">()(0);
}
