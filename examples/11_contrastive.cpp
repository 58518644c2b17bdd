// SPDX-License-Identifier: BSL-1.0
// Learns without labels which images show the same, at whatever place (contrastive learning), and then finds digits by their neighbours.
#include <iostream>
#include <limits>

#include <weft/weft.hpp>
using namespace weft;

constexpr std::size_t canvas = 14;              // images are larger than digits, which may stand anywhere

/// Two views of an image shall meet in the embedding, and be far from those of all others in the batch.
/// van den Oord et al. 2018, arXiv:1807.03748 (InfoNCE); Chen et al. 2020, arXiv:2002.05709 (SimCLR).
struct Contrastive {
    static constexpr double temperature = 0.2;
    using Encoder = Sequential<
        Input<canvas, canvas, 1>, GaussianNoise<0.3>,           // no two views are alike in their noise either
        Conv2D<16, 3>, ReLU,
        MaxPooling2D<2>,
        Conv2D<32, 3>, ReLU,
        Flatten, Dense<64>, ReLU,
        Dense<32>>;

    static constexpr Tensor embed(Graph& g, Tensor image) { return l2_normalize(g.layer<Encoder>("encoder", image)); }

    /// Crossentropy of finding the partner of each row among the columns.
    static constexpr Tensor partner_loss(Tensor similarity, Tensor partner) { return logsumexp(similarity) - partner; }

    static constexpr void step(Step& s, Tensor one, Tensor other) {
        Tensor a = embed(s, one), b = embed(s, other);
        Tensor similarity = matmul(a, transpose(b)) * (1 / temperature);        // n x n: all rows of the batch meet
        Tensor partner = sum(a * b, -1) * (1 / temperature);                    // its diagonal
        Tensor loss = partner_loss(similarity, partner) + partner_loss(transpose(similarity), partner);
        s.minimize(0.5 * loss);
        s.metric("loss", 0.5 * loss);
        s.metric("similarity of two views", partner * temperature);
    }
};

/// Each image at so many random places.
auto at_places(const data::Images& images, std::size_t places, std::uint64_t seed) {
    xt::xtensor<float, 4> x(std::array<std::size_t, 4>{images.shape(0) * places, canvas, canvas, 1}, 0.0F);
    Random random(seed);
    for (std::size_t i = 0; i < x.shape(0); ++i) {
        const std::size_t down = random.below(canvas - 7), right = random.below(canvas - 7);
        xt::view(x, i, xt::range(down, down + 8), xt::range(right, right + 8)) = xt::view(images, i / places);
    }
    return x;
}

/// The share of test rows whose nearest training row has the same label.
template <class Array>
double by_neighbours(const Array& train, const data::Labels& labels, const Array& test, const data::Labels& truth) {
    const std::size_t size = train.size() / train.shape(0);
    std::size_t right = 0;
    for (std::size_t i = 0; i < test.shape(0); ++i) {
        std::size_t nearest = 0;
        float least = std::numeric_limits<float>::max();
        for (std::size_t k = 0; k < train.shape(0); ++k) {
            float distance = 0;
            for (std::size_t c = 0; c < size; ++c) {
                const float d = test.data()[i * size + c] - train.data()[k * size + c];
                distance += d * d;
            }
            if (distance < least) least = distance, nearest = k;
        }
        right += labels(nearest) == truth(i) ? 1 : 0;
    }
    return static_cast<double>(right) / static_cast<double>(test.shape(0));
}

int main() {
    const auto [train, test] = data::digits().split(0.2);
    Model<Contrastive> model{{.seed = 1}};
    std::cout << summary(model);

    constexpr int epochs = 30;
    StepTrainer<Contrastive, 128, Adam> trainer{model, Adam{.learning_rate = 2e-3}};
    const auto history = fit(trainer, data::Dataset{at_places(train.x, 8, 1), at_places(train.x, 8, 2)},
                             {.epochs = epochs, .verbose = 0, .seed = 1});
    for (std::size_t epoch = 4; epoch < epochs; epoch += 5)
        std::cout << "epoch " << epoch + 1 << ": loss " << history["loss"][epoch] << ", similarity of two views "
                  << history["similarity of two views"][epoch] << '\n';

    const auto known = at_places(train.x, 1, 3), unknown = at_places(test.x, 1, 4);
    const double pixels = by_neighbours(known, train.y, unknown, test.y);
    const double embedded = by_neighbours(predict<&Contrastive::embed>(model, known), train.y,
                                          predict<&Contrastive::embed>(model, unknown), test.y);
    std::cout << "\nright by the label of the nearest neighbour: " << pixels << " in pixels, " << embedded << " in the embedding\n";
    return embedded > pixels + 0.08 ? 0 : 1;
}
