// SPDX-License-Identifier: BSL-1.0
// One network with two outputs, each with a loss and a metric of its own: which digit an image shows, and where it stands.
#include <cmath>
#include <iostream>

#include <weft/weft.hpp>
using namespace weft;

constexpr int canvas = 13;              // images are larger than digits, which may stand anywhere

/// What both outputs need is computed once; each has a head of its own.
struct Finder {
    using Trunk = Sequential<
        Input<canvas, canvas, 1>,
        Conv2D<16, 3>, ReLU,
        MaxPooling2D<2>,
        Conv2D<32, 3>, ReLU,
        Flatten, Dense<64>, ReLU>;
    using inputs = Inputs<Input<canvas, canvas, 1>, Indices<>, Input<2>>;

    /// Scores of ten digits, and the middle of the digit from the top and from the left, in image sizes.
    static constexpr std::tuple<Tensor, Tensor> find(Graph& g, Tensor image) {
        Tensor seen = g.layer<Trunk>("trunk", image);
        return {g.layer<Dense<10>>("digit", seen), g.layer<Dense<2>>("place", seen)};
    }

    static constexpr void step(Step& s, Tensor image, Tensor digit, Tensor place) {
        auto [scores, found] = find(s, image);
        Tensor digit_loss = SparseCategoricalCrossentropy::define(s, scores, digit);
        Tensor place_loss = MeanSquaredError::define(s, found, place);
        s.minimize(digit_loss + 20.0 * place_loss);
        s.metric("digit_loss", digit_loss);
        s.metric("place_loss", place_loss);
        s.metric("accuracy", mean(argmax(scores) == digit));
    }
};

/// Each digit at so many random places: images, labels and places.
template <class Digits>
auto at_places(const Digits& digits, std::size_t places, std::uint64_t seed) {
    const std::size_t n = digits.size() * places;
    xt::xtensor<float, 4> image(std::array<std::size_t, 4>{n, canvas, canvas, 1}, 0.0F);
    xt::xtensor<int, 1> digit(std::array<std::size_t, 1>{n});
    xt::xtensor<float, 2> place(std::array<std::size_t, 2>{n, 2});
    Random random(seed);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t down = random.below(canvas - 7), right = random.below(canvas - 7);
        xt::view(image, i, xt::range(down, down + 8), xt::range(right, right + 8)) = xt::view(digits.x, i / places);
        digit(i) = digits.y(i / places);
        place(i, 0) = static_cast<float>(down + 4) / canvas;
        place(i, 1) = static_cast<float>(right + 4) / canvas;
    }
    return data::Dataset{image, digit, place};
}

int main() {
    const auto [train, test] = data::digits().split(0.2);
    Model<Finder> model{{.seed = 1}};
    std::cout << summary(model);

    constexpr int epochs = 40;
    const auto examples = at_places(train, 8, 1);
    const double steps = epochs * static_cast<double>(examples.size()) / 64;
    StepTrainer<Finder, 64, Adam> trainer{model, Adam{.learning_rate = CosineDecay{2e-3, steps}}};
    const auto history = fit(trainer, examples, {.epochs = epochs, .verbose = 0, .seed = 1});
    for (std::size_t epoch = 7; epoch < epochs; epoch += 8)
        std::cout << "epoch " << epoch + 1 << ": loss of digits " << history["digit_loss"][epoch] << ", of places "
                  << history["place_loss"][epoch] << ", accuracy " << history["accuracy"][epoch] << '\n';
    std::cout << '\n';

    const auto unseen = at_places(test, 1, 2);
    const auto& images = unseen.array<0>();
    const auto& digits = unseen.array<1>();
    const auto& places = unseen.array<2>();
    const auto [scores, found] = predict<&Finder::find>(model, images);
    std::size_t right = 0;
    double distance = 0;
    for (std::size_t i = 0; i < unseen.size(); ++i) {
        const auto guess = static_cast<int>(xt::argmax(xt::view(scores, i))());
        right += guess == digits(i) ? 1 : 0;
        distance += canvas * std::hypot(found(i, 0) - places(i, 0), found(i, 1) - places(i, 1)) / static_cast<double>(unseen.size());
        if (i < 5)
            std::cout << "a " << digits(i) << " at (" << places(i, 0) * canvas << ", " << places(i, 1) * canvas << "): read as " << guess
                      << ", found at (" << found(i, 0) * canvas << ", " << found(i, 1) * canvas << ")\n";
    }
    const double accuracy = static_cast<double>(right) / static_cast<double>(unseen.size());
    std::cout << "test accuracy: " << accuracy << ", mean distance from the right place: " << distance << " pixels\n";
    return accuracy >= 0.94 && distance < 0.5 ? 0 : 1;
}
