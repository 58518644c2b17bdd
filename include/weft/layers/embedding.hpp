// SPDX-License-Identifier: BSL-1.0
// Layer Embedding: a vector for every number of a vocabulary.
#pragma once
#include <weft/initializers/random_uniform.hpp>
#include <weft/layers/constraint.hpp>

namespace weft {

/// Row x of a table, for integers x such as the words of a text.
///
///   y[…, u] = embeddings[x[…], u]
///
/// Input   (...) integers in [0, Vocabulary): begin with Indices<...>     Output  (..., Units)
/// Parameters  embeddings (Vocabulary, Units) uniform in [-0.05, 0.05)
/// Options mask_zero: 0 stands for nothing: the output carries a mask that attention and pooling heed; embeddings_initializer<>;
///         embeddings_constraint<>: none.
/// Rejects real inputs, inputs of more than four axes, an empty vocabulary, fewer than one unit.
/// Keras: Embedding.  PyTorch: Embedding with embeddings_initializer<RandomNormal::with<stddev<1>>>.
template <int Vocabulary, int Units, class... Options>
struct Embedding {
    static constexpr auto wrong = wrong_options<Options...>({"mask_zero", "embeddings_initializer", "embeddings_constraint"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Vocabulary < 1) g.reject("has a vocabulary of ", Vocabulary, ": needs at least one");
        if (Units < 1) g.reject("has ", Units, " units: needs at least one");
        if (x.type() != DType::integer) g.reject("needs integers, receives real numbers: begin with Indices<...> in place of Input<...>");
        if (x.full_shape().rank == Shape::max_rank) g.reject("needs at most four axes, receives ", x.shape());
        if (g.failed()) return g.nothing();
        const Tensor table = g.parameter("embeddings", {Vocabulary, Units},
                                         typename OptionOr<embeddings_initializer<RandomUniform>, Options...>::type{});
        Tensor y = gather(detail::constrained<OptionOr<embeddings_constraint<void>, Options...>>(g, table), x);
        if constexpr (OptionOr<detail::unset<mask_zero>, Options...>::value) y.mask = (x > 0.0).id;
        return y;
    }
};

} // namespace weft
