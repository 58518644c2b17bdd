// SPDX-License-Identifier: BSL-1.0
// Tests of Repeat.
#include <weft/layers/repeat.hpp>

#include <check.hpp>

#include <weft/layers/dense.hpp>
#include <weft/layers/linear.hpp>
#include <weft/layers/merge.hpp>
#include <weft/layers/residual.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_repeat)

namespace {

struct Block : Residual<Sequential<Dense<3>, Tanh>> {};
struct Swap {
    static constexpr std::tuple<Tensor, Tensor> define(Graph&, Tensor a, Tensor b) { return {b, a}; }
};

} // namespace

static_assert(check::message_of<Sequential<Tanh, Repeat<3, Dense<5>>>>(Shape{4})
              == "the Repeat of layer 1 makes a vector of 5 of a vector of 4: a block that is repeated must keep the shape; put the layer "
                 "that changes it in front");
static_assert(check::message_of<Repeat<2, Add>>(Shape{4}, Shape{4})
              == "the Repeat of layer 0 gives another number of tensors than it takes");
static_assert(!check::message_of<Repeat<-1, Dense<4>>>(Shape{4}).empty());

BOOST_AUTO_TEST_CASE(names_count_on) {
    check::check_layer<Sequential<Dense<3>, Repeat<2, Sequential<Dense<3>, Tanh>>>>(
        {{3}}, {.output = {3}, .parameters = 36, .names = "dense/kernel dense/bias dense_1/kernel dense_1/bias "
                                                      "dense_2/kernel dense_2/bias"});
    const auto built = check::build<Repeat<2, Block>>({{3}}, false);
    BOOST_TEST(built->names() == "block/dense/kernel block/dense/bias block_1/dense/kernel block_1/dense/bias");
}
BOOST_AUTO_TEST_CASE(zero_copies_pass_the_input_on) { check::check_layer<Repeat<0, Dense<3>>>({{3}}, {.output = {3}}); }
BOOST_AUTO_TEST_CASE(several_tensors_stay_several) {
    const auto built = check::build<Repeat<3, Swap>>({{3}, {3}}, false);
    BOOST_REQUIRE(built->y.size() == 2u);
    BOOST_TEST(built->y[0].id == built->x[1].id);
}

BOOST_AUTO_TEST_SUITE_END()
