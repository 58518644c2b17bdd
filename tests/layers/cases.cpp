// SPDX-License-Identifier: BSL-1.0
// The golden cases as a whole: none is without a layer, and there are as many as the file is known to have.
#include <layers/cases.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases)

BOOST_AUTO_TEST_CASE(each_case_has_one_layer) {
    std::map<std::string_view, int> layers;
    for (const check::Case& layer : check::all_cases()) ++layers[layer.spelling];
    for (const auto& [spelling, times] : layers) BOOST_TEST(times == 1, spelling << " stands in several tables");
    const auto& cases = check::golden_cases().cases();
    for (const auto& [name, spelling] : cases)
        BOOST_TEST(layers.contains(std::string_view(spelling)), "no layer for " << name << ": " << spelling);
    BOOST_TEST(cases.size() == 613);
    BOOST_TEST_MESSAGE(cases.size() << " cases of " << layers.size() << " layers");
}

BOOST_AUTO_TEST_SUITE_END()
