// SPDX-License-Identifier: BSL-1.0
// A recurrent network that learns on a microcontroller from short sequences of readings. Nothing here may use a heap.
#include <weft/core.hpp>

using namespace weft;

struct Forecast : Sequential<Input<12, 2>, GRU<6>, Dense<1>> {};
static_assert(output_shape<Forecast> == Shape{1});

namespace {

StaticModel<Forecast> model{7};
StaticTrainer<Forecast, MeanSquaredError, Adam, 4> trainer{model, {}, {.learning_rate = 0.02}};

static_assert(decltype(trainer)::workspace_bytes < 20480);

} // namespace

/// What comes behind twelve readings of two sensors.
void forecast(const float* readings, float* next) { model.predict(readings, next); }

/// One update from up to four sequences and what came behind them; the error before it.
float learn_to_forecast(const float* readings, const float* next, int rows) { return trainer.step(readings, next, rows); }
