// SPDX-License-Identifier: BSL-1.0
// Movements: values, derivatives of first and second order, what does not fit.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::detail;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_move)

using Expression = std::vector<Tensor>;

namespace {

Tensor bend(Tensor x) { return x * x * x; }             // so that second derivatives pass through the movement

} // namespace

BOOST_AUTO_TEST_CASE(movements_have_their_derivatives) {
    const auto check = [](auto f) {
        check_derivatives({{4, 5}}, [&](Graph&, const Expression& x) { return bend(f(bend(x[0]))); });
    };
    check([](Tensor x) { return reshape(x, {2, 10}); });
    check([](Tensor x) { return transpose(x); });
    check([](Tensor x) { return permute_full(x, {2, 0, 1}); });
    check([](Tensor x) { return slice(x, 1, 1, 5, 2); });
    check([](Tensor x) { return slice(slice(x, 0, 1, 4), 1, 0, 5, 3); });
    check([](Tensor x) { return pad(x, 0, 2, 1); });
    check([](Tensor x) {
        Move m;
        m.low[1] = 1, m.high[2] = 2, m.step[1] = 3, m.step[2] = 2;
        return pad_full(x, m);
    });
    check([](Tensor x) { return reverse(x, 1); });
    check([](Tensor x) { return concatenate(0, x, bend(x), slice(x, 0, 0, 2)); });
    check([](Tensor x) { return concatenate(axes::batch, x, x * 2.0); });
    check([](Tensor x) { return broadcast_to(expand_dims(x, 1), {batch_extent, 4, 3, 5}); });
    check([](Tensor x) { return squeeze(expand_dims(x, -1)); });
}

BOOST_AUTO_TEST_CASE(elements_go_where_numpy_puts_them) {
    const Array x{0, 1, 2, 3, 4, 5};
    const auto moved = [&](auto f) { return evaluate_on({{2, 3}}, {x}, [&](Graph&, const Expression& e) { return f(e[0]); }); };
    BOOST_TEST((moved([](Tensor t) { return permute_full(t, {1, 0}); }) == Array{0, 3, 1, 4, 2, 5}));
    BOOST_TEST((moved([](Tensor t) { return reverse(t, 1); }) == Array{2, 1, 0, 5, 4, 3}));
    BOOST_TEST((moved([](Tensor t) { return slice(t, 1, 0, 3, 2); }) == Array{0, 2, 3, 5}));
    BOOST_TEST((moved([](Tensor t) { return pad(t, 0, 1, 0); }) == Array{0, 0, 0, 0, 1, 2, 3, 4, 5}));
    BOOST_TEST((moved([](Tensor t) { return concatenate(1, t, t); }) == Array{0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
}

BOOST_AUTO_TEST_CASE(the_batch_is_an_axis_like_others) {
    Graph g;
    const Tensor x = g.input({2});
    BOOST_TEST((concatenate(axes::batch, x, x).full_shape()[0] == Extent{2, 0}));
    BOOST_TEST((slice(x, axes::batch, 1, batch_extent).full_shape()[0] == Extent{1, -1}));
    BOOST_TEST((pad(x, axes::batch, 1, 2).full_shape()[0] == Extent{1, 3}));
    BOOST_TEST((reshape_full(g.input({3, 2}), {batch_extent * Extent{3}, 2}).full_shape()[0] == Extent{3, 0}));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_named) {
    const auto message = [](auto f) {
        Graph g;
        f(g.input({2, 3}));
        return std::string(g.error.view());
    };
    BOOST_TEST(message([](Tensor x) { reshape(x, {7}); }) == "cannot reshape a tensor of n x 2 x 3 to a tensor of n x 7");
    BOOST_TEST(message([](Tensor x) { slice(x, 2, 0, 1); }) == "slices axis 2 of a tensor of 2 x 3");
    BOOST_TEST(message([](Tensor x) { pad(x, -3, 0, 1); }) == "pads axis -3 of a tensor of 2 x 3");
    BOOST_TEST(message([](Tensor x) { reverse(x, 5); }) == "reverses axis 5 of a tensor of 2 x 3");
    BOOST_TEST(message([](Tensor x) { squeeze(x, 0); }) == "squeezes axis 0 of a tensor of 2 x 3: its extent must be 1");
    BOOST_TEST(message([](Tensor x) {
                   concatenate(1, x, x.graph->input({3, 3}));
               })
               == "joins a tensor of 2 x 3 and a tensor of 3 x 3: all axes but one must agree");
    BOOST_TEST(message([](Tensor x) { transpose(x.graph->input({})); }) == "transposes a tensor of rank 1: needs two axes");
}

BOOST_AUTO_TEST_CASE(slices_beyond_the_end_are_rejected) {
    const auto message = [](Extent start, Extent end, int step, int axis = 0) {
        Graph g;
        slice(g.input({3}), axis, start, end, step);
        return std::string(g.error.view());
    };
    const std::string why = "slices axis 0 of a vector of 3: needs 0 <= start <= end <= extent and a step of 1 or more";
    BOOST_TEST(message(0, 3, 2) == "");
    BOOST_TEST(message(0, 4, 1) == why);
    BOOST_TEST(message(-1, 2, 1) == why);
    BOOST_TEST(message(2, 1, 1) == why);
    BOOST_TEST(message(0, 2, 0) == why);
    BOOST_TEST(message(0, Extent(1, 1), 1, axes::batch) != "");
    BOOST_TEST(message(1, batch_extent, 1, axes::batch) == "");
    BOOST_TEST(message(0, batch_extent, 2, axes::batch)
               == "slices axis -1000 of a vector of 3 by 2: the step must divide a number of rows");
}

BOOST_AUTO_TEST_SUITE_END()
