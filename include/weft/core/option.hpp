// SPDX-License-Identifier: BSL-1.0
// Options with names and values, as layers and initializers take them: how one is found, and the sentence about one that is wrong.
#pragma once
#include <boost/hana/find_if.hpp>
#include <boost/hana/optional.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/type.hpp>
#include <initializer_list>
#include <string_view>

#include <weft/core/text.hpp>
#include <weft/core/type_name.hpp>

namespace weft {

/// An option is a type with the name of the argument that it sets, `static constexpr std::string_view option = "strides"`, and its value.
template <class T>
concept Option = requires {
    { std::string_view(T::option) };
};

namespace detail {

template <class T>
constexpr std::string_view option_name() {
    if constexpr (Option<T>) return T::option;
    else return {};
}

/// Whether an option sets what `Tag` sets.
template <class Tag>
struct SetsTheSame {
    template <class T>
    constexpr auto operator()(T) const {
        return boost::hana::bool_c<option_name<typename T::type>() == Tag::option>;
    }
};

template <class Default, class... Options>
constexpr auto find_option() {
    constexpr auto fallback = boost::hana::type_c<Default>;
    if constexpr (sizeof...(Options) == 0) return fallback;
    else return boost::hana::find_if(boost::hana::tuple_t<Options...>, SetsTheSame<Default>{}).value_or(fallback);
}

} // namespace detail

/// The option among `Options` that sets the same argument as `Default`, or else `Default`.
///
///   static constexpr Size strides = OptionOr<weft::strides<1>, Options...>::value;
template <Option Default, class... Options>
using OptionOr = typename decltype(detail::find_option<Default, Options...>())::type;

/// What is wrong with `Options` in words, for the first that is not in `known` (names of arguments) or sets an argument a second time.
template <class... Options>
constexpr detail::Message wrong_options(std::initializer_list<std::string_view> known) {
    detail::Message message;
    if constexpr (sizeof...(Options) > 0) {
        constexpr int count = sizeof...(Options);
        const std::string_view types[] = {type_name<Options>()...}, names[] = {detail::option_name<Options>()...};
        for (int i = 0; i < count && message.empty(); ++i) {
            bool found = false;
            for (std::string_view name : known) found = found || name == names[i];
            if (!found) {
                message << "does not take " << types[i] << ": its options are ";
                int listed = 0;
                for (std::string_view name : known) message << (listed++ > 0 ? ", " : "") << name;
                if (listed == 0) message << "none";
            }
            for (int j = 0; j < i && message.empty(); ++j) {
                if (names[j] != names[i]) continue;
                if (types[j] == types[i]) message << "is given " << types[i] << " twice: once is enough";
                else message << "is given both " << types[j] << " and " << types[i] << ": decide for one";
            }
        }
    }
    return message;
}

} // namespace weft
