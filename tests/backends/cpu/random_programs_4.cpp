// SPDX-License-Identifier: BSL-1.0
// Random programs compiled for the CPU: a training step agrees with the reference on full and partly filled batches (part 4 of 4).
#include <backends/cpu/compiled.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_random_programs_4)

namespace {

template <int Seed>
struct Seeded {
    static constexpr Program program() { return random_program::make(Seed); }
};

} // namespace

BOOST_AUTO_TEST_CASE(seed_334_trains_in_float) { compiled::check_training<Seeded<334>, float, 5>("seed 334", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_350_trains_in_float) { compiled::check_training<Seeded<350>, float, 5>("seed 350", 1e-5); }
BOOST_AUTO_TEST_CASE(seed_342_trains_in_double) { compiled::check_training<Seeded<342>, double, 5>("seed 342", 1e-12); }

BOOST_AUTO_TEST_SUITE_END()
