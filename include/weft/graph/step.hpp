// SPDX-License-Identifier: BSL-1.0
// Step: the graph of a user's training step, in which losses are minimized one after the other and metrics are named.
#pragma once
#include <weft/graph/functions.hpp>

namespace weft {
namespace detail {

/// Does a path match a pattern, in which `*` stands for any characters, `/` among them?
constexpr bool matches(std::string_view pattern, std::string_view path) {
    std::size_t p = 0, at = 0, star = std::string_view::npos, resume = 0;
    while (at < path.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = at;
        } else if (p < pattern.size() && pattern[p] == path[at]) ++p, ++at;
        else if (star != std::string_view::npos) {
            p = star + 1;
            at = ++resume;
        } else return false;
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

} // namespace detail

/// What a user's training step is written with: a Graph that can minimize.
///
///   static constexpr void step(Step& s, Tensor real) {
///       Tensor fake = generate(s, s.random_normal({64}));
///       s.minimize<"judge/*">(logits_loss(judge(s, real), 1) + logits_loss(judge(s, stop_gradient(fake)), 0));
///       s.minimize<"generate/*">(logits_loss(judge(s, fake), 1));          // sees the updated judge
///       s.metric("fake", mean(sigmoid(judge(s, fake))));
///   }
///
/// Entry points (`generate`, `judge`) take a `Graph&`, which a Step is. They may be called any number of times: equal paths are one
/// parameter. Paths are those that they write and nothing is put in front of them, so that `judge` names its layers itself:
/// `g.layer<Dense<1>>("judge/output", x)`, or `g.layer<Judge>("judge", x)` with a network of that name.
///
/// `minimize` updates parameters, in the order in which it is called. What is called behind it reads the updated parameters; tensors from
/// before it are those of the old ones. Assignments to states happen at the end, when everything has been read, and so do constraints of
/// updated parameters.
/// A member that a loss reads by `g.scalar` has its default value.
///
/// Keras: a Model's train_step.  PyTorch: the body of the training loop.
class Step : public Graph {
public:
    /// `only_shapes`: nothing is differentiated, for a look at the shapes of tensors and parameters.
    constexpr explicit Step(bool only_shapes = false) : Graph(true), only_shapes_(only_shapes) {
        has_versions = true;
        scalar_source = -1;
    }

    /// One update of the parameters that match a pattern (`*` stands for any characters), or of all that are trained.
    ///
    /// loss  a scalar, or a value per sample whose mean is taken. Its derivative is taken by what it has read of a parameter, and goes to
    ///       the optimizer, which updates what the parameter is now: that differs where the loss is older than an earlier update.
    /// Rejects a pattern that matches no parameter, a loss that depends on none of them, and a parameter that has been assigned to.
    /// Keras: optimizer.apply(tape.gradient(loss, variables)).  PyTorch: loss.backward(), optimizer.step().
    template <detail::Text... Pattern>
    constexpr void minimize(Tensor loss) {
        const std::string_view patterns[] = {Pattern.view()..., ""};
        minimize_matching(loss, patterns, sizeof...(Pattern));
    }
    /// A number that the step returns under this name, `r["fake"]`: a scalar, or the mean of a tensor. Rejects a second one of that name.
    constexpr void metric(std::string_view name, Tensor value) {
        if (failed()) return;
        if (find_output(name) >= 0) return reject("step has two metrics of one name, ", name, ": give each its own");
        outputs.push_back({detail::Path(name), scalar_of(value).id});
    }
    /// The sum of what layers have added to the loss since the last call: regularizers, losses of activations.  Keras: sum(model.losses).
    constexpr Tensor added_losses() {
        Tensor total = constant(0);
        for (int id : losses) total = total + scalar_of((*this)[id]);
        losses.shrink(0);
        return failed() ? nothing() : total;
    }
    /// Normal random numbers of a sample's shape, others for every row and step.
    constexpr Tensor random_normal(Shape shape, double mean = 0, double stddev = 1) {
        return weft::random_normal(*this, shape) * stddev + mean;
    }
    /// Uniform random numbers in [low, high) of a sample's shape, others for every row and step.
    constexpr Tensor random_uniform(Shape shape, double low = 0, double high = 1) { return weft::random_uniform(*this, shape, low, high); }

    /// Moves every parameter or state that matches Target towards the one whose name has the same characters for `*` in Source, at the end
    /// of the step: target + tau (source - target). `tau` 1 copies.
    ///
    ///   s.soft_update<"target/*", "online/*">(0.005);
    /// Rejects patterns that match nothing or lack their one `*`, and a target without a source of its shape.
    template <detail::Text Target, detail::Text Source>
    constexpr void soft_update(double tau) {
        soft_update(Target.view(), Source.view(), tau);
    }

    /// Brings what the step has updated back to its constraints: the last that a step does, of itself.
    constexpr void keep_constraints() {
        for (const Constraint& c : constraints) {
            const int v = operations[c.parameter].attribute;
            bool updated = false;
            for (const Version& version : versions)
                updated = updated || (version.variable == v && operations[version.operation].kind == detail::Kind::update);
            if (!updated || failed()) continue;
            const Tensor now = newest(v);
            assign(now, c.to(assigned(now)));
        }
    }

    /// How many times the step minimizes.
    constexpr int minimize_count() const { return minimizes_; }

private:
    constexpr Tensor scalar_of(Tensor t) {
        if (failed()) return nothing();
        return t.full_shape().rank == 0 ? t : mean(t);
    }
    template <class... Parts>
    constexpr void fail(std::string_view call, const std::string_view* patterns, int count, const Parts&... parts) {
        if (failed()) return;
        error << call;
        for (int i = 0; i < count; ++i) error << (i == 0 ? "<\"" : ", \"") << patterns[i] << (i + 1 < count ? "\"" : "\">");
        (void(error << parts), ...);
    }
    /// Variables for which a condition holds, by path: nothing may depend on the order in which they were requested.
    template <class Condition>
    constexpr detail::List<int> select_variables(Condition condition) const {
        detail::List<int> found;
        for (int v = 0; v < variables.size(); ++v) {
            if (!condition(v)) continue;
            found.push_back(v);
            for (int i = found.size() - 1; i > 0 && detail::natural_less(variables[v].path.view(), variables[found[i - 1]].path.view());
                 --i)
                std::swap(found[i], found[i - 1]);
        }
        return found;
    }
    constexpr void list(const detail::List<int>& some) {
        const char* between = " ";
        for (int v : some) {
            error << between << variables[v].path.view();
            between = ", ";
        }
    }
    constexpr bool is_assigned(int variable) const {
        for (int e : effects)
            if (operations[e].kind == detail::Kind::assign && operations[operations[e].operand[0]].attribute == variable) return true;
        return false;
    }

    constexpr void minimize_matching(Tensor loss, const std::string_view* patterns, int count) {
        if (failed() || only_shapes_) return;
        const detail::List<int> matching = select_variables([&](int v) {
            bool match = count == 0;
            for (int i = 0; i < count; ++i) match = match || detail::matches(patterns[i], variables[v].path.view());
            return match && variables[v].trainable;
        });
        if (matching.empty()) {
            fail("minimize", patterns, count, " matches no parameter; there are");
            return list(select_variables([&](int v) { return variables[v].trainable; }));
        }
        for (int v : matching)
            if (is_assigned(v))
                return fail("minimize", patterns, count, " updates ", variables[v].path.view(),
                            ", which has been assigned to: assignments happen at the end and undo updates");
        detail::List<int> reads, owner;                 // all that the loss may have read
        for (const Version& read : versions)
            for (int i = 0; i < matching.size(); ++i)
                if (matching[i] == read.variable && operations[read.operation].kind == detail::Kind::parameter)
                    reads.push_back(read.operation), owner.push_back(i);
        const detail::List<int> parts = gradients(*this, scalar_of(loss), reads);
        detail::List<int> totals(matching.size(), -1);
        for (int k = 0; k < reads.size(); ++k) {
            int& total = totals[owner[k]];
            if (parts[k] >= 0) total = total < 0 ? parts[k] : ((*this)[total] + (*this)[parts[k]]).id;
        }
        bool updates = false;
        for (int i = 0; i < matching.size(); ++i) {
            if (totals[i] < 0) continue;
            updates = true;
            const int v = matching[i];
            detail::Operation o;
            o.kind = detail::Kind::update;
            o.operands = 2;
            o.operand[0] = newest(v).id;
            o.operand[1] = totals[i];
            o.shape = variables[v].shape;
            o.attribute = minimizes_;
            const int outside = at_layer(variables[v].layer);
            effects.push_back(append(o).id);
            at_layer(outside);
            versions.push_back({v, effects.back()});
        }
        ++minimizes_;
        if (updates || failed()) return;
        fail("minimize", patterns, count, ": its loss depends on none of");
        list(matching);
        error << "; is there a stop_gradient in between?";
    }

    constexpr void soft_update(std::string_view target, std::string_view source, double tau) {
        if (failed()) return;
        const std::string_view patterns[] = {target, source};
        const std::size_t star = target.find('*'), from = source.find('*');
        if (star == target.npos || from == source.npos || target.rfind('*') != star || source.rfind('*') != from)
            return fail("soft_update", patterns, 2, " needs one * in each pattern");
        bool any = false;
        for (int v = 0, count = variables.size(); v < count; ++v) {
            const std::string_view path = variables[v].path.view();
            if (!detail::matches(target, path)) continue;
            any = true;
            detail::Path name(source.substr(0, from));
            name += path.substr(star, path.size() + 1 - target.size());
            name += source.substr(from + 1);
            int w = 0;
            while (w < count && !(variables[w].path == name)) ++w;
            if (w == count || !(variables[w].shape == variables[v].shape))
                return fail("soft_update", patterns, 2, ": ", path, " has no source of its shape, ", name.view());
            const Tensor old = newest(v);
            assign(old, old + (newest(w) - old) * tau);
        }
        if (!any) {
            fail("soft_update", patterns, 2, " matches no target; there are");
            list(select_variables([](int) { return true; }));
        }
    }

    int minimizes_ = 0;
    bool only_shapes_ = false;
};

} // namespace weft
