// SPDX-License-Identifier: BSL-1.0
// Tests of Model: parameters by name, writing them, prediction of any number of rows.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

namespace {

using namespace weft;

struct Net : Sequential<Input<2>, Dense<3>, Tanh, BatchNormalization, Named<"head", Dense<1>>> {};
static_assert(output_shape<Net> == Shape{1});
static_assert(parameter_count<Net> == 9 + 6 + 4);

template <class F>
std::string sentence_of(F f) {
    try {
        f();
    } catch (const Error& error) {
        return error.what();
    }
    return "(nothing was thrown)";
}

xt::xtensor<float, 2> some_rows(std::size_t n) {
    xt::xtensor<float, 2> x(std::array<std::size_t, 2>{n, 2});
    Random random(1);
    for (float& value : x) value = static_cast<float>(random.normal());
    return x;
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_model)

BOOST_AUTO_TEST_CASE(parameters_and_states_are_found_by_name_and_have_shapes) {
    Model<Net> model;
    BOOST_TEST((model.parameter("dense/kernel").shape() == std::vector<std::size_t>{2, 3}));
    BOOST_TEST((model.parameter<"head/bias">().shape() == std::vector<std::size_t>{1}));
    BOOST_TEST(model.parameter("batch_normalization/moving_variance")(2) == 1.0f);
    BOOST_TEST(sentence_of([&] { model.parameter("dense_1/kernel"); }) ==
               "the network has no parameter dense_1/kernel; it has batch_normalization/beta, batch_normalization/gamma, "
               "batch_normalization/moving_mean, batch_normalization/moving_variance, dense/bias, dense/kernel, head/bias, head/kernel");
    std::size_t size = 0;
    for (const std::string_view name : Model<Net>::names()) size += model.parameter(name).size();
    BOOST_TEST(size == model.values().size());
    BOOST_TEST(Model<Net>::names().at(6) == "head/bias");
}

BOOST_AUTO_TEST_CASE(the_seed_alone_makes_the_initial_parameters) {
    const Model<Net> one{{.seed = 1}}, same{{.seed = 1}}, other{{.seed = 2}};
    BOOST_TEST((one.parameter("dense/kernel") == same.parameter("dense/kernel")));
    BOOST_TEST((one.parameter("dense/kernel") != other.parameter("dense/kernel")));
    const double limit = std::sqrt(6.0 / 5);                    // Glorot
    for (float weight : one.parameter("dense/kernel")) BOOST_TEST(std::abs(weight) <= limit);
    BOOST_TEST(one.parameter("dense/bias")(0) == 0.0f);
}

BOOST_AUTO_TEST_CASE(assign_writes_arrays_of_the_right_shape) {
    Model<Net> model;
    model.assign("dense/kernel", xt::xtensor<double, 2>{{1, 2, 3}, {4, 5, 6}});
    BOOST_TEST(model.parameter("dense/kernel")(1, 0) == 4.0f);
    model.assign("dense/kernel", xt::xtensor<float, 2, xt::layout_type::column_major>{{6, 5, 4}, {3, 2, 1}});
    BOOST_TEST(model.parameter("dense/kernel")(0, 1) == 5.0f);
    BOOST_TEST(sentence_of([&] { model.assign("dense/kernel", xt::xtensor<float, 2>{{1, 2}, {3, 4}, {5, 6}}); }) ==
               "dense/kernel: expected an array of shape (2, 3), received (3, 2)");
    BOOST_TEST(model.parameter("dense/kernel")(0, 1) == 5.0f);
    BOOST_TEST(sentence_of([&] { model.assign("kernel", xt::xtensor<float, 1>{1}); }).starts_with("the network has no parameter kernel"));
}

BOOST_AUTO_TEST_CASE(any_number_of_rows_is_predicted_each_as_if_alone) {
    Model<Net> model{{.seed = 3}};
    const auto x = some_rows(9);
    const auto all = predict<4>(model, x);
    BOOST_TEST((all.shape() == std::array<std::size_t, 2>{9, 1}));
    const auto kernel = model.parameter("dense/kernel"), head = model.parameter("head/kernel");
    for (std::size_t i = 0; i < 9; ++i) {
        const auto alone = predict<4>(model, xt::xtensor<float, 2>(xt::view(x, xt::range(i, i + 1), xt::all())));
        BOOST_TEST(alone(0, 0) == all(i, 0));
        double expected = 0;
        for (std::size_t u = 0; u < 3; ++u)
            expected += std::tanh(x(i, 0) * kernel(0, u) + x(i, 1) * kernel(1, u)) / std::sqrt(1 + 1e-3) * head(u, 0);
        BOOST_TEST(std::abs(all(i, 0) - expected) < 1e-5);
    }
    BOOST_TEST(predict<4>(model, some_rows(0)).size() == 0u);
    BOOST_TEST(predict<4>(model, some_rows(5)).size() == 5u);
}

BOOST_AUTO_TEST_CASE(arrays_of_any_kind_and_order_are_read_by_rows) {
    Model<Net> model{{.seed = 3}};
    const auto x = some_rows(6);
    const auto y = predict<4>(model, x);
    BOOST_TEST((predict<4>(model, xt::xtensor<double, 2>(x)) == y));
    BOOST_TEST((predict<4>(model, xt::xtensor<float, 2, xt::layout_type::column_major>(x)) == y));
    BOOST_TEST((predict<4>(model, xt::xarray<float>(x)) == y));
    BOOST_TEST((predict<4>(model, std::vector<float>(x.begin(), x.end())) == y));
    BOOST_TEST((predict<4>(model, xt::view(x, xt::range(2, 5), xt::all())) == xt::view(y, xt::range(2, 5), xt::all())));
    xt::xtensor<float, 3> wide = xt::zeros<float>({6, 2, 2});
    xt::view(wide, xt::all(), xt::all(), 1) = x;
    BOOST_TEST((predict<4>(model, xt::view(wide, xt::all(), xt::all(), 1)) == y));
    BOOST_CHECK_THROW(predict<4>(model, xt::xtensor<float, 2>(xt::ones<float>({6, 3}))), ShapeError);
    BOOST_CHECK_THROW(predict<4>(model, std::vector<float>(7)), ShapeError);
}

BOOST_AUTO_TEST_SUITE_END()
