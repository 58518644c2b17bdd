// SPDX-License-Identifier: BSL-1.0
// Names of types as the user wrote them, the same under every compiler, and the names that Keras gives to layers.
#pragma once

#include "weft/core/text.hpp"
#include "weft/core/type_name_printer.hpp"

#include <cstddef>
#include <string_view>

namespace weft {
namespace detail {

template <class T>
constexpr std::string_view function_name() {
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};  // "… [with T = X]", "… [T = X]" or "… [with T=X]"
}

// The same text surrounds every T: searching it once saves most of the time that compilers take for a name.
inline constexpr std::size_t raw_prefix = function_name<float>().rfind("float");
inline constexpr std::size_t raw_suffix = function_name<float>().size() - raw_prefix - 5;

template <class T>
constexpr std::string_view raw_type_name() {
    const std::string_view name = function_name<T>();
    return name.substr(raw_prefix, name.size() - raw_prefix - raw_suffix);
}

template <std::size_t Capacity>
constexpr TextBuffer<Capacity> readable_type_name(std::string_view raw) {
    TypeNamePrinter<Capacity> printer;
    printer.raw = raw.size() > longest_raw_name ? raw.substr(0, raw.find('<')) : raw;
    printer.print();
    if (raw.size() > longest_raw_name) printer.out.append("<\xE2\x80\xA6>");
    return printer.out;
}

// Compilers copy buffers byte by byte, so that large ones for small names cost most of the time. Few sizes share their code.
constexpr std::size_t printer_capacity(std::size_t raw_size) {
    const std::size_t need = raw_size > longest_raw_name ? 256 : raw_size + raw_size / 4;
    std::size_t capacity = 64;
    while (capacity < need) capacity *= 2;
    return capacity;
}

template <class T>
inline constexpr auto printed_type_name = readable_type_name<printer_capacity(raw_type_name<T>().size())>(raw_type_name<T>());

// Frozen to its size, because a program that prints a summary stores it.
template <class T>
inline constexpr Text<printed_type_name<T>.size() + 1> stored_type_name{printed_type_name<T>.view()};

}  // namespace detail

/// The name of T as its user wrote it, without namespaces: `Conv2D<16, 3, same, strides<2>>`, `Dropout<0.25>`, `BatchNormalization`.
///
/// Numbers have at most six digits and no suffix. Aliases are what they stand for. Chains of layers longer than 40 bytes are
/// `Sequential<…>`, other names longer than 120 lose their arguments, too. All supported compilers give the same text.
template <class T>
constexpr std::string_view type_name() {
    return detail::stored_type_name<T>.view();
}

/// The name of T without template arguments: `Conv2D`.
template <class T>
constexpr std::string_view base_name() {
    const std::string_view name = type_name<T>();
    return name.starts_with('<') ? name : name.substr(0, name.find('<'));
}

/// The automatic name of a layer whose type is called `base`: `max_pooling2d` for `MaxPooling2D`.
///
/// The two substitutions of Keras' to_snake_case, (.)([A-Z][a-z]+) and ([a-z])([A-Z]), as loops. Characters that no identifier
/// has are dropped. Keras: keras.src.utils.naming.to_snake_case.
constexpr detail::TextBuffer<120> keras_name(std::string_view base) {
    detail::TextBuffer<120> words;
    for (char c : base) {
        if (detail::is_word(c)) words.append(c);
    }
    detail::TextBuffer<120> split;
    const std::string_view word = words.view();
    for (std::size_t i = 0; i < word.size();) {
        split.append(word[i++]);
        if (i + 1 >= word.size() || !detail::is_upper(word[i]) || !detail::is_lower(word[i + 1])) continue;
        split.append('_');
        do split.append(word[i++]);
        while (i < word.size() && detail::is_lower(word[i]));
    }
    detail::TextBuffer<120> name;
    const std::string_view parts = split.view();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0 && detail::is_lower(parts[i - 1]) && detail::is_upper(parts[i])) name.append('_');
        name.append(detail::to_lower(parts[i]));
    }
    return name;
}

}  // namespace weft
