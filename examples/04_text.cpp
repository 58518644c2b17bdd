// SPDX-License-Identifier: BSL-1.0
// An LSTM that learns to write, character by character, from a nursery rhyme.
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>

#include <weft/weft.hpp>

using namespace weft;

constexpr std::string_view alphabet = "\n ,.TJabcdefghijklmnopqrstuvwxyz";
constexpr int symbols = static_cast<int>(alphabet.size());
constexpr int window = 32;                      // characters that it reads before each that it writes

struct Writer : Sequential<Indices<window>, Embedding<symbols, 16>, LSTM<96, return_sequences>, Dense<symbols>> {};

int symbol(char c) {
    const auto at = alphabet.find(c);
    return at == alphabet.npos ? 1 : static_cast<int>(at);
}

/// All windows of a text, and behind each character of a window the next one.
auto windows_of(const std::string& text) {
    const std::size_t count = text.size() - window;
    auto x = xt::xtensor<int, 2>::from_shape({count, window}), y = x;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < window; ++k) {
            x(i, k) = symbol(text[i + k]);
            y(i, k) = symbol(text[i + k + 1]);
        }
    return data::Dataset{x, y};
}

/// Goes on from the first characters of a text: each is drawn from what the network expects; a low temperature draws the likely ones.
std::string write(Model<Writer>& model, std::string text, std::size_t length, float temperature) {
    std::mt19937 random(1);
    auto context = xt::xtensor<int, 2>::from_shape({1, window});
    while (text.size() < length) {
        for (std::size_t k = 0; k < window; ++k) context(0, k) = symbol(text[text.size() - window + k]);
        const auto logits = predict(model, context);
        std::vector<double> weights;
        for (int s = 0; s < symbols; ++s) weights.push_back(std::exp(logits(0, window - 1, static_cast<std::size_t>(s)) / temperature));
        text += alphabet[std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(random)];
    }
    return text;
}

std::set<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

int main() {
    std::ifstream file(data::find_file("house.txt"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};

    Model<Writer> model{{.seed = 1}};
    std::cout << summary(model);
    fit(model, windows_of(text), SparseCategoricalCrossentropy{}, Adam{.learning_rate = 3e-3}, {.epochs = 12}, SparseCategoricalAccuracy{});
    save(model, "writer.safetensors");

    const std::string written = write(model, text.substr(0, window), 600, 0.5F);
    std::cout << '\n' << written << "\n\n";
    const std::set<std::string> known = words_of(text), used = words_of(written.substr(0, written.rfind(' ')));
    std::size_t right = 0;
    for (const std::string& word : used) right += known.contains(word) ? 1 : 0;
    const double share = static_cast<double>(right) / static_cast<double>(used.size());
    std::cout << "words that it has read: " << right << " of " << used.size() << '\n';
    return share >= 0.9 ? 0 : 1;
}
