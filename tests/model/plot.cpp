// SPDX-License-Identifier: BSL-1.0
// Tests of the curves of a fit as SVG.
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <string>

#include <weft/model/plot.hpp>

namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

weft::History falling(int epochs) {
    weft::History history;
    for (int e = 0; e < epochs; ++e)
        history.add(e, {{"loss", 2.0 / (e + 1)},
                        {"val_loss", 2.2 / (e + 1)},
                        {"accuracy", 1 - 0.8 / (e + 1)},
                        {"val_accuracy", 1 - 0.9 / (e + 1)}});
    return history;
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_plot)

BOOST_AUTO_TEST_CASE(losses_and_other_metrics_have_a_panel_each) {
    const std::string svg = weft::plot_svg(falling(30), {.title = "a < b & c"});
    BOOST_TEST(count(svg, "<polyline") == 4u);
    BOOST_TEST(count(svg, "<polyline fill=\"none\" stroke=\"#0072b2\"") == 4u);
    BOOST_TEST(count(svg, ">epoch</text>") == 2u);
    for (const char* name : {"loss", "val_loss", "accuracy", "val_accuracy"})
        BOOST_TEST(count(svg, weft::message("\">", name, "</text>")) == 1u);
    BOOST_TEST(count(svg, "a &lt; b &amp; c") == 1u);
    BOOST_TEST(count(svg, "width=\"1040\"") == 1u);
    BOOST_TEST(svg.rfind("</svg>\n") == svg.size() - 7);
    BOOST_TEST(count(svg, "nan") + count(svg, "inf") == 0u);
}

BOOST_AUTO_TEST_CASE(one_epoch_is_a_dot_and_numbers_that_are_none_are_gaps) {
    weft::History history;
    history.add(0, {{"loss", 1}});
    BOOST_TEST(count(weft::plot_svg(history), "<circle") == 1u);
    BOOST_TEST(count(weft::plot_svg(history), "width=\"520\"") == 1u);
    for (int e = 1; e < 7; ++e) history.add(e, {{"loss", e == 3 ? std::nan("") : 1.0 / e}});
    const std::string svg = weft::plot_svg(history);
    BOOST_TEST(count(svg, "<polyline") == 2u);
    BOOST_TEST(count(svg, "nan") == 0u);
    weft::History broken;
    broken.add(0, {{"loss", std::nan("")}});
    BOOST_TEST(count(weft::plot_svg(broken), "nan") == 0u);
}

BOOST_AUTO_TEST_CASE(ticks_are_round_and_enclose_the_range) {
    const weft::detail::Ticks ticks(0.13, 0.98, 5);
    BOOST_TEST(ticks[0] == 0.0);
    BOOST_TEST(ticks[1] == 0.2);
    BOOST_TEST(ticks.last() == 1.0);
    for (const double low : {-3e7, -1.0, 0.0, 1e-9, 5.0})
        for (const double width : {0.0, 1e-8, 0.37, 1e6}) {
            const weft::detail::Ticks t(low, low + width, 5);
            BOOST_TEST(t[0] <= low + 1e-9 * std::abs(low));
            BOOST_TEST(t.last() >= (low + width) - 1e-9 * (std::abs(low) + width));
            BOOST_TEST((t.count >= 2 && t.count <= 8));
        }
}

BOOST_AUTO_TEST_CASE(a_plot_is_written_to_its_file) {
    const std::filesystem::path path = std::filesystem::temp_directory_path() / ("weft_plot_" + std::to_string(::getpid()) + ".svg");
    weft::plot(falling(3), path);
    BOOST_TEST(std::filesystem::file_size(path) == weft::plot_svg(falling(3)).size());
    std::filesystem::remove(path);
    BOOST_CHECK_THROW(weft::plot({}, path), weft::ValueError);
    BOOST_CHECK_THROW(weft::plot(falling(2), path, {.height = 10}), weft::ValueError);
    BOOST_CHECK_THROW(weft::plot(falling(2), "/absent/folder/a.svg"), weft::FileError);
}

BOOST_AUTO_TEST_SUITE_END()
