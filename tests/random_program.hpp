// SPDX-License-Identifier: BSL-1.0
// Random small programs of all primitives, and what is needed to run them: the passes are tested on these, because no library layer is in
// them.
#pragma once
#include <weft/core/weights.hpp>
#include <weft/graph/functions.hpp>

namespace weft::random_program {

using namespace weft::detail;

struct SmallNumbers {
    static constexpr void initialize(Weights&) {}
};
struct Rate {
    double learning_rate = 0.05, momentum = 0.9;
};

inline constexpr int classes = 4;               ///< integer inputs lie in [0, classes)

/// Appends operations until there are enough. Each value carries a bound of its magnitude, so that programs stay far from overflow.
class Generator {
public:
    constexpr Generator(Graph& graph, std::uint64_t seed)
        : g(graph), random(mix(seed, 4711)), stops(seed % 4 == 0), scans(seed % 3 == 1) {
        pool.reserve(64);
    }

    constexpr void write() {
        add(g.input({below(2) == 0 ? 5 : 8}), 2.5);
        add(g.input({4 + below(3), 3 + below(4), 1 + below(3)}), 2.5);
        if (below(2) == 0) add(g.input({3, 2 + below(6)}), 2.5);
        labels = g.input({}, DType::integer);
        const int wanted = 5 + below(14);
        for (int made = 0, tries = 0; made < wanted && tries < 200; ++tries) made += step() ? 1 : 0;
        finish();
    }

private:
    struct Item {
        Tensor t;
        double size;                            ///< a bound of the magnitude, roughly
    };
    Graph& g;
    Random random;
    bool stops;                                 ///< stop_gradient changes derivatives: not in all programs
    bool scans;
    int depth = 0;                              ///< of scans around what is written
    std::vector<Item> pool;
    std::vector<Tensor> parameters;
    Tensor labels{};
    int names = 0;
    bool differentiated = false, assigned = false;

    constexpr int below(int k) { return static_cast<int>(random.below(static_cast<std::uint64_t>(k))); }
    constexpr int elements(const Shape& s) const { return static_cast<int>(s.count(2)); }

    static constexpr int runtime_extents(Tensor t) {
        int count = 0;
        for (const Extent& e : t.full_shape()) count += e.is_static() ? 0 : 1;
        return count;
    }
    /// Keeps a value; large ones pass through tanh first.
    constexpr bool add(Tensor t, double size) {
        if (elements(t.full_shape()) > 1200 || (scans && runtime_extents(t) > 1)) return false;
        if (size > 12) t = tanh(t * (3.0 / size)), size = 1;
        pool.push_back({t, size});
        return true;
    }
    constexpr Item pick() {         // later values more often
        const int count = static_cast<int>(pool.size());
        const int a = below(count), b = below(count);
        return pool[a > b ? a : b];
    }
    constexpr Item pick_rank(int low, int high) {
        for (int tries = 0; tries < 12; ++tries)
            if (const Item i = pick(); i.t.full_shape().rank >= low && i.t.full_shape().rank <= high) return i;
        return {};
    }
    constexpr Tensor parameter(Shape shape) {
        Path name("w");
        name.append_number(names++);
        parameters.push_back(g.parameter(name.view(), shape, SmallNumbers{}));
        return parameters.back();
    }
    static constexpr bool fits(const Shape& a, const Shape& b) {
        for (int i = 1; i <= (a.rank < b.rank ? a.rank : b.rank); ++i) {
            const Extent e = a[a.rank - i], f = b[b.rank - i];
            if (!(e == f || e == Extent{1} || f == Extent{1})) return false;
        }
        return true;
    }

    constexpr bool unary() {
        const auto [x, size] = pick();
        switch (below(16)) {
        case 0: return add(tanh(x), 1);
        case 1: return add(sigmoid(x), 1);
        case 2: return add(softplus(x), size + 0.7);
        case 3: return add(relu(x), size);
        case 4: return add(abs(x), size);
        case 5: return add(sin(x), 1);
        case 6: return add(cos(x), 1);
        case 7: return add(erf(x), 1);
        case 8: return add(exp(tanh(x)), 2.8);
        case 9: return add(log(softplus(x) + 0.5), 0.7 + size);
        case 10: return add(sqrt(square(x) + 0.5), size + 0.8);
        case 11: return add(-x, size);
        case 12: return size < 4 && add(square(x), size * size);
        case 13: return add(pow(1.5 + sigmoid(x), 1.5), 4);
        case 14: return stops ? add(stop_gradient(x) * 0.5 + x, 1.5 * size) : add(1.0 - x, size + 1);
        default: return add(x * 0.7 + 0.3, size);
        }
    }
    constexpr bool binary() {
        const Item a = pick(), b = pick();
        if (!fits(a.t.full_shape(), b.t.full_shape())) return false;
        switch (below(7)) {
        case 0: return add(a.t + b.t, a.size + b.size);
        case 1: return add(a.t - b.t, a.size + b.size);
        case 2: return add(a.t * b.t, a.size * b.size);
        case 3: return add(maximum(a.t, b.t), a.size + b.size);
        case 4: return add(minimum(a.t, b.t), a.size + b.size);
        case 5: return add(a.t / (square(b.t) + 1.5), a.size);
        default: return add(where(a.t < b.t, a.t * 0.5, b.t), a.size + b.size);
        }
    }
    constexpr bool product() {
        const auto [x, size] = pick_rank(1, 4);
        if (x.id < 0 || !x.full_shape().back().is_static() || x.full_shape().back().constant < 2) return false;
        const Shape s = x.full_shape();
        switch (below(4)) {
        case 0:
            if (s.rank == 3 && s.is_batched()) return add(matmul(x, transpose(x)) * 0.3, size * size);
            [[fallthrough]];
        case 1:
            for (const Tensor& w : parameters)      // shared: the second use of a weight
                if (w.full_shape().rank == 2 && w.full_shape()[0] == s.back()) return add(matmul(x, w), size * 2);
            [[fallthrough]];
        default: return s.rank > 1 && add(matmul(x, parameter({s.back(), 2 + below(8)})), size * 1.5);
        }
    }
    constexpr bool image() {
        const auto [x, size] = pick_rank(4, 4);
        if (x.id < 0) return false;
        const Shape s = x.full_shape();
        for (int i = 1; i < 4; ++i)
            if (!s[i].is_static()) return false;
        if (s[1].constant < 3 || s[2].constant < 3) return false;
        const int c = s[3].constant;
        ConvolutionOptions o;
        o.same = below(2) == 0;
        o.strides = Size{1 + below(2), 1 + below(2)};
        switch (below(5)) {
        case 0:
            o.dilation = Size{1 + below(2), 1};
            if (!o.same && s[1].constant < 5) o.dilation = Size{1};
            return add(convolution(x, parameter({2 + below(2), 2, c, 1 + below(9)}), o), size * 2);
        case 1: {
            o.groups = c % 2 == 0 ? 2 : 1;
            return add(convolution(x, parameter({2, 3, c / o.groups, 2 * (1 + below(3))}), o), size * 2);
        }
        case 2: return add(depthwise_convolution(x, parameter({2, 2, c, 1 + below(2)}), o), size * 1.5);
        case 3: return add(max_pool(x, Size{2, 2 + below(2)}, o), size);
        default: return add(average_pool(x, Size{2, 2}, o), size);
        }
    }
    constexpr bool reduction() {
        const auto [x, size] = pick_rank(1, 4);
        if (x.id < 0) return false;
        const Shape s = x.full_shape();
        if (s.rank == 1 && s.is_batched()) return add(mean(x) + x * 0.5, 1.5 * size);
        const int axis = below(s.rank);
        const unsigned bit = 1u << axis;
        switch (below(8)) {
        case 0: return s[axis].is_static() && add(sum_full(x, bit), size * s[axis].constant);
        case 1: return add(detail::mean_full(x, bit), size);
        case 2: return s.rank > 1 && add(detail::mean_full(x, 3u), size);
        case 3: return add(detail::reduction(Reduction::max, x, bit), size);
        case 4: return add(softmax(x), 1);
        case 5: return s.rank > 1 && s.back().is_static() && add(logsumexp(x), size + 2);
        case 6: {
            if (s.rank < 2 || !s.back().is_static()) return false;
            const Tensor m = mean(x, -1), v = variance_full(x, m, 1u << (s.rank - 1));
            return add((x - expand_last(m, s)) / sqrt(expand_last(v, s) + 0.1), 3);
        }
        default: return add(expand_last(detail::reduction(Reduction::argmax, x, 1u << (s.rank - 1)), s) * 0.1 + x, size + 1);
        }
    }
    constexpr Tensor expand_last(Tensor reduced, const Shape& s) const { return detail::unreduce(reduced, s, 1u << (s.rank - 1)); }

    constexpr bool movement() {
        const auto [x, size] = pick_rank(1, 4);
        if (x.id < 0) return false;
        const Shape s = x.full_shape();
        const int last = s.rank - 1;
        const int axis = below(s.rank);
        const bool fixed = s[axis].is_static();
        switch (below(9)) {
        case 0: {
            if (s.rank < 3 || !(s[0] == batch_extent)) return false;
            return add(reshape(x, {s.without_batch().elements()}), size);
        }
        case 1: return s.rank > 1 && add(transpose(x), size);
        case 2: {
            if (s.rank < 3) return false;
            return add(s.rank == 3 ? permute_full(x, {1, 2, 0}) : permute_full(x, {0, 3, 1, 2}), size);
        }
        case 3: {
            if (!fixed || s[axis].constant < 3) return false;
            Move m;
            Shape to = s;
            m.low[axis] = below(2);
            m.step[axis] = 1 + below(2);
            to.extent[axis] = (s[axis].constant - m.low[axis].constant + m.step[axis] - 1) / m.step[axis];
            return add(slice_full(x, m, to), size);
        }
        case 4: {
            Move m;
            m.low[axis] = below(3);
            m.high[axis] = below(2);
            if (fixed) m.step[axis] = 1 + below(2);
            return add(pad_full(x, m), size);
        }
        case 5: return add(reverse_full(x, axis), size);
        case 6: {
            const Item y = pick();
            bool same = y.t.full_shape().rank == s.rank;
            for (int i = 0; same && i < s.rank; ++i) same = i == axis || y.t.full_shape()[i] == s[i];
            return add(concatenate_full(x, same ? y.t : x * 0.5, axis), size + y.size);
        }
        case 7: return s.rank == 3 && s[0].batch != 0 && s[1].is_static() && add(reshape_full(x, {s[0] * s[1], s[2]}), size);
        default: {
            if (s.rank < 2 || !s[last].is_static() || s[last].constant % 2 != 0 || s.rank > 3) return false;
            Shape to = s;
            to.extent[last] = s[last] / 2;
            to.push_back(2);
            return add(reshape_full(x, to), size);
        }
        }
    }
    constexpr Tensor reverse_full(Tensor x, int axis) {
        Tensor t = detail::movement(Kind::reverse, x, x.full_shape());
        g.operations.edit(t.id).axis[axis] = 1;
        return t;
    }
    constexpr bool rows_by_index() {
        const int length = 2 + below(3);
        switch (below(4)) {
        case 0: return add(gather(parameter({classes, length}), labels), 2);
        case 1: {
            const auto [x, size] = pick_rank(3, 3);
            if (x.id < 0 || !(x.full_shape()[0] == batch_extent) || !x.full_shape()[1].is_static() || x.full_shape()[1].constant < classes)
                return false;
            return add(gather(x, labels, 1), size);
        }
        case 2: {
            const auto [x, size] = pick_rank(2, 2);
            if (x.id < 0 || !(x.full_shape()[0] == batch_extent) || !x.full_shape()[1].is_static()) return false;
            return add(scatter_add(labels, x, {classes, x.full_shape()[1]}) * 0.3, size * 2);
        }
        default: return add(one_hot(labels, classes) * 0.8 + g.parameter("rows", {classes}, SmallNumbers{}), 2);
        }
    }
    constexpr bool leaf() {
        const auto [x, size] = pick_rank(1, 4);
        if (x.id < 0) return false;
        const Shape s = x.full_shape();
        switch (below(6)) {
        case 0: return s.is_batched() && s[0].constant == 0 && add(where(g.random(s) < 0.7, x * 1.4, 0.0), size * 1.4);
        case 1: return add(x + g.iota(s, below(s.rank)) * 0.1, size + 1);
        case 2: return s.back().is_static() && add(x + parameter({s.back()}), size + 1);
        case 3: return s.back().is_static() && add(x * sigmoid(parameter({s.back()})), size);
        case 4: {
            if (assigned || depth > 0 || s.rank != 2 || !(s[0] == batch_extent) || !s[1].is_static()) return false;
            assigned = true;
            const Tensor old = g.state("average", {s[1]}, SmallNumbers{}), now = mean(x, axes::batch);
            g.assign(old, old * 0.9 + stop_gradient(now) * 0.1);
            return add(x - old, size + 1);
        }
        default: {
            if (differentiated) return false;
            differentiated = true;
            const Tensor source = pool[below(2)].t;
            return add(tanh(gradient(tanh(x * (1.0 / (1 + size))), source)), 1);
        }
        }
    }
    /// A loop: its steps carry a value or two, read elements and values from outside, and do a few random things with them.
    constexpr bool loop() {
        if (depth > 1) return false;
        List<Item> outer = take_pool();
        const Item a = outer[below(outer.size())], b = outer[below(outer.size())], c = outer[below(outer.size())];
        int length = 1 + below(4);
        Tensor xs{};
        const Shape s = c.t.full_shape();
        if (s.rank > 1 && s.rank < 5 && s[1].is_static() && s[1].constant < 6 && s[0].batch != 0) xs = steps_first(c.t);
        else if (s.rank > 1 && s.rank < 5 && s[0].is_static() && s[0].constant < 6) xs = c.t;
        if (xs.id >= 0) length = xs.full_shape()[0].constant;
        else xs = g.iota({length, 3}, below(2)) * 0.3;
        bool fits = a.t.full_shape().rank < 5 && b.t.full_shape().rank < 5;
        for (Tensor t : {a.t, b.t, xs}) fits = fits && runtime_extents(t) < 2;
        if (fits) {
            ++depth;
            const std::array initial{tanh(a.t), b.t * (1 / (1 + b.size))};
            const auto r = scan(g, length, initial, std::array{xs}, [&](auto carries, auto elements) {
                pool.push_back({carries[0], 1});
                pool.push_back({carries[1], 1});
                pool.push_back({elements[0], c.size + 2});
                pool.push_back(a);
                const int wanted = 2 + below(5);
                for (int made = 0, tries = 0; made < wanted && tries < 60; ++tries) made += step() ? 1 : 0;
                const Item last = pool[pool.size() - 1], other = pool[pool.size() / 2];
                auto next = [&](Tensor carry) {
                    for (std::size_t i = pool.size(); i-- > 0;)
                        if (pool[i].t.full_shape() == carry.full_shape() && pool[i].t.id != carry.id) return tanh(carry * 0.4 + pool[i].t);
                    return sin(carry + 0.3);
                };
                const Tensor first = next(carries[0]);
                const bool swaps = carries[0].full_shape() == carries[1].full_shape() && below(2) == 0;
                pool.clear();
                const Tensor out = last.t.full_shape().rank < 5 ? tanh(last.t * (1 / (1 + last.size))) : first;
                const Tensor out2 = other.t.full_shape().rank < 5 ? other.t * (1 / (1 + other.size)) : first;
                return ScanStep<2, 3>{{first, swaps ? carries[0] : next(carries[1])}, {out, out2, first}};
            }, below(2) == 0);
            --depth;
            for (const Item& i : outer) pool.push_back(i);
            bool kept = false;
            for (Tensor t : r.last) kept = add(t, 1) || kept;
            const int first = below(3), second = below(3);
            kept = add(r.outputs[first], 1) || kept;
            return add(r.outputs[second], 1) || kept;
        }
        for (const Item& i : outer) pool.push_back(i);
        return false;
    }
    constexpr List<Item> take_pool() {
        List<Item> all;
        for (const Item& i : pool) all.push_back(i);
        pool.clear();
        return all;
    }
    constexpr bool step() {
        switch (below(scans ? 16 : 14)) {
        case 14: case 15: return loop();
        case 0: case 1: return unary();
        case 2: case 3: return binary();
        case 4: case 5: return product();
        case 6: case 7: return image();
        case 8: case 9: return reduction();
        case 10: case 11: return movement();
        case 12: return rows_by_index();
        default: return leaf();
        }
    }
    /// The loss reads the last values and, at times, weights themselves.
    constexpr void finish() {
        Tensor loss = g.constant(0);
        const std::size_t count = pool.size();
        for (std::size_t k = 0; k < 4 && k < count; ++k) {
            const auto& [t, size] = pool[count - 1 - k];
            loss = loss + mean(sin(t * (1.0 + 0.2 * static_cast<double>(k)) + 0.3));
        }
        for (const Tensor& w : parameters)
            if (below(4) == 0) loss = loss + 0.01 * sum(square(w));
        g.outputs.push_back({Path("loss"), loss.id});
        g.outputs.push_back({Path("last"), pool[count - 1].t.id});
        g.outputs.push_back({Path("other"), pool[count / 2].t.id});
    }
};

/// A program of 10 to 100 operations, inputs and parameters, with the outputs "loss" (a scalar), "last" and "other".
constexpr Program make(std::uint64_t seed) {
    Graph g(true);
    Generator(g, seed).write();
    return std::move(g).program();
}

/// Gradient descent with momentum and a rate that depends on the iteration: an optimizer with a state and numbers for the prelude.
constexpr Program optimizer() {
    Graph g(true);
    const Shape all{elements_extent};
    const Tensor p = g.parameter("", all, SmallNumbers{}), d = g.input(all, DType::real, false),
                 m = g.state("momentum", all, SmallNumbers{});
    const Tensor rate = g.scalar(&Rate::learning_rate) / sqrt(g.iteration());
    const Tensor next = m * g.scalar(&Rate::momentum) - rate * d;
    g.assign(m, next);
    g.assign(p, p + next);
    return std::move(g).program();
}

} // namespace weft::random_program
