// SPDX-License-Identifier: BSL-1.0
// Triplets: PyTorch's numbers, what does not fit, and an encoder that learns from them.
#include <weft/initializers/zeros.hpp>
#include <weft/losses/triplet_margin_loss.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_triplet_margin_loss)

using test::Numbers;

namespace {

/// triplet_loss of three columns, its mean and the gradient of that, against a golden case.
void check_function(const std::string& name, TripletOptions options) {
    static const golden::File file("losses");
    const Numbers& joined = file[name + "/prediction"].values;
    Graph g;
    const Tensor a = g.input({4}), p = g.input({4}), n = g.input({4}), values = triplet_loss(a, p, n, options);
    const auto slopes = gradient(mean(values, axes::batch), {a, p, n});
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    reference::Environment<double> env;
    env.n = 9;
    env.inputs.resize(3);
    for (std::size_t i = 0; i < joined.size(); ++i) env.inputs[i / 4 % 3].push_back(joined[i]);
    const auto all = reference::evaluate(g, env);
    BOOST_TEST(test::error(all[static_cast<std::size_t>(values.id)], file[name + "/values"].values) < test::tolerance::exact);
    Numbers gradient;
    for (std::size_t row = 0; row < 9; ++row)
        for (const Tensor& slope : slopes)
            for (std::size_t k = 0; k < 4; ++k) gradient.push_back(all[static_cast<std::size_t>(slope.id)][row * 4 + k]);
    BOOST_TEST(test::error(gradient, file[name + "/gradient"].values) < test::tolerance::exact);
}

std::string complaint(const Shape& anchor, const Shape& negative) {
    Graph g;
    triplet_loss(g.input(anchor), g.input(anchor), g.input(negative));
    return std::string(g.error.view());
}

} // namespace

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    check_function("triplet_margin_loss", {});
    check_function("triplet_margin_loss_margin", {.margin = 0.25});
    check_function("triplet_margin_loss_swap", {.margin = 0.25, .swap = true});
}

BOOST_AUTO_TEST_CASE(three_embeddings_behind_each_other) {
    static const golden::File file("losses");
    for (const auto& [name, margin] : {std::pair{"triplet_margin_loss", 1.0}, std::pair{"triplet_margin_loss_margin", 0.25}}) {
        const std::string path(name);
        const auto m = test::measure<TripletMarginLoss>({12}, file[path + "/prediction"].values, Numbers(9, 7.0), {}, {.margin = margin});
        BOOST_TEST(test::error(m.values, file[path + "/values"].values) < test::tolerance::exact);
        BOOST_TEST(test::error(m.gradient, file[path + "/gradient"].values) < test::tolerance::exact);
        BOOST_TEST(m.mean == file[path + "/mean"].values[0], boost::test_tools::tolerance(1e-12));
    }
}

BOOST_AUTO_TEST_CASE(other_shapes_are_rejected) {
    BOOST_TEST(complaint({4}, {5}) == "triplet_loss receives a tensor of n x 4, a tensor of n x 4 and a tensor of n x 5: anchor, positive "
                                      "and negative have one shape");
    BOOST_TEST(complaint({}, {}) == "triplet_loss compares vectors, receives scalars");
    Graph g;
    TripletMarginLoss::define(g, g.input({10}), g.input({}));
    BOOST_TEST(g.error.view() == "TripletMarginLoss needs three vectors behind each other, receives a vector of 10: join anchor, positive "
                                 "and negative by Parallel<Concatenate, ...>");
}

BOOST_AUTO_TEST_CASE(an_encoder_learns_from_triplets) {
    // One number is to tell what is alike: rows are alike if their first feature is.
    Graph g;
    const Tensor w = g.parameter("w", {2, 1}, Zeros{});
    const auto encode = [&](Tensor x) { return matmul(x, w); };
    const Tensor anchor = g.input({2}), positive = g.input({2}), negative = g.input({2});
    const Tensor loss = mean(triplet_loss(encode(anchor), encode(positive), encode(negative)), axes::batch);
    const Tensor slope = gradient(loss, w);
    reference::Environment<double> env;
    env.n = 3;
    env.inputs = {{1, 0.5, -1, 0.2, 1, -0.7}, {1, -0.9, -1, 0.8, 1, 0.4}, {-1, 0.5, 1, 0.1, -1, -0.6}};
    env.variables = {{0.1, 0.5}};
    double first = 0, last = 0;
    for (int step = 0; step < 100; ++step) {
        const auto values = reference::evaluate(g, env);
        last = values[static_cast<std::size_t>(loss.id)][0];
        if (step == 0) first = last;
        for (std::size_t i = 0; i < 2; ++i) env.variables[0][i] -= 0.1 * values[static_cast<std::size_t>(slope.id)][i];
    }
    BOOST_TEST(first > 1);
    BOOST_TEST(last == 0);
    BOOST_TEST(std::abs(env.variables[0][0]) > std::abs(env.variables[0][1]));
}

BOOST_AUTO_TEST_SUITE_END()
