// SPDX-License-Identifier: BSL-1.0
// Tests of options with names and values, of a user's own.
#include <weft/core/option.hpp>

#include <boost/test/unit_test.hpp>

namespace {

template <int N>
struct heads {
    static constexpr std::string_view option = "heads";
    static constexpr int value = N;
};
struct causal {
    static constexpr std::string_view option = "causal";
};

static_assert(weft::OptionOr<heads<8>>::value == 8);
static_assert(weft::OptionOr<heads<8>, causal, heads<2>>::value == 2);
static_assert(weft::wrong_options<causal, heads<4>>({"heads", "causal"}).empty());

} // namespace

BOOST_AUTO_TEST_SUITE(core_option)

BOOST_AUTO_TEST_CASE(what_is_no_option_is_named) {
    BOOST_TEST((weft::wrong_options<heads<1>, double>({"heads"}).view() == "does not take double: its options are heads"));
}

BOOST_AUTO_TEST_SUITE_END()
