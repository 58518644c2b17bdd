// SPDX-License-Identifier: BSL-1.0
// Tests of the concept Layer, with layers as users write them.
#include <weft/layers/layer.hpp>

#include <check.hpp>

#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/sequential.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_layer)

namespace {

template <int Units>
struct GatedDense {
    static constexpr Tensor define(Graph& g, Tensor x) {
        Tensor value = matmul(x, g.parameter("kernel", {x.shape().back(), Units}, GlorotUniform{})) + g.parameter("bias", {Units}, Zeros{});
        Tensor gate = matmul(x, g.parameter("gate_kernel", {x.shape().back(), Units}, GlorotUniform{}));
        return value * sigmoid(gate);
    }
};
struct Attend {
    static constexpr Tensor define(Graph& g, Tensor x) {
        return g.layer<Dense<4>>("query", x) * g.layer<Dense<4>>("key", x) + g.call<Dense<4>>(x) * g.call<Dense<4>>(x);
    }
};
struct NoLayer {
    int define = 0;
};

static_assert(Layer<GatedDense<3>> && Layer<Attend> && Layer<Sequential<Attend>>);
static_assert(!Layer<NoLayer> && !Layer<int>);
static_assert(check::message_of<Sequential<NoLayer>>(Shape{3}).view().starts_with(
    "NoLayer has no static constexpr Tensor define(Graph& g, Tensor x)"));

} // namespace

BOOST_AUTO_TEST_CASE(of_a_user_is_like_one_of_the_library) {
    check::check_layer<GatedDense<3>>(
        {{2}}, {.output = {3}, .parameters = 15, .names = "gated_dense/kernel gated_dense/bias gated_dense/gate_kernel"});
}
BOOST_AUTO_TEST_CASE(names_what_it_calls_below_itself) {
    const auto built = check::build<Sequential<Attend, Attend>>({{4}}, false);
    const std::string names = built->names();
    for (const char* path : {"attend/query/kernel", "attend/key/bias", "attend/dense/kernel", "attend_1/dense_1/bias"})
        BOOST_TEST(names.find(path) != names.npos, path);
    BOOST_TEST(names.find("dense_2") == names.npos);
}

BOOST_AUTO_TEST_SUITE_END()
