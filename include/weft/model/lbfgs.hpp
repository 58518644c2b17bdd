// SPDX-License-Identifier: BSL-1.0
// L-BFGS: a quasi-Newton method on the host, over the loss and gradients of a Trainer.
#pragma once
#include <cmath>
#include <deque>

#include <weft/model/trainer.hpp>

namespace weft {

struct LBFGSOptions {
    double learning_rate = 1;
    int max_iter = 20;                              ///< directions of one step
    int max_eval = 0;                               ///< evaluations of the loss in one step; 0: 5/4 of max_iter
    double tolerance_grad = 1e-7;                   ///< ends when no element of the gradient is larger
    double tolerance_change = 1e-9;                 ///< ends when loss or parameters change by less
    int history_size = 100;                         ///< pairs of changes that approximate the curvature
    bool strong_wolfe = false;                      ///< searches along each direction for the strong Wolfe conditions
};

namespace detail {

using Flat = std::vector<double>;

template <class = void>
double dot(const Flat& a, const Flat& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}
/// The largest absolute value.
template <class = void>
double largest(const Flat& a) {
    double most = 0;
    for (double v : a) most = std::abs(v) > most || v != v ? std::abs(v) : most;
    return most;
}

/// A point of a line search: how far, the loss there, its gradient, and the slope along the line.
struct LinePoint {
    double t = 0, f = 0;
    Flat g;
    double slope = 0;
};

/// The minimum of the cubic through two points and their slopes, brought into [low, high].
template <class = void>
double cubic_minimum(const LinePoint& a, const LinePoint& b, double low, double high) {
    const double d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.t - b.t), square = d1 * d1 - a.slope * b.slope;
    if (!(square >= 0)) return (low + high) / 2;
    const double d2 = std::sqrt(square);
    const double at = a.t <= b.t ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
                                 : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
    return std::min(std::max(at, low), high);
}

/// A point that fulfils the strong Wolfe conditions, or the best that `max_ls` evaluations find. `evaluate(t)` gives a LinePoint.
/// Nocedal, Wright 2006, Numerical Optimization, algorithms 3.5 and 3.6; the steps are those of PyTorch.
template <class Evaluate>
LinePoint strong_wolfe(const LinePoint& start, double t, double direction_size, double tolerance_change, int max_ls, Evaluate evaluate) {
    constexpr double c1 = 1e-4, c2 = 0.9;
    LinePoint now = evaluate(t), before = start, bracket[2];
    bool done = false, is_bracketed = false;
    int iteration = 0;
    for (; iteration < max_ls; ++iteration) {
        const bool too_high = now.f > start.f + c1 * now.t * start.slope || (iteration > 1 && now.f >= before.f);
        if (!too_high && std::abs(now.slope) <= -c2 * start.slope) return now;
        if (too_high || now.slope >= 0) {
            bracket[0] = before;
            bracket[1] = now;
            is_bracketed = true;
            break;
        }
        const double next = cubic_minimum(before, now, now.t + 0.01 * (now.t - before.t), now.t * 10);
        before = std::move(now);
        now = evaluate(next);
    }
    if (!is_bracketed) {
        bracket[0] = start;
        bracket[1] = now;
    }
    bool insufficient = false;
    int low = bracket[0].f <= bracket[1].f ? 0 : 1;
    while (!done && iteration < max_ls) {
        const double first = std::min(bracket[0].t, bracket[1].t), last = std::max(bracket[0].t, bracket[1].t);
        if ((last - first) * direction_size < tolerance_change) break;
        t = cubic_minimum(bracket[0], bracket[1], first, last);
        // Too near to an end twice, or at one: a tenth of the way inside.
        const double margin = 0.1 * (last - first);
        if (std::min(last - t, t - first) < margin) {
            if (insufficient || t >= last || t <= first) {
                t = std::abs(t - last) < std::abs(t - first) ? last - margin : first + margin;
                insufficient = false;
            } else insufficient = true;
        } else insufficient = false;
        now = evaluate(t);
        ++iteration;
        if (now.f > start.f + c1 * now.t * start.slope || now.f >= bracket[low].f) {
            bracket[1 - low] = std::move(now);
            low = bracket[0].f <= bracket[1].f ? 0 : 1;
        } else {
            if (std::abs(now.slope) <= -c2 * start.slope) done = true;
            else if (now.slope * (bracket[1 - low].t - bracket[low].t) >= 0) bracket[1 - low] = bracket[low];
            bracket[low] = std::move(now);
        }
    }
    return bracket[low];
}

} // namespace detail

/// Minimizes the loss of one batch by a quasi-Newton method with limited memory.
///
///   Trainer<Net, MeanSquaredError, SGD, 64> trainer{model};
///   LBFGS lbfgs{trainer, {.strong_wolfe = true}};
///   double loss = lbfgs.step(x, y);                       up to max_iter directions; returns the mean loss before them
///
/// A step evaluates the loss several times, on the same rows with the same random numbers. The curvature goes on from step to step, so that
/// all of them should have the same rows. The optimizer of the trainer is not used, constraints are not kept to; states such as moving
/// statistics are assigned in every evaluation. Works in double, whatever the parameters are.
/// Rejects what the trainer's `step` rejects.
/// Keras: none.  PyTorch: LBFGS, with the same defaults; line_search_fn="strong_wolfe" is .strong_wolfe = true.
/// Liu, Nocedal 1989, Mathematical Programming 45.
template <class T>
class LBFGS;

template <class T>
LBFGS(T&, LBFGSOptions = {}) -> LBFGS<T>;

template <class Net, class L, class Optimizer, int BatchSize, class Device, class Real>
class LBFGS<Trainer<Net, L, Optimizer, BatchSize, Device, Real>> {
    using Steps = Trainer<Net, L, Optimizer, BatchSize, Device, Real>;
    static constexpr bool fits = detail::trains<Net, L, Optimizer>;
    struct Inert {
        explicit Inert(std::uint64_t) {}
    };
    using Runner = typename std::conditional_t<fits, std::type_identity<detail::GradientRunner<Net, L, Optimizer, BatchSize, Real>>,
                                               std::type_identity<Inert>>::type;
    using Flat = detail::Flat;

public:
    explicit LBFGS(Steps& trainer, const LBFGSOptions& options = {}) : options(options), trainer_(&trainer), runner_(seed_of(trainer)) {}

    /// Up to max_iter directions from an array for each Input (or a tuple of them) and the target; returns the mean loss before.
    template <class... Arrays>
    double step(const Arrays&... arrays) {
        using Check = ArraysCheck<Steps, BatchSize, decltype(std::tuple_cat(data::detail::arrays_of(arrays)...))>;
        if constexpr (!fits) return 0;
        else {
            static_assert(Verified<Check>::value);
            if constexpr (!Check::message.empty()) return 0;
            else
                return detail::with_columns<Steps, Real, BatchSize>(
                    [this](const void* const* columns, int n) { return step_columns(columns, n); }, arrays...);
        }
    }
    /// How often the loss has been evaluated in all steps.
    long evaluations() const { return evaluations_; }

    LBFGSOptions options;                                   ///< may change between steps

private:
    struct Change {
        Flat gradient, step;
        double inverse = 0;                                 // 1 / their product
    };

    static std::uint64_t seed_of(Steps& trainer) {
        if constexpr (fits) return trainer.model().seed();
        else return 0;
    }
    double step_columns(const void* const* columns, int n) {
        const auto evaluate = [&](Flat& gradient) {
            ++evaluations_;
            return static_cast<double>(runner_.evaluate(*trainer_, columns, n, gradient));
        };
        const int max_eval = options.max_eval > 0 ? options.max_eval : options.max_iter * 5 / 4;
        Flat gradient, x = runner_.read(trainer_->model());
        double loss = evaluate(gradient);
        const double first_loss = loss;
        const long evaluations_before = evaluations_ - 1;
        for (int i = 1; i <= options.max_iter && detail::largest(gradient) > options.tolerance_grad; ++i) {
            find_direction(gradient);
            last_gradient_ = gradient;
            const double last_loss = loss;
            double sum = 0;
            for (double g : gradient) sum += std::abs(g);
            length_ = (iterations_ == 1 ? std::min(1.0, 1 / sum) : 1.0) * options.learning_rate;
            const double slope = detail::dot(gradient, direction_);
            if (slope > -options.tolerance_change) break;
            const auto go = [&](double t) {
                Flat to(x.size());
                for (std::size_t k = 0; k < x.size(); ++k) to[k] = x[k] + t * direction_[k];
                runner_.write(trainer_->model(), to);
                return to;
            };
            if (options.strong_wolfe) {
                const detail::LinePoint found = detail::strong_wolfe(
                    {0, loss, gradient, slope}, length_, detail::largest(direction_), options.tolerance_change,
                    max_eval - static_cast<int>(evaluations_ - evaluations_before), [&](double t) {
                        detail::LinePoint p{t, 0, {}, 0};
                        go(t);
                        p.f = evaluate(p.g);
                        p.slope = detail::dot(p.g, direction_);
                        return p;
                    });
                length_ = found.t;
                loss = found.f;
                gradient = found.g;
                x = go(length_);
            } else {
                x = go(length_);
                if (i != options.max_iter) loss = evaluate(gradient);
            }
            if (evaluations_ - evaluations_before >= max_eval || detail::largest(direction_) * std::abs(length_) <= options.tolerance_change
                || std::abs(loss - last_loss) < options.tolerance_change)
                break;
        }
        trainer_->model().touch();
        return first_loss;
    }
    /// The approximate inverse Hessian times -gradient, from the changes of former iterations.
    void find_direction(const Flat& gradient) {
        if (iterations_++ == 0) {
            direction_ = gradient;
            for (double& d : direction_) d = -d;
            return;
        }
        Change change{gradient, direction_, 0};
        for (std::size_t k = 0; k < gradient.size(); ++k) {
            change.gradient[k] -= last_gradient_[k];
            change.step[k] *= length_;
        }
        if (const double product = detail::dot(change.gradient, change.step); product > 1e-10) {
            change.inverse = 1 / product;
            scale_ = product / detail::dot(change.gradient, change.gradient);
            if (static_cast<int>(changes_.size()) >= options.history_size) changes_.pop_front();
            changes_.push_back(std::move(change));
        }
        direction_ = gradient;
        for (double& d : direction_) d = -d;
        const auto add = [this](double factor, const Flat& to_add) {
            for (std::size_t k = 0; k < to_add.size(); ++k) direction_[k] += factor * to_add[k];
        };
        std::vector<double> al(changes_.size());
        for (std::size_t i = changes_.size(); i-- > 0;) {
            al[i] = detail::dot(changes_[i].step, direction_) * changes_[i].inverse;
            add(-al[i], changes_[i].gradient);
        }
        for (double& d : direction_) d *= scale_;
        for (std::size_t i = 0; i < changes_.size(); ++i)
            add(al[i] - detail::dot(changes_[i].gradient, direction_) * changes_[i].inverse, changes_[i].step);
    }

    Steps* trainer_;
    Runner runner_;
    long evaluations_ = 0, iterations_ = 0;
    std::deque<Change> changes_;
    Flat direction_, last_gradient_;
    double length_ = 0, scale_ = 1;
};

} // namespace weft
