// SPDX-License-Identifier: BSL-1.0
// Fits a network as a case of golden/training.safetensors was fitted by Keras, and compares parameters and history.
#pragma once
#include <boost/test/unit_test.hpp>

#include <golden/golden.hpp>
#include <weft/weft.hpp>

namespace weft::training {

using namespace weft::detail;

inline constexpr std::size_t batch = 8;
inline constexpr double tolerance = 1e-9;           ///< in double, over the largest value of each tensor

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

/// One case: its data, and a model with its initial parameters.
template <class Net>
class Case {
public:
    explicit Case(const std::string& name) : name_(name) {
        static const golden::File file{"training"};
        tensors_ = file.of(name);
        for (const Variable& v : Network<Net>::variables) {
            const golden::Tensor& initial = at("initial/" + std::string(v.path.view()));
            model.assign(v.path.view(), xt::adapt(initial.values, initial.shape));
        }
    }
    const golden::Tensor& at(const std::string& what) const { return tensors_.at(what); }
    /// A tensor of the file; of its first rows if a number is given.
    template <class T>
    xt::xarray<T> array(const std::string& what, std::size_t rows = 0) const {
        const golden::Tensor& t = at(what);
        auto shape = t.shape;
        if (rows > 0) shape[0] = rows;
        xt::xarray<T> a(shape);
        for (std::size_t i = 0; i < a.size(); ++i) a.data()[i] = static_cast<T>(t.values[i]);
        return a;
    }
    template <class X>
    auto data(std::size_t rows = 0) const {
        return data::Dataset{array<X>("x", rows), array<std::int32_t>("y", rows)};
    }
    /// Parameters and every metric of the history are those of Keras.
    void check(const History& history) const {
        BOOST_TEST_CONTEXT(name_) {
            for (const Variable& v : Network<Net>::variables) {
                const std::string path(v.path.view());
                const double e = error(model.parameter(path), at("final/" + path).values);
                BOOST_TEST(e < tolerance, path << ": error " << e);
            }
            for (const auto& [what, expected] : tensors_)
                if (what.starts_with("history/")) {
                    const double e = error(history[what.substr(8)], expected.values);
                    BOOST_TEST(e < tolerance, what << ": error " << e);
                }
        }
    }

    Model<Net, Cpu, double> model;

private:
    std::string name_;
    std::map<std::string, golden::Tensor> tensors_;
};

/// How all cases are fitted.
template <class Data>
FitOptions<Data> options(const Data* validation) {
    return {.epochs = 4, .validation = validation, .verbose = 0, .shuffle = false};
}

struct Dense5 : Sequential<Input<4>, Dense<5, activation<Tanh>>, Dense<3>> {};

/// Fits `Net` as the case was fitted, with another optimizer or class weights.
template <class Net, class X = double, class Optimizer, class... Rest>
void check(const std::string& name, const Optimizer& optimizer, const Rest&... rest) {
    Case<Net> c(name);
    const auto train = c.template data<X>(), validation = c.template data<X>(10);
    c.check(fit<batch>(c.model, train, SparseCategoricalCrossentropy{}, optimizer, options(&validation), rest..., Accuracy{}));
    const double loss = evaluate<batch>(c.model, train, SparseCategoricalCrossentropy{});
    BOOST_TEST(std::abs(loss - c.at("evaluate").values[0]) < tolerance * std::abs(loss));
}

} // namespace weft::training
