// SPDX-License-Identifier: BSL-1.0
// The learning rate of an optimizer: a number, or a schedule of numbers over the updates, held in place.
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <span>
#include <string_view>
#include <type_traits>

#include <weft/core/math.hpp>
#include <weft/core/members.hpp>
#include <weft/core/type_name.hpp>

namespace weft {

/// A rule that gives a number for every update; the first has iteration 0 (Keras). Its members are numbers or arrays of numbers.
///
///   struct Halve { double initial_learning_rate, steps; constexpr double at(double iteration) const; };
template <class S>
concept Schedule = std::is_aggregate_v<S> && std::is_trivially_copyable_v<S> && requires(const S& s) {
    { s.at(0.0) } -> std::convertible_to<double>;
};

/// A learning rate: implicitly a number or any Schedule.  `Adam{.learning_rate = CosineDecay{1e-3, 1000}}`.
///
/// Holds the schedule's numbers and the function that reads them: no heap, usable at compile time.
class LearningRate {
public:
    static constexpr std::size_t capacity = 16;     ///< numbers that a schedule may have

    constexpr LearningRate(double value) : numbers_{value}, count_(1) {}

    template <Schedule S>
    constexpr LearningRate(const S& schedule) : evaluate_(&evaluate<S>), name_(&type_name<S>) {
        with_members(schedule, [this](const auto&... members) { (this->store(members), ...); });
    }

    /// The rate of the update with that number; the first has number 0.
    constexpr double at(double iteration) const { return evaluate_ == nullptr ? numbers_[0] : evaluate_(numbers_.data(), iteration); }
    /// The initial rate.
    constexpr operator double() const { return at(0); }

    constexpr bool is_constant() const { return evaluate_ == nullptr; }
    /// The name of the schedule's type; empty for a number.
    constexpr std::string_view name() const { return name_ == nullptr ? std::string_view{} : name_(); }
    /// The members of the schedule in order, or the one number: what a file of a trainer holds.
    constexpr std::span<const double> numbers() const { return {numbers_.data(), count_}; }
    constexpr std::span<double> numbers() { return {numbers_.data(), count_}; }

private:
    template <class Member>
    constexpr void store(const Member& member) {
        if constexpr (std::is_arithmetic_v<Member>) {
            if (count_ < capacity) numbers_[count_] = static_cast<double>(member);
            ++count_;
        } else {
            for (const auto& element : member) store(element);
        }
    }
    template <class Member>
    static constexpr const double* fetch(const double* from, Member& member) {
        if constexpr (std::is_arithmetic_v<Member>) {
            member = static_cast<Member>(*from++);
        } else {
            for (auto& element : member) from = fetch(from, element);
        }
        return from;
    }
    template <class S>
    static constexpr double evaluate(const double* numbers, double iteration) {
        static_assert(sizeof(S) <= capacity * sizeof(double), "a schedule has at most 16 numbers");
        S schedule{};
        with_members(schedule, [&](auto&... members) { ((numbers = fetch(numbers, members)), ...); });
        return schedule.at(iteration);
    }

    std::array<double, capacity> numbers_{};
    std::size_t count_ = 0;
    double (*evaluate_)(const double*, double) = nullptr;
    std::string_view (*name_)() = nullptr;
};

} // namespace weft
