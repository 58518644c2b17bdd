// SPDX-License-Identifier: BSL-1.0
// What compiling a training step of 200 dense layers costs, within the compilers' default limits of constant evaluation: the passes alone
// at most 6 s and 900 MB, with code 10 s. Measured is the program of the step as StaticTrainer runs it, without arrays, files and the
// program that predicts; lenet.cpp and resnet20.cpp measure what users write.
#if defined(WEFT_PASSES_ALONE)
#define WEFT_SCALAR         // passes need no vectors: their lanes are a number
#endif
#include <iostream>
#include <vector>

#include <weft/layers/layers.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/model/runner.hpp>
#include <weft/optimizers/adam.hpp>

using namespace weft;
using namespace weft::detail;

template <int Width>
using Unit = Sequential<Dense<Width>, ReLU>;
/// Ten layers of seven widths.
using Ten = Sequential<Unit<8>, Unit<16>, Unit<24>, Unit<32>, Unit<40>, Unit<48>, Unit<56>, Unit<24>, Unit<16>, Unit<32>>;
using Fifty = Sequential<Ten, Ten, Ten, Ten, Ten>;
struct Deep : Sequential<Input<8>, Fifty, Fifty, Fifty, Fifty, Dense<2>> {};

using Training = detail::TrainingSource<Deep, MeanSquaredError, false>;

int main() {
#if defined(WEFT_PASSES_ALONE)
    constexpr const PlanView& plan = Backward<Training, Gradients::update, 8, 8>::planned;
    std::cout << plan.program.operations.size() << " operations, " << plan.groups.size() << " groups\n";
#else
    using Source = detail::BackwardProgram<Deep, Training, Adam, Gradients::update, 8, float>;
    static detail::Runner<Source, float, StaticBuffer> run(1);
    static StaticBuffer<float, Network<Deep>::element_count + 16> variables;
    static StaticBuffer<float, Source::slot_count * Source::slot_stride> states;
    for (std::size_t i = 0; i < Network<Deep>::variable_count; ++i)
        initialize(Network<Deep>::variables[i], 1, variables.data() + Network<Deep>::offsets[i]);
    Source::initialize_states(1, states.data());
    const std::vector<float> x(8 * 8, 0.5f), y(8 * 2, 0.25f);
    const void* columns[] = {x.data(), y.data()};
    detail::Members<Adam, MeanSquaredError> members;
    for (std::uint64_t i = 0; i < 5; ++i) {
        members.set(static_cast<double>(i), Adam{}, MeanSquaredError{});
        run.run(variables.data(), states.data(), columns, 8, members.values, i + 1);
        std::cout << run.output(run.offset_of("loss"))[0] << '\n';
    }
#endif
}
