// SPDX-License-Identifier: BSL-1.0
// Optimizers of users: the same function as the library's own, with numbers that change at run time.
#include <weft/optimizers/optimizer.hpp>
#include <weft/schedules/exponential_decay.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_optimizer)

namespace {

/// Sign of an interpolated momentum, as a user writes it.  Chen et al. 2023, arXiv:2302.06675.
struct Lion {
    double learning_rate = 1e-4;
    double beta_1 = .9, beta_2 = .99;
    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        Tensor m = g.state("momentum", parameter.full_shape(), Zeros{});
        Tensor beta_1 = g.scalar(&Lion::beta_1), beta_2 = g.scalar(&Lion::beta_2);
        g.assign(parameter, parameter - g.scalar(&Lion::learning_rate) * sign(beta_1 * m + (1.0 - beta_1) * gradient));
        g.assign(m, beta_2 * m + (1.0 - beta_2) * gradient);
    }
};
struct Scheduled {
    LearningRate learning_rate = 1.0;
    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        g.assign(parameter, parameter - g.scalar(&Scheduled::learning_rate) * gradient);
    }
};
struct NoOptimizer {
    static constexpr Tensor define(Graph&, Tensor parameter, Tensor) { return parameter; }
};

static_assert(Optimizer<Lion> && Optimizer<Scheduled> && !Optimizer<NoOptimizer>);
static_assert(member_index(&Lion::beta_2) == 2);

} // namespace

BOOST_AUTO_TEST_CASE(lion_of_a_user_matches_keras) { test::check_golden("keras_lion", Lion{.learning_rate = 0.01}); }

BOOST_AUTO_TEST_CASE(the_first_update_has_the_initial_learning_rate) {
    const auto path = test::follow(Scheduled{ExponentialDecay{1, 1, 0.5}}, {0}, {{-1}, {-1}, {-1}});
    BOOST_TEST(path[0][0] == 1.0);
    BOOST_TEST(path[1][0] == 1.5);
    BOOST_TEST(path[2][0] == 1.75);
}

BOOST_AUTO_TEST_SUITE_END()
