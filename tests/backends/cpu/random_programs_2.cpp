// SPDX-License-Identifier: BSL-1.0
// Random programs compiled for the CPU: a training step agrees with the reference on full and partly filled batches (part 2 of 4).
#include <backends/cpu/compiled.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_random_programs_2)

namespace {

template <int Seed>
struct Seeded {
    static constexpr Program program() { return random_program::make(Seed); }
};

} // namespace

BOOST_AUTO_TEST_CASE(seed_219_trains_in_float) { compiled::check_training<Seeded<219>, float, 5>("seed 219", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_93_trains_in_float) { compiled::check_training<Seeded<93>, float, 5>("seed 93", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_9_trains_in_double) { compiled::check_training<Seeded<9>, double, 5>("seed 9", 1e-12); }

BOOST_AUTO_TEST_SUITE_END()
