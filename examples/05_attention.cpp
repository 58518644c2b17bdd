// SPDX-License-Identifier: BSL-1.0
// A small GPT that learns to add two-digit numbers, character by character, and is asked for sums that it has never seen.
#include <iostream>

#include <weft/weft.hpp>
using namespace weft;

constexpr std::string_view alphabet = "0123456789+=";
constexpr int problem = 6, answer = 3, length = problem + answer - 1;     // 47+85= and 231: the sum is written from its last digit
constexpr int width = 48;

/// What stands behind "=" and behind each digit of the sum but the last: what is written there.
struct Answer {
    static constexpr Tensor define(Graph&, Tensor x) { return slice(x, 0, problem - 1, length); }
};

/// Radford et al. 2019, "Language models are unsupervised multitask learners"; Vaswani et al. 2017, arXiv:1706.03762.
using Block = Sequential<
    Residual<Sequential<LayerNormalization, MultiHeadAttention<4, width / 4, use_causal_mask>>>,
    Residual<Sequential<LayerNormalization, Dense<3 * width>, GELU, Dense<width>>>>;

struct Adder : Sequential<
    Indices<length>, Embedding<static_cast<int>(alphabet.size()), width>, Residual<PositionEmbedding>,
    Repeat<2, Block>,
    LayerNormalization, Answer,
    Dense<static_cast<int>(alphabet.size())>> {};

static_assert(output_shape<Adder> == Shape{answer, 12});

std::string text_of(std::size_t a, std::size_t b) {
    std::string text, sum = std::to_string(1000 + a + b).substr(1);
    for (const std::size_t number : {a, b}) text += std::to_string(100 + number).substr(1) + (text.empty() ? '+' : '=');
    return text + std::string(sum.rbegin(), sum.rend());
}

/// All 10000 problems: the text but for its last character, and the sum.
auto problems() {
    xt::xtensor<int, 2> x(std::array<std::size_t, 2>{10000, length}), y(std::array<std::size_t, 2>{10000, answer});
    for (std::size_t i = 0; i < 10000; ++i) {
        const std::string text = text_of(i / 100, i % 100);
        for (std::size_t k = 0; k < text.size(); ++k) {
            const auto symbol = static_cast<int>(alphabet.find(text[k]));
            if (k < length) x(i, k) = symbol;
            if (k >= problem) y(i, k - problem) = symbol;
        }
    }
    return data::Dataset{x, y};
}

/// Lets the network write the sums: each digit is the most likely one, and is read before the next.
xt::xtensor<int, 2> add(Model<Adder>& model, xt::xtensor<int, 2> x) {
    xt::xtensor<int, 2> sums(std::array<std::size_t, 2>{x.shape(0), answer});
    xt::view(x, xt::all(), xt::range(problem, length)) = 0;
    for (std::size_t k = 0; k < answer; ++k) {
        const auto logits = predict(model, x);
        for (std::size_t i = 0; i < x.shape(0); ++i) {
            sums(i, k) = static_cast<int>(xt::argmax(xt::view(logits, i, k))());
            if (problem + k < length) x(i, problem + k) = sums(i, k);
        }
    }
    return sums;
}

int main() {
    const auto [train, test] = problems().split(0.2);
    Model<Adder> model{{.seed = 3}};
    std::cout << summary(model);
    constexpr int epochs = 20;
    constexpr CosineDecay schedule{.initial_learning_rate = 3e-3, .decay_steps = epochs * 8000.0 / 64};
    fit<64>(model, train, SparseCategoricalCrossentropy{}, AdamW{.learning_rate = schedule, .weight_decay = 0.01},
            {.epochs = epochs, .validation = &test, .seed = 3}, SparseCategoricalAccuracy{});

    const auto sums = add(model, test.x);
    std::size_t right = 0;
    for (std::size_t i = 0; i < sums.shape(0); ++i) {
        std::string question, written;
        for (std::size_t k = 0; k < problem; ++k) question += alphabet[static_cast<std::size_t>(test.x(i, k))];
        for (std::size_t k = answer; k-- > 0;) written += alphabet[static_cast<std::size_t>(sums(i, k))];
        const bool is_right = xt::row(sums, static_cast<std::ptrdiff_t>(i)) == xt::row(test.y, static_cast<std::ptrdiff_t>(i));
        right += is_right ? 1 : 0;
        if (i < 6) std::cout << question << written << (is_right ? "   right\n" : "   wrong\n");
    }
    const double share = static_cast<double>(right) / static_cast<double>(sums.shape(0));
    std::cout << "right sums of " << sums.shape(0) << " never seen: " << share << '\n';
    return share >= 0.9 ? 0 : 1;
}
