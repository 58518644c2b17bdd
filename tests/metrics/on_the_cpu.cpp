// SPDX-License-Identifier: BSL-1.0
// Losses and metrics as the CPU backend plans and encodes a training step with them, executed element by element: it computes what the
// reference does. They must not need anything that the passes or the backend cannot do.
#include <boost/test/unit_test.hpp>

#include <backends/cpu/executor.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/losses/losses.hpp>
#include <weft/metrics/metrics.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(metrics_on_the_cpu)

namespace rp = weft::random_program;

namespace {

/// A linear model, measured by M with targets of its kind.
template <class M>
Program measured(const Shape& shape, bool weighs) {
    Graph g(true);
    Tensor x = g.input({4});
    if (shape.rank == 2) x = g.input({shape[0], 4});
    const Tensor y = matmul(x, g.parameter("kernel", {4, shape.back()}, Zeros{}));
    const TargetSpec spec = target_of<M>(y.shape());
    Shape scores = spec.shape;
    scores.push_back(spec.classes);
    const Tensor target = spec.type == DType::integer ? argmax(g.input(scores), -1) : sigmoid(g.input(spec.shape));
    const Tensor weights = weighs ? square(sum(g.input({2}), -1)) : Tensor{};
    Tensor loss = mean(square(y));
    if constexpr (Loss<M>) loss = mean_loss<M>(g, y, target, weights);
    else g.outputs.push_back({Path("metric"), metric_sums<M>(g, y, target, weights).id});
    g.outputs.push_back({Path("loss"), loss.id});
    BOOST_TEST(g.error.view() == "");
    return std::move(g).program();
}
void check(std::string_view name, const Program& program) {
    const Program body = lower(rp::optimizer()), expected = differentiate(lower(program), Gradients::update);
    const Plan plan = plan_memory(order(fuse(materialize(match(simplify(expected, Stops::remove))),
                                             {.lanes = 8, .alignment = 32, .batch = 4})));
    const auto environment = [](const Program& p) {
        auto env = rp::environment(p, 3, 9);
        env.scalars.resize(64, 0.0);
        return env;
    };
    BOOST_TEST_CONTEXT(name) {
        rp::Results value;
        BOOST_TEST(executor::run(plan, body, environment(plan.program), value).view() == "");
        auto env = environment(expected);
        BOOST_TEST(rp::error_of(value, rp::run(expected, env, std::span<const Program>(&body, 1))) < 1e-11);
    }
}
template <class... M>
void check_all(const Shape& shape) {
    for (bool weighs : {false, true}) (check(type_name<M>(), measured<M>(shape, weighs)), ...);
}

} // namespace

BOOST_AUTO_TEST_CASE(losses_compute_what_the_reference_does) {
    for (const Shape& shape : {Shape{3}, Shape{2, 3}})
        check_all<LogCosh, CosineSimilarity, Hinge, SquaredHinge, CategoricalHinge, KLDivergence, Poisson::with<log_input>,
                  MeanAbsolutePercentageError, MeanSquaredLogarithmicError, BinaryFocalCrossentropy::with<apply_class_balancing>,
                  CategoricalFocalCrossentropy>(shape);
}

BOOST_AUTO_TEST_CASE(metrics_compute_what_the_reference_does) {
    for (const Shape& shape : {Shape{3}, Shape{2, 3}})
        check_all<Precision, AUC, TopKCategoricalAccuracy<2>, SparseTopKCategoricalAccuracy<2>>(shape);
    check_all<F1Score, F1Score::with<multi_label>, R2Score>({3});
}

BOOST_AUTO_TEST_SUITE_END()
