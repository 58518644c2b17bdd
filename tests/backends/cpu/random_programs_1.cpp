// SPDX-License-Identifier: BSL-1.0
// Random programs compiled for the CPU: a training step agrees with the reference on full and partly filled batches (part 1 of 4).
#include <backends/cpu/compiled.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_random_programs_1)

namespace {

template <int Seed>
struct Seeded {
    static constexpr Program program() { return random_program::make(Seed); }
};

} // namespace

BOOST_AUTO_TEST_CASE(seed_1_trains_in_float) { compiled::check_training<Seeded<1>, float, 5>("seed 1", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_84_trains_in_float) { compiled::check_training<Seeded<84>, float, 5>("seed 84", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_97_trains_in_double) { compiled::check_training<Seeded<97>, double, 5>("seed 97", 1e-12); }

BOOST_AUTO_TEST_SUITE_END()
