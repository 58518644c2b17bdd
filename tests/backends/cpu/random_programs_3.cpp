// SPDX-License-Identifier: BSL-1.0
// Random programs compiled for the CPU: a training step agrees with the reference on full and partly filled batches (part 3 of 4).
#include <backends/cpu/compiled.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_random_programs_3)

namespace {

template <int Seed>
struct Seeded {
    static constexpr Program program() { return random_program::make(Seed); }
};

} // namespace

BOOST_AUTO_TEST_CASE(seed_232_trains_in_float) { compiled::check_training<Seeded<232>, float, 5>("seed 232", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_75_trains_in_float) { compiled::check_training<Seeded<75>, float, 5>("seed 75", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_266_trains_in_float) { compiled::check_training<Seeded<266>, float, 5>("seed 266", 1e-5); }

BOOST_AUTO_TEST_SUITE_END()
