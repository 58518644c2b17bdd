// SPDX-License-Identifier: BSL-1.0
// What an operation does, in one word, for people: such as `contract` or `log`.
#pragma once
#include <weft/graph/reduce.hpp>

namespace weft::detail {

constexpr const char* name_of(const Operation& o) {
    constexpr const char* names[] = {"constant", "iota",    "input",       "parameter", "state",   "scalar",  "random",  "pointwise",
                                     "contract", "reduce",  "window",      "gather",    "scatter", "reshape", "permute", "slice",
                                     "pad",      "reverse", "concatenate", "broadcast", "carry",   "at_step", "stack",  "last",
                                     "update",   "assign"};
    if (o.kind == Kind::pointwise) return name_of(static_cast<Pointwise>(o.code));
    if (o.kind == Kind::reduce) return o.code == 0 ? "sum" : o.code == 1 ? "max" : "argmax";
    return names[static_cast<int>(o.kind)];
}

} // namespace weft::detail
