// SPDX-License-Identifier: BSL-1.0
// Matching: contractions read inside of their operands, write plain rows and find vectors along last axes.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_match)

namespace {

struct Facts {
    int scattered = 0, outside = 0, across = 0, contractions = 0;
};
Facts facts(const Program& p) {
    Facts f;
    for (const Operation& o : p.operations) {
        if (o.kind != Kind::contract) continue;
        ++f.contractions;
        const Nest& nest = p.nests[o.attribute];
        for (int i = 0; i < o.shape.rank; ++i) f.scattered += detail::plain(nest.map[0][i]) ? 0 : 1;
        for (int t = 1; t <= 2; ++t) {
            const Shape& shape = p.operations[o.operand[t - 1]].shape;
            for (int i = 0; i < shape.rank; ++i) {
                if (detail::plain(nest.map[t][i])) continue;
                const detail::Range r = detail::range_of(nest.map[t][i], nest);
                f.outside += r.low < 0 || r.high >= shape[i].constant ? 1 : 0;
            }
        }
        const Shape& second = p.operations[o.operand[1]].shape;
        const int columns = nest.map[0][o.shape.rank - 1].loop0;
        f.across += detail::uses(nest.map[2][second.rank - 1], columns) ? 0 : 1;
    }
    return f;
}
Program gradients_of(const Program& p) { return simplify(differentiate(lower(p), Gradients::update), Stops::remove); }

} // namespace

BOOST_AUTO_TEST_CASE(kernels_need_no_bounds_and_read_vectors) {
    const Program before = gradients_of(networks::cnn());
    BOOST_TEST(facts(before).scattered > 0);
    BOOST_TEST(facts(before).outside > 0);
    BOOST_TEST(facts(before).across > 0);
    const Facts after = facts(match(before));
    BOOST_TEST(after.contractions == 11);           // four layers, four gradients of weights, three of inputs
    BOOST_TEST(after.scattered == 0);
    BOOST_TEST(after.outside == 0);
    BOOST_TEST(after.across == 0);
}

BOOST_AUTO_TEST_CASE(strides_dilation_and_groups_keep_all_three) {
    for (int variant = 0; variant < 8; ++variant) {
        Graph g(true);
        const Tensor x = g.input({9, 8, 4});
        const Tensor y =
            convolution(tanh(x * g.parameter("scale", {4}, Zeros{})), g.parameter("kernel", {3, 2, (variant & 4) != 0 ? 2 : 4, 6}, Zeros{}),
                        {.strides = Size{1 + variant % 2, 2},
                         .dilation = Size{1 + variant / 2 % 2, 1},
                         .same = (variant & 2) != 0,
                         .groups = (variant & 4) != 0 ? 2 : 1});
        g.outputs.push_back({Path("loss"), mean(square(y)).id});
        const Facts after = facts(match(gradients_of(g)));
        BOOST_TEST(after.contractions == 3);
        BOOST_TEST(after.scattered + after.outside + after.across == 0);
    }
}

BOOST_AUTO_TEST_CASE(sums_over_scattered_axes_and_over_two_batch_axes_are_rewritten) {
    Graph g;
    const Tensor x = g.input({3, 4});
    const Tensor pairs = matmul(sum(x, 0), permute_full(sum(x, 0), {1, 0}));
    g.outputs.push_back({Path("scattered"), sum_full(exp(x), 5).id});
    g.outputs.push_back({Path("pairs"), sum(pairs).id});
    const Program p = match(lower(g));
    for (const Operation& o : p.operations) {
        if (o.kind != Kind::reduce) continue;
        const Shape& shape = p.operations[o.operand[0]].shape;
        int runs = 0, dynamic = 0;
        for (int i = 0; i < shape.rank; ++i) {
            runs += o.axis[i] != 0 && (i == 0 || o.axis[i - 1] == 0) ? 1 : 0;
            dynamic += o.axis[i] != 0 && !shape[i].is_static() ? 1 : 0;
        }
        BOOST_TEST(runs == 1);
        BOOST_TEST(dynamic <= 1);
    }
}

BOOST_AUTO_TEST_CASE(two_readers_of_one_transposed_weight_share_it) {
    Graph g(true);
    const Tensor a = g.input({8}), b = g.input({8}), w = g.parameter("w", {8, 16}, Zeros{});
    const auto [da, db] = gradient(sum(tanh(matmul(a, w))) + sum(tanh(matmul(b, w))), {a, b});
    g.outputs.push_back({Path("da"), da.id});
    g.outputs.push_back({Path("db"), db.id});
    const Program p = match(lower(g));
    int transposed = 0;
    for (const Operation& o : p.operations) transposed += o.kind == Kind::permute ? 1 : 0;
    BOOST_TEST(transposed == 1);
}

BOOST_AUTO_TEST_SUITE_END()
