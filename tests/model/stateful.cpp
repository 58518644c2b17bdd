// SPDX-License-Identifier: BSL-1.0
// Stateful recurrent layers: three batches of three steps are one sequence of nine, in prediction, evaluation and training.
#include <boost/test/unit_test.hpp>

#include <check_message.hpp>
#include <weft/weft.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(model_stateful)

namespace {

struct Kept : Sequential<Input<3, 2>, LSTM<5, return_sequences, stateful<4>>, GRU<2, return_sequences, stateful<4>>> {};
struct Whole : Sequential<Input<9, 2>, LSTM<5, return_sequences>, GRU<2, return_sequences>> {};

static_assert(BatchCheck<Kept, 4>::message.empty() && BatchCheck<Whole, 32>::message.empty());
static_assert(BatchCheck<Kept, 32>::message.view() ==
              "gru/rnn_state holds the states of 4 rows, and a batch has up to 32: write fit<4>, predict<4>, evaluate<4>, or stateful<32>");

using Sequence = xt::xtensor<double, 3>;

/// A model and the same without memory, on nine steps.
struct Both {
    Model<Kept, Cpu, double> kept;
    Model<Whole, Cpu, double> whole;
    Sequence x, y;

    explicit Both(std::size_t rows) : x{std::array<std::size_t, 3>{rows, 9, 2}}, y{x} {
        for (const detail::Variable& v : detail::Network<Whole>::variables)
            kept.assign(v.path.view(), xt::xarray<double>(whole.parameter(v.path.view())));
        double phase = 0;
        for (double& value : x) value = std::sin(phase += 1.7);
        for (double& value : y) value = std::cos(phase += 0.9);
    }
    static Sequence part(const Sequence& s, int k) { return xt::view(s, xt::all(), xt::range(3 * k, 3 * k + 3)); }
};

double difference(const Sequence& a, const Sequence& b) {
    BOOST_TEST_REQUIRE(a.size() == b.size());
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a.data()[i] - b.data()[i]));
    return largest;
}

} // namespace

BOOST_AUTO_TEST_CASE(predictions_go_on_where_the_batch_before_ended) {
    for (std::size_t rows : {4u, 3u}) {
        Both both(rows);
        const Sequence expected = predict<4>(both.whole, both.x);
        for (int time = 0; time < 2; ++time) {
            for (int k = 0; k < 3; ++k)
                BOOST_TEST(difference(predict<4>(both.kept, Both::part(both.x, k)), Both::part(expected, k)) < 1e-14);
            BOOST_TEST(difference(predict<4>(both.kept, Both::part(both.x, 0)), Both::part(expected, 0)) > 1e-3);
            both.kept.reset_states();
        }
    }
}

BOOST_AUTO_TEST_CASE(rows_that_a_batch_does_not_have_stay_as_they_were) {
    Both both(4);
    predict<4>(both.kept, Both::part(both.x, 0));
    const xt::xtensor<double, 2> before = both.kept.parameter("lstm/rnn_state");
    predict<4>(both.kept, Sequence(xt::view(both.x, xt::range(0, 2), xt::range(0, 3))));
    const xt::xtensor<double, 2> after = both.kept.parameter("lstm/rnn_state");
    BOOST_TEST((before.shape(0) == 4 && before.shape(1) == 5));
    for (std::size_t unit = 0; unit < 5; ++unit) {
        BOOST_TEST(before(0, unit) != after(0, unit));
        BOOST_TEST(before(3, unit) == after(3, unit));
        BOOST_TEST(before(3, unit) != 0);
    }
}

BOOST_AUTO_TEST_CASE(training_and_evaluation_carry_them_and_derivatives_end_with_the_batch) {
    Both both(4);
    Trainer<Kept, MeanSquaredError, SGD, 4, Cpu, double> trainer{both.kept, MeanSquaredError{}, SGD{.learning_rate = 0}};
    const Sequence expected = predict<4>(both.whole, both.x);
    for (int k = 0; k < 3; ++k) {
        const Sequence x = Both::part(both.x, k), y = Both::part(both.y, k), z = Both::part(expected, k);
        const double mean = xt::mean(xt::square(z - y))();
        BOOST_TEST(std::abs(trainer.step(x, y) - mean) < 1e-13);
    }
    both.kept.reset_states();
    for (int k = 0; k < 3; ++k) {
        const Sequence x = Both::part(both.x, k), y = Both::part(both.y, k), z = Both::part(expected, k);
        const double mean = xt::mean(xt::square(z - y))();
        BOOST_TEST(std::abs(evaluate<4>(both.kept, data::Dataset{x, y}, MeanSquaredError{}) - mean) < 1e-13);
    }
}

BOOST_AUTO_TEST_SUITE_END()
