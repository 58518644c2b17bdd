// SPDX-License-Identifier: BSL-1.0
// Tests of all metrics together: one header brings them, their names are Keras', and a perfect prediction has the best value.
#include <weft/metrics/metrics.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_metrics)

namespace {

/// The names of metrics in histories.
template <Metric... M>
std::string names() {
    std::string text;
    ((text += (text.empty() ? "" : " ") + std::string(metric_name<M>().view())), ...);
    return text;
}

/// The results of scores that are right for all of three rows, and for none.
struct Extremes {
    double right, wrong;
};
template <Metric M>
Extremes extremes(const Shape& shape, const Shape& target_shape, const test::Numbers& right, const test::Numbers& wrong,
                  const test::Numbers& target) {
    return {test::count<M>(shape, target_shape, right, target), test::count<M>(shape, target_shape, wrong, target)};
}
void check_best_is_one(const Extremes& e) {
    BOOST_TEST(e.right == 1, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(e.wrong < 0.5);
}

} // namespace

BOOST_AUTO_TEST_CASE(names_follow_keras) {
    BOOST_TEST((names<AUC, Accuracy, BinaryAccuracy, CategoricalAccuracy, F1Score, FalseNegatives, FalsePositives, Precision>())
               == "auc accuracy binary_accuracy categorical_accuracy f1_score false_negatives false_positives precision");
    BOOST_TEST((names<R2Score, Recall, RootMeanSquaredError, SparseCategoricalAccuracy, SparseTopKCategoricalAccuracy<2>,
                      TopKCategoricalAccuracy<2>, TrueNegatives, TruePositives>())
               == "r2_score recall root_mean_squared_error sparse_categorical_accuracy sparse_top_k_categorical_accuracy "
                  "top_k_categorical_accuracy true_negatives true_positives");
}

BOOST_AUTO_TEST_CASE(a_right_prediction_has_the_best_value) {
    const test::Numbers classes{0, 1, 2}, one_hot{1, 0, 0, 0, 1, 0, 0, 0, 1};
    const test::Numbers right{9, -9, -9, -9, 9, -9, -9, -9, 9}, wrong{-9, 9, -9, -9, -9, 9, 9, -9, -9};
    check_best_is_one(extremes<Accuracy>({3}, {}, right, wrong, classes));
    check_best_is_one(extremes<SparseCategoricalAccuracy>({3}, {}, right, wrong, classes));
    check_best_is_one(extremes<CategoricalAccuracy>({3}, {3}, right, wrong, one_hot));
    check_best_is_one(extremes<R2Score>({3}, {3}, one_hot, wrong, one_hot));
    const test::Numbers answers{1, 0, 1}, yes{4, -4, 3}, no{-4, 4, -3};           // logits
    check_best_is_one(extremes<BinaryAccuracy>({1}, {1}, yes, no, answers));
    check_best_is_one(extremes<AUC>({1}, {1}, yes, no, answers));
    check_best_is_one(extremes<Precision>({1}, {1}, yes, no, answers));
    check_best_is_one(extremes<Recall>({1}, {1}, yes, no, answers));
    BOOST_TEST(test::count<RootMeanSquaredError>({1}, {1}, answers, answers) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
