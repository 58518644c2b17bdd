// SPDX-License-Identifier: BSL-1.0
// Training steps beside a peer framework: the same network, data and start, losses compared first, then timed in turns on one processor.
//
//   networks_training [--peer pytorch] [--rounds 15] [case...]      one line a case, and bench/results/training-PEER-DATE.json
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <optional>
#include <vector>

#include "peer.hpp"
#include <weft/data/digits.hpp>
#include <weft/layers/layers.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/model/safetensors.hpp>
#include <weft/model/trainer.hpp>
#include <weft/optimizers/adam.hpp>

using namespace weft;
using namespace weft::detail;

namespace {

struct Tiny : Sequential<Input<4>, Dense<64>, Tanh, Dense<64>, Tanh, Dense<2>> {};
struct Mnist : Sequential<Input<784>, Dense<128>, ReLU, Dense<10>> {};
struct LeNet : Sequential<Input<28, 28, 1>, Conv2D<6, 5, same>, ReLU, MaxPooling2D<2>, Conv2D<16, 5>, ReLU, MaxPooling2D<2>, Flatten,
                          Dense<120>, ReLU, Dense<84>, ReLU, Dense<10>> {};
struct Digits : Sequential<Input<8, 8, 1>, Conv2D<16, 3, same>, ReLU, Conv2D<32, 3, same>, ReLU, MaxPooling2D<2>, Flatten, Dense<64>, ReLU,
                           Dropout<0.25f>, Dense<10>> {};

/// PyTorch's form of epsilon: with Keras' the losses of both part after a few steps.
using Optimizer = Adam::with<epsilon_after_correction>;

struct Settings {
    std::string peer = "pytorch";
    int rounds = 15;
    std::vector<std::string> cases;
};

struct Line {
    std::string name;
    double median = 0, minimum = 0, peer_median = 0, peer_minimum = 0;      // seconds
    double difference = 0;                                                  // largest, of the losses compared; digits: accuracies
};

constexpr int batch_count = 8;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
double median(std::vector<double> x) {
    std::sort(x.begin(), x.end());
    return x.size() % 2 != 0 ? x[x.size() / 2] : (x[x.size() / 2 - 1] + x[x.size() / 2]) / 2;
}
void summarize(Line& line, const std::vector<double>& ours, const std::vector<double>& peers) {
    line.median = median(ours);
    line.peer_median = median(peers);
    line.minimum = *std::min_element(ours.begin(), ours.end());
    line.peer_minimum = *std::min_element(peers.begin(), peers.end());
}

/// Batches of random numbers; labels or numbers as targets.
template <class Net, int BatchSize, bool Labels>
struct Batches {
    static constexpr std::size_t row = static_cast<std::size_t>(Network<Net>::inference.inputs[0].without_batch().elements().constant);
    static constexpr auto outputs = static_cast<std::size_t>(output_shape<Net>.elements().constant), target = Labels ? 1 : outputs;
    using Target = std::conditional_t<Labels, std::int32_t, float>;
    std::vector<xt::xtensor<float, 2>> x;
    std::vector<xt::xtensor<Target, 2>> y;

    Batches() {
        Random random(1);
        for (int b = 0; b < batch_count; ++b) {
            x.push_back(xt::xtensor<float, 2>::from_shape({BatchSize, row}));
            y.push_back(xt::xtensor<Target, 2>::from_shape({BatchSize, target}));
            for (float& v : x.back()) v = static_cast<float>(random.normal());
            for (Target& v : y.back())
                if constexpr (Labels) v = static_cast<Target>(random.below(static_cast<std::uint32_t>(outputs)));
                else v = static_cast<Target>(random.normal());
        }
    }
};

/// Writes the start for the peer: all batches and the model's parameters.
template <class Net, class B, std::size_t BatchSize>
void write_start(const std::string& path, const Model<Net>& model, const B& batches) {
    std::vector<float> x;
    std::vector<typename B::Target> y;
    for (std::size_t b = 0; b < batch_count; ++b) {
        x.insert(x.end(), batches.x[b].begin(), batches.x[b].end());
        y.insert(y.end(), batches.y[b].begin(), batches.y[b].end());
    }
    std::vector<std::size_t> x_shape{batch_count, BatchSize}, y_shape{batch_count, BatchSize};
    for (const Extent& e : Network<Net>::inference.inputs[0].without_batch()) x_shape.push_back(static_cast<std::size_t>(e.constant));
    if (std::is_same_v<typename B::Target, float>) y_shape.push_back(B::target);
    std::vector<safetensors::Entry> entries{
        {"x", "F32", x_shape, std::as_bytes(std::span(x))},
        {"y", std::string(safetensors::dtype_name<typename B::Target>()), y_shape, std::as_bytes(std::span(y))}};
    for (std::size_t i = 0; i < Network<Net>::variable_count; ++i) {
        const Variable& v = Network<Net>::variables[i];
        std::vector<std::size_t> shape;
        for (const Extent& e : v.shape) shape.push_back(static_cast<std::size_t>(e.constant));
        entries.push_back({std::string(v.path.view()), "F32", shape,
                           std::as_bytes(model.values().subspan(static_cast<std::size_t>(Network<Net>::offsets[i]), v.shape.count(1)))});
    }
    safetensors::write(path, entries);
}

template <class Net, class Loss, int BatchSize>
std::optional<Line> steps(const Settings& settings, const char* name) {
    if (!settings.cases.empty() && std::find(settings.cases.begin(), settings.cases.end(), name) == settings.cases.end()) return {};
    constexpr bool labels = std::is_same_v<Loss, SparseCategoricalCrossentropy>;
    const Batches<Net, BatchSize, labels> batches;
    Model<Net> model{{.seed = 1}};
    const std::string start =
        std::filesystem::temp_directory_path() / (std::string(name) + "-" + std::to_string(getpid()) + ".safetensors");
    write_start<Net, Batches<Net, BatchSize, labels>, BatchSize>(start, model, batches);
    bench::Peer peer(settings.peer, name);
    peer.load(start);
    std::filesystem::remove(start);
    Trainer<Net, Loss, Optimizer, BatchSize> trainer{model};
    std::size_t next = 0;
    auto run = [&](int count) {
        float loss = 0;
        for (int i = 0; i < count; ++i, next = (next + 1) % batch_count) loss = trainer.step(batches.x[next], batches.y[next]);
        return static_cast<double>(loss);
    };
    Line line;
    line.name = name;
    for (int count : {1, 1, 1, 17}) {                       // the losses of steps 1, 2, 3 and 20
        const double ours = run(count), theirs = peer.run(count).value, d = std::abs(ours - theirs) / std::max(1.0, std::abs(theirs));
        if (!(d <= 1e-4))
            throw std::runtime_error(std::string(name) + ": losses differ, " + std::to_string(ours) + " and " + std::to_string(theirs));
        line.difference = std::max(line.difference, d);
    }
    const int theirs = std::max(8, static_cast<int>(0.1 / (peer.run(8).seconds / 8)));
    auto begin = std::chrono::steady_clock::now();
    run(8);
    const int ours = std::max(8, static_cast<int>(0.1 / (seconds_since(begin) / 8)));
    std::vector<double> a, b;
    for (int round = 0; round < settings.rounds; ++round) {
        begin = std::chrono::steady_clock::now();
        run(ours);
        a.push_back(seconds_since(begin) / ours);
        b.push_back(peer.run(theirs).seconds / theirs);
    }
    summarize(line, a, b);
    return line;
}

/// A fit of 10 epochs of the digits from the start to the end, as a user writes it; the value is the accuracy on the test part.
double fit_digits(const data::Dataset<data::Images, data::Labels>& train, const data::Dataset<data::Images, data::Labels>& test,
                  std::uint64_t seed) {
    Model<Digits> model{{.seed = seed}};
    Trainer<Digits, SparseCategoricalCrossentropy, Optimizer, 32> trainer{model};
    xt::xtensor<float, 4> x({32, 8, 8, 1});
    xt::xtensor<std::int32_t, 1> y(std::array<std::size_t, 1>{32});
    for (std::uint64_t epoch = 0; epoch < 10; ++epoch) {
        const std::vector<std::size_t> order = data::permutation(train.size(), seed * 100 + epoch);
        for (std::size_t row = 0; row < order.size(); row += 32) {
            const std::size_t n = std::min<std::size_t>(32, order.size() - row);
            if (n != x.shape(0)) x.resize({n, 8, 8, 1}), y.resize({n});
            data::Column columns[] = {data::Column::of(x.data(), 64), data::Column::of(y.data(), 1)};
            train.fill({std::span(order).subspan(row, n), columns});
            trainer.step(x, y);
        }
    }
    const auto logits = predict(model, test.x);
    std::size_t right = 0;
    for (std::size_t i = 0; i < test.size(); ++i) {
        const float* row = logits.data() + i * 10;
        right += std::max_element(row, row + 10) - row == test.y(i) ? 1 : 0;
    }
    return static_cast<double>(right) / static_cast<double>(test.size());
}

std::optional<Line> digits(const Settings& settings) {
    if (!settings.cases.empty() && std::find(settings.cases.begin(), settings.cases.end(), "digits") == settings.cases.end()) return {};
    const auto [train, test] = data::digits().split(0.2);
    bench::Peer peer(settings.peer, "digits");
    std::vector<double> a, b;
    double ours = 0, theirs = 0;
    const int rounds = std::max(3, settings.rounds / 3);
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        ours += fit_digits(train, test, static_cast<std::uint64_t>(round)) / rounds;
        a.push_back(seconds_since(begin));
        const auto r = peer.run(10);
        b.push_back(r.seconds);
        theirs += r.value / rounds;
    }
    Line line;
    line.name = "digits";
    line.difference = std::abs(ours - theirs);
    if (ours < 0.9 || line.difference > 0.03)
        throw std::runtime_error("digits: accuracies differ, " + std::to_string(ours) + " and " + std::to_string(theirs));
    summarize(line, a, b);
    return line;
}

void write_results(const Settings& settings, const std::vector<Line>& lines) {
    const std::time_t now = std::time(nullptr);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%dT%H%M%SZ", std::gmtime(&now));
    const std::filesystem::path folder = bench::bench_folder() / "results";
    std::filesystem::create_directories(folder);
    std::ofstream file(folder / ("training-" + settings.peer + "-" + date + ".json"));
    file << "{\"date\": \"" << date << "\", \"peer\": \"" << settings.peer << "\", \"compiler\": \"" << __VERSION__
         << "\", \"lanes\": " << cpu::lanes<float> << ", \"rounds\": " << settings.rounds << ", \"cases\": [";
    const char* between = "\n";
    for (const Line& l : lines) {
        file << between << "  {\"case\": \"" << l.name << "\", \"median_seconds\": " << l.median << ", \"minimum_seconds\": " << l.minimum
             << ", \"peer_median_seconds\": " << l.peer_median << ", \"peer_minimum_seconds\": " << l.peer_minimum
             << ", \"difference\": " << l.difference << "}";
        between = ",\n";
    }
    file << "\n]}\n";
}

} // namespace

int main(int argc, char** argv) {
    Settings settings;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--peer") == 0 && i + 1 < argc) settings.peer = argv[++i];
        else if (std::strcmp(argv[i], "--rounds") == 0 && i + 1 < argc) settings.rounds = std::max(3, std::atoi(argv[++i]));
        else settings.cases.push_back(argv[i]);
    }
    bench::pin_to_one_processor();
    std::vector<Line> lines;
    int failures = 0;
    auto add = [&](auto make) {
        try {
            if (const std::optional<Line> l = make()) {
                std::printf("%-22s median %10.1f us, %s %10.1f us: ratio %6.2f, of minima %6.2f (difference %.1e)\n", l->name.c_str(),
                            l->median * 1e6, settings.peer.c_str(), l->peer_median * 1e6, l->peer_median / l->median,
                            l->peer_minimum / l->minimum, l->difference);
                std::fflush(stdout);
                lines.push_back(*l);
            }
        } catch (const std::exception& error) {
            std::cerr << error.what() << '\n';
            ++failures;
        }
    };
    add([&] { return steps<Tiny, MeanSquaredError, 1>(settings, "mlp_4_64_64_2_b1"); });
    add([&] { return steps<Tiny, MeanSquaredError, 32>(settings, "mlp_4_64_64_2_b32"); });
    add([&] { return steps<Mnist, SparseCategoricalCrossentropy, 32>(settings, "mlp_784_128_10_b32"); });
    add([&] { return steps<Mnist, SparseCategoricalCrossentropy, 128>(settings, "mlp_784_128_10_b128"); });
    add([&] { return steps<LeNet, SparseCategoricalCrossentropy, 64>(settings, "lenet_b64"); });
    add([&] { return digits(settings); });
    if (!lines.empty()) write_results(settings, lines);
    return failures != 0 ? 1 : 0;
}
