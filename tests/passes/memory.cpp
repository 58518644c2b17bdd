// SPDX-License-Identifier: BSL-1.0
// Memory: sizes of known arenas, and a verifier that sees overlaps, missing edges and updates that come too early.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_memory)

using namespace weft::networks;

BOOST_AUTO_TEST_CASE(arenas_of_known_networks) {
    BOOST_TEST(plan(complete(mlp()), 32).arena == 10464);
    BOOST_TEST(plan(complete(cnn()), 32).arena == 354400);
}

BOOST_AUTO_TEST_CASE(memory_of_the_dead_is_used_again) {
    const Plan p = plan(complete(deep(40)));
    long all = 0;
    for (int i = 0; i < p.program.size(); ++i)
        if (p.stored[i] != 0) all += static_cast<long>(p.operation(i).shape.count(32));
    BOOST_TEST(p.arena < all * 2 / 3);
    BOOST_TEST(p.arena >= 39 * 32 * 64);                    // the activations live until the gradients need them
}

BOOST_AUTO_TEST_CASE(buffers_are_aligned_and_inside) {
    const Plan p = plan(complete(cnn()));
    for (int i = 0; i < p.program.size(); ++i) {
        const long at = p.offset[i];
        if (p.stored[i] == 0) continue;
        BOOST_TEST(at % 16 == 0);
        BOOST_TEST(at + static_cast<long>(p.operation(i).shape.count(32)) <= p.arena);
    }
}

BOOST_AUTO_TEST_CASE(known_networks_verify) {
    for (const Program& program : {mlp(), cnn(), deep(12), shared()})
        for (int batch : {1, 7, 32}) BOOST_TEST(verify(plan(complete(program), batch)).view() == "");
}

BOOST_AUTO_TEST_CASE(overlapping_values_are_found) {
    Plan p = plan(complete(mlp()));
    int first = -1;
    for (int i = 0; i < p.program.size(); ++i) {
        if (p.stored[i] == 0 || p.offset[i] < 0) continue;
        if (first < 0) first = i;
        else p.offset.edit(i) = p.offset[first];
    }
    BOOST_TEST(verify(p).view().find("overlap in memory") != std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_read_before_it_is_made_is_found) {
    Plan p = plan(complete(mlp()));
    List<int> order(p.order);
    order.insert(0, order.pop_back());
    p.order = order;
    BOOST_TEST(!verify(p).empty());
}

BOOST_AUTO_TEST_CASE(an_update_before_a_reader_is_found) {
    Plan p = plan(complete(mlp()));                         // as if the edge to the transposed copy were missing
    const int copies = p.group(effect_on(p, "dense_1/kernel"));
    int transposed = -1;
    for (int i = 0; i < p.program.size(); ++i)
        if (p.operation(i).kind == Kind::permute) transposed = p.group(i);
    BOOST_REQUIRE(transposed >= 0);
    List<int> order;
    for (int g : p.order)
        if (g != transposed) {
            order.push_back(g);
            if (g == copies) order.push_back(transposed);
        }
    p.order = order;
    BOOST_TEST(!verify(p).empty());
}

BOOST_AUTO_TEST_CASE(an_update_in_the_group_that_reads_the_weight_is_found) {
    Graph g(true);
    const Tensor w = g.parameter("w", {4, 4}, Zeros{});
    g.outputs.push_back({Path("loss"), (sum(matmul(w, w)) + mean(g.input({4}))).id});
    Plan p = plan(complete(g));
    const int e = effect_on(p, "w");
    for (int i = 0; i < p.program.size(); ++i)
        if (p.operation(i).kind == Kind::contract && p.operation(i).shape == Shape{4, 4})
            p.group_of.edit(e) = p.group(i);
    BOOST_TEST(!verify(p).empty());
}

BOOST_AUTO_TEST_SUITE_END()
