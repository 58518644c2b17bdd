// SPDX-License-Identifier: BSL-1.0
// Text at compile time: a string literal as a template argument, and a buffer into which messages are written with <<.
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

namespace weft::detail {

/// A string literal as a template argument: `Named<"encoder", Dense<64>>`, `model.parameter<"dense_1/kernel">()`.
///
/// N counts the terminating NUL, which is always there: compilers print the text as text only then.
template <std::size_t N>
struct Text {
    static_assert(N > 0, "a Text holds at least its terminating NUL");

    char chars[N] = {};

    constexpr Text() = default;
    constexpr Text(const char (&literal)[N]) { assign(std::string_view(literal, N - 1)); }

    /// The first N - 1 characters of `source`, and NULs behind them.
    constexpr explicit Text(std::string_view source) { assign(source); }

    constexpr std::string_view view() const { return {chars, N - 1}; }
    constexpr std::size_t size() const { return N - 1; }
    constexpr bool empty() const { return N == 1; }

    template <std::size_t M>
    friend constexpr bool operator==(const Text& a, const Text<M>& b) { return a.view() == b.view(); }
    friend constexpr bool operator==(const Text& a, std::string_view b) { return a.view() == b; }

private:
    constexpr void assign(std::string_view source) {
        for (std::size_t i = 0; i + 1 < N; ++i) chars[i] = i < source.size() ? source[i] : '\0';
        chars[N - 1] = '\0';
    }
};

template <std::size_t N>
Text(const char (&)[N]) -> Text<N>;

/// The longest number of significant digits that a number in a text has: what float holds, and what every compiler prints.
inline constexpr int significant_digits = 6;

/// An append-only text of at most `Capacity` bytes. What does not fit is cut off and replaced by a final "…", never within a character.
template <std::size_t Capacity>
struct TextBuffer {
    static_assert(Capacity >= 3, "a TextBuffer holds at least its ellipsis");

    char chars[Capacity + 1] = {};
    std::size_t length = 0;
    bool truncated = false;

    constexpr TextBuffer() = default;
    constexpr explicit TextBuffer(std::string_view start) { append(start); }

    constexpr std::string_view view() const { return {chars, length}; }
    constexpr std::size_t size() const { return length; }
    constexpr bool empty() const { return length == 0; }
    constexpr const char* c_str() const { return chars; }
    constexpr const char* data() const { return chars; }
    constexpr operator std::string_view() const { return view(); }

    /// Takes back everything behind the first `size` bytes.
    constexpr void shrink(std::size_t size) {
        truncated = truncated && size >= length;
        while (length > size) chars[--length] = '\0';
    }

    constexpr TextBuffer& append(std::string_view text) {
        if (truncated) return *this;
        const bool fits = text.size() <= Capacity - length;
        const std::size_t count = fits ? text.size() : Capacity - length;
        for (std::size_t i = 0; i < count; ++i) chars[length + i] = text[i];
        length += count;
        if (!fits) end_with_ellipsis();
        return *this;
    }

    constexpr TextBuffer& append(char c) {
        if (length == Capacity) return append(std::string_view(&c, 1));
        if (!truncated) chars[length++] = c;
        return *this;
    }

    constexpr TextBuffer& append_integer(unsigned long long magnitude, bool negative) {
        char digits[21] = {};
        std::size_t at = sizeof digits;
        do {
            digits[--at] = static_cast<char>('0' + magnitude % 10);
            magnitude /= 10;
        } while (magnitude != 0);
        if (negative) digits[--at] = '-';
        return append(std::string_view(digits + at, sizeof digits - at));
    }

    /// The number 0.d₁d₂d₃… · 10^point, with up to six significant digits, as a user writes it: 0.25, 1e-5, 1.0, 3e8.
    constexpr TextBuffer& append_decimal(const char (&digits)[significant_digits], int point, bool negative) {
        int count = significant_digits;
        while (count > 1 && digits[count - 1] == '0') --count;
        if (negative) append('-');
        const int exponent = point - 1;
        if (exponent < -4 || exponent >= significant_digits) {
            append(digits[0]);
            if (count > 1) append('.').append(std::string_view(digits + 1, static_cast<std::size_t>(count - 1)));
            append('e');
            return append_integer(static_cast<unsigned long long>(exponent < 0 ? -exponent : exponent), exponent < 0);
        }
        if (point <= 0) append("0.");
        for (int i = point; i < 0; ++i) append('0');
        for (int i = 0; i < count || i < point; ++i) {
            if (i == point && i > 0) append('.');
            append(i < count ? digits[i] : '0');
        }
        return point > 0 && count <= point ? append(".0") : *this;
    }

    constexpr TextBuffer& operator<<(std::string_view text) { return append(text); }
    constexpr TextBuffer& operator<<(const char* text) { return append(std::string_view(text)); }
    constexpr TextBuffer& operator<<(char c) { return append(c); }

    template <std::integral I>
    constexpr TextBuffer& operator<<(I value) {
        if constexpr (std::same_as<I, bool>) return append(value ? "true" : "false");
        else {
            const bool negative = value < I(0);
            const auto bits = static_cast<unsigned long long>(value);
            return append_integer(negative ? 0ULL - bits : bits, negative);
        }
    }

    template <std::floating_point F>
    constexpr TextBuffer& operator<<(F value) {
        return append_double(static_cast<double>(value));
    }

    friend constexpr bool operator==(const TextBuffer& a, std::string_view b) { return a.view() == b; }

private:
    constexpr TextBuffer& append_double(double value) {
        if (value != value) return append("nan");
        const bool negative = value < 0;
        if (negative) value = -value;
        if (value > 1.7976931348623157e308) return append(negative ? "-inf" : "inf");
        if (value == 0) return append("0.0");

        // One multiplication or division by a power of ten that is exact up to 10^22 leaves six digits before the point.
        int point = significant_digits;
        double scale = 1;
        for (; value / scale >= 1e6; ++point) scale *= 10;
        if (scale == 1) {
            for (; value < 1e-280; point -= 20) value *= 1e20;
            for (; value * scale < 1e5; --point) scale *= 10;
            value *= scale;
        } else {
            value /= scale;
        }
        auto rounded = static_cast<unsigned long>(value + 0.5);
        if (rounded >= 1000000) {
            rounded /= 10;
            ++point;
        }
        char digits[significant_digits] = {};
        for (int i = significant_digits; i-- > 0; rounded /= 10) digits[i] = static_cast<char>('0' + rounded % 10);
        return append_decimal(digits, point, negative);
    }

    constexpr void end_with_ellipsis() {
        constexpr std::string_view ellipsis = "\xE2\x80\xA6";
        std::size_t end = Capacity - ellipsis.size();
        while (end > 0 && (static_cast<unsigned char>(chars[end]) & 0xC0U) == 0x80U) --end;
        shrink(end);
        for (char c : ellipsis) chars[length++] = c;
        truncated = true;
    }
};

/// One sentence for the user, written at compile time or at run time. An empty message means that there is no error.
///
///   Message message;
///   message << "layer " << 5 << " needs " << 0.25;
using Message = TextBuffer<512>;

} // namespace weft::detail
