// SPDX-License-Identifier: BSL-1.0
// Tests of LBFGS: PyTorch's steps in double, where it ends, what it leaves alone, and float.
#include <model/training.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(model_lbfgs)

namespace {

using training::Dense5;
using Entropy = SparseCategoricalCrossentropy;
constexpr int rows = 24;
template <class Net, class Real = double>
using Steps = Trainer<Net, Entropy, SGD, rows, Cpu, Real>;

/// Takes the steps of a golden case.
void check(const std::string& name, const LBFGSOptions& options) {
    training::Case<Dense5> c(name);
    const auto data = c.data<double>();
    Steps<Dense5> trainer{c.model};
    LBFGS lbfgs{trainer, options};
    std::vector<double> losses;
    for (std::size_t i = 0; i < c.at("losses").values.size(); ++i) losses.push_back(lbfgs.step(data.x, data.y));
    BOOST_TEST_CONTEXT(name) {
        BOOST_TEST(training::error(losses, c.at("losses").values) < 1e-7);
        BOOST_TEST(static_cast<double>(lbfgs.evaluations()) == c.at("evaluations").values[0]);
        for (const char* path : {"dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"})
            BOOST_TEST(training::error(c.model.parameter(path), c.at("final/" + std::string(path)).values) < 1e-6);
    }
}

struct Half : Sequential<Input<4>, Frozen<Dense<5, activation<Tanh>>>, Dense<3>> {};

} // namespace

BOOST_AUTO_TEST_CASE(steps_are_those_of_pytorch) {
    check("lbfgs", {.learning_rate = 0.5, .max_iter = 4});
    check("lbfgs_short_history", {.learning_rate = 0.25, .max_iter = 5, .history_size = 2});
}

BOOST_AUTO_TEST_CASE(line_searches_are_those_of_pytorch) {
    check("lbfgs_strong_wolfe", {.max_iter = 4, .strong_wolfe = true});
    check("lbfgs_strong_wolfe_far", {.learning_rate = 8, .max_iter = 3, .max_eval = 12, .strong_wolfe = true});
    check("lbfgs_strong_wolfe_near", {.learning_rate = 0.01, .max_iter = 3, .strong_wolfe = true});
}

BOOST_AUTO_TEST_CASE(it_ends_where_the_gradient_does) {
    training::Case<Dense5> c("lbfgs");
    const auto data = c.data<double>();
    Steps<Dense5> trainer{c.model};
    LBFGS lbfgs{trainer, {.tolerance_grad = 100, .strong_wolfe = true}};
    const double loss = lbfgs.step(data.x, data.y);
    BOOST_TEST(lbfgs.evaluations() == 1);
    BOOST_TEST(lbfgs.step(data.x, data.y) == loss);                     // nothing has moved
    lbfgs.options.tolerance_grad = 1e-7;
    lbfgs.step(data.x, data.y);
    BOOST_TEST(lbfgs.step(data.x, data.y) < loss);
}

BOOST_AUTO_TEST_CASE(frozen_parameters_stay_and_floats_do) {
    Model<Half, Cpu, float> model{{.seed = 4}};
    Steps<Half, float> trainer{model};
    const xt::xarray<float> kernel = model.parameter("dense/kernel"), head = model.parameter("dense_1/kernel");
    const auto data = training::Case<Dense5>("lbfgs").data<float>();
    LBFGS lbfgs{trainer, {.strong_wolfe = true}};
    const double before = lbfgs.step(data.x, data.y), after = lbfgs.step(data.x, data.y);
    BOOST_TEST(after < 0.9 * before);
    BOOST_TEST((model.parameter("dense/kernel") == kernel));
    BOOST_TEST((model.parameter("dense_1/kernel") != head));
    BOOST_CHECK_THROW(lbfgs.step(data.x, xt::xtensor<std::int32_t, 1>(xt::zeros<int>({3}))), ShapeError);
}

BOOST_AUTO_TEST_SUITE_END()
