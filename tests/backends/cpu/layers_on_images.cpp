// SPDX-License-Identifier: BSL-1.0
// Layers on images compiled for the CPU: a training step in float agrees with the reference in double.
#include <backends/cpu/compiled.hpp>
#include <weft/layers/conv2d_transpose.hpp>
#include <weft/layers/cropping2d.hpp>
#include <weft/layers/prelu.hpp>
#include <weft/layers/separable_conv2d.hpp>
#include <weft/layers/spatial_dropout2d.hpp>
#include <weft/layers/up_sampling2d.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_layers_on_images)

namespace {

struct Images {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({4, 5, 3});
        Tensor y = tanh(g.call<Conv2DTranspose<6, 3, same, strides<2>>>(x));
        y = g.call<Cropping2D<Borders{1, 0, 0, 2}>>(g.call<ZeroPadding2D<Borders{0, 1, 2, 0}>>(y));
        y = g.call<PReLU::with<shared_axes<1, 2>>>(g.call<SeparableConv2D<5, 3, same>>(y));
        y = g.call<UpSampling2D<2>>(y) + g.call<UpSampling2D<2, bilinear>>(y);
        y = g.call<SpatialDropout2D<0.25>>(g.call<Conv2DTranspose<2, 2, strides<3>, no_bias>>(y));
        g.outputs.push_back({Path("loss"), mean(square(y)).id});
        g.outputs.push_back({Path("y"), y.id});
        return std::move(g).program();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_step_agrees_with_the_reference) { compiled::check_training<Images, float, 4>("layers on images", 1e-5); }

BOOST_AUTO_TEST_SUITE_END()
