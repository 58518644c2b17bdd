// SPDX-License-Identifier: BSL-1.0
// What fit shows while it runs: a bar in a terminal, a line for each epoch elsewhere.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <string>

#include <weft/core/utf8.hpp>
#include <weft/model/history.hpp>

namespace weft::detail {

/// `verbose` of fit and evaluate: 0 silent, 1 a bar, 2 a line for each epoch, -1 a bar if the output is a terminal, else lines.
inline constexpr int verbose_auto = -1;

template <class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
    char buffer[64];
    const int length = std::snprintf(buffer, sizeof buffer, pattern, arguments...);
    return {buffer, static_cast<std::size_t>(std::clamp(length, 0, 63))};
}

/// `0.9812`, or `3.1000e-05` for 0.001 and less.
inline std::string format_metric(double value) { return format(std::abs(value) > 1e-3 ? "%.4f" : "%.4e", value); }

/// `3s`, `2:05`, `1:02:05`.
inline std::string format_duration(double seconds) {
    const auto s = static_cast<long>(seconds + 0.5);
    if (s >= 3600) return format("%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    return s >= 60 ? format("%ld:%02ld", s / 60, s % 60) : format("%lds", s);
}

/// `2s/step`, `18ms/step`, `35us/step`, `620ns/step`.
inline std::string format_step_time(double seconds) {
    if (seconds >= 1) return format("%.0fs/step", seconds);
    if (seconds >= 1e-3) return format("%.0fms/step", seconds * 1e3);
    return seconds >= 1e-6 ? format("%.0fus/step", seconds * 1e6) : format("%.0fns/step", seconds * 1e9);
}

inline std::string format_logs(const Logs& logs) {
    std::string text;
    for (const auto& [name, value] : logs) text += " - " + name + ": " + format_metric(value);
    return text;
}

/// Whether `out` is the standard output or error of a terminal.
inline bool is_terminal(const std::ostream& out) {
    if (out.rdbuf() == std::cout.rdbuf()) return ::isatty(STDOUT_FILENO) != 0;
    return (out.rdbuf() == std::cerr.rdbuf() || out.rdbuf() == std::clog.rdbuf()) && ::isatty(STDERR_FILENO) != 0;
}

inline double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Shows how an epoch proceeds.
///
///   Epoch 1/10
///   45/45 ━━━━━━━━━━━━━━━━━━━━ 0s 1ms/step - accuracy: 0.9812 - loss: 0.0513 - val_accuracy: 0.9750
///
/// or, without a terminal, `Epoch 1/10 - 45/45 - 0s - 1ms/step - accuracy: …`.  Metrics are computed only when the bar is drawn, at most
/// ten times a second.  Keras: ProgbarLogger.
class Progress {
public:
    static constexpr int width = 20;
    static constexpr double redraw_interval = 0.1;

    /// `verbose` as verbose_auto says; `now` is a clock in seconds.
    explicit Progress(int verbose = verbose_auto, std::ostream& out = std::cout, double (*now)() = seconds_now)
        : out_(&out), now_(now), verbose_(verbose != verbose_auto ? verbose : is_terminal(out) ? 1 : 2) {}

    /// Before the first of `steps` steps; epochs count from 0.  `epochs` = 0 means that there are none: evaluate.
    void begin(int epoch, int epochs, std::size_t steps) {
        title_ = epochs > 0 ? message("Epoch ", epoch + 1, '/', epochs) : "";
        steps_ = steps;
        drawn_width_ = 0;
        if (verbose_ == 0) return;
        start_ = drawn_at_ = now_();
        if (verbose_ == 1 && !title_.empty()) *out_ << title_ << std::endl;
    }

    /// After step `done` (from 1): draws the bar if the last drawing is old enough, with the metrics that `logs()` returns.
    template <class MakeLogs>
    void step(std::size_t done, MakeLogs&& logs) {
        if (verbose_ != 1 || done >= steps_) return;
        const double now = now_();
        if (now - drawn_at_ < redraw_interval) return;
        drawn_at_ = now;
        draw(done, now, logs());
    }

    /// After the last step, and after validation.
    void end(const Logs& logs) {
        if (verbose_ == 0) return;
        const double now = now_();
        if (verbose_ == 1) {
            draw(steps_, now, logs);
            *out_ << std::endl;
        } else {
            *out_ << title_ << (title_.empty() ? "" : " - ") << steps_ << '/' << steps_ << " - " << format_duration(now - start_)
                  << " - " << format_step_time(per_step(steps_, now)) << format_logs(logs) << std::endl;
        }
    }

private:
    std::ostream* out_;
    double (*now_)();
    int verbose_;
    std::string title_;
    std::size_t steps_ = 0, drawn_width_ = 0;
    double start_ = 0, drawn_at_ = 0;

    double per_step(std::size_t done, double now) const { return (now - start_) / static_cast<double>(std::max<std::size_t>(done, 1)); }

    [[gnu::cold]] void draw(std::size_t done, double now, const Logs& logs) {
        const std::size_t filled = steps_ == 0 ? width : width * done / steps_;
        const double step_time = per_step(done, now);
        std::string count = std::to_string(done), total = std::to_string(steps_);
        count.insert(0, total.size() - std::min(total.size(), count.size()), ' ');
        const double shown = done < steps_ ? step_time * static_cast<double>(steps_ - done) : now - start_;

        // Bold, green and grey change nothing of the width: it is counted before they are put in.
        const std::string numbers = count + '/' + total, rest = format_step_time(step_time) + format_logs(logs);
        const std::string time = format_duration(shown);
        const std::size_t drawn = numbers.size() + 1 + width + 1 + time.size() + 1 + display_width(rest);
        std::string bar = "\x1b[32m";
        for (std::size_t i = 0; i < width; ++i) bar.append(i == filled ? "\x1b[0m\x1b[37m" : "").append("━");
        *out_ << "\r\x1b[1m" << numbers << "\x1b[0m " << bar << "\x1b[0m \x1b[1m" << time << "\x1b[0m " << rest
              << std::string(drawn_width_ > drawn ? drawn_width_ - drawn : 0, ' ') << std::flush;
        drawn_width_ = drawn;
    }
};

} // namespace weft::detail
