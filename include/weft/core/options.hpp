// SPDX-License-Identifier: BSL-1.0
// Options that are plain tags, as losses, metrics and optimizers take them: which are given, and the sentence about one that does not fit.
#pragma once
#include <string_view>
#include <type_traits>

#include <weft/core/type_name.hpp>

namespace weft::detail {

/// A list of option tags, given or allowed.
template <class... Options>
struct OptionList {};

/// Whether one of `Options` is `Tag`.
template <class Tag, class... Options>
inline constexpr bool has_option = (std::is_same_v<Tag, Options> || ...);

/// Rejects, in words, an option that is not among `Allowed`, and one that is given twice.
template <class G, class... Allowed, class... Given>
constexpr void check_options(G& g, std::string_view owner, OptionList<Allowed...>, OptionList<Given...>) {
    [[maybe_unused]] const auto check = [&]<class Option>(std::type_identity<Option>) {
        if (g.failed()) return;
        if (!has_option<Option, Allowed...>) {
            g.reject(owner, " does not take the option ", type_name<Option>(), sizeof...(Allowed) == 0 ? ": it has none" : ": it takes ");
            int listed = 0;
            ((g.error << (listed++ > 0 ? ", " : "") << type_name<Allowed>()), ...);
        } else if ((0 + ... + static_cast<int>(std::is_same_v<Option, Given>)) > 1) {
            g.reject(owner, " is given the option ", type_name<Option>(), " twice: once is enough");
        }
    };
    (check(std::type_identity<Given>{}), ...);
}

} // namespace weft::detail
