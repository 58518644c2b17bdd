// SPDX-License-Identifier: BSL-1.0
// Tests of preprocessing and of the synthetic datasets.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <xtensor/xarray.hpp>

#include <weft/data/preprocessing.hpp>
#include <weft/data/synthetic.hpp>

namespace data = weft::data;

namespace {

template <class Call>
std::string refusal(const Call& call) {
    try {
        call();
    } catch (const weft::Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

BOOST_AUTO_TEST_SUITE(data_preprocessing)

BOOST_AUTO_TEST_CASE(labels_become_one_hot_rows) {
    const xt::xtensor<int, 1> labels{2, 0};
    BOOST_TEST((data::to_categorical(labels) == xt::xtensor<float, 2>{{0, 0, 1}, {1, 0, 0}}));
    xt::xarray<double> column = xt::zeros<double>({2, 1});
    column(0, 0) = 1;
    BOOST_TEST((data::to_categorical<double>(column, 2) == xt::xtensor<double, 2>{{0, 1}, {1, 0}}));
    BOOST_TEST(data::to_categorical(std::vector<int>{3}, 5).shape()[1] == 5u);
}

BOOST_AUTO_TEST_CASE(labels_that_are_none_are_refused) {
    BOOST_TEST(refusal([] { data::to_categorical(std::vector<int>{0, 3}, 3); }) ==
               "to_categorical: expected labels below 3, received 3 in row 1");
    BOOST_TEST(refusal([] { data::to_categorical(std::vector<int>{0, -1}); }) ==
               "to_categorical: expected labels 0, 1, 2, …, received -1 in row 1");
    BOOST_TEST(refusal([] { data::to_categorical(std::vector<float>{.5f}); }) ==
               "to_categorical: expected labels 0, 1, 2, …, received 0.5 in row 0");
    BOOST_TEST(refusal([] { data::to_categorical(xt::xtensor<int, 2>{{1, 2}}); }) ==
               "to_categorical: expected labels of shape (n,) or (n, 1), received (1, 2)");
}

BOOST_AUTO_TEST_CASE(rows_get_unit_length) {
    const xt::xtensor<double, 2> x{{3, -4}, {0, 0}};
    BOOST_TEST((data::normalize(x) == xt::xtensor<double, 2>{{.6, -.8}, {0, 0}}));
    BOOST_TEST((data::normalize(x, 1) == xt::xtensor<double, 2>{{3. / 7, -4. / 7}, {0, 0}}));
    BOOST_TEST((data::normalize(x, std::numeric_limits<double>::infinity()) == xt::xtensor<double, 2>{{.75, -1}, {0, 0}}));
    BOOST_TEST((data::normalize(xt::xtensor<int, 1>{0, 2}) == xt::xtensor<float, 1>{0, 1}));
    BOOST_TEST(refusal([&] { data::normalize(x, 0); }) == "normalize: expected an order above 0, received 0");
}

BOOST_AUTO_TEST_CASE(features_get_mean_0_and_variance_1) {
    const xt::xtensor<float, 2> x{{1, 5}, {3, 5}};
    const data::Standardizer scale{x};
    BOOST_TEST((scale(x) == xt::xtensor<float, 2>{{-1, 0}, {1, 0}}));
    BOOST_TEST((scale(xt::xtensor<float, 2>{{2, 7}}) == xt::xtensor<float, 2>{{0, 2}}));
    BOOST_TEST(refusal([&] { scale(xt::xtensor<float, 2>{{2}}); }) ==
               "Standardizer: expected 2 features, received an array of shape (1, 1)");
    BOOST_CHECK_THROW((data::Standardizer{xt::xtensor<float, 2>(std::array<std::size_t, 2>{0, 2})}), weft::ShapeError);
}

BOOST_AUTO_TEST_CASE(synthetic_sets_are_functions_of_their_seed) {
    BOOST_TEST((data::moons(50, .1, 1).x == data::moons(50, .1, 1).x));
    BOOST_TEST((data::moons(50, .1, 1).x != data::moons(50, .1, 2).x));
    BOOST_TEST((data::spirals(50, 3, .1, 1).x == data::spirals(50, 3, .1, 1).x));
    BOOST_TEST((data::sine(50, .1, 1).y != data::sine(50, .1, 2).y));
}

BOOST_AUTO_TEST_CASE(synthetic_sets_have_their_shapes) {
    const auto moons = data::moons(100, 0);
    for (std::size_t i = 0; i < 100; ++i) {
        const double shift = moons.y(i) == 0 ? 0 : 1, rise = moons.y(i) == 0 ? 0 : .5;
        BOOST_TEST(std::hypot(moons.x(i, 0) - shift, moons.x(i, 1) - rise) == 1.0, boost::test_tools::tolerance(1e-6));
    }
    const auto blobs = data::blobs(90, 3, 0, 4);
    BOOST_TEST(std::count(blobs.y.begin(), blobs.y.end(), 2) == 30);
    for (std::size_t f = 0; f < 4; ++f) BOOST_TEST(blobs.x(0, f) == blobs.x(3, f));
    const auto spirals = data::spirals(100, 2, 0);
    for (std::size_t i = 0; i < 100; ++i) BOOST_TEST(std::hypot(spirals.x(i, 0), spirals.x(i, 1)) <= 1.000001);
    const auto sine = data::sine(100, 0);
    for (std::size_t i = 0; i < 100; ++i) BOOST_TEST(std::abs(sine.y(i, 0) - std::sin(sine.x(i, 0))) < 1e-6);
    BOOST_TEST(refusal([] { data::blobs(10, 0); }) == "blobs: expected at least one row, feature and class, received 10, 2 and 0");
}

BOOST_AUTO_TEST_SUITE_END()
