// SPDX-License-Identifier: BSL-1.0
// Networks of several inputs: Trainer and predict take an array for each, fit and evaluate a dataset of them.
#include <boost/test/unit_test.hpp>
#include <weft/weft.hpp>

using namespace weft;
using namespace weft::detail;

namespace {

struct Branches : Sequential<
    Parallel<Concatenate, Sequential<Input<4>, Dense<8>, Tanh>, Sequential<Input<3>, Dense<8>, Tanh>>,
    Dense<1>> {};
static_assert(output_shape<Branches> == Shape{1});
static_assert(parameter_count<Branches> == 4 * 8 + 8 + 3 * 8 + 8 + 16 + 1);

/// Two inputs of different type and rank, and three classes.
struct Table {
    static constexpr Tensor define(Graph& g, Tensor x) { return gather(g.parameter("table", {5, 4}, RandomNormal{}), x); }
};
struct Mixed : Sequential<Parallel<Concatenate, Sequential<Indices<2>, Table, Flatten>, Sequential<Input<3>, Dense<4>, Tanh>>, Dense<3>> {};

/// The columns of both inputs, computed when they are wanted.
struct Computed {
    std::size_t size() const { return 12; }
    void fill(const data::Batch& batch) const {
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const auto row = static_cast<float>(batch.rows[i]);
            for (std::size_t k = 0; k < 4; ++k) batch.columns[0].set(i, k, 0.1f * row + static_cast<float>(k));
            for (std::size_t k = 0; k < 3; ++k) batch.columns[1].set(i, k, 0.2f * row - static_cast<float>(k));
            batch.columns[2].set(i, 0, 0.5f * row);
        }
    }
};
struct Arrays {
    xt::xtensor<float, 2> a, b, y;
    Arrays() : a(std::array<std::size_t, 2>{12, 4}), b(std::array<std::size_t, 2>{12, 3}), y(std::array<std::size_t, 2>{12, 1}) {
        std::vector<std::size_t> rows(12);
        for (std::size_t i = 0; i < 12; ++i) rows[i] = i;
        data::Column columns[] = {data::Column::of(a.data(), 4), data::Column::of(b.data(), 3), data::Column::of(y.data(), 1)};
        Computed{}.fill({rows, columns});
    }
};

template <class Net>
std::vector<float> values_of(const Model<Net>& model) {
    return {model.values().begin(), model.values().end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_several_inputs)

BOOST_AUTO_TEST_CASE(a_trainer_takes_an_array_for_each) {
    Model<Branches> model{{.seed = 1}};
    Trainer<Branches, MeanSquaredError, SGD, 4> trainer{model, {}, SGD{.learning_rate = 0.1}};
    const auto rows = [](std::size_t n, std::size_t width, float value) { return xt::xtensor<float, 2>(std::array{n, width}, value); };
    const auto a = rows(4, 4, 0.3f), b = rows(4, 3, 0.1f), y = rows(4, 1, 1.0f);
    const float first = trainer.step(a, b, y);
    float last = first;
    for (int i = 0; i < 30; ++i) last = trainer.step(a, b, y);
    BOOST_TEST(last < 1e-3f * first);
    BOOST_CHECK_THROW(trainer.step(a, rows(3, 3, 0.1f), y), ShapeError);
}

BOOST_AUTO_TEST_CASE(fit_and_evaluate_take_a_dataset_of_them_in_three_spellings) {
    const Arrays rows;
    const data::Dataset pair{std::tuple{rows.a, rows.b}, rows.y};
    const data::Dataset flat{rows.a, rows.b, rows.y};
    static_assert(pair.column_count == 3 && !pair.weighted);
    const auto trained = [](const auto& dataset) {
        Model<Branches> model{{.seed = 2}};
        const auto history = fit<4>(model, dataset, MeanSquaredError{}, SGD{.learning_rate = 0.02},
                                    {.epochs = 3, .validation = &dataset, .verbose = 0});
        BOOST_TEST(history.last("loss") < history["loss"].front());
        BOOST_TEST(evaluate<4>(model, dataset, MeanSquaredError{}) == history.last("val_loss"));
        return values_of(model);
    };
    const auto expected = trained(pair);
    BOOST_TEST((trained(flat) == expected));
    BOOST_TEST((trained(Computed{}) == expected));
}

BOOST_AUTO_TEST_CASE(the_column_behind_the_target_weighs_samples) {
    const Arrays rows;
    std::vector<float> weight(12, 0.0f);
    for (std::size_t i = 0; i < 5; ++i) weight[i] = 1;
    const data::Dataset all{std::tuple{rows.a, rows.b}, rows.y, weight};
    static_assert(all.column_count == 4 && all.weighted);
    const std::vector<std::size_t> first{0, 1, 2, 3, 4};
    const data::Dataset some = data::Dataset{std::tuple{rows.a, rows.b}, rows.y}.rows_of(first);
    Model<Branches> model{{.seed = 2}};
    BOOST_TEST(evaluate<4>(model, all, MeanSquaredError{}) == evaluate<4>(model, some, MeanSquaredError{}),
               boost::test_tools::tolerance(1e-6));
    BOOST_TEST(all.split(0.25).second.array<3>().size() == 3u);
}

BOOST_AUTO_TEST_CASE(predict_takes_an_array_for_each_or_a_tuple) {
    const xt::xtensor<int, 2> words{{0, 4}, {1, 2}, {3, 3}, {2, 0}, {4, 4}};
    const xt::xtensor<double, 2> numbers{{0.1, 0.2, 0.3}, {1, 2, 3}, {-1, 0, 1}, {0, 0, 0}, {2, 1, 0}};
    Model<Mixed> model{{.seed = 4}};
    const auto y = predict<2>(model, words, numbers);
    BOOST_TEST((y.shape() == std::array<std::size_t, 2>{5, 3}));
    BOOST_TEST((predict<2>(model, std::tuple{words, numbers}) == y));
    for (std::size_t i = 0; i < 5; ++i)
        BOOST_TEST((predict<2>(model, xt::view(words, xt::range(i, i + 1)), xt::view(numbers, xt::range(i, i + 1)))
                    == xt::view(y, xt::range(i, i + 1))));
    BOOST_CHECK_THROW(predict<2>(model, words, xt::view(numbers, xt::range(0, 3))), ShapeError);

    const data::Dataset dataset{std::tuple{words, numbers}, std::vector<int>{0, 1, 2, 0, 1}};
    Trainer<Mixed, SparseCategoricalCrossentropy, SGD, 5> trainer{model};
    const auto start = values_of(model);
    const float loss = trainer.step(dataset.x, dataset.y);
    Model<Mixed> other{{.seed = 4}};
    Trainer<Mixed, SparseCategoricalCrossentropy, SGD, 5> second{other};
    BOOST_TEST(second.step(words, numbers, dataset.y) == loss);
    BOOST_TEST((values_of(other) == values_of(model) && values_of(model) != start));

    // The kernel would read row 0 of the table.
    xt::xtensor<int, 2> outside = words;
    outside(3, 1) = 5;
    const auto names_the_row = [](const ValueError& error) {
        return std::string_view(error.what()) == "x[0], row 3: expected an index, an integer from 0 to 4, received 5";
    };
    BOOST_CHECK_EXCEPTION(predict<2>(model, outside, numbers), ValueError, names_the_row);
    const data::Dataset wrong{std::tuple{outside, numbers}, dataset.y};
    BOOST_CHECK_EXCEPTION(evaluate<5>(model, wrong, Accuracy{}), ValueError, names_the_row);
}

BOOST_AUTO_TEST_SUITE_END()
