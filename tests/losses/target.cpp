// SPDX-License-Identifier: BSL-1.0
// What losses compare predictions with.
#include <weft/losses/target.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_target)

namespace {

struct Plain {};
struct Rows {
    static constexpr TargetSpec target(const Shape& prediction) { return {{prediction[0]}, DType::integer, "a number for every row"}; }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_target_has_the_shape_of_the_prediction_unless_the_loss_says_otherwise) {
    static_assert(target_of<Plain>({3, 4}).shape == Shape{3, 4} && target_of<Plain>({3, 4}).type == DType::real);
    static_assert(target_of<Rows>({3, 4}).shape == Shape{3} && target_of<Rows>({3, 4}).type == DType::integer);
    BOOST_TEST(target_of<Rows>({3, 4}).meaning == "a number for every row");
}

BOOST_AUTO_TEST_SUITE_END()
