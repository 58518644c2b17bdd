// SPDX-License-Identifier: BSL-1.0
// Tests of evaluate: any number of rows, one metric or several, weights, the words in which logs are printed.
#include <model/training.hpp>

namespace {

using namespace weft;

struct Net : Sequential<Input<2>, Dense<3>> {};
struct Regularized : Sequential<Input<4>, Dense<5, activation<Tanh>, kernel_regularizer<L2<0.125>>>, Dense<3>> {};
constexpr int batch = 16;
using Entropy = SparseCategoricalCrossentropy;

struct Result {
    double loss = 0, accuracy = 0;
};

/// Loss and accuracy by hand, weighted.
template <class Weight>
Result by_hand(const Model<Net>& model, const data::Points& points, Weight weight) {
    const auto kernel = model.parameter("dense/kernel");
    Result r;
    double total = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double scores[3], exponentials = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            scores[c] = points.x(i, 0) * kernel(0, c) + points.x(i, 1) * kernel(1, c);
            exponentials += std::exp(scores[c]);
        }
        const auto label = static_cast<std::size_t>(points.y(i));
        r.loss += weight(i) * (std::log(exponentials) - scores[label]);
        r.accuracy += weight(i) * static_cast<double>(std::max_element(scores, scores + 3) - scores == points.y(i));
        total += weight(i);
    }
    return {r.loss / total, r.accuracy / total};
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_evaluate)

BOOST_AUTO_TEST_CASE(all_rows_count_whatever_their_number) {
    Model<Net> model{{.seed = 1}};
    for (std::size_t rows : {1, 2, batch, batch + 1, 45}) {
        const data::Points points = data::blobs(rows, 3, 1.0, 2, 4);
        const Logs logs = evaluate<batch>(model, points, Entropy{}, Accuracy{});
        const Result expected = by_hand(model, points, [](std::size_t) { return 1.0; });
        BOOST_TEST(std::abs(logs.at("sparse_categorical_crossentropy") - expected.loss) < 1e-5 * (1 + expected.loss));
        BOOST_TEST(logs.at("accuracy") == expected.accuracy, boost::test_tools::tolerance(1e-7));
    }
}

BOOST_AUTO_TEST_CASE(rows_count_as_their_weights_say) {
    Model<Net> model{{.seed = 1}};
    const data::Points points = data::blobs(21, 3, 1.0, 2, 4);
    std::vector<double> weight(21);
    for (std::size_t i = 0; i < 21; ++i) weight[i] = static_cast<double>(i % 3);
    const Logs logs = evaluate<batch>(model, data::Dataset{points.x, points.y, weight}, Entropy{}, Accuracy{});
    const Result expected = by_hand(model, points, [&](std::size_t i) { return weight[i]; });
    BOOST_TEST(std::abs(logs.at("sparse_categorical_crossentropy") - expected.loss) < 1e-5 * (1 + expected.loss));
    BOOST_TEST(logs.at("accuracy") == expected.accuracy, boost::test_tools::tolerance(1e-7));
}

BOOST_AUTO_TEST_CASE(a_loss_has_what_regularizers_add_and_metrics_have_not) {
    training::check<Regularized>("regularized", SGD{.learning_rate = 0.5});
    training::Case<Regularized> c("regularized");
    const auto points = c.data<double>();
    const auto kernel = c.model.parameter("dense/kernel");
    double penalty = 0;
    for (double w : kernel) penalty += 0.125 * w * w;
    const double loss = evaluate(c.model, points, Entropy{});
    const Logs logs = evaluate(c.model, points, Accuracy{}, Entropy{});
    BOOST_TEST(loss - logs.at("sparse_categorical_crossentropy") == penalty, boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(one_metric_is_a_number_and_several_are_printed_by_name) {
    Model<Net> model{{.seed = 1}};
    const data::Points points = data::blobs(20, 3, 1.0, 2, 4);
    const double accuracy = evaluate<batch>(model, points, Accuracy{});
    const Logs logs = evaluate<batch>(model, points, Entropy{}, Accuracy{});
    BOOST_TEST(accuracy == logs.at("accuracy"));
    std::ostringstream text;
    text << Logs{{"loss", 0.5}, {"accuracy", 0.25}};
    BOOST_TEST(text.str() == "accuracy: 0.25 - loss: 0.5");
}

BOOST_AUTO_TEST_CASE(wrong_datasets_are_refused) {
    Model<Net> model;
    const data::Points empty{xt::xtensor<float, 2>::from_shape({0, 2}), xt::xtensor<int, 1>::from_shape({0})};
    BOOST_CHECK_THROW(evaluate<batch>(model, empty, Accuracy{}), ValueError);
    const data::Points wide{xt::xtensor<float, 2>(xt::ones<float>({3, 4})), xt::xtensor<int, 1>{0, 1, 2}};
    BOOST_CHECK_THROW(evaluate<batch>(model, wide, Accuracy{}), ShapeError);
}

BOOST_AUTO_TEST_SUITE_END()
