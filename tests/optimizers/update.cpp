// SPDX-License-Identifier: BSL-1.0
// What every optimizer can be told: clipping by value, and what is rejected in words.
#include <weft/optimizers/adam_w.hpp>
#include <weft/optimizers/adamax.hpp>
#include <weft/optimizers/nadam.hpp>
#include <weft/optimizers/optimizers.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_update)

namespace {

template <class... O>
bool all_take() {
    return (test::complaint<O>().empty() && ...);
}

} // namespace

BOOST_AUTO_TEST_CASE(elements_are_brought_into_the_range) {
    const auto path = test::follow(SGD::with<no_momentum, clipvalue<0.5>>{.learning_rate = 1}, {0, 0, 0}, {{-4, 0.25, 0.75}});
    BOOST_TEST(path[0] == (test::Numbers{0.5, -0.25, -0.5}), boost::test_tools::per_element());
    test::check_golden("keras_sgd_clip_value", SGD::with<clipvalue<0.5>>{.learning_rate = 0.1});
}

BOOST_AUTO_TEST_CASE(every_optimizer_takes_the_options) {
    BOOST_TEST((all_take<SGD::with<clipnorm<1>>, RMSprop::with<clipvalue<1>>, RMSprop::with<no_momentum, use_ema>,
                         Adagrad::with<global_clipnorm<2>>, Adadelta::with<gradient_accumulation_steps<2>>, Adamax::with<clipnorm<1>>,
                         Nadam::with<use_ema, ema_momentum<0.5>>, AdamW::with<amsgrad, clipvalue<1>>>()));
    BOOST_TEST(type_name<Adam::with<clipnorm<0.5>>>() == "Adam<clipnorm<0.5>>");
}

BOOST_AUTO_TEST_CASE(contradictions_are_rejected) {
    BOOST_TEST((test::complaint<Adam::with<clipnorm<1>, clipvalue<1>>>()
                == "Adam is given more than one of clipvalue, clipnorm and global_clipnorm: decide for one"));
    BOOST_TEST((test::complaint<Adam::with<clipnorm<1>, clipnorm<2>>>()
                == "Adam is given both clipnorm<1> and clipnorm<2>: decide for one"));
    BOOST_TEST((test::complaint<Adam::with<use_ema, use_ema>>() == "Adam is given use_ema twice: once is enough"));
    BOOST_TEST((test::complaint<Adam::with<clipvalue<-0.5>>>() == "Adam is given clipvalue<-0.5>: it must be above 0"));
    BOOST_TEST((test::complaint<Adam::with<clipnorm<0>>>() == "Adam is given clipnorm<0>: it must be above 0"));
    BOOST_TEST((test::complaint<SGD::with<gradient_accumulation_steps<0>>>()
                == "SGD accumulates the gradients of 0 steps: needs at least 1"));
    BOOST_TEST((test::complaint<SGD::with<gradient_accumulation_steps<2>, global_clipnorm<1>>>()
                == "SGD is given a norm to clip to and gradient_accumulation_steps: the norm of a sum of gradients that is not complete "
                   "says nothing, clip by clipvalue"));
    BOOST_TEST((test::complaint<SGD::with<ema_momentum<0.5>>>() == "SGD is given ema_momentum: it needs use_ema, too"));
    BOOST_TEST((test::complaint<SGD::with<use_ema, ema_momentum<1.5>>>()
                == "SGD averages with an ema_momentum of 1.5: needs a number in [0, 1]"));
    BOOST_TEST((test::complaint<SGD::with<use_ema, ema_overwrite_frequency<-1>>>()
                == "SGD overwrites parameters after every -1 updates: needs at least 1"));
}

BOOST_AUTO_TEST_SUITE_END()
