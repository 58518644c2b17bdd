// SPDX-License-Identifier: BSL-1.0
// Every golden case as the CPU backend plans and encodes a training step of it, executed element by element: it computes what the
// reference does. Layers must not need anything that the passes or the backend cannot do.
#include <backends/cpu/executor.hpp>
#include <layers/cases.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_cases_on_the_cpu)

namespace rp = weft::random_program;

BOOST_AUTO_TEST_CASE(steps_compute_what_the_reference_does) {
    const Program body = lower(rp::optimizer());
    const golden::File& file = check::golden_cases();
    double largest = 0;
    int count = 0;
    for (const check::Case& layer : check::all_cases())
        for (const auto& [name, spelling] : file.cases()) {
            if (spelling != layer.spelling) continue;
            check::Called called(layer, file.of(name));
            Graph& g = called.graph;
            g.outputs.push_back({Path("loss"), mean(square(called.y)).id});
            g.outputs.push_back({Path("y"), called.y.id});
            const Program program = std::move(g).program();
            std::map<std::string, check::Array> variables;
            for (int i = 0; i < program.variables.size(); ++i)
                variables[std::string(program.variables[i].path.view())] = called.environment.variables[static_cast<std::size_t>(i)];
            const Program step = differentiate(lower(program), Gradients::update);
            const Plan plan = plan_memory(order(fuse(materialize(match(simplify(step, Stops::remove))),
                                                     {.lanes = 8, .alignment = 32, .batch = called.environment.n})));
            const auto environment = [&](const Program& p) {
                auto env = rp::environment(p, called.environment.n, 9);
                env.inputs = called.environment.inputs;
                for (int i = 0; i < p.variables.size(); ++i)
                    env.variables[static_cast<std::size_t>(i)] = variables.at(std::string(p.variables[i].path.view()));
                return env;
            };
            BOOST_TEST_CONTEXT(name << ": " << spelling) {
                rp::Results value;
                BOOST_TEST(executor::run(plan, body, environment(plan.program), value).view() == "");
                auto env = environment(step);
                const double error = rp::error_of(value, rp::run(step, env, std::span<const Program>(&body, 1)));
                BOOST_TEST(error < 1e-11);
                largest = std::max(largest, error);
            }
            ++count;
        }
    BOOST_TEST_MESSAGE(count << " cases, largest error " << largest);
}

BOOST_AUTO_TEST_SUITE_END()
