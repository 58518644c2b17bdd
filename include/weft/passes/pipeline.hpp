// SPDX-License-Identifier: BSL-1.0
// The passes in the order in which they run. Each has one constexpr value of its own, so that each has its own limit of constexpr steps.
#pragma once
#include <weft/passes/differentiate.hpp>
#include <weft/passes/freeze.hpp>
#include <weft/passes/fuse.hpp>
#include <weft/passes/match.hpp>
#include <weft/passes/materialize.hpp>
#include <weft/passes/memory.hpp>
#include <weft/passes/simplify.hpp>

namespace weft {

/// `Source::program()` writes a program; `Passes<Source, …>::planned` is what backends turn into code.
template <class Source>
struct Written {
    static constexpr auto value = freeze([] { return Source::program(); });
};
template <class Source>
struct Lowered {
    static constexpr auto value = freeze([] { return simplify(thaw(Written<Source>::value), {.number_streams = true}); });
};
template <class Before, Gradients Use>
struct Differentiated {
    static constexpr auto value = freeze([] { return differentiate(thaw(Before::value), Use); });
};
template <class Before>
struct Simplified {
    static constexpr auto value = freeze([] { return simplify(thaw(Before::value), {.remove_stops = true}); });
};
template <class Before>
struct Matched {
    static constexpr auto value = freeze([] { return match(thaw(Before::value)); });
};
template <class Before>
struct Materialized {
    static constexpr auto value = freeze([] { return materialize(thaw(Before::value)); });
};
template <class Before, int Batch, int Lanes>
struct Fused {
    static constexpr Target target{.lanes = Lanes, .alignment = 16, .batch = Batch};
    static constexpr auto value = freeze_plan<Before>([] { return fuse(thaw(Before::value), target); });
};
template <class Before, int Batch, int Lanes>
struct Planned {
    static constexpr auto value = freeze_plan<Before>([] { return plan_memory(order(thaw_plan(Fused<Before, Batch, Lanes>::value))); });
};

/// A program that computes its outputs.
template <class Source, int Batch, int Lanes>
struct Forward {
    using Program0 = Simplified<Lowered<Source>>;
    using Program1 = Simplified<Matched<Program0>>;
    using Program2 = Materialized<Program1>;
    using Plan3 = Planned<Program2, Batch, Lanes>;
    static constexpr const auto& planned = Plan3::value;
};

/// A program that computes its outputs and the derivative of "loss".
template <class Source, Gradients Use, int Batch, int Lanes>
struct Backward {
    using Program0 = Differentiated<Lowered<Source>, Use>;
    using Program1 = Simplified<Program0>;
    using Program2 = Simplified<Matched<Program1>>;
    using Program3 = Materialized<Program2>;
    using Plan4 = Planned<Program3, Batch, Lanes>;
    static constexpr const auto& planned = Plan4::value;
};

} // namespace weft
