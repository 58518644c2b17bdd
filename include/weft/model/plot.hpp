// SPDX-License-Identifier: BSL-1.0
// Curves of a fit as an SVG file: one panel for the losses, one for all other metrics.
//
// Templates, so that only programs that call them pay for compiling them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <weft/core/error.hpp>
#include <weft/core/file.hpp>
#include <weft/model/history.hpp>

namespace weft {

struct PlotOptions {
    std::string title = {};
    int panel_width = 520; ///< pixels, 200 to 4000
    int height = 380;      ///< pixels, 200 to 4000
};

namespace detail {

/// A round number of ticks that enclose a range.
struct Ticks {
    double first = 0, step = 1;
    int count = 2;

    Ticks(double low, double high, int wanted) {
        if (!(high > low)) {
            const double margin = low == 0 ? 1 : std::abs(low) / 2;
            low -= margin;
            high += margin;
        }
        const double rough = (high - low) / wanted, power = std::pow(10, std::floor(std::log10(rough)));
        step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        first = std::floor(low / step + 1e-9);
        count = static_cast<int>(std::ceil(high / step - 1e-9) - first) + 1;
    }
    /// Multiples of the step, so that 0.3 is not 0.30000000000000004 after three additions.
    double operator[](int i) const { return (first + i) * step; }
    double last() const { return (*this)[count - 1]; }
};

inline std::string svg_number(double value, const char* pattern = "%.6g") {
    char text[40];
    std::snprintf(text, sizeof text, pattern, value);
    return text;
}

template <class = void>
std::string svg_escape(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '<') result += "&lt;";
        else if (c == '&') result += "&amp;";
        else result += c;
    }
    return result;
}

template <class = void>
class SvgPlot {
public:
    SvgPlot(const History& history, const PlotOptions& options) : history_(history), options_(options) {}

    std::string text() {
        std::vector<std::string> losses, others;
        for (const auto& metric : history_.history)
            (metric.first.find("loss") != std::string::npos ? losses : others).push_back(metric.first);
        const int panels = std::max(1, int(!losses.empty()) + int(!others.empty()));
        const int width = panels * options_.panel_width, top = options_.title.empty() ? 0 : 30;
        const int height = options_.height + top;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width, "\" height=\"", height, "\" viewBox=\"0 0 ", width, ' ', height,
            "\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"#333\">\n",
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        if (top > 0) label(width / 2.0, 24, options_.title, "middle", " font-size=\"16\" font-weight=\"bold\"");
        int left = 0;
        for (const auto* names : {&losses, &others}) {
            if (names->empty()) continue;
            panel(*names, left, top);
            left += options_.panel_width;
        }
        add("</svg>\n");
        return std::move(svg_);
    }

private:
    const History& history_;
    const PlotOptions& options_;
    std::string svg_;

    template <class... Parts>
    void add(const Parts&... parts) {
        svg_ += message(parts...);
    }

    void label(double x, double y, std::string_view text, const char* anchor, const char* style = "") {
        add("<text x=\"", svg_number(x), "\" y=\"", svg_number(y), "\" text-anchor=\"", anchor, '"', style, '>', svg_escape(text));
        add("</text>\n");
    }

    void line(double x1, double y1, double x2, double y2, const char* color, const char* style = "") {
        add("<line x1=\"", svg_number(x1), "\" y1=\"", svg_number(y1), "\" x2=\"", svg_number(x2), "\" y2=\"", svg_number(y2));
        add("\" stroke=\"", color, '"', style, "/>\n");
    }

    static std::string_view base(std::string_view name) { return name.starts_with("val_") ? name.substr(4) : name; }

    void panel(const std::vector<std::string>& names, double x0, double y0) {
        const double left = x0 + 64, right = x0 + options_.panel_width - 20, top = y0 + 20, bottom = y0 + options_.height - 52;
        double low = std::numeric_limits<double>::infinity(), high = -low;
        for (const std::string& name : names)
            for (const double value : history_[name])
                if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
        if (!(low <= high)) low = 0, high = 1;
        const Ticks rows(low, high, 5);
        const double first = history_.epoch.front() + 1, last = history_.epoch.back() + 1;
        const double begin = last > first ? left + 8 : (left + right) / 2;
        const double per_epoch = last > first ? (right - left - 16) / (last - first) : 0;
        const auto at_x = [&](double epoch) { return begin + (epoch - first) * per_epoch; };
        const auto at_y = [&](double value) { return bottom - (value - rows[0]) / (rows.last() - rows[0]) * (bottom - top); };

        for (int i = 0; i < rows.count; ++i) {
            line(left, at_y(rows[i]), right, at_y(rows[i]), i == 0 ? "#888888" : "#e4e4e4");
            label(left - 8, at_y(rows[i]) + 4.5, svg_number(rows[i], "%.4g"), "end");
        }
        const int stride = std::max(1, static_cast<int>(Ticks(first, last, 8).step + 0.5));
        for (int epoch = static_cast<int>(first); epoch <= last; ++epoch) {
            if (epoch != static_cast<int>(first) && epoch % stride != 0) continue;
            if (epoch == static_cast<int>(first) && stride - epoch % stride < stride && stride - epoch % stride < 0.4 * stride) continue;
            line(at_x(epoch), bottom, at_x(epoch), bottom + 5, "#888888");
            label(at_x(epoch), bottom + 20, std::to_string(epoch), "middle");
        }
        label((left + right) / 2, bottom + 42, "epoch", "middle");
        curves(names, at_x, at_y);
        legend(names, right, top);
    }

    /// Validation has the colour of what it validates, dashed.
    static const char* color(const std::vector<std::string>& names, std::string_view name) {
        // Okabe and Ito's palette, told apart by colour-blind readers, too.
        constexpr const char* palette[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};
        std::vector<std::string_view> bases;
        for (const std::string& n : names)
            if (std::find(bases.begin(), bases.end(), base(n)) == bases.end()) bases.push_back(base(n));
        return palette[static_cast<std::size_t>(std::find(bases.begin(), bases.end(), base(name)) - bases.begin()) % std::size(palette)];
    }

    static const char* dashes(std::string_view name) { return name.starts_with("val_") ? " stroke-dasharray=\"6 4\"" : ""; }

    template <class X, class Y>
    void curves(const std::vector<std::string>& names, const X& at_x, const Y& at_y) {
        for (const std::string& name : names) {
            const std::vector<double>& values = history_[name];
            // A metric that started later belongs to the last epochs; NaN and infinity interrupt the curve.
            const std::size_t skipped = history_.epoch.size() - std::min(values.size(), history_.epoch.size());
            for (std::size_t i = 0; i + skipped < history_.epoch.size();) {
                std::string points;
                double x = 0, y = 0;
                std::size_t count = 0;
                for (; i + skipped < history_.epoch.size() && std::isfinite(values[i]); ++i, ++count) {
                    x = at_x(history_.epoch[i + skipped] + 1);
                    y = at_y(values[i]);
                    points += message(count > 0 ? " " : "", svg_number(x), ',', svg_number(y));
                }
                if (count == 0) ++i;
                const char* const c = color(names, name);
                if (count == 1) add("<circle cx=\"", svg_number(x), "\" cy=\"", svg_number(y), "\" r=\"3.5\" fill=\"", c, "\"/>\n");
                if (count < 2) continue;
                add("<polyline fill=\"none\" stroke=\"", c, "\" stroke-width=\"2\" stroke-linejoin=\"round\"", dashes(name));
                add(" points=\"", points, "\"/>\n");
            }
        }
    }

    /// In the upper right corner if curves fall, lower right if they rise: there they leave room.
    void legend(const std::vector<std::string>& names, double right, double top) {
        const double height = 20.0 * static_cast<double>(names.size()) + 8;
        std::size_t longest = 0;
        for (const std::string& name : names) longest = std::max(longest, name.size());
        const double width = 48 + 7.4 * static_cast<double>(longest);
        const std::vector<double>& values = history_[names.front()];
        const bool rises = values.size() > 1 && values.back() > values.front();
        const double x = right - width - 6, y = rises ? top + options_.height - 72 - height - 6 : top + 6;
        add("<rect x=\"", svg_number(x), "\" y=\"", svg_number(y), "\" width=\"", svg_number(width), "\" height=\"", svg_number(height),
            "\" rx=\"4\" fill=\"#ffffff\" fill-opacity=\"0.85\" stroke=\"#cccccc\"/>\n");
        for (std::size_t i = 0; i < names.size(); ++i) {
            const double middle = y + 14 + 20.0 * static_cast<double>(i);
            line(x + 8, middle, x + 34, middle, color(names, names[i]), (" stroke-width=\"2\"" + std::string(dashes(names[i]))).c_str());
            label(x + 40, middle + 4.5, names[i], "start");
        }
    }
};

} // namespace detail

/// The curves of a fit as the text of an SVG image.  Throws ValueError when the history is empty or an option is out of its range.
template <class = void>
std::string plot_svg(const History& history, const PlotOptions& options = {}) {
    if (history.epoch.empty() || history.history.empty())
        throw ValueError("plot: expected a history of at least one epoch, received an empty one");
    for (const int size : {options.panel_width, options.height})
        if (size < 200 || size > 4000) throw ValueError(message("plot: expected a size from 200 to 4000 pixels, received ", size));
    return detail::SvgPlot<>(history, options).text();
}

/// Writes the curves of a fit: `plot(history, "curves.svg")`.  Throws FileError when the file cannot be written.
template <class = void>
void plot(const History& history, const std::string& path, const PlotOptions& options = {}) {
    write_file(path, plot_svg(history, options));
}

} // namespace weft
