// SPDX-License-Identifier: BSL-1.0
// Tests of the layers that merge tensors.
#include <weft/layers/merge.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_merge)

static_assert(check::message_of<Add>(Shape{8, 8, 32}, Shape{8, 8, 16})
              == "layer 0 add (Add) needs tensors of one shape, receives a tensor of 8 x 8 x 32 and a tensor of 8 x 8 x 16: "
                 "make the branches end alike, or join them by Concatenate");
static_assert(check::message_of<Concatenate>(Shape{4, 2}, Shape{3, 2})
              == "layer 0 concatenate (Concatenate) needs tensors that differ along its axis only, receives a tensor of 4 x 2 and "
                 "a tensor of 3 x 2");
static_assert(check::message_of<Concatenate::with<axis<0>>>(Shape{4, 2}, Shape{3, 2}).empty());
static_assert(check::message_of<Concatenate>(Shape{}, Shape{})
              == "layer 0 concatenate (Concatenate) joins along axis -1 of a scalar: there is none");

namespace {

template <class Merge>
check::Array merged(const check::Array& a, const check::Array& b, const Shape& sample) {
    const auto built = check::build<Merge>({sample, sample}, false);
    auto env = built->environment(1);
    env.inputs = {a, b};
    return check::value(reference::evaluate(built->graph, env), built->y[0]);
}

} // namespace

BOOST_AUTO_TEST_CASE(have_right_shapes_and_derivatives) {
    check::check_layer<Add>({{4}, {4}, {4}}, {.output = {4}});
    check::check_layer<Subtract>({{4}, {4}}, {.output = {4}});
    check::check_layer<Multiply>({{4}, {4}, {4}}, {.output = {4}});
    check::check_layer<Average>({{4}, {4}, {4}}, {.output = {4}});
    check::check_layer<Maximum>({{4}, {4}}, {.output = {4}, .smooth = false});
    check::check_layer<Minimum>({{4}, {4}}, {.output = {4}, .smooth = false});
    check::check_layer<Concatenate>({{2, 3}, {2, 1}}, {.output = {2, 4}});
    check::check_layer<Concatenate::with<axis<0>>>({{2, 3}, {1, 3}, {2, 3}}, {.output = {5, 3}});
}
BOOST_AUTO_TEST_CASE(compute_by_hand) {
    const check::Array a{1, 8, 3}, b{5, 2, 3};
    BOOST_TEST((merged<Add>(a, b, {3}) == check::Array{6, 10, 6}));
    BOOST_TEST((merged<Subtract>(a, b, {3}) == check::Array{-4, 6, 0}));
    BOOST_TEST((merged<Multiply>(a, b, {3}) == check::Array{5, 16, 9}));
    BOOST_TEST((merged<Average>(a, b, {3}) == check::Array{3, 5, 3}));
    BOOST_TEST((merged<Maximum>(a, b, {3}) == check::Array{5, 8, 3}));
    BOOST_TEST((merged<Minimum>(a, b, {3}) == check::Array{1, 2, 3}));
    BOOST_TEST((merged<Concatenate>(a, b, {3}) == check::Array{1, 8, 3, 5, 2, 3}));
}

BOOST_AUTO_TEST_SUITE_END()
