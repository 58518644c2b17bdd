// SPDX-License-Identifier: BSL-1.0
// Which integers the columns of a batch may hold: the classes of a target, and the rows of the tables that indices address.
#pragma once
#include <weft/core/checked.hpp>
#include <weft/losses/target.hpp>
#include <weft/model/network.hpp>
#if WEFT_IS_CHECKED
#include <weft/core/report.hpp>
#endif

namespace weft::detail {

/// Arrays that a network reads: the inputs, in front of the target.
template <class Net>
inline constexpr std::size_t input_count = static_cast<std::size_t>(Network<Net>::inference.inputs.size());

/// What a column may hold: integers from 0 to `below` - 1; anything if that is 0.
struct Limit {
    int below = 0;
    bool is_class = false;              ///< the class of a target, otherwise an index
};

/// Lowers the limits of the integer inputs that address a table in this program, as they are or with their elements moved.
template <std::size_t Count>
constexpr void limit_indices(std::array<Limit, Count>& limits, const ProgramView& p) {
    for (const Operation& o : p.operations) {
        if (o.kind != Kind::gather) continue;
        const Operation* index = &p.operations[o.operand[1]];
        while (index->kind == Kind::broadcast || (index->kind >= Kind::reshape && index->kind <= Kind::slice))
            index = &p.operations[index->operand[0]];
        if (index->kind != Kind::input || index->type != DType::integer) continue;
        const Extent rows = p.operations[o.operand[0]].shape[o.attribute];
        int& below = limits[static_cast<std::size_t>(index->attribute)].below;
        if (rows.is_static() && (below == 0 || rows.constant < below)) below = rows.constant;
    }
}

/// The limits of the inputs of a network.
template <class Net>
inline constexpr std::array<Limit, input_count<Net>> input_limits = [] {
    std::array<Limit, input_count<Net>> limits{};
    limit_indices(limits, Network<Net>::training);
    if (Network<Net>::training.depends_on_training) limit_indices(limits, Network<Net>::inference);
    return limits;
}();

/// Instead of a loss, where there is no target.
struct NoTarget {};

/// The limits of all columns: the inputs, the target of a loss or metric, and weights of samples.
template <class Net, class L>
inline constexpr std::array<Limit, input_count<Net> + 2> column_limits = [] {
    std::array<Limit, input_count<Net> + 2> limits{};
    for (std::size_t i = 0; i < input_count<Net>; ++i) limits[i] = input_limits<Net>[i];
    limits[input_count<Net>] = {target_of<L>(Network<Net>::output_shape).classes, true};
    return limits;
}();

#if WEFT_IS_CHECKED
/// Reports a class or an index of a batch of n rows that is outside of its limits; `inputs` are the columns of the program.
template <class Limits, class Inputs>
void require_limits(const Limits& limits, const Inputs& inputs, const void* const* columns, int n) {
    for (std::size_t c = 0; c < inputs.size() && c < limits.size(); ++c) {
        if (limits[c].below == 0 || inputs[c].type != DType::integer) continue;
        const auto* numbers = static_cast<const std::int32_t*>(columns[c]);
        const auto size = static_cast<long>(inputs[c].shape.count(1));
        for (long i = 0; i < n * size; ++i) {
            if (numbers[i] >= 0 && numbers[i] < limits[c].below) continue;
            Message m;
            if (limits[c].is_class) m << 'y';
            else if (limits.size() == 3) m << 'x';
            else m << "x[" << c << ']';
            m << ", row " << i / size << ": expected " << (limits[c].is_class ? "a class" : "an index") << ", an integer from 0 to "
              << limits[c].below - 1 << ", received " << numbers[i];
            report(m, Blame::caller);
        }
    }
}
#endif

} // namespace weft::detail
