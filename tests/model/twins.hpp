// SPDX-License-Identifier: BSL-1.0
// Trains a network as a case of golden/twins.safetensors was trained, and tells how far it is from its twin.
#pragma once
#include <boost/test/unit_test.hpp>

#include <golden/golden.hpp>
#include <weft/weft.hpp>

namespace weft::twins {

using namespace weft::detail;

inline constexpr std::size_t rows = 64, batch = 16;

namespace tolerance {
inline constexpr double pytorch = 1e-8, keras = 1e-6;      ///< of parameters and outputs in double, over the largest value of each
inline constexpr double single = 1e-4;                     ///< of losses in float
} // namespace tolerance

/// The largest errors of a training beside its twin.
struct Errors {
    double parameter = 0, loss = 0, output = 0;
};

template <class Array>
double error(const Array& value, const std::vector<double>& expected) {
    BOOST_REQUIRE(value.size() == expected.size());
    double difference = 0, largest = 1e-300;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference = std::max(difference, std::abs(static_cast<double>(value.data()[i]) - expected[i]));
        largest = std::max(largest, std::abs(expected[i]));
    }
    return difference / largest;
}

/// Trains Net as the case of that name was trained. A schedule in the optimizer stays; a constant rate is set to the case's.
template <class Net, class Real, class Optimizer>
Errors train(const std::string& name, Optimizer optimizer) {
    static const golden::File file{"twins"};
    const auto twin = file.of(name);
    std::vector<Real> x(twin.at("x").values.begin(), twin.at("x").values.end());
    const std::vector<std::int32_t> y(twin.at("y").values.begin(), twin.at("y").values.end());
    const std::size_t row = x.size() / rows;

    Model<Net, Cpu, Real> model;
    for (const Variable& v : Network<Net>::variables) {
        const golden::Tensor& initial = twin.at("initial/" + std::string(v.path.view()));
        model.assign(v.path.view(), xt::adapt(initial.values, initial.shape));
    }
    Trainer<Net, SparseCategoricalCrossentropy, Optimizer, batch, Cpu, Real> trainer{model, {}, optimizer};
    const std::vector<double>& rates = twin.at("learning_rates").values;
    std::vector<double> losses;
    for (std::size_t step = 0; step < rates.size(); ++step) {
        if (optimizer.learning_rate.is_constant()) trainer.optimizer.learning_rate = rates[step];
        const std::size_t first = step * batch % rows;
        const std::span<const Real> some_x(x.data() + first * row, batch * row);
        const std::span<const std::int32_t> some_y(y.data() + first, batch);
        losses.push_back(trainer.step(some_x, some_y));
    }

    Errors errors;
    errors.loss = error(losses, twin.at("losses").values);
    for (const Variable& v : Network<Net>::variables)
        errors.parameter =
            std::max(errors.parameter, error(model.parameter(v.path.view()), twin.at("final/" + std::string(v.path.view())).values));
    errors.output = error(predict(model, x), twin.at("output").values);
    BOOST_TEST_MESSAGE(name << ": parameters " << errors.parameter << ", losses " << errors.loss << ", outputs " << errors.output);
    return errors;
}

inline void check(const Errors& errors, double tolerance) {
    BOOST_TEST(errors.parameter < tolerance);
    BOOST_TEST(errors.loss < tolerance);
    BOOST_TEST(errors.output < tolerance);
}

using TorchAdam = Adam::with<epsilon_after_correction, weight_decay_in_gradient>;
using TorchSGD = SGD::with<learning_rate_outside_momentum, weight_decay_in_gradient>;

} // namespace weft::twins
