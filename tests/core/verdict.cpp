// SPDX-License-Identifier: BSL-1.0
// Tests of compile-time errors: how a sentence is cut, and that a check which is content costs nothing.
// That a check which is not content gives one error is tested by tests/rejects/.
#include "weft/core/verdict.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>

namespace {

using weft::detail::Message;
using weft::detail::Subject;
using weft::detail::Text;
using weft::detail::VerdictLines;

struct Content {
    static constexpr Message message = {};
};
struct ShapeCheck {
    static constexpr Message message = Message{} << "layer 5 conv2d_1 (Conv2D<32, 3>) needs an image (height, width, channels), "
                                                 << "receives a vector of " << 128 << ": put it before Flatten";
};
struct LossCheck {
    static constexpr Subject subject = Subject::loss;
    static constexpr Message message = Message{} << "the loss needs logits";
};

template <class Check>
struct Stated : weft::Verified<Check> {
    static_assert(weft::Verified<Check>::value);
    float payload;
};

static_assert(sizeof(Stated<Content>) == sizeof(float));
static_assert(weft::Verified<Content>::value);

// The types exist, and say what they should, whatever the compiler does with them.
#if !defined(WEFT_VERDICT_IN_LETTERS)
static_assert(std::is_same_v<decltype(weft::verdict<ShapeCheck>()),
                             weft::NETWORK_DOES_NOT_FIT<Text("layer 5 conv2d_1 (Conv2D<32, 3>)"), Text("needs an image (height, width,"),
                                                        Text("channels), receives a vector of"), Text("128: put it before Flatten")>>);
static_assert(std::is_same_v<decltype(weft::verdict<LossCheck>()), weft::LOSS_DOES_NOT_FIT<Text("the loss needs logits")>>);
#endif

constexpr weft::Anything anything;
static_assert(anything == 38282 && 38282 == anything && anything == anything && anything != 1 && 5 < anything && anything < 5);
static_assert(anything * 4 / 1024 <= 1 && 2 + anything == std::string_view("x") && !(std::string_view(anything) == "x"));
static_assert(sizeof(char[std::size_t{anything}]) == 1);
static_assert(anything[0] == 10 && anything.rank == 3 && anything.back() == 7 && anything(1, 2) > anything.elements());

std::string joined(const VerdictLines& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.count; ++i) text += (i > 0 ? "|" : "") + std::string(lines.line(i));
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core_verdict)

BOOST_AUTO_TEST_CASE(sentences_are_cut_at_spaces) {
    BOOST_TEST(joined(VerdictLines("")) == "");
    BOOST_TEST(joined(VerdictLines("short")) == "short");
    BOOST_TEST(joined(VerdictLines("this line has exactly 35 characters and this is the next"))
               == "this line has exactly 35 characters|and this is the next");
    BOOST_TEST(joined(VerdictLines("this line has exactly 36 characters. It is too long"))
               == "this line has exactly 36|characters. It is too long");
}

BOOST_AUTO_TEST_CASE(words_that_are_too_long_are_cut_at_signs_or_else_anywhere) {
    BOOST_TEST(joined(VerdictLines("a_word_of_more_than_thirty_five_characters")) == "a_word_of_more_than_thirty_five_cha|racters");
    BOOST_TEST(joined(VerdictLines("BinaryCrossentropy::with<probabilities>")) == "BinaryCrossentropy::with|<probabilities>");
}

BOOST_AUTO_TEST_CASE(what_compilers_would_escape_is_replaced) {
    BOOST_TEST(joined(VerdictLines("\"a\" isn't \\b\n\xE2\x80\xA6 \xC3\xA9")) == "`a` isn`t /b ... ?");
}

BOOST_AUTO_TEST_CASE(long_sentences_end_with_dots) {
    const std::string sentence(500, 'x');
    const VerdictLines lines(sentence);
    BOOST_TEST(lines.text.size() <= weft::detail::verdict_limit);
    BOOST_TEST(lines.text.view().ends_with("x..."));
    for (std::size_t i = 0; i < lines.count; ++i) BOOST_TEST(lines.line(i).size() <= weft::detail::verdict_line);
}

BOOST_AUTO_TEST_CASE(no_word_is_lost) {
    std::string sentence;
    for (int i = 0; i < 60; ++i) sentence += std::string(static_cast<std::size_t>(i % 7 + 1), static_cast<char>('a' + i % 26)) + ' ';
    sentence.pop_back();
    std::string text = joined(VerdictLines(sentence));
    for (char& c : text) c = c == '|' ? ' ' : c;
    BOOST_TEST(text == sentence);
}

BOOST_AUTO_TEST_CASE(anything_prints_nothing) {
    std::ostringstream stream;
    stream << "count " << anything << anything * 4 << '.';
    BOOST_TEST(stream.str() == "count .");
}

BOOST_AUTO_TEST_SUITE_END()
