// SPDX-License-Identifier: BSL-1.0
// Kernels that library layers get: no contraction of theirs walks its columns in strides, forward or backward.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>
#include <weft/backends/cpu/encode_group.hpp>
#include <weft/backends/cpu/numbers.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_encode)

namespace {

/// Encodes all contractions of a layer's training step; counts tiles and lanes.
template <class Layer>
void check(const Shape& sample, int contractions) {
    Graph g(true);
    const Tensor x = g.input(sample), scale = g.parameter("scale", {sample.back()}, Ones{});  // so that the layer's input has a gradient
    g.outputs.push_back({Path("loss"), mean(square(g.call<Layer>(tanh(x * scale)))).id});
    BOOST_TEST(g.error.view() == "");
    const Plan plan = networks::plan(networks::complete(g));
    const Program body;
    const cpu::Layout layout = cpu::lay_out(plan, body, List<int>(plan.program.variables.size(), 0), 0);
    int found = 0;
    for (int group : plan.order) {
        const cpu::Encoded e = cpu::encode_group(plan, layout, group, 0);
        BOOST_TEST(e.error.view() == "", type_name<Layer>());
        if (plan.groups[group].kind != GroupKind::contract) continue;
        ++found;
        const bool lanes = e.kernel == cpu::Kernel::lanes,
                   unit = e.call.step_a >= 0 && e.call.step_a <= 1 && e.call.step_b >= 0 && e.call.step_b <= 1;
        BOOST_TEST((e.kernel == cpu::Kernel::contract || (lanes && unit)),
                   type_name<Layer>() << ": columns in steps of " << e.call.step_a << " and " << e.call.step_b);
    }
    BOOST_TEST(found == contractions, type_name<Layer>());
}

} // namespace

BOOST_AUTO_TEST_CASE(library_layers_have_unit_steps) {
    check<Dense<7>>({5}, 3);
    check<Dense<7>>({4, 5}, 3);
    check<Conv2D<6, 3>>({7, 8, 3}, 3);
    check<Conv2D<6, 3, same, strides<2>>>({7, 8, 3}, 3);
    check<Conv2D<6, 3, dilation_rate<2>>>({7, 8, 4}, 3);
    check<Conv2D<6, 3, same, groups<2>>>({7, 8, 4}, 3);
    check<Conv2D<6, 1>>({7, 8, 4}, 3);
    check<DepthwiseConv2D<3>>({7, 8, 5}, 3);
    check<DepthwiseConv2D<3, same, strides<2>>>({7, 8, 5}, 3);
    check<DepthwiseConv2D<3, depth_multiplier<2>>>({7, 8, 5}, 3);
    check<AveragePooling2D<2>>({6, 8, 5}, 2);
}

BOOST_AUTO_TEST_SUITE_END()
