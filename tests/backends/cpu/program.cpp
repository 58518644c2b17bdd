// SPDX-License-Identifier: BSL-1.0
// Bits of compiled programs: the same in every run, whatever lies behind the rows that are there, and with one lane or those of a register.
#include <backends/cpu/compiled.hpp>

using namespace weft;
using namespace weft::detail;
namespace rp = weft::random_program;

BOOST_AUTO_TEST_SUITE(backends_cpu_program)

namespace {

struct Zero {
    static constexpr void initialize(Weights&) {}
};
/// A bit of everything that vectors do: tiles with tails, sums of rows and columns, softmax, random numbers, an updated bias.
struct Small {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({5, 6, 3});
        Tensor y = tanh(convolution(x, g.parameter("image", {3, 2, 3, 11}, Zero{}), {.same = true}));
        y = reshape(max_pool(y, 2, {.strides = Size{2}}), {66});
        y = where(g.random({batch_extent, 66}) < 0.8, y * 1.25, 0.0);
        y = sigmoid(matmul(y, g.parameter("kernel", {66, 19}, Zero{})) + g.parameter("bias", {19}, Zero{}));
        const Tensor centered = y - detail::along(mean(y, -1), y, 2);
        const Tensor p = softmax(matmul(centered, g.parameter("last", {19, 21}, Zero{})));
        g.outputs.push_back({Path("loss"), mean(square(p - 0.05)).id});
        g.outputs.push_back({Path("p"), p.id});
        g.outputs.push_back({Path("kept"), mean(y, axes::batch).id});
        return std::move(g).program();
    }
};
/// Results narrower than a vector, whose kernels have vectors along rows: convolutions by few channels, with zeros around, two outputs.
struct Narrow {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({12, 20, 1});
        Tensor y = convolution(x, g.parameter("first", {3, 3, 1, 6}, Zero{}), {.same = true});
        y = relu(y + g.parameter("first_bias", {6}, Zero{}));
        y = convolution(max_pool(y, 2, {.strides = Size{2}}), g.parameter("second", {3, 3, 6, 8}, Zero{}));
        const Tensor p = matmul(reshape(y, {256}), g.parameter("kernel", {256, 2}, Zero{})) + g.parameter("bias", {2}, Zero{});
        g.outputs.push_back({Path("loss"), mean(square(p - 0.05)).id});
        g.outputs.push_back({Path("p"), p.id});
        return std::move(g).program();
    }
};
template <class Real, int Lanes, class Source = Small, int Batch = 6>
rp::Results result(int n, int batch_for_rows_behind) {
    using Definition = compiled::Training<Source, Batch, Real, Lanes>;
    const Program p = lower(Source::program());
    return compiled::step<Definition, Real, cpu::CpuProgram<Definition, Real, Lanes>>(rp::environment(p, n, 9), batch_for_rows_behind);
}
bool same_bits(const rp::Results& a, const rp::Results& b) {
    bool same = a.value.size() == b.value.size();
    for (const auto& [name, x] : a.value) {
        const auto& y = b.value.at(name);
        same = same && x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) == 0;
    }
    return same;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_step_gives_the_same_bits_every_time) {
    const rp::Results once = result<float, cpu::lanes<float>>(6, 6);
    BOOST_TEST(!once.value.empty());
    BOOST_TEST(same_bits(once, result<float, cpu::lanes<float>>(6, 6)));
}

BOOST_AUTO_TEST_CASE(rows_behind_the_batch_change_nothing) {
    BOOST_TEST(same_bits(result<float, cpu::lanes<float>>(4, 4), result<float, cpu::lanes<float>>(4, 6)));
}

BOOST_AUTO_TEST_CASE(one_lane_gives_the_bits_of_a_register) {
    for (int n : {1, 5, 6}) {
        BOOST_TEST(same_bits(result<float, 1>(n, 6), result<float, cpu::lanes<float>>(n, 6)));
    }
}

BOOST_AUTO_TEST_CASE(narrow_results_have_the_bits_of_one_lane) {
    for (int n : {1, 17, 20}) {
        BOOST_TEST(same_bits(result<float, 1, Narrow, 20>(n, 20), result<float, cpu::lanes<float>, Narrow, 20>(n, 20)));
    }
}

BOOST_AUTO_TEST_CASE(narrow_results_agree_with_the_reference) { compiled::check_training<Narrow, float, 20>("a narrow network", 1e-5); }

BOOST_AUTO_TEST_CASE(a_step_agrees_with_the_reference) {
    compiled::check_training<Small, double, 6>("a small network", 1e-12);
    compiled::check_training<Small, float, 6>("a small network", 1e-5);
}

BOOST_AUTO_TEST_SUITE_END()
