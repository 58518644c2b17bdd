// SPDX-License-Identifier: BSL-1.0
// Tests of ClassWeight: it weighs the loss of fit as Keras does, and nothing else; what it refuses.
#include <model/training.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(model_class_weight)

namespace {

using training::Dense5;
using Entropy = SparseCategoricalCrossentropy;
constexpr SGD sgd{.learning_rate = 0.5};

std::vector<double> values_of(const Model<Dense5, Cpu, double>& model) { return {model.values().begin(), model.values().end()}; }

/// The parameters after two epochs in batches of 7, whose last has 3 rows.
template <class L, class Data, class... Weight>
std::vector<double> trained(const Data& data, const L& loss, const Weight&... weight) {
    Model<Dense5, Cpu, double> model{{.seed = 2}};
    fit<7>(model, data, loss, sgd, {.epochs = 2, .verbose = 0}, weight...);
    return values_of(model);
}

struct Binary : Sequential<Input<4>, Dense<1>> {};
struct PerStep : Sequential<Input<4, 2>, Dense<3>> {};

static_assert(ClassWeightCheck<Dense5, Entropy>::message.empty());
static_assert(ClassWeightCheck<PerStep, Entropy>::message.view()
              == "SparseCategoricalCrossentropy has 4 labels for each sample, and ClassWeight needs one: give weights of samples as the "
                 "third array of the dataset");

} // namespace

BOOST_AUTO_TEST_CASE(weighs_the_loss_as_keras_does) { training::check<Dense5>("class_weight", sgd, ClassWeight{1, 2.5, 0.25}); }

BOOST_AUTO_TEST_CASE(equals_weights_of_samples_and_multiplies_with_them) {
    const auto data = training::Case<Dense5>("class_weight").data<double>();
    xt::xtensor<double, 1> own = xt::linspace<double>(0.1, 1.5, 24), of_class(own), both(own);
    const double weights[] = {1, 2.5, 0.25};
    for (std::size_t i = 0; i < 24; ++i) {
        of_class(i) = weights[data.y(i)];
        both(i) *= of_class(i);
    }
    const ClassWeight by_class{1, 2.5, 0.25};
    const auto plain = trained(data, Entropy{}, by_class);
    BOOST_TEST(plain == trained(data::Dataset{data.x, data.y, of_class}, Entropy{}), boost::test_tools::per_element());
    BOOST_TEST(trained(data::Dataset{data.x, data.y, own}, Entropy{}, by_class)
                   == trained(data::Dataset{data.x, data.y, both}, Entropy{}), boost::test_tools::per_element());
    BOOST_TEST((plain != trained(data, Entropy{})));

    // One-hot targets have the class of their largest number.
    xt::xtensor<double, 2> one_hot = xt::zeros<double>({24, 3});
    for (std::size_t i = 0; i < 24; ++i) one_hot(i, static_cast<std::size_t>(data.y(i))) = 1;
    const auto hot = trained(data::Dataset{data.x, one_hot}, CategoricalCrossentropy{}, by_class);
    for (std::size_t i = 0; i < hot.size(); ++i) BOOST_TEST(std::abs(hot[i] - plain[i]) < 1e-12);
}

BOOST_AUTO_TEST_CASE(answers_of_yes_and_no_have_two_classes) {
    const auto data = training::Case<Dense5>("class_weight").data<double>();
    xt::xtensor<double, 1> yes = xt::zeros<double>({24});
    for (std::size_t i = 0; i < 24; ++i) yes(i) = data.y(i) == 1;
    const auto loss_of = [&](const ClassWeight& weight) {
        Model<Binary, Cpu, double> model{{.seed = 2}};
        const data::Dataset answers{data.x, yes};
        return fit<24>(model, answers, BinaryCrossentropy{}, SGD{.learning_rate = 0}, {.verbose = 0}, weight).last("loss");
    };
    const double no_alone = loss_of({1, 0}), yes_alone = loss_of({0, 1});
    BOOST_TEST(no_alone > 0);
    BOOST_TEST(yes_alone > 0);
    BOOST_TEST(loss_of({2, 3}) == 2 * no_alone + 3 * yes_alone, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(another_number_of_weights_is_refused) {
    const auto data = training::Case<Dense5>("class_weight").data<double>();
    Model<Dense5, Cpu, double> model;
    const auto before = values_of(model);
    BOOST_CHECK_EXCEPTION(fit<7>(model, data, Entropy{}, sgd, {.verbose = 0}, ClassWeight{1, 2}), ValueError, [](const ValueError& e) {
        return std::string(e.what()) == "ClassWeight: expected a weight for each of 3 classes, received 2";
    });
    BOOST_TEST((values_of(model) == before));
}

BOOST_AUTO_TEST_SUITE_END()
