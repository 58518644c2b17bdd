// SPDX-License-Identifier: BSL-1.0
// The mechanism of compile-time errors: a sentence that a check computes becomes the one error that the compiler prints.
#pragma once

#include "weft/core/text.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace weft {

// The recipe, with which every misuse gives one error, at the user's line, under g++, clang and nvcc:
//
// 1. A check is a type with `static constexpr Message message`, empty when all is well.
//
//        template <class Net> struct NetworkCheck { static constexpr Message message = Lowered<Net>::message; };
//        template <class Net> inline constexpr bool fits = NetworkCheck<Net>::message.empty();
//
// 2. What the user touches states the check first in its body, that of a class or of a function alike:
//
//        static_assert(Verified<NetworkCheck<Net>>::value);
//
//    Never as a base class, a member or an initializer: clang drops what an invalid one is part of, and errors follow from
//    that. Each check reports once, however many places state it, so Model, Trainer, fit, evaluate and summary all state all
//    that they need. That place is what the user's line instantiates, nothing further in, hence `fit` states the checks of
//    the Trainer that it makes: compilers print every step between.
//
// 3. All else compiles silently when the network does not fit: bodies are `if constexpr (fits<Net>)`, class templates have
//    an inert specialization (`ModelBody<Net, fits<Net>>`), other checks of the network have no message unless `fits<Net>`.
//    A function returns something of the right type in both cases, so that the user's next line compiles, too; `Anything` when
//    there is no right type.
//
// 4. A constant of a network states its check in the function that computes it, and compares equal to everything when it is bad:
//
//        template <class Net> constexpr auto count_or_anything() { static_assert(Verified<NetworkCheck<Net>>::value); ... }
//        template <class Net> inline constexpr auto parameter_count = count_or_anything<Net>();
//
//    (In a default template argument g++ would not print the user's line.)
//
// 5. This header is the first that core.hpp and weft.hpp include: compilers print the whole way to it.

#if defined(__EDG__) || defined(__CUDACC__)
#define WEFT_VERDICT_IN_LETTERS 1  // EDG prints texts as lists of numbers, but letters as letters
#define WEFT_VERDICT_BODY
#elif defined(__clang__)
#define WEFT_VERDICT_BY_ASSERTION 1  // takes fewer lines than an incomplete type
#define WEFT_VERDICT_BODY { static constexpr bool value = false; }
#else
#define WEFT_VERDICT_BODY
#endif

namespace detail {
/// What a check is about, which selects the headline: `static constexpr Subject subject = Subject::loss;`, otherwise the network.
enum class Subject { network, loss, data, option, parameter };
} // namespace detail

// The headlines. They are incomplete, so that the compiler prints their arguments when one is a base class.
template <auto... Sentence>
struct NETWORK_DOES_NOT_FIT WEFT_VERDICT_BODY;
template <auto... Sentence>
struct LOSS_DOES_NOT_FIT WEFT_VERDICT_BODY;
template <auto... Sentence>
struct DATA_DOES_NOT_FIT WEFT_VERDICT_BODY;
template <auto... Sentence>
struct OPTION_DOES_NOT_FIT WEFT_VERDICT_BODY;
template <auto... Sentence>
struct NO_SUCH_PARAMETER WEFT_VERDICT_BODY;

namespace detail {

/// The longest line of a sentence: clang cuts texts after 36 characters.
inline constexpr std::size_t verdict_line = 35;

/// The longest sentence: g++ prints it twice, nvcc spells it, and an error has 2 KB.
#if defined(WEFT_VERDICT_IN_LETTERS)
inline constexpr std::size_t verdict_limit = 300;
#else
inline constexpr std::size_t verdict_limit = 320;
#endif

/// A sentence in plain ASCII, cut at spaces into lines.
struct VerdictLines {
    static constexpr std::size_t most_lines = 40;

    TextBuffer<verdict_limit> text;
    std::size_t begins[most_lines] = {};
    std::size_t sizes[most_lines] = {};
    std::size_t count = 0;

    constexpr explicit VerdictLines(std::string_view sentence) {
        write(sentence);
        for (std::size_t at = 0; at < text.size() && count < most_lines; ++count) {
            std::size_t size = text.size() - at;
            if (size > verdict_line) {
                size = verdict_line;
                while (size > 0 && text.chars[at + size] != ' ') --size;
                if (size == 0) size = part_of_word(at);
            }
            begins[count] = at;
            sizes[count] = size;
            at += size;
            while (at < text.size() && text.chars[at] == ' ') ++at;
        }
    }

    constexpr std::string_view line(std::size_t i) const { return text.view().substr(begins[i], sizes[i]); }

private:
    /// How much of a word that is longer than a line goes on it: up to a sign such as :: or <, if there is one.
    constexpr std::size_t part_of_word(std::size_t at) const {
        const auto in_word = [&](std::size_t i) {
            const char c = text.chars[i];
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        };
        std::size_t size = verdict_line;
        while (size > 0 && (in_word(at + size) || !in_word(at + size - 1))) --size;
        return size > 0 ? size : verdict_line;
    }

    // Compilers escape quotes, backslashes and everything that is not ASCII.
    constexpr void write(std::string_view sentence) {
        constexpr std::string_view ellipsis = "\xE2\x80\xA6";
        for (std::size_t i = 0; i < sentence.size(); ++i) {
            const char c = sentence[i];
            const auto byte = static_cast<unsigned char>(c);
            if (text.size() + 6 > verdict_limit) {
                text.append("...");
                return;
            }
            if (sentence.substr(i, ellipsis.size()) == ellipsis) text.append("...");
            else if (c == '"' || c == '\'') text.append('`');
            else if (c == '\\') text.append('/');
            else if (byte < 0x20U) text.append(' ');
            else if (byte < 0x80U) text.append(c);
            else if (byte >= 0xC0U) text.append('?');
        }
    }
};

template <class Check>
inline constexpr VerdictLines verdict_lines{Check::message.view()};

template <class Check, std::size_t I>
inline constexpr Text<verdict_lines<Check>.sizes[I] + 1> verdict_text{verdict_lines<Check>.line(I)};

template <class Check>
constexpr Subject subject_of() {
    if constexpr (requires { Check::subject; }) return Check::subject;
    else return Subject::network;
}

// Functions that are only declared: `decltype` of a call is the bare type, where an alias would be printed beside what it stands for.
template <Subject About, auto... Sentence>
    requires(About == Subject::network)
NETWORK_DOES_NOT_FIT<Sentence...> headline();
template <Subject About, auto... Sentence>
    requires(About == Subject::loss)
LOSS_DOES_NOT_FIT<Sentence...> headline();
template <Subject About, auto... Sentence>
    requires(About == Subject::data)
DATA_DOES_NOT_FIT<Sentence...> headline();
template <Subject About, auto... Sentence>
    requires(About == Subject::option)
OPTION_DOES_NOT_FIT<Sentence...> headline();
template <Subject About, auto... Sentence>
    requires(About == Subject::parameter)
NO_SUCH_PARAMETER<Sentence...> headline();

template <class Check, std::size_t... I>
auto sentence(std::index_sequence<I...>) -> decltype(headline<subject_of<Check>(), verdict_text<Check, I>...>());

template <class Check>
struct Fits {
    static constexpr bool value = true;
};

#if defined(WEFT_VERDICT_IN_LETTERS)
// Classes: EDG deduces nothing from calls of `sentence`, and prints no alias.
template <Subject About, char... Characters>
struct Headline {
    using type = decltype(headline<About, Characters...>());
};
template <class Check, class Indices>
struct Letters;
template <class Check, std::size_t... I>
struct Letters<Check, std::index_sequence<I...>> : Headline<subject_of<Check>(), verdict_lines<Check>.text.chars[I]...> {};
template <class Check, bool = Check::message.empty()>
struct Spelled {
    using type = Fits<Check>;
};
template <class Check>
struct Spelled<Check, false> : Letters<Check, std::make_index_sequence<verdict_lines<Check>.text.size()>> {};
#endif

}  // namespace detail

/// The type that says whether `Check` is content: it has a `value` that is true, or it is a headline, which cannot be used.
template <class Check>
    requires(Check::message.empty())
detail::Fits<Check> verdict();

template <class Check>
    requires(!Check::message.empty())
auto verdict() -> decltype(detail::sentence<Check>(std::make_index_sequence<detail::verdict_lines<Check>.count>{}));

/// `Verified<Check>::value` is true; the first to ask for it gets the message of `Check` as an error, should there be one.
#if defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
template <class Check>
struct Verified {
    static constexpr bool value = true;
    static_assert(Check::message.empty(), Check::message);
};
#elif defined(WEFT_VERDICT_BY_ASSERTION)
template <class Check>
struct Verified {
    static constexpr bool value = true;
    static_assert(decltype(verdict<Check>())::value);
};
#elif defined(WEFT_VERDICT_IN_LETTERS)
template <class Check>
struct Verified : detail::Spelled<Check>::type {
    static constexpr bool value = true;
};
#else
template <class Check>
struct Verified : decltype(verdict<Check>()) {
    static constexpr bool value = true;
};
#endif

/// What a constant or a function of a bad network yields, once the error has been printed: it fits wherever a value can stand,
/// and every comparison with it is true.
struct Anything {
    template <class T>
    constexpr operator T() const {
        if constexpr (std::is_arithmetic_v<T>) return T(1);
        else return T{};
    }
    static const Anything rank;
    template <class... Index>
    constexpr Anything operator()(const Index&...) const;
    template <class Index>
    constexpr Anything operator[](const Index&) const;
    constexpr Anything back() const;
    constexpr Anything elements() const;
    template <class Stream>
    friend Stream& operator<<(Stream& stream, Anything) {
        return stream;
    }

#define WEFT_ANYTHING(result, op, value)                                \
    template <class T>                                                  \
    friend constexpr result operator op(Anything, const T&) {           \
        return value;                                                   \
    }                                                                   \
    template <class T>                                                  \
        requires(!std::is_same_v<T, Anything>)                          \
    friend constexpr result operator op(const T&, Anything) {           \
        return value;                                                   \
    }
    WEFT_ANYTHING(bool, ==, true)
    WEFT_ANYTHING(bool, !=, true)
    WEFT_ANYTHING(bool, <, true)
    WEFT_ANYTHING(bool, <=, true)
    WEFT_ANYTHING(bool, >, true)
    WEFT_ANYTHING(bool, >=, true)
    WEFT_ANYTHING(Anything, +, Anything{})
    WEFT_ANYTHING(Anything, -, Anything{})
    WEFT_ANYTHING(Anything, *, Anything{})
    WEFT_ANYTHING(Anything, /, Anything{})
    WEFT_ANYTHING(Anything, %, Anything{})
#undef WEFT_ANYTHING
};
inline constexpr Anything Anything::rank{};
template <class... Index>
constexpr Anything Anything::operator()(const Index&...) const { return {}; }
template <class Index>
constexpr Anything Anything::operator[](const Index&) const { return {}; }
constexpr Anything Anything::back() const { return {}; }
constexpr Anything Anything::elements() const { return {}; }

}  // namespace weft
