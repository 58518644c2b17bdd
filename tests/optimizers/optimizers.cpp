// SPDX-License-Identifier: BSL-1.0
// Tests of all optimizers together: one header brings them, their learning rates are Keras', and each goes downhill.
#include <weft/optimizers/optimizers.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_optimizers)

namespace {

static_assert(double(SGD{}.learning_rate) == 0.01 && double(Adam{}.learning_rate) == 1e-3 && double(AdamW{}.learning_rate) == 1e-3);
static_assert(double(RMSprop{}.learning_rate) == 1e-3 && double(Adagrad{}.learning_rate) == 1e-3);
static_assert(double(Adadelta{}.learning_rate) == 1e-3 && double(Adamax{}.learning_rate) == 1e-3 && double(Nadam{}.learning_rate) == 1e-3);

/// Down a slope of -1 the parameter grows, in every update and in nothing but updates.
template <Optimizer O>
void check_downhill(O optimizer, int steps_of_an_update = 1) {
    BOOST_TEST_CONTEXT(type_name<O>()) {
        const auto path = test::follow(optimizer, {0}, std::vector<test::Numbers>(20, {-1}));
        double before = 0;
        for (std::size_t step = 0; step < path.size(); ++step) {
            const bool updates = (step + 1) % static_cast<std::size_t>(steps_of_an_update) == 0;
            BOOST_TEST((updates ? path[step][0] > before : path[step][0] == before));
            before = path[step][0];
        }
    }
}
template <template <class...> class O>
void check_all_options() {
    check_downhill(O<>{});
    check_downhill(O<clipvalue<0.5>>{});
    check_downhill(O<clipnorm<0.5>>{});
    check_downhill(O<global_clipnorm<0.5>>{});
    check_downhill(O<gradient_accumulation_steps<4>>{}, 4);
    check_downhill(O<use_ema>{});
}

} // namespace

BOOST_AUTO_TEST_CASE(all_go_downhill) {
    check_all_options<configured::Adadelta>();
    check_all_options<configured::Adagrad>();
    check_all_options<configured::Adam>();
    check_all_options<configured::AdamW>();
    check_all_options<configured::Adamax>();
    check_all_options<configured::Nadam>();
    check_all_options<configured::RMSprop>();
    check_all_options<configured::SGD>();
}

BOOST_AUTO_TEST_SUITE_END()
