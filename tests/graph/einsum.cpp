// SPDX-License-Identifier: BSL-1.0
// Einsum: known products as equations, derivatives of first and second order, what is no equation.
#include <weft/graph/einsum.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_einsum)

using Expression = std::vector<Tensor>;

BOOST_AUTO_TEST_CASE(products_are_what_their_letters_say) {
    const Array a = numbers(2 * 3 * 4, 1), b = numbers(2 * 5 * 4, 2);
    const Array y = evaluate_on({{2, 3, 4}, {2, 5, 4}}, {a, b}, [](Graph&, const Expression& e) {
        return einsum("nik,njk->nji", e[0], e[1]);
    });
    const Array z = evaluate_on({{2, 3, 4}, {2, 5, 4}}, {a, b}, [](Graph&, const Expression& e) {
        return matmul(e[1], transpose(e[0]));
    });
    BOOST_TEST(error_of(y, z) < tolerance::exact);
}

BOOST_AUTO_TEST_CASE(products_have_their_derivatives) {
    check_derivatives({{4}, {2}}, [](Graph&, const Expression& x) { return einsum("na,nb->nba", square(x[0]), tanh(x[1])); });
    check_derivatives({{2, 4}, {4}}, [](Graph&, const Expression& x) { return einsum("nak,nk->na", square(x[0]), tanh(x[1])); });
    check_derivatives({{3, 2}, {4}}, [](Graph&, const Expression& x) { return einsum("nab,mc->nmb", square(x[0]), tanh(x[1])); });
}

BOOST_AUTO_TEST_CASE(rejects_what_is_no_equation) {
    const auto message = [](std::string_view equation, const Shape& a, const Shape& b) {
        Graph g;
        einsum(equation, g.input(a), g.input(b));
        return std::string(g.error.view());
    };
    BOOST_TEST(message("nij,njk->nik", {2, 3}, {3, 4}) == "");
    BOOST_TEST(message("nij,njk->nik", {2, 3}, {4, 3})
               == "multiplies a tensor of 2 x 3 by a tensor of 4 x 3 as nij,njk->nik: axes of one letter must have one extent");
    for (const char* wrong : {"nij,njk", "nij->nik", "nii,njk->nik", "nij,njk->nil", "ni,njk->nik", "n?j,njk->nk"})
        BOOST_TEST(message(wrong, {2, 3}, {3, 4}).ends_with("needs one letter for each axis, the batch included"));
}

BOOST_AUTO_TEST_SUITE_END()
