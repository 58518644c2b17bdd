// SPDX-License-Identifier: BSL-1.0
// Learns the digits 7, 8 and 9 from a few images of each, with features that were learned on 0 to 6: frozen, or trained further.
#include <iomanip>
#include <iostream>

#include <weft/weft.hpp>
using namespace weft;

constexpr std::size_t canvas = 12;              // images are larger than digits, which may stand anywhere

using Features = Sequential<
    Input<canvas, canvas, 1>,
    Conv2D<16, 3>, ReLU,
    MaxPooling2D<2>,
    Conv2D<64, 3>, ReLU,
    Conv2D<96, 3>, ReLU,
    GlobalMaxPooling2D>;

struct Base : Sequential<Features, Dropout<0.3>, Named<"head", Dense<7>>> {};
struct Kept : Sequential<Frozen<Features>, Named<"head", Dense<3>>> {};         // the features stay what they are
struct Whole : Sequential<Features, Named<"head", Dense<3>>> {};                // all of it is trained

/// Images of the digits first … last, each at so many random places, and their classes from 0.
auto digits_at_places(int first, int last, std::size_t places) {
    const auto digits = data::digits();
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < digits.size(); ++i)
        if (digits.y(i) >= first && digits.y(i) <= last) rows.insert(rows.end(), places, i);
    xt::xtensor<float, 4> x(std::array<std::size_t, 4>{rows.size(), canvas, canvas, 1}, 0.0F);
    xt::xtensor<int, 1> y(std::array<std::size_t, 1>{rows.size()});
    Random random(1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t down = random.below(canvas - 7), right = random.below(canvas - 7);
        xt::view(x, i, xt::range(down, down + 8), xt::range(right, right + 8)) = xt::view(digits.x, rows[i]);
        y(i) = digits.y(rows[i]) - first;
    }
    return data::Dataset{x, y};
}

/// `shots` images of each of three classes, and all others. Which, the seed decides.
template <class Data>
std::pair<Data, Data> few(const Data& all, int shots, std::uint64_t seed) {
    std::vector<std::size_t> chosen, others;
    std::array<int, 3> count{};
    for (const std::size_t row : data::permutation(all.size(), seed))
        (count[static_cast<std::size_t>(all.y(row))]++ < shots ? chosen : others).push_back(row);
    return {all.rows_of(chosen), all.rows_of(others)};
}

/// The accuracy on images never seen, after training on a few.
template <class Net, class Data>
double learn(Model<Net>& model, const Data& some, const Data& others) {
    fit<16>(model, some, SparseCategoricalCrossentropy{}, Adam{.learning_rate = 1e-3}, {.epochs = 200, .verbose = 0});
    return evaluate(model, others, Accuracy{});
}

int main() {
    Model<Base> base{{.seed = 1}};
    fit(base, digits_at_places(0, 6, 4), SparseCategoricalCrossentropy{}, Adam{.learning_rate = 1e-3}, {.epochs = 10}, Accuracy{});
    save(base, "base.safetensors");
    std::cout << '\n' << summary(Model<Kept>{}) << '\n';

    std::cout << "accuracy on unseen images of 7, 8 and 9\nimages of each   frozen features   trained further   from scratch\n"
              << std::fixed << std::setprecision(3);
    const auto digits = digits_at_places(7, 9, 1);
    double gain = 0;
    for (const int shots : {2, 5, 10}) {
        constexpr int draws = 8;
        double frozen = 0, further = 0, scratch = 0;
        for (std::uint64_t draw = 0; draw < draws; ++draw) {
            const auto [some, others] = few(digits, shots, draw);
            Model<Kept> kept{{.seed = draw}};
            load(kept, "base.safetensors", {.skip_mismatch = true});            // all but the head, which has other classes
            frozen += learn(kept, some, others) / draws;
            Model<Whole> tuned{{.seed = draw}}, fresh{{.seed = draw}};
            load(tuned, "base.safetensors", {.skip_mismatch = true});
            further += learn(tuned, some, others) / draws;
            scratch += learn(fresh, some, others) / draws;
        }
        std::cout << std::setw(8) << shots << std::setw(20) << frozen << std::setw(18) << further << std::setw(16) << scratch << '\n';
        if (shots == 5) gain = frozen - scratch;
    }
    std::cout << "what frozen features gain at 5 images: " << gain << '\n';
    return gain > 0.05 ? 0 : 1;
}
