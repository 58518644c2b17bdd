// SPDX-License-Identifier: BSL-1.0
// Tests of compile-time text: literals as template arguments, and the message buffer.
#include "weft/core/text.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <string_view>

namespace {

using weft::detail::Message;
using weft::detail::Text;
using weft::detail::TextBuffer;

template <Text Name>
struct Labelled {
    static constexpr std::string_view name = Name.view();
};

template <class T>
constexpr Message written(T value) {
    return Message{} << value;
}

constexpr bool reads(const Message& message, std::string_view expected) { return message.view() == expected; }

static_assert(Labelled<"encoder">::name == "encoder");
static_assert(std::is_same_v<Labelled<"a">, Labelled<Text<2>(std::string_view("a"))>>);
static_assert(!std::is_same_v<Labelled<"a">, Labelled<"b">>);
static_assert(Text("dense") == Text("dense") && !(Text("dense") == Text("dens")) && Text("dense") == std::string_view("dense"));
static_assert(Text("").empty() && Text("ab").size() == 2);
static_assert(Message{}.empty());
static_assert(reads(Message{} << "layer " << 5 << ' ' << std::string_view("conv2d_1") << ": " << 0.25, "layer 5 conv2d_1: 0.25"));

}  // namespace

BOOST_AUTO_TEST_SUITE(core_text)

BOOST_AUTO_TEST_CASE(text_ends_with_a_nul) {
    const Text<4> text(std::string_view("abcdef"));
    BOOST_TEST(text.view() == "abc");
    BOOST_TEST(text.chars[3] == '\0');
    BOOST_TEST(Text<6>(std::string_view("ab")).chars[5] == '\0');
}

BOOST_AUTO_TEST_CASE(integers_of_every_width_are_written) {
    BOOST_TEST(written(0).view() == "0");
    BOOST_TEST(written(-7).view() == "-7");
    BOOST_TEST(written(std::numeric_limits<long long>::min()).view() == "-9223372036854775808");
    BOOST_TEST(written(std::numeric_limits<unsigned long long>::max()).view() == "18446744073709551615");
    BOOST_TEST(written(static_cast<signed char>(-128)).view() == "-128");
    BOOST_TEST(written(static_cast<unsigned char>(200)).view() == "200");
    BOOST_TEST(written(true).view() == "true");
    BOOST_TEST(written('x').view() == "x");
}

BOOST_AUTO_TEST_CASE(numbers_are_short) {
    BOOST_TEST(written(0.25).view() == "0.25");
    BOOST_TEST(written(0.1f).view() == "0.1");
    BOOST_TEST(written(1.0).view() == "1.0");
    BOOST_TEST(written(-2.5).view() == "-2.5");
    BOOST_TEST(written(0.0).view() == "0.0");
    BOOST_TEST(written(0.001).view() == "0.001");
    BOOST_TEST(written(1e-3f).view() == "0.001");
    BOOST_TEST(written(1e-5).view() == "1e-5");
    BOOST_TEST(written(1.5e-7).view() == "1.5e-7");
    BOOST_TEST(written(123456.0).view() == "123456.0");
    BOOST_TEST(written(1234567.0).view() == "1.23457e6");
    BOOST_TEST(written(1e30).view() == "1e30");
    BOOST_TEST(written(1e300).view() == "1e300");
    BOOST_TEST(written(3e-310).view() == "3e-310");
    BOOST_TEST(written(0.9999999).view() == "1.0");
    BOOST_TEST(written(3.14159265).view() == "3.14159");
    BOOST_TEST(written(100.0).view() == "100.0");
    BOOST_TEST(written(std::numeric_limits<double>::infinity()).view() == "inf");
    BOOST_TEST(written(-std::numeric_limits<double>::infinity()).view() == "-inf");
    BOOST_TEST(written(std::numeric_limits<double>::quiet_NaN()).view() == "nan");
}

BOOST_AUTO_TEST_CASE(numbers_agree_with_printf) {
    for (double value = 1.2345678e-12; value < 1e12; value *= 1.37) {
        BOOST_TEST(std::stod(std::string(written(value).view())) == value, boost::test_tools::tolerance(5.1e-6));
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_becomes_an_ellipsis) {
    TextBuffer<8> buffer;
    buffer << "12345678";
    BOOST_TEST(buffer.view() == "12345678");
    buffer << '9' << "more";
    BOOST_TEST(buffer.view() == "12345\xE2\x80\xA6");
    BOOST_TEST(buffer.size() == 8U);
    BOOST_TEST(std::string(buffer.c_str()) == buffer.view());
}

BOOST_AUTO_TEST_CASE(truncation_keeps_characters_whole) {
    TextBuffer<8> buffer;
    buffer << "1234\xC3\xA9" << "567";
    BOOST_TEST(buffer.view() == "1234\xE2\x80\xA6");
}

BOOST_AUTO_TEST_CASE(a_shrunk_buffer_takes_text_again) {
    TextBuffer<8> buffer("123456789");
    buffer.shrink(2);
    buffer << "ab";
    BOOST_TEST(buffer.view() == "12ab");
}

BOOST_AUTO_TEST_SUITE_END()
