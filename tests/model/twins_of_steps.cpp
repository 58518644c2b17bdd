// SPDX-License-Identifier: BSL-1.0
// Twins of training steps with several losses: 100 steps beside PyTorch, from the same numbers, noise among them.
#include "twins.hpp"

using namespace weft;
using namespace weft::detail;
using namespace weft::twins;

BOOST_AUTO_TEST_SUITE(model_twins_of_steps)

namespace {

constexpr Tensor logits_loss(Tensor logits, double target) { return softplus(logits) - target * logits; }
template <int From, int Hidden, int To>
using Chain = Sequential<Input<From>, Dense<Hidden>, Tanh, Dense<To>>;

struct Gan {
    static constexpr Tensor generate(Graph& g, Tensor z) { return g.layer<Chain<4, 8, 3>>("generate", z); }
    static constexpr Tensor judge(Graph& g, Tensor x) { return g.layer<Chain<3, 8, 1>>("judge", x); }
    static constexpr void step(Step& s, Tensor real, Tensor z) {
        const Tensor fake = generate(s, z);
        const Tensor judge_loss = mean(logits_loss(judge(s, real), 1) + logits_loss(judge(s, stop_gradient(fake)), 0));
        s.metric("judge_loss", judge_loss);
        s.minimize<"judge/*">(judge_loss);
        const Tensor generate_loss = logits_loss(judge(s, fake), 1);            // sees the updated judge
        s.metric("generate_loss", generate_loss);
        s.minimize<"generate/*">(generate_loss);
        s.metric("fake", mean(sigmoid(judge(s, fake))));
    }
};

struct Vae {
    static constexpr std::tuple<Tensor, Tensor> encode(Graph& g, Tensor x) {
        const Tensor h = tanh(g.layer<Dense<8>>("encode/dense", x));
        return {g.layer<Dense<2>>("mean/dense", h), g.layer<Dense<2>>("log_variance/dense", h)};
    }
    static constexpr Tensor decode(Graph& g, Tensor z) { return g.layer<Chain<2, 8, 5>>("decode", z); }
    using inputs = Inputs<Input<5>, Input<2>>;
    static constexpr void step(Step& s, Tensor x, Tensor noise) {
        const auto [m, v] = encode(s, x);
        const Tensor reconstruction = sum(square(decode(s, m + exp(0.5 * v) * noise) - x), -1);
        const Tensor kl = -0.5 * sum(1.0 + v - square(m) - exp(v), -1);
        s.minimize(reconstruction + kl);
        s.metric("loss", reconstruction + kl);
        s.metric("reconstruction", reconstruction);
        s.metric("kl", kl);
    }
};

struct Wgan {
    static constexpr Tensor generate(Graph& g, Tensor z) { return g.layer<Chain<4, 8, 3>>("generate", z); }
    static constexpr Tensor critic(Graph& g, Tensor x) { return g.layer<Chain<3, 8, 1>>("critic", x); }
    using inputs = Inputs<Input<3>, Input<4>, Input<1>>;
    static constexpr void step(Step& s, Tensor real, Tensor z, Tensor alpha) {
        const Tensor fake = generate(s, z), given = stop_gradient(fake), mixed = alpha * real + (1.0 - alpha) * given;
        for (std::string_view name : {"critic_loss_0", "critic_loss_1"}) {
            const Tensor penalty = square(norm(gradient(critic(s, mixed), mixed)) - 1.0);
            const Tensor loss = mean(critic(s, given)) - mean(critic(s, real)) + 10.0 * mean(penalty);
            s.metric(name, loss);
            s.minimize<"critic/*">(loss);
        }
        const Tensor loss = -critic(s, fake);
        s.metric("generate_loss", loss);
        s.minimize<"generate/*">(loss);
    }
};

struct Ddpg {
    static constexpr Tensor q(Graph& g, std::string_view name, Tensor o, Tensor a) {
        return g.layer<Chain<4, 8, 1>>(name, concatenate(-1, o, a));
    }
    static constexpr Tensor act(Graph& g, std::string_view name, Tensor o) { return tanh(g.layer<Chain<3, 8, 1>>(name, o)); }
    using inputs = Inputs<Input<3>, Input<1>, Input<1>, Input<3>>;
    static constexpr void step(Step& s, Tensor o, Tensor a, Tensor reward, Tensor following) {
        const Tensor next = q(s, "target/critic", following, act(s, "target/actor", following));
        const Tensor critic_loss = square(q(s, "online/critic", o, a) - stop_gradient(reward + 0.9 * next));
        s.minimize<"online/critic/*">(critic_loss);
        const Tensor actor_loss = -q(s, "online/critic", o, act(s, "online/actor", o));
        s.minimize<"online/actor/*">(actor_loss);
        s.soft_update<"target/*", "online/*">(0.05);
        s.metric("critic_loss", critic_loss);
        s.metric("actor_loss", actor_loss);
    }
};

/// Trains as the case of that name was trained; the largest error of a metric or a parameter.
template <class Net, class... Optimizers>
double train_step(const std::string& name, const Optimizers&... optimizers) {
    static const golden::File file{"steps"};
    const auto twin = file.of(name);
    Model<Net, Cpu, double> model;
    for (const Variable& v : Network<Net>::variables) {
        const golden::Tensor& initial = twin.at("initial/" + std::string(v.path.view()));
        model.assign(v.path.view(), xt::adapt(initial.values, initial.shape));
    }
    StepTrainer<Net, batch, Optimizers..., Cpu, double> trainer{model, optimizers...};
    constexpr std::size_t columns = decltype(trainer)::inputs.size();
    std::map<std::string, std::vector<double>> metrics;
    for (std::size_t step = 0; step < 100; ++step) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            const std::vector<double>* values[] = {&twin.at("column/" + std::to_string(I)).values...};
            const auto rows_of = [&](std::size_t column) {
                const std::size_t row = values[column]->size() / rows;
                return std::span<const double>(values[column]->data() + step * batch % rows * row, batch * row);
            };
            for (auto [metric, value] : trainer.step(rows_of(I)...)) metrics[std::string(metric)].push_back(value);
        }(std::make_index_sequence<columns>{});
    }
    double worst = 0;
    for (const auto& [metric, values] : metrics) worst = std::max(worst, error(values, twin.at("metric/" + metric).values));
    for (const Variable& v : Network<Net>::variables)
        worst = std::max(worst, error(model.parameter(v.path.view()), twin.at("final/" + std::string(v.path.view())).values));
    BOOST_TEST_MESSAGE(name << ": " << worst);
    return worst;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_judge_and_a_generator_follow_pytorch) {
    BOOST_TEST((train_step<Gan>("gan", TorchAdam{.learning_rate = 0.01, .epsilon = 1e-8},
                                TorchAdam{.learning_rate = 0.02, .epsilon = 1e-8})) < tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(a_variational_autoencoder_follows_pytorch) {
    BOOST_TEST((train_step<Vae>("vae", TorchAdam{.learning_rate = 0.01, .epsilon = 1e-8})) < tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(two_updates_of_a_critic_with_gradient_penalty_and_one_of_a_generator_follow_pytorch) {
    using Plain = SGD::with<no_momentum>;
    BOOST_TEST((train_step<Wgan>("wgan", Plain{.learning_rate = 0.01}, Plain{.learning_rate = 0.01},
                                 TorchAdam{.learning_rate = 0.01, .epsilon = 1e-8})) < tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(target_networks_follow_as_in_pytorch) {
    BOOST_TEST((train_step<Ddpg>("ddpg", TorchAdam{.learning_rate = 0.005, .epsilon = 1e-8})) < tolerance::pytorch);
}

BOOST_AUTO_TEST_SUITE_END()
