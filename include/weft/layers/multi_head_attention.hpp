// SPDX-License-Identifier: BSL-1.0
// Layer MultiHeadAttention: every step of a sequence looks at the steps of another, or of its own.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/sequence.hpp>

namespace weft {

/// Scaled dot-product attention of several heads.
///
///   q = query Wq + bq, k = key Wk + bk, v = value Wv + bv, split into heads;  y = concatenate(softmax(q k^T / sqrt(KeyDim)) v) Wo + bo
///
/// Input   query (T, D); or query and value (S, E), which is also the key; or query, value and key (S, F), in Keras' order
/// Output  (T, D), under the mask of the query
/// Parameters  query/kernel (D, Heads, KeyDim), key/kernel (F, Heads, KeyDim), value/kernel (E, Heads, V), Glorot uniform, their biases
///         (Heads, KeyDim) and (Heads, V) zeros; attention_output/kernel (Heads, V, D), attention_output/bias (D)
/// Options use_causal_mask: step t sees steps up to t; value_dim<KeyDim>: V; dropout<0>: of weights, in [0, 1), while training; no_bias;
///         kernel_initializer<>, bias_initializer<>.
/// Masks   no step looks at one that a mask of value or key hides. A step that has nothing to look at looks at all steps alike, as in
///         Keras: so does a hidden step of the query, which the output's mask hides.
/// Rejects what are no sequences, a value and key of different lengths, fewer than one head, dimensions below 1, a rate outside of [0, 1).
/// Keras: MultiHeadAttention(num_heads, key_dim).  PyTorch: MultiheadAttention(D, Heads) has KeyDim = D / Heads, its three input kernels in
/// one, transposed, and masks that are True where nothing is seen.
/// Vaswani et al. 2017, arXiv:1706.03762, eq. 1 and section 3.2.2.
template <int Heads, int KeyDim, class... Options>
struct MultiHeadAttention {
    static constexpr auto wrong = wrong_options<Options...>({"value_dim", "dropout", "no_bias", "use_causal_mask", "kernel_initializer",
                                                                "bias_initializer"});
    static constexpr int value_length = OptionOr<value_dim<KeyDim>, Options...>::value;
    static constexpr double rate = OptionOr<weft::dropout<0>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) { return define(g, x, x); }
    static constexpr Tensor define(Graph& g, Tensor query, Tensor value) { return define(g, query, value, value); }
    static constexpr Tensor define(Graph& g, Tensor query, Tensor value, Tensor key) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Heads < 1) g.reject("has ", Heads, " heads: needs at least one");
        if (KeyDim < 1 || value_length < 1)
            g.reject("has a key_dim of ", KeyDim, " and a value_dim of ", value_length, ": needs at least 1");
        if (!(rate >= 0 && rate < 1)) g.reject("drops with probability ", rate, ": needs a rate of at least 0 and below 1");
        if (!detail::is_sequence(g, query) || !detail::is_sequence(g, value) || !detail::is_sequence(g, key)) return g.nothing();
        if (!(value.shape()[0] == key.shape()[0]))
            g.reject("receives a value of ", value.shape()[0].constant, " steps and a key of ", key.shape()[0].constant,
                     ": they must be equally long");
        if (g.failed()) return g.nothing();
        const Tensor q = heads(g, query, "query", KeyDim) * (1.0 / math::sqrt(static_cast<double>(KeyDim)));
        const Tensor k = heads(g, key, "key", KeyDim), v = heads(g, value, "value", value_length);
        Tensor weights = softmax(masked(g, einsum("nthk,nshk->nhts", q, k), query, value, key));
        if (rate > 0 && g.training()) weights = where(g.random(Shape(weights.full_shape())) < rate, 0.0, weights * (1.0 / (1.0 - rate)));
        const Extent length = query.shape()[0], width = query.shape()[1];
        const Tensor seen = reshape(einsum("nhts,nshv->nthv", weights, v), {length, Heads * value_length});
        const Tensor kernel = g.parameter("attention_output/kernel", {Heads, value_length, width}, KernelInitializer{});
        Tensor y = matmul(seen, reshape(kernel, {Heads * value_length, width}));
        if constexpr (has_bias) y = y + g.parameter("attention_output/bias", {width}, BiasInitializer{});
        y.mask = query.mask;
        return y;
    }

private:
    using KernelInitializer = typename OptionOr<kernel_initializer<GlorotUniform>, Options...>::type;
    using BiasInitializer = typename OptionOr<bias_initializer<Zeros>, Options...>::type;
    static constexpr bool has_bias = OptionOr<detail::unset<no_bias>, Options...>::value;

    /// x as (steps, Heads, length): one product, in which the heads lie behind each other.
    static constexpr Tensor heads(Graph& g, Tensor x, std::string_view name, int length) {
        const Extent width = x.shape()[1];
        const Tensor kernel = g.parameter((detail::Path(name) / "kernel").view(), {width, Heads, length}, KernelInitializer{});
        Tensor y = matmul(x, reshape(kernel, {width, Heads * length}));
        if constexpr (has_bias)
            y = y + reshape(g.parameter((detail::Path(name) / "bias").view(), {Heads, length}, BiasInitializer{}), {Heads * length});
        return reshape(y, {x.shape()[0], Heads, length});
    }

    /// Scores (n, Heads, T, S), far below all others where nothing is to be seen.
    static constexpr Tensor masked(Graph& g, Tensor scores, Tensor query, Tensor value, Tensor key) {
        const Shape s = scores.full_shape();
        Tensor seen{};
        const auto restrict_to = [&](Tensor mask) {
            const Tensor full = where(mask, 1.0, 0.0);
            seen = seen.id < 0 ? full : seen * full;
        };
        if (query.mask >= 0) restrict_to(detail::unreduce(g[query.mask], s, 0b1010u));
        if (value.mask >= 0) restrict_to(detail::unreduce(g[value.mask], s, 0b0110u));
        if (key.mask >= 0 && key.mask != value.mask) restrict_to(detail::unreduce(g[key.mask], s, 0b0110u));
        if constexpr (OptionOr<detail::unset<use_causal_mask>, Options...>::value) restrict_to(g.iota(s, 3) < g.iota(s, 2) + 1.0);
        return seen.id < 0 ? scores : where(seen > 0.5, scores, -1e30);
    }
};

} // namespace weft
