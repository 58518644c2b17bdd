// SPDX-License-Identifier: BSL-1.0
// match leaves contractions that read inside their operands, write plain rows and find vectors along last axes.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_match)

BOOST_AUTO_TEST_CASE(no_index_leaves_its_operand_and_outputs_are_plain) {
    const Program p = match(programs::differentiated<programs::Cnn, programs::CrossEntropy>());
    int contractions = 0;
    for (const Operation& o : p.operations) {
        if (o.kind != Kind::contract) continue;
        ++contractions;
        const Nest& nest = p.nests[static_cast<std::size_t>(o.attribute)];
        for (int i = 0; i < o.shape.rank; ++i) BOOST_TEST(detail::plain(nest.map[0][i]));
        for (int t = 1; t <= 2; ++t) {
            const Shape& s = p.operations[static_cast<std::size_t>(o.operand[t - 1])].shape;
            for (int i = 0; i < s.rank; ++i) {
                if (!s[i].is_static()) continue;
                const detail::Range r = detail::range_of(nest.map[t][i], nest);
                BOOST_TEST(r.low >= 0);
                BOOST_TEST(r.high < s[i].constant);
            }
        }
    }
    BOOST_TEST(contractions == 5);
}

BOOST_AUTO_TEST_CASE(padding_becomes_an_operation) {
    const Program before = programs::differentiated<programs::Cnn, programs::CrossEntropy>();
    BOOST_TEST(programs::count(before, Kind::pad) == 0);
    BOOST_TEST(programs::count(simplify(match(before)), Kind::pad) == 1);        // forward and the kernel's gradient share it
}

BOOST_AUTO_TEST_CASE(a_product_with_a_transposed_kernel_gets_a_transpose) {
    const Program p = simplify(match(programs::differentiated<programs::Mlp, programs::CrossEntropy>()));
    BOOST_TEST(programs::count(p, Kind::permute) == 1);          // dense_1/kernel for the derivative of the hidden layer
}

BOOST_AUTO_TEST_SUITE_END()
