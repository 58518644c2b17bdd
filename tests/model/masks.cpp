// SPDX-License-Identifier: BSL-1.0
// Tests of masks from the first layer to the loss: training, metrics and evaluation count what Keras counts; predicting needs no mask.
#include <model/training.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(model_masks)

namespace {

struct Tokens : Sequential<Indices<6>, Embedding<9, 4, mask_zero>, Dense<3>> {};
struct Unmasked : Sequential<Indices<6>, Embedding<9, 4>, Dense<3>> {};
using Entropy = SparseCategoricalCrossentropy;

} // namespace

BOOST_AUTO_TEST_CASE(hidden_steps_count_in_no_loss_and_no_metric) {
    training::check<Tokens, std::int32_t>("masked_tokens", SGD{.learning_rate = 0.5});
}

BOOST_AUTO_TEST_CASE(weights_of_samples_and_masks_multiply) {
    training::Case<Tokens> c("masked_tokens_weighted");
    const data::Dataset train{c.array<std::int32_t>("x"), c.array<std::int32_t>("y"), c.array<double>("weights")};
    fit<training::batch>(c.model, train, Entropy{}, SGD{.learning_rate = 0.5}, {.epochs = 4, .verbose = 0, .shuffle = false});
    for (const char* path : {"embedding/embeddings", "dense/kernel", "dense/bias"})
        BOOST_TEST(training::error(c.model.parameter(path), c.at("final/" + std::string(path)).values) < training::tolerance);
}

BOOST_AUTO_TEST_CASE(labels_of_hidden_steps_do_not_matter) {
    training::Case<Tokens> c("masked_tokens");
    const auto points = c.data<std::int32_t>();
    auto spoilt = points;
    for (std::size_t i = 0; i < spoilt.y.size(); ++i)
        if (spoilt.x.data()[i] == 0) spoilt.y.data()[i] = 2 - spoilt.y.data()[i];
    BOOST_TEST((points.y != spoilt.y));
    const Logs a = evaluate(c.model, points, Entropy{}, Accuracy{}), b = evaluate(c.model, spoilt, Entropy{}, Accuracy{});
    BOOST_TEST((a == b));
    Model<Unmasked, Cpu, double> all;
    BOOST_TEST(evaluate(all, points, Entropy{}) != evaluate(all, spoilt, Entropy{}));
}

BOOST_AUTO_TEST_CASE(a_batch_that_is_hidden_whole_changes_nothing) {
    Model<Tokens, Cpu, double> model{{.seed = 3}};
    const std::vector<double> before(model.values().begin(), model.values().end());
    Trainer<Tokens, Entropy, SGD, 2, Cpu, double> trainer{model};
    const xt::xtensor<std::int32_t, 2> nothing = xt::zeros<int>({2, 6}), labels = xt::ones<int>({2, 6});
    BOOST_TEST(trainer.step(nothing, labels) == 0);
    BOOST_TEST(std::vector<double>(model.values().begin(), model.values().end()) == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(predicting_computes_no_mask) {
    static_assert(Network<Tokens>::inference.find_output("mask") >= 0);
    const ProgramView& predicts = Simplified<Lowered<detail::PredictionSource<Tokens>>>::value;
    BOOST_TEST(predicts.outputs.size() == 1);
    const ProgramView& plain = Simplified<Lowered<detail::NetworkSource<Unmasked, false>>>::value;
    BOOST_TEST(describe(predicts) == describe(plain));
}

BOOST_AUTO_TEST_SUITE_END()
