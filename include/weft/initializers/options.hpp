// SPDX-License-Identifier: BSL-1.0
// The options of initializers, with Keras' names: `RandomNormal::with<stddev<0.1f>>`.
#pragma once
#include <weft/core/option.hpp>

namespace weft {

/// The mean of a normal distribution (`mean` is the function).  Keras: mean.
template <auto Value>
struct mean_value {
    static constexpr std::string_view option = "mean_value";
    static constexpr double value = Value;
};
template <auto Value>
struct stddev {
    static constexpr std::string_view option = "stddev";
    static constexpr double value = Value;
};
template <auto Value>
struct minval {
    static constexpr std::string_view option = "minval";
    static constexpr double value = Value;
};
template <auto Value>
struct maxval {
    static constexpr std::string_view option = "maxval";
    static constexpr double value = Value;
};
/// A factor of the result.
template <auto Value>
struct gain {
    static constexpr std::string_view option = "gain";
    static constexpr double value = Value;
};
/// A factor of the variance.
template <auto Value>
struct scale {
    static constexpr std::string_view option = "scale";
    static constexpr double value = Value;
};

/// Which number of connections VarianceScaling divides by.
enum class Fan { in, out, average };
struct fan_in {
    static constexpr std::string_view option = "mode (fan_in, fan_out, fan_avg)";
    static constexpr Fan value = Fan::in;
};
struct fan_out {
    static constexpr std::string_view option = fan_in::option;
    static constexpr Fan value = Fan::out;
};
struct fan_avg {
    static constexpr std::string_view option = fan_in::option;
    static constexpr Fan value = Fan::average;
};

/// What VarianceScaling draws from.
enum class Distribution { truncated_normal, untruncated_normal, uniform };
struct truncated_normal {
    static constexpr std::string_view option = "distribution (truncated_normal, untruncated_normal, uniform)";
    static constexpr Distribution value = Distribution::truncated_normal;
};
struct untruncated_normal {
    static constexpr std::string_view option = truncated_normal::option;
    static constexpr Distribution value = Distribution::untruncated_normal;
};
struct uniform {
    static constexpr std::string_view option = truncated_normal::option;
    static constexpr Distribution value = Distribution::uniform;
};

} // namespace weft
