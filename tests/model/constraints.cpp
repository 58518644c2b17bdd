// SPDX-License-Identifier: BSL-1.0
// Tests of constraints in whole trainings: as Keras', for trained parameters alone, in static trainers, too; nothing for predicting.
#include <model/training.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(model_constraints)

namespace {

template <class... Options>
struct Constrained : Sequential<Input<4>, Dense<5, activation<Tanh>, Options...>, Dense<3>> {};
using NonNegative = Constrained<kernel_constraint<NonNeg>>;
struct Embedded : Sequential<Indices<6>, Embedding<9, 4, embeddings_constraint<UnitNorm<1>>>, Dense<3>> {};
struct Kept : Sequential<Input<4>, Frozen<Dense<5, kernel_constraint<NonNeg>>>, Dense<3>> {};
using Entropy = SparseCategoricalCrossentropy;

} // namespace

BOOST_AUTO_TEST_CASE(trainings_match_keras) {
    constexpr SGD sgd{.learning_rate = 0.5, .momentum = 0.5};
    training::check<Constrained<kernel_constraint<MaxNorm<0.5>>>>("max_norm", sgd);
    training::check<NonNegative>("non_neg", sgd);
    training::check<Constrained<kernel_constraint<UnitNorm<>>, bias_constraint<MaxNorm<0.25>>>>("unit_norm", sgd);
    training::check<Constrained<kernel_constraint<MinMaxNorm<0.5, 0.75, 0.25, 0, 1>>>>("min_max_norm", sgd);
    training::check<Embedded, std::int32_t>("unit_embeddings", SGD{.learning_rate = 0.5});
}

BOOST_AUTO_TEST_CASE(frozen_parameters_stay) {
    Model<Kept, Cpu, double> model{{.seed = 1}};
    Trainer<Kept, Entropy, SGD, 8, Cpu, double> trainer{model};
    const xt::xarray<double> before = model.parameter("dense/kernel");
    BOOST_TEST(xt::amin(before)() < 0);
    const auto data = training::Case<NonNegative>("non_neg").data<double>(8);
    trainer.step(data.x, data.y);
    BOOST_TEST((before == model.parameter("dense/kernel")));
}

BOOST_AUTO_TEST_CASE(a_static_trainer_keeps_to_them) {
    StaticModel<NonNegative, double> model{3};
    StaticTrainer<NonNegative, Entropy, SGD, 8, double> trainer{model};
    Model<NonNegative, Cpu, double> same{{.seed = 3}};
    Trainer<NonNegative, Entropy, SGD, 8, Cpu, double> other{same};
    const auto data = training::Case<NonNegative>("non_neg").data<double>(8);
    for (int i = 0; i < 3; ++i) {
        trainer.step(data.x.data(), data.y.data());
        other.step(data.x, data.y);
    }
    BOOST_TEST(std::equal(same.values().begin(), same.values().end(), model.data()));
    BOOST_TEST(xt::amin(same.parameter("dense/kernel"))() == 0);
}

BOOST_AUTO_TEST_CASE(predicting_does_not_compute_them) {
    const ProgramView& predicts = Simplified<Lowered<detail::PredictionSource<NonNegative>>>::value;
    BOOST_TEST(predicts.outputs.size() == 1);
    BOOST_TEST(describe(predicts) == describe(Simplified<Lowered<detail::PredictionSource<Constrained<>>>>::value));
}

BOOST_AUTO_TEST_SUITE_END()
