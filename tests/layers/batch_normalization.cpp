// SPDX-License-Identifier: BSL-1.0
// Tests of BatchNormalization.
#include <weft/layers/batch_normalization.hpp>

#include <check_golden.hpp>
#include <weft/layers/frozen.hpp>
#include <weft/layers/linear.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/shared.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_batch_normalization)

static_assert(check::message_of<BatchNormalization>(Shape{})
              == "layer 0 batch_normalization (BatchNormalization) needs features to normalize, receives a scalar: put "
                 "Reshape<1> before it");
static_assert(!check::message_of<BatchNormalization::with<momentum<1.5>>>(Shape{3}).empty());
static_assert(!check::message_of<BatchNormalization::with<axis<3>>>(Shape{3}).empty());

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    const std::string states = "batch_normalization/moving_mean batch_normalization/moving_variance";
    const std::string names = "batch_normalization/gamma batch_normalization/beta " + states;
    check::check_layer<BatchNormalization>({{4}}, {.output = {4}, .parameters = 8, .names = names, .rows = 5});
    check::check_layer<BatchNormalization::with<no_scale, no_center, axis<0>>>({{2, 3}}, {.output = {2, 3}, .names = states});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<BatchNormalization>("batch_normalization_training", true);
    check::check_golden<BatchNormalization>("batch_normalization_inference");
    check::check_golden<BatchNormalization>("batch_normalization_image_training", true);
    check::check_golden<BatchNormalization>("batch_normalization_image_inference");
    check::check_golden<BatchNormalization::with<momentum<0.75f>, epsilon<0x1p-10f>, no_scale>>("batch_normalization_options", true);
}

BOOST_AUTO_TEST_CASE(matches_pytorch_when_told_so) {
    check::check_golden<BatchNormalization::with<momentum<0.9>, epsilon<1e-5>, unbiased_moving_variance>>(
        "batch_normalization_pytorch", true);
}

BOOST_AUTO_TEST_CASE(keeps_its_statistics_when_frozen) {
    const auto built = check::build<Frozen<BatchNormalization>>({{2}}, true);
    BOOST_TEST(built->graph.effects.empty());
    for (const Variable& v : built->graph.variables) BOOST_TEST(!v.trainable);
}

BOOST_AUTO_TEST_CASE(changes_nothing_by_an_unbiased_variance_of_one_element) {
    const auto built = check::build<BatchNormalization::with<unbiased_moving_variance>>({{2}}, true);
    auto env = built->environment(1);
    reference::evaluate(built->graph, env);
    for (const check::Array& a : env.variables)
        for (double v : a) BOOST_TEST(std::isfinite(v));
}

BOOST_AUTO_TEST_CASE(shared_uses_update_its_statistics_one_after_the_other) {
    using Shared2 = Shared<"norm", BatchNormalization::with<momentum<0.75>>>;
    const auto built = check::build<Sequential<Shared2, Linear, Shared2>>({{2}}, true);
    BOOST_TEST(built->graph.effects.size() == 2);
}

struct Careless {
    static constexpr Tensor define(Graph& g, Tensor x) {
        const Tensor average = g.state("average", {x.shape().back()}, Zeros{});
        g.assign(average, average * 0.9 + mean(x, axes::batch) * 0.1);
        return x;
    }
};
static_assert(check::message_of<Sequential<Shared<"twice", Careless>, Shared<"twice", Careless>>>(Shape{2})
              == "layer 1 twice (Careless) assigns to twice/average twice in one program: the second assignment must continue from "
                 "g.assigned(state), or it undoes the first");

BOOST_AUTO_TEST_SUITE_END()
