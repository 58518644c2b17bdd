// SPDX-License-Identifier: BSL-1.0
// Layers on sequences compiled for the CPU: a training step in float agrees with the reference in double.
#include <backends/cpu/compiled.hpp>
#include <weft/layers/average_pooling1d.hpp>
#include <weft/layers/conv1d.hpp>
#include <weft/layers/dot.hpp>
#include <weft/layers/einsum_dense.hpp>
#include <weft/layers/gaussian_noise.hpp>
#include <weft/layers/global_average_pooling1d.hpp>
#include <weft/layers/global_max_pooling1d.hpp>
#include <weft/layers/masking.hpp>
#include <weft/layers/max_pooling1d.hpp>
#include <weft/layers/permute.hpp>
#include <weft/layers/repeat_vector.hpp>
#include <weft/layers/rescaling.hpp>
#include <weft/layers/spatial_dropout1d.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_layers_on_sequences)

namespace {

struct Sequences {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({9, 3});
        Tensor y = tanh(g.call<Conv1D<6, 3, causal>>(g.call<Masking>(g.call<Rescaling<0.5, 0.25>>(x))));
        y = g.call<MaxPooling1D<2, same>>(y) + g.call<AveragePooling1D<2, same>>(y);
        y = g.call<SpatialDropout1D<0.25>>(g.call<Conv1D<5, 2, strides<2>, groups<1>>>(y));
        y = g.call<Permute<2, 1>>(g.call<GaussianNoise<0.1>>(y));
        const Tensor v = g.call<GlobalAveragePooling1D>(y) * g.call<GlobalMaxPooling1D>(y);
        y = g.call<Dot<2, 2, normalize>>(y, g.call<RepeatVector<3>>(v));
        y = g.call<EinsumDense<"abc,cde->abde", extents<-1, 2, 4>, bias_axes<"de">>>(y);
        g.outputs.push_back({Path("loss"), mean(square(y)).id});
        g.outputs.push_back({Path("y"), y.id});
        return std::move(g).program();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_step_agrees_with_the_reference) { compiled::check_training<Sequences, float, 5>("layers on sequences", 1e-5); }

BOOST_AUTO_TEST_SUITE_END()
