// SPDX-License-Identifier: BSL-1.0
// LearningRate: from numbers and from any schedule, at compile time and at run time.
#include <weft/schedules/learning_rate.hpp>

#include <boost/test/unit_test.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_learning_rate)

namespace {

/// A schedule as a user writes it.
struct Halve {
    double initial_learning_rate;
    int steps = 1;
    std::array<double, 2> factors{0.5, 0.25};
    constexpr double at(double iteration) const {
        return iteration < steps ? initial_learning_rate : initial_learning_rate * factors[iteration < 2 * steps ? 0 : 1];
    }
};
struct Numbers {
    LearningRate learning_rate = 1e-3;
    double other = 2;
};

static_assert(Schedule<Halve> && !Schedule<Numbers> && !Schedule<double>);
static_assert(std::is_convertible_v<
                  double, LearningRate> && std::is_convertible_v<Halve, LearningRate> && std::is_convertible_v<LearningRate, double>);
static_assert(std::is_trivially_copyable_v<LearningRate>);
static_assert(member_count<Numbers> == 2 && member_index(&Numbers::learning_rate) == 0 && member_index(&Numbers::other) == 1);

} // namespace

BOOST_AUTO_TEST_CASE(a_number_stays) {
    constexpr Numbers n{.learning_rate = 1};
    static_assert(n.learning_rate.is_constant() && n.learning_rate.at(1e6) == 1 && n.learning_rate.name().empty());
    BOOST_TEST(double(n.learning_rate) == 1.0);
}

BOOST_AUTO_TEST_CASE(a_schedule_is_read_at_the_iteration) {
    constexpr Numbers n{.learning_rate = Halve{8, 10}};
    static_assert(n.learning_rate.at(9) == 8 && n.learning_rate.at(10) == 4 && n.learning_rate.at(20) == 2);
    static_assert(member_values(n, 10)[0] == 4 && member_values(n, 10)[1] == 2);
    BOOST_TEST(double(n.learning_rate) == 8.0);
    BOOST_TEST(!n.learning_rate.is_constant());
}

BOOST_AUTO_TEST_CASE(its_numbers_can_be_saved_and_restored) {
    LearningRate rate = Halve{8, 10}, other = Halve{1};
    BOOST_TEST(rate.name() == "Halve");
    BOOST_TEST_REQUIRE(rate.numbers().size() == 4U);
    BOOST_TEST(rate.numbers()[1] == 10.0);
    std::copy(rate.numbers().begin(), rate.numbers().end(), other.numbers().begin());
    BOOST_TEST(other.at(10) == 4.0);
    rate = 0.5;
    BOOST_TEST(rate.at(10) == 0.5);
}

BOOST_AUTO_TEST_SUITE_END()
