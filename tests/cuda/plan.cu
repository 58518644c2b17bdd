// SPDX-License-Identifier: BSL-1.0
// A network on a device: kernels that are templates on the named network read its program and plan as constants, under nvcc.
#include <weft/layers/layers.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/model/network.hpp>

using namespace weft;
using namespace weft::detail;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<4>, Dense<8>, Tanh, Residual<Dense<4>>, Dense<2>> {};
#else
struct Net : Sequential<Input<4>, Dense<8>, Tanh, Residual<Dense<8>>, Dense<2>> {};
#endif
static_assert(output_shape<Net> == Shape{2});
static_assert(parameter_count<Net> == 130);

/// What a kernel may read: data members, whose values the compiler puts into the code.
template <class N, int Batch>
struct DevicePlan {
    static constexpr const auto& plan = Forward<detail::NetworkSource<N, false>, Batch, 32>::planned;
    static constexpr int outputs = output_shape<N>[0].constant;
    static constexpr int parameters = Network<N>::element_count;
    static constexpr int groups = static_cast<int>(plan.groups.size());
    static constexpr long arena = plan.arena;
};
static_assert(!network_fits<Net> || (DevicePlan<Net, 32>::groups > 0 && DevicePlan<Net, 32>::arena > 0));

/// A sum of all parameters for each output: enough to see that extents and offsets of the plan reach device code.
template <class N, int Batch>
__global__ void parameter_sums(const float* parameters, float* sums) {
    using Plan = DevicePlan<N, Batch>;
    const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
    if (i >= Plan::outputs) return;
    float sum = 0;
    for (int k = 0; k < Plan::parameters; ++k) sum += parameters[k];
    sums[i] = sum + static_cast<float>(Plan::arena) * Plan::groups;
}

/// The program of training, differentiated: the passes run under nvcc as under any compiler.
struct TrainingProgram {
    static constexpr Program program() {
        Graph g(true);
        const Tensor prediction = detail::define_network<Net>(g), target = g.input(prediction.shape());
        g.outputs.push_back({Path("loss"), mean_loss<MeanSquaredError>(g, prediction, target).id});
        return std::move(g).program();
    }
};
static_assert(!network_fits<Net> || Backward<TrainingProgram, Gradients::output, 32, 8>::planned.program.error.empty());

void launch(const float* parameters, float* sums) { parameter_sums<Net, 32><<<1, 32>>>(parameters, sums); }
