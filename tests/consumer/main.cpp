// SPDX-License-Identifier: BSL-1.0
// A program of another project: defines a network, trains and evaluates it on an installed data set, saves and loads it.
#include <iostream>
#include <weft/weft.hpp>

using namespace weft;

int other_translation_unit();

struct Digits : Sequential<Input<8, 8, 1>, Flatten, Dense<16>, ReLU, Dense<10>> {};
static_assert(output_shape<Digits> == Shape{10});
static_assert(parameter_count<Digits> == 1210);

int main() {
    auto [train, test] = data::digits().split(0.2f);
    Model<Digits> model{{.seed = 42}};
    std::cout << summary(model);
    fit(model, train, SparseCategoricalCrossentropy{}, Adam{.learning_rate = 1e-2}, {.epochs = 5});
    save(model, "digits.safetensors");
    Model<Digits> copy{{.seed = 1}};
    load(copy, "digits.safetensors");
    double const accuracy = evaluate(copy, test, Accuracy{});
    std::cout << accuracy << '\n';
    return accuracy > 0.85 && other_translation_unit() == 1210 ? 0 : 1;
}
