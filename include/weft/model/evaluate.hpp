// SPDX-License-Identifier: BSL-1.0
// evaluate: the value of metrics (every loss is one) over a dataset of any number of rows.
#pragma once
#include <ostream>

#include <weft/data/batch.hpp>
#include <weft/model/history.hpp>
#include <weft/model/model.hpp>

namespace weft {

/// The logs as `accuracy: 0.9812 - loss: 0.0513`.
inline std::ostream& operator<<(std::ostream& out, const Logs& logs) {
    const char* between = "";
    for (const auto& [name, value] : logs) {
        out << between << name << ": " << value;
        between = " - ";
    }
    return out;
}

namespace detail {

/// Whether a dataset has weights for a network: a column behind inputs and target.
template <class Net, class Data>
inline constexpr bool is_weighted = data::column_count<Data> > input_count<Net> + 1;

/// Memory for the columns of a program, filled by a dataset and checked unless the dataset was, whole.
template <const auto& Inputs, class Real, int BatchSize, const auto& Limits>
class Staging {
public:
    static constexpr std::size_t count = Inputs.size();
    Staging() {
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t row = Inputs[i].shape.count(1);
            if (Inputs[i].type == DType::integer) {
                integers_[i].resize(row * BatchSize);
                column_[i] = data::Column::of(integers_[i].data(), row);
            } else {
                reals_[i].resize(row * BatchSize);
                column_[i] = data::Column::of(reals_[i].data(), row);
            }
        }
    }
    /// The columns as a program reads them, holding these rows of the dataset.
    template <class Dataset>
    std::array<const void*, count> fill(const Dataset& dataset, std::span<const std::size_t> rows) {
        data::Batch batch{rows, column_};
        dataset.fill(batch);
        [&]<std::size_t... I>(std::index_sequence<I...>) { (require_filled<Dataset, I>(rows), ...); }(std::make_index_sequence<count>{});
        std::array<const void*, count> pointers{};
        for (std::size_t i = 0; i < count; ++i) pointers[i] = column_[i].data;
        return pointers;
    }

private:
    template <class Dataset, std::size_t I>
    void require_filled(std::span<const std::size_t> rows) const {
        if constexpr (Limits[I].below > 0) {
            if constexpr (!HasColumn<Dataset, I>)
                for (std::size_t i = 0; i < rows.size() * column_[I].row_size; ++i)
                    if (const std::int32_t number = integers_[I][i]; number < 0 || number >= Limits[I].below)
                        refuse_integer(column_name<Limits, I>(), rows[i / column_[I].row_size], number, Limits[I]);
        }
    }

    std::array<std::vector<Real>, count> reals_;
    std::array<std::vector<std::int32_t>, count> integers_;
    std::array<data::Column, count> column_;
};

/// Evaluates metrics over datasets, again and again.
template <class Net, class Real, int BatchSize, bool Weighted, class... Metrics>
class Evaluator {
    using Source = ForwardProgram<Net, EvaluationSource<Net, Weighted, Metrics...>, BatchSize, Real>;
    using Run = Runner<Source, Real, HeapBuffer>;

public:
    explicit Evaluator(const Metrics&... metrics) : metrics_(metrics...), run_(0) {
        std::apply([&](const Metrics&... m) { members_.set(0, NoOptimizer{}, NoOptimizer{}, m...); }, metrics_);
    }
    template <class Dataset>
    std::array<double, sizeof...(Metrics)> operator()(Model<Net, Cpu, Real>& model, const Dataset& dataset) {
        std::array<std::vector<double>, sizeof...(Metrics)> sums;
        std::vector<std::size_t> rows;
        const std::size_t size = dataset.size();
        for (std::size_t first = 0; first < size; first += BatchSize) {
            rows.clear();
            for (std::size_t i = first; i < size && i < first + BatchSize; ++i) rows.push_back(i);
            const auto columns = staging_.fill(dataset, rows);
            run_.run(model.data(), nullptr, columns.data(), static_cast<int>(rows.size()), members_.values, 0);
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (
                    [&] {
                        constexpr Path name = metric_output(I);
                        const Real* values = run_.output(Run::offset_of(name.view()));
                        sums[I].resize(Run::elements_of(name.view()));
                        for (std::size_t k = 0; k < sums[I].size(); ++k) sums[I][k] += static_cast<double>(values[k]);
                    }(),
                    ...);
            }(std::index_sequence_for<Metrics...>{});
        }
        std::array<double, sizeof...(Metrics)> result{};
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((result[I] = metric_result<std::tuple_element_t<I, std::tuple<Metrics...>>>(sums[I])), ...);
        }(std::index_sequence_for<Metrics...>{});
        return result;
    }

private:
    std::tuple<Metrics...> metrics_;
    Members<NoOptimizer, NoOptimizer, Metrics...> members_;
    Run run_;
    Staging<Source::inputs, Real, BatchSize, column_limits<Net, std::tuple_element_t<0, std::tuple<Metrics...>>>> staging_;
};

} // namespace detail

/// States that a dataset has another number of arrays than a network with its target reads, in words.
template <class Net, class Data>
struct ColumnsCheck {
    static constexpr detail::Subject subject = detail::Subject::data;
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net> && data::AnyDataset<Data> && requires { Data::column_count; }) {
            constexpr std::size_t inputs = detail::input_count<Net>, columns = data::column_count<Data>;
            if (columns != inputs + 1 && columns != inputs + 2)
                m << "the dataset has " << columns << " arrays, and the network reads " << inputs
                  << (inputs == 1 ? " input and the target" : " inputs and the target") << ", and weights if there are any"
                  << (inputs == 1 ? "" : ": data::Dataset{std::tuple{a, b}, y}");
        }
        return m;
    }();
};

/// The value of one metric as a double, of several as Logs by name: `std::cout << evaluate(model, test, Accuracy{})`.
///
/// `data` is any dataset (`size()` and `fill(batch)`); its rows are all used, in order; sample weights count. The target has the shape that
/// the first metric asks for. A loss in first place is the one that training minimizes: what regularizers and add_loss add is part of it.
/// Rejects metrics that do not fit the network at compile time, and a dataset of another number of arrays; arrays of another shape by
/// ShapeError, an empty dataset, a label that is no class and an index outside of its table by ValueError.
/// Keras: evaluate.
template <int BatchSize = 32, class Net, class Device, class Real, class Data, class... Metrics>
auto evaluate(Model<Net, Device, Real>& model, const Data& data, const Metrics&... metrics) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(sizeof...(Metrics) > 0, "evaluate(model, data, metrics...) takes at least one metric or loss");
    static_assert(Verified<data::DatasetCheck<Data>>::value);
    static_assert(Verified<MetricCheck<Net, Metrics...>>::value);
    static_assert(Verified<ColumnsCheck<Net, Data>>::value);
    if constexpr (!detail::measures<Net, Metrics...> || !data::AnyDataset<Data> || !ColumnsCheck<Net, Data>::message.empty()) {
        if constexpr (sizeof...(Metrics) == 1) return 0.0;
        else return Logs{};
    } else {
        if (data.size() == 0) throw ValueError("evaluate: expected a dataset with rows, received an empty one");
        detail::require_integers<detail::column_limits<Net, std::tuple_element_t<0, std::tuple<Metrics...>>>>(data);
        detail::Evaluator<Net, Real, BatchSize, detail::is_weighted<Net, Data>, Metrics...> evaluator(metrics...);
        const auto values = evaluator(model, data);
        if constexpr (sizeof...(Metrics) == 1) return values[0];
        else {
            Logs logs;
            std::size_t i = 0;
            ((logs[std::string(metric_name<Metrics>().view())] = values[i++]), ...);
            return logs;
        }
    }
}

} // namespace weft
