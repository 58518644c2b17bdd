// SPDX-License-Identifier: BSL-1.0
// Pointwise primitives: arithmetic, functions, comparison, choice. Value on scalars, derivative and cost side by side; operators on Tensor.
#pragma once
#include <weft/core/math.hpp>
#include <weft/graph/adjoints.hpp>
#include <weft/graph/move.hpp>

namespace weft {

namespace detail {
enum class Pointwise : unsigned char {
    add, subtract, multiply, divide, maximum, minimum, power, less, equal,                       // two operands
    negative, exp, log, tanh, sigmoid, softplus, erf, sqrt, abs, sign, floor, sin, cos, identity, stop, // one
    choose,                                                                                      // three
};

constexpr int operand_count(Pointwise f) { return f <= Pointwise::equal ? 2 : f == Pointwise::choose ? 3 : 1; }

constexpr const char* name_of(Pointwise f) {
    constexpr const char* names[] = {"add", "subtract", "multiply", "divide", "maximum", "minimum", "power", "less", "equal", "negative",
                                     "exp", "log", "tanh", "sigmoid", "softplus", "erf", "sqrt", "abs", "sign", "floor", "sin", "cos",
                                     "identity", "stop_gradient", "choose"};
    return names[static_cast<int>(f)];
}

/// The value on numbers of type V: a real, or a vector of reals. Booleans are 0 and 1; `choose(c, a, b)` is c != 0 ? a : b.
template <Pointwise F, class V>
constexpr V evaluate(V a, [[maybe_unused]] V b = V{}, [[maybe_unused]] V c = V{}) {
    using math::select;
    using enum Pointwise;
    if constexpr (F == add) return a + b;
    else if constexpr (F == subtract) return a - b;
    else if constexpr (F == multiply) return a * b;
    else if constexpr (F == divide) return a / b;
    else if constexpr (F == maximum) return select(b > a, b, select(b == b, a, b));              // NaN in either stays
    else if constexpr (F == minimum) return select(b < a, b, select(b == b, a, b));
    else if constexpr (F == power) return math::pow(a, b);
    else if constexpr (F == less) return select(a < b, V(1), V(0));
    else if constexpr (F == equal) return select(a == b, V(1), V(0));
    else if constexpr (F == negative) return -a;
    else if constexpr (F == exp) return math::exp(a);
    else if constexpr (F == log) return math::log(a);
    else if constexpr (F == tanh) return math::tanh(a);
    else if constexpr (F == sigmoid) return math::sigmoid(a);
    else if constexpr (F == softplus) return select(a > V(0), a, V(0)) + math::log1p(math::exp(-select(a > V(0), a, -a)));
    else if constexpr (F == erf) return math::erf(a);
    else if constexpr (F == sqrt) { using math::sqrt; return sqrt(a); }
    else if constexpr (F == abs) return select(a < V(0), -a, a);
    else if constexpr (F == sign) return select(a > V(0), V(1), select(a < V(0), V(-1), a * V(0)));
    else if constexpr (F == floor) return math::floor(a);
    else if constexpr (F == sin) return math::sin(a);
    else if constexpr (F == cos) return math::cos(a);
    else if constexpr (F == choose) return select(a == V(0), c, b);
    else return a;
}

/// The same with the function known at run time only: what interpreters call.
template <class V>
constexpr V evaluate(Pointwise f, V a, V b = V{}, V c = V{}) {
    switch (f) {
#define WEFT_CASE(NAME) case Pointwise::NAME: return evaluate<Pointwise::NAME>(a, b, c);
        WEFT_CASE(add) WEFT_CASE(subtract) WEFT_CASE(multiply) WEFT_CASE(divide) WEFT_CASE(maximum) WEFT_CASE(minimum) WEFT_CASE(power)
        WEFT_CASE(less) WEFT_CASE(equal) WEFT_CASE(negative) WEFT_CASE(exp) WEFT_CASE(log) WEFT_CASE(tanh) WEFT_CASE(sigmoid)
        WEFT_CASE(softplus) WEFT_CASE(erf) WEFT_CASE(sqrt) WEFT_CASE(abs) WEFT_CASE(sign) WEFT_CASE(floor) WEFT_CASE(sin) WEFT_CASE(cos)
        WEFT_CASE(identity) WEFT_CASE(stop) WEFT_CASE(choose)
#undef WEFT_CASE
    }
    return a;
}

/// Floating-point operations an element costs, for `flops_per_step` and the decisions of passes.
constexpr int cost(Pointwise f) {
    using enum Pointwise;
    switch (f) {
    case exp: case log: case tanh: case sigmoid: case erf: case sin: case cos: return 12;
    case softplus: case power: return 30;
    case divide: case sqrt: return 4;
    case identity: case stop: return 0;
    default: return 1;
    }
}

// ---- building -------------------------------------------------------------------------------------------------------------------

/// Appends a pointwise operation on operands of one shape.
constexpr Tensor pointwise(Pointwise f, Tensor a, Tensor b = {}, Tensor c = {}) {
    Graph& g = *a.graph;
    Operation o;
    o.kind = Kind::pointwise;
    o.code = static_cast<unsigned char>(f);
    o.operands = static_cast<unsigned char>(operand_count(f));
    o.operand[0] = a.id;
    o.operand[1] = b.id;
    o.operand[2] = c.id;
    o.shape = a.full_shape();
    o.type = f == Pointwise::less || f == Pointwise::equal ? DType::boolean : f == Pointwise::choose ? b.type() : a.type();
    Tensor t = g.append(o);
    t.mask = a.mask >= 0 ? a.mask : b.mask >= 0 ? b.mask : c.mask;
    return t;
}

/// The shape to which two tensors broadcast: aligned at the last axis, extents equal or 1. Rejects and returns rank -1 otherwise.
constexpr Shape common_shape(Graph& g, Tensor a, Tensor b) {
    const Shape &x = a.full_shape(), &y = b.full_shape();
    Shape s;
    s.rank = x.rank > y.rank ? x.rank : y.rank;
    for (int i = 1; i <= s.rank; ++i) {
        const Extent e = x[x.rank - i], f = y[y.rank - i];
        if (!(e == f || e == Extent{1} || f == Extent{1})) {
            g.reject("combines ", x, " with ", y, ": extents must be equal or 1, counted from the last axis");
            s.rank = -1;
            return s;
        }
        s.extent[s.rank - i] = e == Extent{1} ? f : e;
    }
    return s;
}

constexpr Tensor binary(Pointwise f, Tensor a, Tensor b) {
    Graph& g = *a.graph;
    if (g.failed()) return g.nothing();
    if (a.full_shape() == b.full_shape()) return pointwise(f, a, b);
    const Shape s = common_shape(g, a, b);
    if (s.rank < 0) return g.nothing();
    return pointwise(f, broadcast_to(a, s), broadcast_to(b, s));
}
constexpr Tensor binary(Pointwise f, Tensor a, double b) { return binary(f, a, a.graph->constant(b, a.full_shape())); }
constexpr Tensor binary(Pointwise f, double a, Tensor b) { return binary(f, b.graph->constant(a, b.full_shape()), b); }
constexpr Tensor unary(Pointwise f, Tensor a) { return a.graph->failed() ? a.graph->nothing() : pointwise(f, a); }

} // namespace detail

#define WEFT_BINARY(NAME, FUNCTION)                                                                        \
    constexpr Tensor NAME(Tensor a, Tensor b) { return detail::binary(detail::Pointwise::FUNCTION, a, b); }         \
    constexpr Tensor NAME(Tensor a, double b) { return detail::binary(detail::Pointwise::FUNCTION, a, b); }         \
    constexpr Tensor NAME(double a, Tensor b) { return detail::binary(detail::Pointwise::FUNCTION, a, b); }
WEFT_BINARY(operator+, add)
WEFT_BINARY(operator-, subtract)
WEFT_BINARY(operator*, multiply)
WEFT_BINARY(operator/, divide)
WEFT_BINARY(operator<, less)
WEFT_BINARY(operator==, equal)
WEFT_BINARY(maximum, maximum)
WEFT_BINARY(minimum, minimum)
WEFT_BINARY(pow, power)
#undef WEFT_BINARY
constexpr Tensor operator>(Tensor a, Tensor b) { return b < a; }
constexpr Tensor operator>(Tensor a, double b) { return b < a; }
constexpr Tensor operator>(double a, Tensor b) { return b < a; }
constexpr Tensor operator-(Tensor a) { return detail::unary(detail::Pointwise::negative, a); }
constexpr Tensor exp(Tensor x) { return detail::unary(detail::Pointwise::exp, x); }
constexpr Tensor log(Tensor x) { return detail::unary(detail::Pointwise::log, x); }
constexpr Tensor tanh(Tensor x) { return detail::unary(detail::Pointwise::tanh, x); }
constexpr Tensor sigmoid(Tensor x) { return detail::unary(detail::Pointwise::sigmoid, x); }
constexpr Tensor softplus(Tensor x) { return detail::unary(detail::Pointwise::softplus, x); }
constexpr Tensor erf(Tensor x) { return detail::unary(detail::Pointwise::erf, x); }
constexpr Tensor sqrt(Tensor x) { return detail::unary(detail::Pointwise::sqrt, x); }
constexpr Tensor abs(Tensor x) { return detail::unary(detail::Pointwise::abs, x); }
constexpr Tensor sign(Tensor x) { return detail::unary(detail::Pointwise::sign, x); }
constexpr Tensor floor(Tensor x) { return detail::unary(detail::Pointwise::floor, x); }
constexpr Tensor sin(Tensor x) { return detail::unary(detail::Pointwise::sin, x); }
constexpr Tensor cos(Tensor x) { return detail::unary(detail::Pointwise::cos, x); }
constexpr Tensor square(Tensor x) { return x * x; }
/// max(0, x): NaN stays NaN and the derivative at 0 is 0.
constexpr Tensor relu(Tensor x) { return maximum(0.0, x); }
/// The same value, through which no gradient flows.
constexpr Tensor stop_gradient(Tensor x) { return detail::unary(detail::Pointwise::stop, x); }

/// condition != 0 ? a : b, element by element, broadcasting like the operators.  Keras: ops.where.  PyTorch: where.
constexpr Tensor where(Tensor condition, Tensor a, Tensor b) {
    Graph& g = *condition.graph;
    if (g.failed()) return g.nothing();
    Shape s = detail::common_shape(g, a, b);
    if (s.rank < 0) return g.nothing();
    if (!(condition.full_shape() == s)) {
        s = detail::common_shape(g, condition, broadcast_to(a, s));
        if (s.rank < 0) return g.nothing();
    }
    return detail::pointwise(detail::Pointwise::choose, broadcast_to(condition, s), broadcast_to(a, s), broadcast_to(b, s));
}
constexpr Tensor where(Tensor condition, Tensor a, double b) { return where(condition, a, a.graph->constant(b, a.full_shape())); }
constexpr Tensor where(Tensor condition, double a, Tensor b) { return where(condition, b.graph->constant(a, b.full_shape()), b); }
constexpr Tensor where(Tensor condition, double a, double b) {
    Graph& g = *condition.graph;
    return where(condition, g.constant(a, condition.full_shape()), g.constant(b, condition.full_shape()));
}
/// 1 - x on booleans.
constexpr Tensor logical_not(Tensor x) { return x == 0.0; }

// ---- derivative -----------------------------------------------------------------------------------------------------------------

/// Adds to the cotangents of the operands of `y`, a pointwise operation with cotangent `dy`.
constexpr void differentiate_pointwise(detail::Adjoints& adjoints, const detail::Operation& o, [[maybe_unused]] Tensor y, Tensor dy) {
    using enum detail::Pointwise;
    Graph& g = *y.graph;
    const Tensor a = g[o.operand[0]], b = g[o.operand[1]], c = g[o.operand[2]];
    const bool to_a = adjoints.wants(a.id), to_b = o.operands > 1 && adjoints.wants(b.id), to_c = o.operands > 2 && adjoints.wants(c.id);
    auto into = [&](bool wanted, Tensor x, auto make) {
        if (wanted) adjoints.add(x.id, make());
    };
    switch (static_cast<detail::Pointwise>(o.code)) {
    case add:
        into(to_a, a, [&] { return dy; });
        into(to_b, b, [&] { return dy; });
        break;
    case subtract:
        into(to_a, a, [&] { return dy; });
        into(to_b, b, [&] { return -dy; });
        break;
    case multiply:
        into(to_a, a, [&] { return dy * b; });
        into(to_b, b, [&] { return dy * a; });
        break;
    case divide:
        into(to_a, a, [&] { return dy / b; });
        into(to_b, b, [&] { return -(dy * y / b); });
        break;
    case maximum:           // through the output, which is stored anyway; a tie goes to the first
        into(to_a, a, [&] { return where(a < y, 0.0, dy); });
        into(to_b, b, [&] { return where(a < y, dy, 0.0); });
        break;
    case minimum:
        into(to_a, a, [&] { return where(y < a, 0.0, dy); });
        into(to_b, b, [&] { return where(y < a, dy, 0.0); });
        break;
    case power:
        into(to_a, a, [&] { return dy * b * pow(a, b - 1.0); });
        into(to_b, b, [&] { return dy * y * weft::log(a); });
        break;
    case negative: into(to_a, a, [&] { return -dy; }); break;
    case exp: into(to_a, a, [&] { return dy * y; }); break;
    case log: into(to_a, a, [&] { return dy / a; }); break;
    case tanh: into(to_a, a, [&] { return dy * (1.0 - y * y); }); break;
    case sigmoid: into(to_a, a, [&] { return dy * (y * (1.0 - y)); }); break;
    case softplus: into(to_a, a, [&] { return dy * weft::sigmoid(a); }); break;
    case erf: into(to_a, a, [&] { return dy * (1.1283791670955126 * weft::exp(-(a * a))); }); break;
    case sqrt: into(to_a, a, [&] { return dy * 0.5 / y; }); break;
    case abs: into(to_a, a, [&] { return dy * weft::sign(a); }); break;
    case sin: into(to_a, a, [&] { return dy * weft::cos(a); }); break;
    case cos: into(to_a, a, [&] { return -(dy * weft::sin(a)); }); break;
    case identity: into(to_a, a, [&] { return dy; }); break;
    case choose:
        into(to_b, b, [&] { return where(a, dy, 0.0); });
        into(to_c, c, [&] { return where(a, 0.0, dy); });
        break;
    case less: case equal: case sign: case floor: case stop: break;         // piecewise constant
    }
}

} // namespace weft
