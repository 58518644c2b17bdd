// SPDX-License-Identifier: BSL-1.0
// Tests of vectors of vectors as arrays: their shape, their order, and vectors of unequal lengths.
#include <boost/test/unit_test.hpp>

#include <string>

#include <weft/data/dataset.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(data_nested)

BOOST_AUTO_TEST_CASE(vectors_of_vectors_are_arrays) {
    const data::Dataset rows{std::vector<std::vector<float>>{{1, 2, 3}, {4, 5, 6}}, std::vector<int>{0, 1}};
    static_assert(std::is_same_v<decltype(rows.x), xt::xtensor<float, 2>>);
    BOOST_TEST(rows.size() == 2);
    BOOST_TEST(rows.x(1, 0) == 4);
    const auto cube = data::detail::array_of(std::vector<std::vector<std::vector<int>>>{{{1}, {2}}, {{3}, {4}}, {{5}, {6}}}, "x");
    BOOST_TEST((cube.shape() == std::array<std::size_t, 3>{3, 2, 1}));
    BOOST_TEST(cube(2, 1, 0) == 6);
    BOOST_TEST(data::detail::array_of(std::vector<std::vector<int>>{}, "x").size() == 0);
}

BOOST_AUTO_TEST_CASE(unequal_lengths_are_refused) {
    const std::vector<std::vector<float>> ragged{{1, 2, 3}, {4, 5}};
    BOOST_CHECK_EXCEPTION(data::detail::array_of(ragged, "x"), ShapeError, [](const ShapeError& e) {
        return std::string(e.what()) == "x: expected vectors of one length, received one of 3 and one of 2";
    });
}

BOOST_AUTO_TEST_SUITE_END()
