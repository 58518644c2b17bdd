// SPDX-License-Identifier: BSL-1.0
// Two batch axes that meet, as in contrastive losses: similarities of all rows with all others, their softmax, and the derivatives.
#include <backends/cpu/compiled.hpp>
#include <weft/graph/functions.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_pairs_of_rows)

namespace {

struct Zero {
    static constexpr void initialize(Weights&) {}
};
/// Each row finds its partner among n others, and weighs them to make a vector.
struct Pairs {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({5}), y = g.input({5});
        const Tensor kernel = g.parameter("kernel", {5, 3}, Zero{}), other = g.parameter("other", {5, 3}, Zero{});
        const Tensor a = l2_normalize(matmul(x, kernel)), b = tanh(matmul(y, other));
        const Tensor similarity = matmul(a, transpose(b)) * 2.0, partner = sum(a * b, -1) * 2.0;
        const Tensor found = matmul(softmax(similarity), b), centered = similarity - mean(similarity);
        Tensor loss = logsumexp(similarity) + logsumexp(transpose(similarity)) - 2.0 * partner;
        loss = loss + 0.3 * sum(square(found - a), -1) + 0.1 * sum(square(einsum("ij,ik->kj", centered, sigmoid(similarity))), -1);
        g.outputs.push_back({Path("loss"), mean(loss).id});
        g.outputs.push_back({Path("similarity"), similarity.id});
        g.outputs.push_back({Path("found"), found.id});
        return std::move(g).program();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_step_agrees_with_the_reference) { compiled::check_training<Pairs, float, 11>("pairs of rows", 1e-5); }

BOOST_AUTO_TEST_SUITE_END()
