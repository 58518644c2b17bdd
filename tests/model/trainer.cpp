// SPDX-License-Identifier: BSL-1.0
// Tests of the trainer: derivatives, rows, layers that train apart, randomness, sizes, memory.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdlib>
#include <new>

#include <weft/weft.hpp>

namespace {
std::atomic<bool> watched = false;
std::atomic<int> allocations = 0;

void* allocate(std::size_t size) {
    if (watched) ++allocations;
    if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc{};
}
} // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace weft;
using namespace weft::detail;

struct Digits : Sequential<Input<784>, Dense<128>, ReLU, Dense<10>> {};
static_assert(Trainer<Digits, SparseCategoricalCrossentropy, Adam, 128>::workspace_bytes < 200'000);
static_assert(Trainer<Digits, SparseCategoricalCrossentropy, Adam, 128>::parameter_count == 101'770);
static_assert(Trainer<Digits, SparseCategoricalCrossentropy, Adam, 128>::state_bytes >= 2 * 4 * 101'770);
static_assert(Trainer<Digits, SparseCategoricalCrossentropy, Adam, 128>::flops_per_step > 2.0 * 2 * 128 * 101'632);

/// Two inputs through shared weights, a frozen layer, statistics, chance.
template <class L>
using Twin = Shared<"twin", L>;
struct Net : Sequential<Parallel<Concatenate, Sequential<Input<2>, Twin<Dense<3>>, Tanh>, Sequential<Input<2>, Twin<Dense<3>>>>,
                        Frozen<Dense<4>>, BatchNormalization, Dropout<0.25>, Dense<1>> {};
static_assert(parameter_count<Net> == 9 + 28 + 8 + 5);

using Descent = SGD::with<no_momentum>;
constexpr int batch = 8;
template <int Batch = batch>
using Train = Trainer<Net, MeanSquaredError, Descent, Batch, Cpu, double>;
using Store = Model<Net, Cpu, double>;

/// n rows of two inputs and a target, in memory of `capacity` rows; what lies behind row n is NaN.
struct Rows {
    xt::xtensor<double, 2> a, b, y;
    explicit Rows(std::size_t n) : a{shape(n, 2)}, b{shape(n, 2)}, y{shape(n, 1)} {
        Random random(5);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                a(i, k) = random.normal();
                b(i, k) = random.normal();
            }
            y(i, 0) = random.normal();
        }
    }
    static std::array<std::size_t, 2> shape(std::size_t n, std::size_t m) { return {n, m}; }
};

Store fresh(std::uint64_t seed = 3) {
    Store model{{.seed = seed}};
    Random random(seed);
    for (std::size_t i = 0; i < model.values().size(); ++i) model.data()[i] += 0.1 * random.normal();    // no bias is left at zero
    return model;
}
std::vector<double> copy(const Store& model) { return {model.values().begin(), model.values().end()}; }

double distance(std::span<const double> a, std::span<const double> b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

template <class F>
std::string sentence_of(F f) {
    try {
        f();
    } catch (const ShapeError& error) {
        return error.what();
    }
    return "(nothing was thrown)";
}

using Norm = Shared<"norm", BatchNormalization::with<momentum<0.75>>>;
struct Twice : Sequential<Input<1>, Norm, Tanh, Norm, Dense<1>> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_trainer)

BOOST_AUTO_TEST_CASE(gradients_are_central_differences_and_what_a_step_subtracts) {
    const Rows r(batch);
    Store model = fresh();
    Train<> trainer{model, {}, {.learning_rate = 0}};
    const auto gradients = trainer.gradients(r.a, r.b, r.y);
    const std::vector<double> before = copy(model);
    auto loss_with = [&](std::size_t at, double change) {
        std::copy(before.begin(), before.end(), model.data());
        model.data()[at] += change;
        trainer.set_iteration(0);                                                       // the same dropout
        return trainer.step(r.a, r.b, r.y);
    };
    std::vector<double> slopes(before.size(), 0);
    constexpr double h = 1e-5;
    for (std::size_t v = 0; v < Network<Net>::variable_count; ++v) {
        const Variable& variable = Network<Net>::variables[v];
        const std::string path(variable.path.view());
        BOOST_TEST(gradients.contains(path) == variable.trainable);
        if (!variable.trainable) continue;
        const auto& gradient = gradients.at(path);
        const auto first = static_cast<std::size_t>(Network<Net>::offsets[v]);
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            const double difference = (loss_with(first + i, h) - loss_with(first + i, -h)) / (2 * h);
            BOOST_TEST(std::abs(gradient.data()[i] - difference) < 1e-8);
            slopes[first + i] = gradient.data()[i];
        }
    }
    std::copy(before.begin(), before.end(), model.data());
    trainer.set_iteration(0);
    trainer.optimizer.learning_rate = 1;
    trainer.step(r.a, r.b, r.y);
    for (std::size_t v = 0; v < Network<Net>::variable_count; ++v)
        if (!Network<Net>::variables[v].is_state)
            for (int i = Network<Net>::offsets[v]; i < Network<Net>::offsets[v + 1]; ++i) {
                const auto at = static_cast<std::size_t>(i);
                BOOST_TEST(std::abs(before[at] - model.data()[at] - slopes[at]) < 1e-13);
            }
}

BOOST_AUTO_TEST_CASE(fewer_rows_are_a_program_for_fewer_rows_and_unused_rows_are_never_read) {
    const Rows r(5);
    Store large = fresh(), small = fresh();
    Train<> eight{large, {}, {.learning_rate = 0.1}};
    Train<5> five{small, {}, {.learning_rate = 0.1}};
    // Behind the five rows lies what would spoil everything.
    std::vector<double> a(batch * 2, std::numeric_limits<double>::quiet_NaN()), b = a, y(batch, a[0]);
    std::copy(r.a.begin(), r.a.end(), a.begin());
    std::copy(r.b.begin(), r.b.end(), b.begin());
    std::copy(r.y.begin(), r.y.end(), y.begin());
    for (int step = 0; step < 10; ++step) {
        const double loss = eight.step(std::span(a).first(10), std::span(b).first(10), std::span(y).first(5));
        BOOST_TEST(std::abs(loss - five.step(r.a, r.b, r.y)) < 1e-12);
    }
    BOOST_TEST(distance(large.values(), small.values()) < 1e-12);
    // A full batch before leaves nothing behind that a smaller one reads.
    Store again = fresh();
    Train<> used{again, {}, {.learning_rate = 0}};
    const Rows full(batch);
    used.step(full.a, full.b, full.y);
    again = fresh();
    used.set_iteration(0);
    used.optimizer.learning_rate = 0.1;
    for (int step = 0; step < 10; ++step) used.step(r.a, r.b, r.y);
    BOOST_TEST((copy(again) == copy(large)));
}

BOOST_AUTO_TEST_CASE(arrays_of_another_shape_are_refused_with_both_shapes) {
    const Rows r(batch), less(5), more(batch + 1);
    Store model = fresh();
    const std::vector<double> before = copy(model);
    Train<> trainer{model};
    BOOST_TEST(sentence_of([&] { trainer.step(r.y, r.b, r.y); }) == "x[0]: expected rows of shape (2), received an array of shape (8, 1)");
    BOOST_TEST(sentence_of([&] { trainer.step(r.a, less.b, r.y); }) ==
               "expected as many rows in every array, received 8 in the first and 5 in array 1");
    BOOST_TEST(sentence_of([&] { trainer.step(more.a, more.b, more.y); }) ==
               "expected 1 to 8 rows (the BatchSize of the trainer), received 9");
    BOOST_TEST(sentence_of([&] { trainer.step(std::vector<double>{}, std::vector<double>{}, std::vector<double>{}); }) ==
               "expected 1 to 8 rows (the BatchSize of the trainer), received 0");
    BOOST_TEST((copy(model) == before));
    BOOST_TEST(trainer.iteration() == 0u);
}

BOOST_AUTO_TEST_CASE(frozen_parameters_stay_shared_ones_train_and_statistics_move) {
    const Rows r(batch);
    Store model = fresh();
    const auto value = [&](const char* path) { return xt::xarray<double>(model.parameter(path)); };
    const auto frozen = value("dense/kernel"), shared = value("twin/kernel"), mean = value("batch_normalization/moving_mean");
    Train<> trainer{model, {}, {.learning_rate = 0.05}};
    const double first = trainer.step(r.a, r.b, r.y);
    double last = 0;
    for (int step = 0; step < 200; ++step) last = trainer.step(r.a, r.b, r.y);
    BOOST_TEST(last < first / 2);
    BOOST_TEST((value("dense/kernel") == frozen));
    BOOST_TEST((value("twin/kernel") != shared));
    BOOST_TEST((value("batch_normalization/moving_mean") != mean));
    BOOST_TEST((value("batch_normalization/moving_variance")(0) > 0));
}

BOOST_AUTO_TEST_CASE(dropout_depends_on_step_and_seed_alone) {
    const Rows r(batch);
    auto losses = [&](std::uint64_t seed) {
        Store model{{.seed = seed}};
        const Store same = fresh();
        std::copy(same.values().begin(), same.values().end(), model.data());
        Train<> trainer{model, {}, {.learning_rate = 0}};
        std::vector<double> all;
        for (int step = 0; step < 3; ++step) all.push_back(trainer.step(r.a, r.b, r.y));
        return all;
    };
    const auto one = losses(1), two = losses(2);
    BOOST_TEST((one == losses(1)));
    BOOST_TEST(one[0] != two[0]);
    BOOST_TEST(one[0] != one[1]);
    BOOST_TEST(one[1] != one[2]);
}

BOOST_AUTO_TEST_CASE(a_step_allocates_nothing) {
    const Rows r(batch);
    Store model = fresh();
    Train<> trainer{model};
    watched = true;
    for (int step = 0; step < 3; ++step) trainer.step(r.a, r.b, r.y);
    watched = false;
    BOOST_TEST(allocations == 0);
}

BOOST_AUTO_TEST_CASE(a_shared_normalization_updates_its_statistics_at_each_use) {
    // As Keras does: the second use finds what the first has assigned.
    Model<Twice, Cpu, double> model;
    Trainer<Twice, MeanSquaredError, SGD, 4, Cpu, double> trainer{model, {}, SGD{.learning_rate = 0}};
    const xt::xtensor<double, 2> x{{1}, {3}, {0.5}, {2}}, y{{1}, {2}, {3}, {4}};
    trainer.step(x, y);
    const auto moments = [](const std::array<double, 4>& values) {
        double mean = 0, variance = 0;
        for (double v : values) mean += v / 4;
        for (double v : values) variance += (v - mean) * (v - mean) / 4;
        return std::array{mean, variance};
    };
    const auto [mean, variance] = moments({1, 3, 0.5, 2});
    std::array<double, 4> second{};
    for (std::size_t i = 0; i < 4; ++i) second[i] = std::tanh((x(i, 0) - mean) / std::sqrt(variance + 1e-3));
    const auto [second_mean, second_variance] = moments(second);
    BOOST_TEST(std::abs(model.parameter("norm/moving_mean")(0) - (mean * 0.25 * 0.75 + second_mean * 0.25)) < 1e-12);
    BOOST_TEST(std::abs(model.parameter("norm/moving_variance")(0) - ((0.75 + variance * 0.25) * 0.75 + second_variance * 0.25)) < 1e-12);
}

BOOST_AUTO_TEST_SUITE_END()
