// SPDX-License-Identifier: BSL-1.0
// Tests of Sequential.
#include <weft/layers/sequential.hpp>

#include <check.hpp>
#include <utility>

#include <weft/layers/dense.hpp>
#include <weft/layers/input.hpp>
#include <weft/layers/parallel.hpp>
#include <weft/layers/relu.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_sequential)

namespace {

struct Encoder : Sequential<Dense<4>, ReLU, Dense<3>> {};
struct Net : Sequential<Input<5>, Dense<6>, Encoder, Encoder, Dense<2>> {};
struct Chain : Sequential<Encoder, Sequential<Dense<3>, Sequential<ReLU, Dense<2>>>> {};
struct Difference {
    static constexpr Tensor define(Graph&, Tensor a, Tensor b) { return a - b; }
};

/// A chain of N dense layers.
template <std::size_t... I>
Sequential<Input<4>, Dense<4 + static_cast<int>(I % 3)>...> chain_of(std::index_sequence<I...>);
using Long = decltype(chain_of(std::make_index_sequence<300>{}));
constexpr int operations_of_long = [] {
    Graph g;
    const Tensor y = Long::define(g);
    return g.failed() || !(y.shape() == Shape{6}) ? -1 : g.size();
}();
static_assert(operations_of_long > 1200);

static_assert(check::message_of<Sequential<Dense<4>>>() == "Dense<4> is the first layer and has no input: begin with Input<...>");
static_assert(check::message_of<Sequential<Parallel<Tuple, Dense<4>, Dense<3>>, Dense<2>>>(Shape{3})
              == "Dense<2> receives 2 tensors and needs another number of them: join them, e.g. by Parallel<Concatenate, ...>");
static_assert(check::message_of<Sequential<Input<3>, Dense<4>, Dense<0>, Dense<-1>>>()
              == "layer 2 dense_1 (Dense<0>) has 0 units: needs at least one");

} // namespace

BOOST_AUTO_TEST_CASE(calls_its_layers_in_order) {
    check::check_layer<Sequential<Dense<4>, Tanh, Dense<2>>>(
        {{3}}, {.output = {2}, .parameters = 26, .names = "dense/kernel dense/bias dense_1/kernel dense_1/bias"});
}
BOOST_AUTO_TEST_CASE(adds_no_scope) {
    using Nested = Sequential<Dense<4>, Sequential<Dense<3>, Sequential<ReLU, Dense<2>>>>;
    const auto built = check::build<Nested>({{3}}, false);
    BOOST_TEST(built->names() == "dense/kernel dense/bias dense_1/kernel dense_1/bias dense_2/kernel dense_2/bias");
}
BOOST_AUTO_TEST_CASE(a_network_inside_of_another_names_its_layers_anew) {
    const auto built = check::build<Chain>({{3}}, false);
    BOOST_TEST(built->names()
               == "chain/encoder/dense/kernel chain/encoder/dense/bias chain/encoder/dense_1/kernel chain/encoder/dense_1/bias "
                  "chain/dense/kernel chain/dense/bias chain/dense_1/kernel chain/dense_1/bias");
}
BOOST_AUTO_TEST_CASE(layers_are_counted_from_the_input_on) {
    Graph g;
    const Tensor y = Net::define(g);
    BOOST_TEST(g.error.view() == "");
    BOOST_TEST((y.shape() == Shape{2}));
    std::string seen;
    for (const LayerRecord& l : g.layers)
        if (l.index >= 0) seen += std::to_string(l.index) + std::string(l.path.view()) + " ";
    BOOST_TEST(seen == "0input 1dense 2encoder 2encoder/dense 2encoder/re_lu 2encoder/dense_1 "
                       "3encoder_1 3encoder_1/dense 3encoder_1/re_lu 3encoder_1/dense_1 4dense_1 ");
}
BOOST_AUTO_TEST_CASE(a_tuple_is_several_tensors_for_the_next_layer) {
    using Split = Sequential<Parallel<Tuple, Dense<4>, Dense<4>>, Difference, Dense<2>>;
    check::check_layer<Split>({{3}}, {.output = {2}, .parameters = 42,
                                      .names = "dense/kernel dense/bias dense_1/kernel dense_1/bias dense_2/kernel dense_2/bias"});
    const auto heads = check::build<Sequential<Dense<4>, Parallel<Tuple, Dense<3>, Dense<2>>>>({{3}}, false);
    BOOST_REQUIRE(heads->y.size() == 2u);
    BOOST_TEST((heads->y[0].shape() == Shape{3}));
    BOOST_TEST((heads->y[1].shape() == Shape{2}));
}
BOOST_AUTO_TEST_CASE(without_layers_passes_its_input_on) { check::check_layer<Sequential<>>({{3}}, {.output = {3}}); }

BOOST_AUTO_TEST_SUITE_END()
