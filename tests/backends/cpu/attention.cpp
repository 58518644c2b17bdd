// SPDX-License-Identifier: BSL-1.0
// An encoder with embeddings, masks and attention compiled for the CPU: a training step in float agrees with the reference in double.
#include <backends/cpu/compiled.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/embedding.hpp>
#include <weft/layers/gelu.hpp>
#include <weft/layers/global_average_pooling1d.hpp>
#include <weft/layers/layer_normalization.hpp>
#include <weft/layers/multi_head_attention.hpp>
#include <weft/layers/position_embedding.hpp>
#include <weft/layers/residual.hpp>
#include <weft/layers/sequential.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_attention)

namespace {

struct Encoder {
    static constexpr Program program() {
        Graph g(true);
        // The words are drawn from scores, because inputs of this test are real.
        const Tensor words = argmax(g.input({7, 5}), -1);
        Tensor y = g.call<Residual<PositionEmbedding>>(g.call<Embedding<5, 6, mask_zero>>(words));
        y = g.call<Residual<SinePositionEncoding<>>>(y);
        y = g.call<Residual<Sequential<LayerNormalization, MultiHeadAttention<2, 3, use_causal_mask, weft::dropout<0.1>>>>>(y);
        y = g.call<Residual<Sequential<LayerNormalization, Dense<8>, GELU, Dense<6>>>>(y);
        y = g.call<MultiHeadAttention<3, 2>>(y, g.input({4, 3}));
        y = g.call<Dense<2>>(g.call<GlobalAveragePooling1D>(y));
        g.outputs.push_back({Path("loss"), mean(square(y - 0.5)).id});
        g.outputs.push_back({Path("y"), y.id});
        return std::move(g).program();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_step_agrees_with_the_reference) { compiled::check_training<Encoder, float, 5>("an encoder", 1e-5); }

BOOST_AUTO_TEST_SUITE_END()
