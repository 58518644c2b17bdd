// SPDX-License-Identifier: BSL-1.0
// Tests of what optimizers and layers are told, in training steps of users: a StepTrainer does what a Trainer does.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(model_step_options)

namespace {

struct Plain : Sequential<Input<4>, Dense<5, activation<Tanh>>, Dense<3>> {};
struct Governed
    : Sequential<Input<4>, Dense<5, activation<Tanh>, kernel_regularizer<L2<0.1>>, kernel_constraint<MaxNorm<0.5>>>, Dense<3>> {};

/// The training of Net as a user writes it.
template <class Net>
struct Written : Net {
    using inputs = Inputs<Input<4>, Input<3>>;
    static constexpr void step(Step& s, Tensor x, Tensor y) {
        const Tensor loss = mean_loss<MeanSquaredError>(s, s.network<Net>(x), y);
        static_cast<void>(s.network<Net>(x + 1.0));             // another call adds no second regularizer
        s.minimize(loss + s.added_losses());
        s.metric("loss", loss);
    }
};

using Array = xt::xtensor<double, 2>;
template <class M>
std::vector<double> values_of(const M& model) {
    return {model.values().begin(), model.values().end()};
}

/// Three steps of both; the largest difference of a parameter.
template <class Net, class Optimizer>
double difference(const Optimizer& optimizer) {
    const Array x = xt::sin(7.0 * xt::arange<double>(32).reshape({8, 4})), y = xt::cos(3.0 * xt::arange<double>(24).reshape({8, 3}));
    Model<Net, Cpu, double> one{{.seed = 3}};
    Model<Written<Net>, Cpu, double> other{{.seed = 3}};
    const auto initial = values_of(one);
    BOOST_TEST((initial == values_of(other)));
    Trainer<Net, MeanSquaredError, Optimizer, 8, Cpu, double> trainer{one, {}, optimizer};
    StepTrainer<Written<Net>, 8, Optimizer, Cpu, double> steps{other, optimizer};
    for (int i = 0; i < 3; ++i) {
        trainer.step(x, y);
        steps.step(x, y);
    }
    if constexpr (requires { trainer.finalize_variable_values(); }) {
        trainer.finalize_variable_values();
        steps.finalize_variable_values();
    }
    const auto a = values_of(one), b = values_of(other);
    BOOST_TEST((a != initial));
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}
constexpr double tolerance = 1e-13;

} // namespace

BOOST_AUTO_TEST_CASE(gradients_are_clipped) {
    BOOST_TEST(difference<Plain>(SGD::with<clipnorm<0.25>>{.learning_rate = 0.5}) < tolerance);
    BOOST_TEST(difference<Plain>(SGD::with<global_clipnorm<0.25>>{.learning_rate = 0.5}) < tolerance);
    BOOST_TEST(difference<Plain>(SGD::with<clipvalue<0.125>>{.learning_rate = 0.5}) < tolerance);
}

BOOST_AUTO_TEST_CASE(gradients_are_accumulated_and_parameters_averaged) {
    BOOST_TEST(difference<Plain>(Adam::with<gradient_accumulation_steps<2>>{.learning_rate = 0.1}) < tolerance);
    BOOST_TEST(difference<Plain>(SGD::with<use_ema, ema_momentum<0.5>>{.learning_rate = 0.5}) < tolerance);
}

BOOST_AUTO_TEST_CASE(layers_are_regularized_once_and_constrained) {
    BOOST_TEST(difference<Governed>(SGD{.learning_rate = 0.5}) < tolerance);
}

BOOST_AUTO_TEST_SUITE_END()
