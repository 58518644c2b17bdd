// SPDX-License-Identifier: BSL-1.0
// Recognizes handwritten digits with a small convolutional network: summary, training, accuracy, confusion matrix, misread digits.
#include <iostream>

#include <weft/weft.hpp>
using namespace weft;

struct Digits : Sequential<
    Input<8, 8, 1>,
    Conv2D<16, 3, same>, ReLU,
    Conv2D<32, 3, same>, ReLU,
    MaxPooling2D<2>,
    Flatten, Dense<64>, ReLU, Dropout<0.25f>,
    Dense<10>> {};

static_assert(output_shape<Digits> == Shape{10});
static_assert(parameter_count<Digits> == 38282);

int main() {
    auto [train, test] = data::digits().split(0.2f);
    Model<Digits> model{{.seed = 42}};
    std::cout << summary(model);

    auto history = fit(model, train, SparseCategoricalCrossentropy{}, Adam{.learning_rate = 1e-3},
                       {.epochs = 10, .validation = &test}, Accuracy{});

    const auto scores = predict(model, test.x);
    std::cout << "\nConfusion matrix (rows: the digit, columns: what it was read as)\n"
              << confusion_text(confusion_matrix(test.y, scores), {});
    std::vector<std::string> misread;
    for (std::size_t i = 0; i < test.size() && misread.size() < 5; ++i) {
        const auto row = xt::view(scores, i);
        const auto guess = static_cast<int>(xt::argmax(row)());
        if (guess != test.y(i))
            misread.push_back(std::to_string(test.y(i)) + " read as " + std::to_string(guess) + "\n"
                              + ascii_image(xt::view(test.x, i, xt::all(), xt::all(), 0)));
    }
    if (!misread.empty()) std::cout << "\nSome that it misread:\n" << side_by_side(misread);

    save(model, "digits.safetensors");
    plot(history, "digits.svg");
    std::cout << "\nSaved digits.safetensors and digits.svg (learning curves)\n"
              << "test accuracy: " << evaluate(model, test, Accuracy{}) << '\n';
}
