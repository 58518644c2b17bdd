// SPDX-License-Identifier: BSL-1.0
// Operations as values: paths, their order, nests, moves and windows by content.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::detail;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_operation)

BOOST_AUTO_TEST_CASE(digits_are_compared_as_numbers) {
    static_assert(natural_less("dense_2", "dense_10"));
    static_assert(!natural_less("dense_10", "dense_2"));
    static_assert(natural_less("dense", "dense_1"));
    static_assert(natural_less("dense/kernel", "dense_1/bias"));    // a layer comes before its namesakes
    static_assert(natural_less("dense/bias", "dense/kernel"));
    static_assert(!natural_less("dense/kernel", "dense/kernel"));
    static_assert(natural_less("", "a"));
    static_assert(!natural_less("a", ""));
    std::vector<std::string> paths{"b", "a_10/x", "a_9/y", "a/z", "a_10", "a_1/x/k", "a_1", "conv2d_3", "conv2d_12"};
    std::sort(paths.begin(), paths.end(), [](const std::string& a, const std::string& b) { return natural_less(a, b); });
    const std::vector<std::string> expected{"a/z", "a_1", "a_1/x/k", "a_9/y", "a_10", "a_10/x", "b", "conv2d_3", "conv2d_12"};
    BOOST_TEST(paths == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_order_is_total) {
    const std::vector<std::string> paths{"", "a", "a/b", "a_1", "a_1/b", "a_01", "a1", "a/1", "b/a", "a/b/c", "ab"};
    for (const auto& x : paths)
        for (const auto& y : paths) {
            BOOST_TEST(!(natural_less(x, y) && natural_less(y, x)), x << " and " << y);
            for (const auto& z : paths)
                if (natural_less(x, y) && natural_less(y, z)) BOOST_TEST(natural_less(x, z), x << " < " << y << " < " << z);
        }
}

BOOST_AUTO_TEST_CASE(paths_join_and_number) {
    Path p = Path("dense") / "kernel";
    BOOST_TEST(p.view() == "dense/kernel");
    BOOST_TEST((Path() / "kernel").view() == "kernel");
    BOOST_TEST(Path("dense_").append_number(0).view() == "dense_0");
    BOOST_TEST(Path("dense_").append_number(1203).view() == "dense_1203");
    BOOST_TEST(p.hash() != Path("dense/bias").hash());
    BOOST_TEST((Path(std::string(100, 'x')).length == Path::capacity));
}

BOOST_AUTO_TEST_CASE(tables_are_compared_by_content) {
    Nest a, b;
    a.add_loop(3), b.add_loop(3);
    BOOST_TEST((a == b));
    b.map[2][1].offset = 1;
    BOOST_TEST(!(a == b));
    Move m, n;
    n.step[5] = 2;
    BOOST_TEST(!(m == n));
    Window v, w;
    w.low[0] = 1;
    BOOST_TEST(!(v == w));
}

BOOST_AUTO_TEST_CASE(names_that_differ_in_zeros_have_an_order) {
    BOOST_TEST((natural_less("a01", "a1") != natural_less("a1", "a01")));
}

BOOST_AUTO_TEST_SUITE_END()
