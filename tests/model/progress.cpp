// SPDX-License-Identifier: BSL-1.0
// Tests of what fit shows: the bar, the lines without a terminal, formats of numbers, and tables.
#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>

#include <weft/model/progress.hpp>
#include <weft/model/table.hpp>

namespace {

double fake_time = 0;
double fake_clock() { return fake_time; }

/// Without colours, with \r as a visible character.
std::string plain(std::string text) {
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) text.erase(at, text.find('m', at) - at + 1);
    for (char& c : text) c = c == '\r' ? '<' : c;
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_progress)

BOOST_AUTO_TEST_CASE(the_bar_looks_like_that_of_keras) {
    std::ostringstream out;
    weft::detail::Progress bar(1, out, fake_clock);
    fake_time = 100;
    bar.begin(0, 2, 45);
    fake_time = 101;
    bar.step(9, [] { return weft::Logs{{"loss", 2.5}, {"accuracy", 0.25}, {"unimportant", 1}}; });
    fake_time = 104.5;
    bar.end({{"loss", 0.05}, {"accuracy", 0.98}});
    const std::string rest = " - accuracy: 0.9800 - loss: 0.0500";
    BOOST_TEST(plain(out.str()) == "Epoch 1/2\n"
                                   "< 9/45 ━━━━━━━━━━━━━━━━━━━━ 4s 111ms/step - accuracy: 0.2500 - loss: 2.5000 - unimportant: 1.0000"
                                   "<45/45 ━━━━━━━━━━━━━━━━━━━━ 5s 100ms/step" + rest + std::string(22, ' ') + "\n");
    BOOST_TEST(out.str().find("\x1b[32m━━━━\x1b[0m\x1b[37m━━━━━━━━━━━━━━━━\x1b[0m") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_bar_is_drawn_at_most_ten_times_a_second) {
    std::ostringstream out;
    weft::detail::Progress bar(1, out, fake_clock);
    int asked = 0;
    fake_time = 0;
    bar.begin(0, 1, 1000);
    for (std::size_t step = 1; step <= 1000; ++step) {
        fake_time += 0.001;
        bar.step(step, [&] { return ++asked, weft::Logs{}; });
    }
    BOOST_TEST(asked >= 8);
    BOOST_TEST(asked <= 10);
}

BOOST_AUTO_TEST_CASE(without_a_terminal_an_epoch_is_one_plain_line) {
    std::ostringstream out;
    weft::detail::Progress line(weft::detail::verbose_auto, out, fake_clock);
    fake_time = 0;
    line.begin(2, 10, 50);
    fake_time = 0.9;
    line.step(25, [] { return weft::Logs{}; });
    line.end({{"loss", 0.0005}});
    BOOST_TEST(out.str() == "Epoch 3/10 - 50/50 - 1s - 18ms/step - loss: 5.0000e-04\n");
    out.str("");
    line.begin(0, 0, 4);
    line.end({});
    BOOST_TEST(out.str() == "4/4 - 0s - 0ns/step\n");
}

BOOST_AUTO_TEST_CASE(silent_is_silent) {
    std::ostringstream out;
    weft::detail::Progress none(0, out);
    none.begin(0, 1, 10);
    none.step(1, []() -> weft::Logs { throw 1; });
    none.end({{"loss", 1}});
    BOOST_TEST(out.str().empty());
}

BOOST_AUTO_TEST_CASE(numbers_read_as_in_keras) {
    using namespace weft::detail;
    BOOST_TEST(format_metric(0.0011) == "0.0011");
    BOOST_TEST(format_metric(0.001) == "1.0000e-03");
    BOOST_TEST(format_metric(-12.5) == "-12.5000");
    BOOST_TEST(format_metric(std::nan("")) == "nan");
    BOOST_TEST(format_metric(1e300).size() == 63u);
    BOOST_TEST(format_duration(59.4) == "59s");
    BOOST_TEST(format_duration(125) == "2:05");
    BOOST_TEST(format_duration(3725) == "1:02:05");
    BOOST_TEST(format_step_time(2) == "2s/step");
    BOOST_TEST(format_step_time(0.0035) == "4ms/step");
    BOOST_TEST(format_step_time(12e-6) == "12us/step");
    BOOST_TEST(format_step_time(620e-9) == "620ns/step");
    BOOST_TEST(weft::detail::thousands(0) == "0");
    BOOST_TEST(weft::detail::thousands(1234567) == "1,234,567");
    BOOST_TEST(weft::detail::thousands(100) == "100");
    BOOST_TEST(weft::detail::bytes_text(1996) == "1.95 KB");
    BOOST_TEST(weft::detail::bytes_text(96) == "96.00 B");
    BOOST_TEST(weft::detail::bytes_text(~std::uint64_t{0}) == "16.00 EB");
}

BOOST_AUTO_TEST_CASE(a_table_is_drawn_with_boxes) {
    weft::detail::Table table{{"Layer (type)"}, {"Param #", weft::detail::Align::right}};
    table.row({"größe", "1,234"}).row({"two\nlines", "5"}).rule().row({"日本", "6"});
    BOOST_TEST(table.text() == "┏━━━━━━━━━━━━━━┳━━━━━━━━━┓\n"
                               "┃ Layer (type) ┃ Param # ┃\n"
                               "┡━━━━━━━━━━━━━━╇━━━━━━━━━┩\n"
                               "│ größe        │   1,234 │\n"
                               "│ two          │       5 │\n"
                               "│ lines        │         │\n"
                               "├──────────────┼─────────┤\n"
                               "│ 日本         │       6 │\n"
                               "└──────────────┴─────────┘\n");
    std::ostringstream out;
    out << table;
    BOOST_TEST(out.str() == table.text());
    BOOST_TEST(table.text(true) != table.text());
    BOOST_CHECK_THROW(table.row({"one"}), weft::ShapeError);
}

BOOST_AUTO_TEST_CASE(width_counts_columns_of_the_terminal) {
    static_assert(weft::detail::display_width("abc") == 3 && weft::detail::display_width("größe") == 5
                  && weft::detail::display_width("日本") == 4);
    static_assert(weft::detail::display_width("e\xCC\x81") == 1 && weft::detail::display_width("😀") == 2
                  && weft::detail::display_width("\xFF") == 1);
    static_assert(weft::detail::utf8_length("\xC0\x80") == 0 && weft::detail::utf8_length("\xED\xA0\x80") == 0);
    static_assert(weft::detail::utf8_length("\xF4\x90\x80\x80") == 0 && weft::detail::utf8_length("\xF4\x8F\xBF\xBF") == 4);
    std::string text;
    for (const std::uint32_t code : {0x41u, 0xFCu, 0x20ACu, 0x1F600u}) weft::detail::append_utf8(text, code);
    BOOST_TEST(text == "Aü€😀");
}

BOOST_AUTO_TEST_SUITE_END()
