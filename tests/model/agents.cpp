// SPDX-License-Identifier: BSL-1.0
// Steps of reinforcement learning: two networks on one store with a step each (PPO), and a target network that is a state (DQN).
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(model_agents)

namespace {

/// Dense layers of these sizes with an activation between them, below one name.
template <int... Units>
constexpr Tensor mlp(Graph& g, std::string_view name, Tensor x, Tensor (*activation)(Tensor)) {
    int left = sizeof...(Units), number = 0;
    auto next = [&]<int U>(std::integral_constant<int, U>) {
        x = g.layer<Dense<U>>((Path(name) / "dense").append_number(number++).view(), x);
        if (--left > 0) x = activation(x);
    };
    (next(std::integral_constant<int, Units>{}), ...);
    return x;
}

/// Schulman et al. 2017, arXiv:1707.06347.
struct Agent {
    static constexpr Tensor actor(Graph& g, Tensor o) { return mlp<16, 16, 2>(g, "actor", Input<3>::define(g, o), tanh); }
    static constexpr Tensor critic(Graph& g, Tensor o) { return squeeze(mlp<16, 1>(g, "critic", Input<3>::define(g, o), tanh)); }
    static constexpr auto entry_points = weft::entry_points<&Agent::actor, &Agent::critic>;
};
struct PolicyStep : Agent {
    using inputs = Inputs<Input<3>, Indices<>, Input<>, Input<>>;
    static constexpr void step(Step& s, Tensor o, Tensor action, Tensor old_log_prob, Tensor advantage) {
        const Tensor log_prob = pick(log_softmax(actor(s, o)), action), ratio = exp(log_prob - old_log_prob);
        s.minimize<"actor/*">(-mean(minimum(ratio * advantage, where(advantage > 0.0, 1.2 * advantage, 0.8 * advantage))));
        s.metric("kl", mean(old_log_prob - log_prob));
    }
};
struct ValueStep : Agent {
    using inputs = Inputs<Input<3>, Input<>>;
    static constexpr void step(Step& s, Tensor o, Tensor returned) {
        const Tensor loss = square(returned - critic(s, o));
        s.minimize<"critic/*">(loss);
        s.metric("loss", loss);
    }
};

/// Mnih et al. 2015: the target is a copy of the network, made now and then; here it is a state that follows.
struct Dqn {
    static constexpr Tensor q(Graph& g, Tensor o) { return matmul(o, g.parameter("q/kernel", {3, 2}, GlorotUniform{})); }
    using inputs = Inputs<Input<3>, Indices<>, Input<>, Input<3>>;
    static constexpr void step(Step& s, Tensor o, Tensor action, Tensor reward, Tensor following) {
        const Tensor target = s.state("target/kernel", {3, 2}, Zeros{});
        const Tensor best = max(matmul(following, target), -1);
        const Tensor loss = square(pick(q(s, o), action) - (reward + 0.9 * best));
        s.minimize(loss);
        s.metric("loss", loss);
        s.assign(target, 0.5 * target + 0.5 * s.parameter("q/kernel", {3, 2}, GlorotUniform{}));
    }
};

constexpr std::size_t rows = 32;
struct Data {
    xt::xtensor<double, 2> o{std::array<std::size_t, 2>{rows, 3}}, following = o;
    std::vector<std::int32_t> action = std::vector<std::int32_t>(rows);
    std::vector<double> reward = std::vector<double>(rows);
    Data() {
        Random random(8);
        for (double& value : o) value = random.normal();
        for (double& value : following) value = random.normal();
        for (std::size_t i = 0; i < rows; ++i) {
            action[i] = static_cast<std::int32_t>(random.below(2));
            reward[i] = (o(i, 0) > 0) == (action[i] == 1) ? 1 : -1;        // the first number tells what to do
        }
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_policy_learns_what_its_advantages_tell_and_a_value_what_came_back) {
    const Data d;
    Model<Agent, Cpu, double> model{{.seed = 1}};
    StepTrainer<PolicyStep, rows, Adam, Cpu, double> policy{model, Adam{.learning_rate = 3e-3}};
    StepTrainer<ValueStep, rows, Adam, Cpu, double> value{model, Adam{.learning_rate = 1e-2}};
    auto log_probs = [&] {
        const auto logits = predict<&Agent::actor>(model, d.o);
        std::vector<double> result;
        for (std::size_t i = 0; i < rows; ++i)
            result.push_back(logits(i, d.action[i]) - std::log(std::exp(logits(i, 0)) + std::exp(logits(i, 1))));
        return result;
    };
    const std::vector<double> old = log_probs();
    const auto critic = model.parameter("critic/dense0/kernel")(0, 0), actor = model.parameter("actor/dense0/kernel")(0, 0);
    BOOST_TEST(std::abs(policy.step(d.o, d.action, old, d.reward)["kl"]) < 1e-12);      // the policy is still the old one
    BOOST_TEST(model.parameter("critic/dense0/kernel")(0, 0) == critic);
    BOOST_TEST(model.parameter("actor/dense0/kernel")(0, 0) != actor);
    for (int i = 0; i < 80 && policy.step(d.o, d.action, old, d.reward)["kl"] < 0.015; ++i) {}
    const std::vector<double> now = log_probs();
    double gained = 0;
    for (std::size_t i = 0; i < rows; ++i) gained += (now[i] - old[i]) * d.reward[i] / rows;
    BOOST_TEST(gained > 0.01);

    const double first = value.step(d.o, d.reward)["loss"];
    double last = 0;
    for (int i = 0; i < 300; ++i) last = value.step(d.o, d.reward)["loss"];
    BOOST_TEST(last < 0.5 * first);
    const auto v = predict<&Agent::critic>(model, d.o);
    double error = 0;
    for (std::size_t i = 0; i < rows; ++i) error += (v(i) - d.reward[i]) * (v(i) - d.reward[i]) / rows;
    BOOST_TEST(error < 0.5 * first);
}

BOOST_AUTO_TEST_CASE(a_target_that_is_a_state_follows_the_updated_network_by_hand) {
    const Data d;
    Model<Dqn, Cpu, double> model{{.seed = 2}};
    using Plain = SGD::with<no_momentum>;
    StepTrainer<Dqn, rows, Plain, Cpu, double> trainer{model, Plain{.learning_rate = 0.1}};
    xt::xtensor<double, 2> kernel = model.parameter("q/kernel"), target = model.parameter("target/kernel");
    for (int step = 0; step < 5; ++step) {
        xt::xtensor<double, 2> gradient = xt::zeros<double>({3, 2});
        double loss = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            double q = 0, best[2] = {};
            for (std::size_t k = 0; k < 3; ++k) {
                q += d.o(i, k) * kernel(k, d.action[i]);
                for (std::size_t a = 0; a < 2; ++a) best[a] += d.following(i, k) * target(k, a);
            }
            const double difference = q - (d.reward[i] + 0.9 * std::max(best[0], best[1]));
            loss += difference * difference / rows;
            for (std::size_t k = 0; k < 3; ++k) gradient(k, d.action[i]) += 2 * difference * d.o(i, k) / rows;
        }
        kernel -= 0.1 * gradient;
        target = 0.5 * target + 0.5 * kernel;
        BOOST_TEST(std::abs(trainer.step(d.o, d.action, d.reward, d.following)["loss"] - loss) < 1e-13);
        for (std::size_t i = 0; i < 6; ++i) {
            BOOST_TEST(std::abs(model.parameter("q/kernel").data()[i] - kernel.data()[i]) < 1e-13);
            BOOST_TEST(std::abs(model.parameter("target/kernel").data()[i] - target.data()[i]) < 1e-13);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
