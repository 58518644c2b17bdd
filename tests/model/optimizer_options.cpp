// SPDX-License-Identifier: BSL-1.0
// Tests of what every optimizer can be told, in whole trainings beside Keras: clipping, accumulation of gradients, moving averages.
#include <cstdio>

#include <model/training.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(model_optimizer_options)

namespace {

using training::Dense5;
using Entropy = SparseCategoricalCrossentropy;
struct Tokens : Sequential<Indices<6>, Embedding<9, 4, mask_zero>, Dense<3>> {};

template <class Optimizer>
using Double = Trainer<Dense5, Entropy, Optimizer, training::batch, Cpu, double>;

template <class T>
constexpr bool averages = requires(T& trainer) { trainer.finalize_variable_values(); };

std::vector<double> values_of(const Model<Dense5, Cpu, double>& model) { return {model.values().begin(), model.values().end()}; }

} // namespace

// Clipping by value stays in the registers of what yields the gradient; the norm of a gradient needs all of it in memory.
static_assert(Double<SGD::with<clipvalue<1>>>::workspace_bytes == Double<SGD>::workspace_bytes);
static_assert(Double<SGD::with<clipnorm<1>>>::workspace_bytes > Double<SGD>::workspace_bytes);
static_assert(Double<SGD::with<gradient_accumulation_steps<2>>>::workspace_bytes == Double<SGD>::workspace_bytes);

BOOST_AUTO_TEST_CASE(clipping_matches_keras) {
    training::check<Dense5>("clipped_by_value", SGD::with<clipvalue<0.0625>>{.learning_rate = 0.5, .momentum = 0.5});
    training::check<Dense5>("clipped_by_norm", SGD::with<clipnorm<0.25>>{.learning_rate = 0.5, .momentum = 0.5});
    training::check<Dense5>("clipped_by_global_norm", SGD::with<global_clipnorm<0.25>>{.learning_rate = 0.5, .momentum = 0.5});
    training::check<Tokens, std::int32_t>("masked_tokens_clipped", SGD::with<no_momentum, global_clipnorm<0.125>>{.learning_rate = 0.5});
}

BOOST_AUTO_TEST_CASE(accumulation_matches_keras) {
    training::check<Dense5>("accumulated", SGD::with<gradient_accumulation_steps<2>>{.learning_rate = 0.5, .momentum = 0.5});
}

BOOST_AUTO_TEST_CASE(parameters_become_their_average_when_fit_ends) {
    training::check<Dense5>("averaged", SGD::with<use_ema, ema_momentum<0.75>>{.learning_rate = 0.5, .momentum = 0.5});
}

BOOST_AUTO_TEST_CASE(a_trainer_averages_when_it_is_told_to) {
    using Averaged = SGD::with<no_momentum, use_ema, ema_momentum<0.5>>;
    static_assert(averages<Double<Averaged>> && !averages<Double<SGD>>);
    const auto data = training::Case<Dense5>("averaged").data<double>(training::batch);
    Model<Dense5, Cpu, double> model{{.seed = 1}};
    Double<Averaged> trainer{model};
    const auto initial = values_of(model);
    trainer.finalize_variable_values();                         // there is no average yet
    BOOST_TEST((values_of(model) == initial));
    trainer.step(data.x, data.y);
    const auto first = values_of(model);
    trainer.step(data.x, data.y);
    const auto second = values_of(model);
    trainer.finalize_variable_values();
    const auto average = values_of(model);
    BOOST_TEST((first != second));
    for (std::size_t i = 0; i < average.size(); ++i) BOOST_TEST(std::abs(average[i] - (first[i] + second[i]) / 2) < 1e-14);
}

BOOST_AUTO_TEST_CASE(gradients_are_given_as_they_are_before_clipping) {
    const auto data = training::Case<Dense5>("averaged").data<double>(training::batch);
    Model<Dense5, Cpu, double> model{{.seed = 1}};
    Double<SGD::with<clipnorm<1e-3>>> clipped{model};
    Double<SGD> plain{model};
    const auto a = clipped.gradients(data.x, data.y), b = plain.gradients(data.x, data.y);
    BOOST_TEST((a == b));
}

BOOST_AUTO_TEST_CASE(a_resumed_accumulation_gives_the_same_bits) {
    using Accumulated = Adam::with<gradient_accumulation_steps<3>>;
    const auto data = training::Case<Dense5>("averaged").data<double>(training::batch);
    Model<Dense5, Cpu, double> one{{.seed = 1}}, other{{.seed = 1}};
    Double<Accumulated> straight{one};
    for (int i = 0; i < 6; ++i) straight.step(data.x, data.y);
    const std::string path = "optimizer_options.safetensors";
    {
        Model<Dense5, Cpu, double> model{{.seed = 1}};
        Double<Accumulated> trainer{model};
        for (int i = 0; i < 4; ++i) trainer.step(data.x, data.y);
        save(trainer, path);
    }
    Double<Accumulated> resumed{other};
    load(resumed, path);
    std::remove(path.c_str());
    for (int i = 0; i < 2; ++i) resumed.step(data.x, data.y);
    BOOST_TEST((values_of(one) == values_of(other)));
}

BOOST_AUTO_TEST_SUITE_END()
