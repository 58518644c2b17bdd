// SPDX-License-Identifier: BSL-1.0
// A network that predicts and learns on a microcontroller: all of it is inside of static objects. Nothing here may use a heap.
#include <weft/core.hpp>

using namespace weft;

struct Controller : Sequential<Input<4>, Dense<8>, Tanh, Dense<2>> {};
static_assert(output_shape<Controller> == Shape{2});
static_assert(parameter_count<Controller> == 58);

namespace {

StaticModel<Controller> model{42};
StaticTrainer<Controller, MeanSquaredError, SGD::with<no_momentum>, 8> descent{model, {}, {.learning_rate = 0.05}};
StaticTrainer<Controller, MeanSquaredError, Adam, 8> trainer{model, {}, {.learning_rate = 0.01}};

static_assert(sizeof(model) < 640);          // 232 bytes of parameters, what one prediction needs, and alignment
static_assert(decltype(trainer)::state_bytes < 1024 && decltype(trainer)::workspace_bytes < 4096);

} // namespace

/// What firmware calls: the command for one reading of the sensors.
void control(const float* sensors, float* command) { model.predict(sensors, command); }

/// One update from up to eight readings and the commands that should have been given; the error before it.
float learn(const float* sensors, const float* commands, int rows) { return trainer.step(sensors, commands, rows); }
float learn_without_memory(const float* sensors, const float* commands, int rows) { return descent.step(sensors, commands, rows); }
