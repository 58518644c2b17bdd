// SPDX-License-Identifier: BSL-1.0
// Golden cases compiled for the CPU in float: many of them are one program, so that passes and encoding run once and equal kernels are one.
#pragma once
#include <backends/cpu/compiled.hpp>
#include <layers/cases.hpp>

namespace weft::check {

/// A case by its name in the file, with the shapes of its inputs as constants.
struct CompiledCase {
    Case layer;
    std::string_view name;
    Shape x{}, x_1{}, x_2{};

    constexpr std::vector<Shape> inputs() const {
        std::vector<Shape> shapes;
        for (const Shape& shape : {x, x_1, x_2})
            if (!shape.empty()) shapes.push_back(shape);
        return shapes;
    }
    constexpr bool indices() const { return layer.spelling.starts_with("Embedding") || layer.spelling.starts_with("Sequential<Embedding"); }
};

/// The program of a table of cases: y, and the derivatives of sum(y · dy) by all inputs and parameters, named as in the file. Columns are
/// all real inputs one behind the other, the integers of each case, and all dy one behind the other.
template <const auto& Table>
struct CompiledCases {
    static constexpr int size = static_cast<int>(std::size(Table));
    static constexpr Counts counts{60 * size, 10 * size, 16 * size, 2 * size, 4 * size, 8, 8 * size, 6 * size, size, size, size};

    static constexpr Program program() {
        Graph g(true);
        List<int> sources;
        List<Path> names;
        const auto derive = [&](int source, const Path& name) {
            sources.push_back(source);
            names.push_back(name);
        };
        int width = 0, at = 0;
        for (const CompiledCase& c : Table)
            for (const Shape& shape : c.inputs())
                if (!c.indices()) width += shape.elements().constant;
        const Tensor numbers = g.input({width});
        std::vector<Tensor> results;
        for (const CompiledCase& c : Table) {
            std::vector<Tensor> x;
            for (const Shape& shape : c.inputs()) {
                x.push_back(c.indices() ? g.input(shape, DType::integer) : part(numbers, at, shape));
                if (!c.indices()) derive(x.back().id, Path(c.name) / (x.size() == 1 ? "dx" : x.size() == 2 ? "dx_1" : "dx_2"));
            }
            const int first = g.size();
            results.push_back(c.layer.define(g, c.name, x));
            for (int i = first; i < g.size(); ++i)
                if (g.operations[i].kind == Kind::parameter) {
                    const std::string_view path = g.variables[g.operations[i].attribute].path.view();
                    Path name(path.substr(0, c.name.size() + 1));
                    name += "d";
                    name += path.substr(c.name.size() + 1);
                    derive(i, name);
                }
            g.outputs.push_back({Path(c.name) / "y", results.back().id});
        }
        width = at = 0;
        for (const Tensor& y : results) width += y.shape().elements().constant;
        const Tensor cotangents = g.input({width});
        Tensor total = g.constant(0);
        for (const Tensor& y : results) total = total + sum(y * part(cotangents, at, y.shape()));
        const List<int> derivatives = gradients(g, total, sources);
        for (int i = 0; i < derivatives.size(); ++i)
            if (derivatives[i] >= 0) g.outputs.push_back({names[i], derivatives[i]});
        return std::move(g).program();
    }

private:
    static constexpr Tensor part(Tensor column, int& at, const Shape& shape) {
        const int begin = at;
        at += shape.elements().constant;
        return reshape(slice(column, 0, begin, at), shape);
    }
};

/// Evaluates the program of a table and compares what has as many rows in the file; the other cases go round in their numbers.
template <const auto& Table>
void check_compiled() {
    constexpr int batch = 3;
    using Definition = compiled::Definition<Forward<CompiledCases<Table>, batch, cpu::lanes<float>>>;
    const golden::File& file = golden_cases();
    // Appends n rows to a column of as many rows, behind what they hold already.
    const auto append = [](Array& column, const golden::Tensor& t, int n) {
        Array joined;
        const std::size_t rows = static_cast<std::size_t>(n), old = column.size() / rows, more = t.values.size() / t.shape[0];
        for (std::size_t i = 0; i < rows; ++i) {
            joined.insert(joined.end(), column.begin() + static_cast<std::ptrdiff_t>(i * old),
                          column.begin() + static_cast<std::ptrdiff_t>((i + 1) * old));
            for (std::size_t j = 0; j < more; ++j) joined.push_back(t.values[(i * more + j) % t.values.size()]);
        }
        column = joined;
    };
    std::set<std::string> seen;
    double largest = 0;
    int tensors = 0;
    for (int n : {batch, batch - 1}) {
        reference::Environment<double> env;
        env.n = n;
        env.scalars = {0, 0};
        env.inputs.resize(1);
        Array cotangents;
        for (const CompiledCase& c : Table) {
            const std::string name(c.name);
            BOOST_TEST_REQUIRE(file.cases().at(name) == c.layer.spelling);
            int i = 0;
            for (const Shape& shape : c.inputs()) {
                const golden::Tensor& x = file[name + (i == 0 ? "/x" : "/x_" + std::to_string(i))];
                BOOST_TEST_REQUIRE(static_cast<int>(x.shape.size()) == shape.rank + 1);
                for (int axis = 0; axis < shape.rank; ++axis)
                    BOOST_TEST_REQUIRE(static_cast<int>(x.shape[static_cast<std::size_t>(axis) + 1]) == shape[axis].constant);
                if (c.indices()) env.inputs.emplace_back();
                append(c.indices() ? env.inputs.back() : env.inputs[0], x, n);
                ++i;
            }
            append(cotangents, file[name + "/dy"], n);
        }
        env.inputs.push_back(cotangents);
        for (const Variable& v : Definition::plan.program.variables) env.variables.push_back(file[std::string(v.path.view())].values);
        const random_program::Results results = compiled::step<Definition, float>(env, batch);
        for (const auto& [result, values] : results.value) {
            const std::string name = result.starts_with("new ") ? result.substr(4) + "_after" : result;
            const std::string row = name.substr(0, name.find('/'));
            if (file[row + "/x"].shape[0] != static_cast<std::size_t>(n)) continue;
            const Array& expected = file[name].values;
            double scale = 0;
            for (double e : expected) scale = std::max(scale, std::abs(e));
            const double error = error_of(values, expected) * (scale > 1e-12 ? 1 : scale);
            BOOST_TEST(error < 1e-5, name << " (" << file.cases().at(row) << ") differs by " << error);
            largest = std::max(largest, error);
            ++tensors;
            seen.insert(row);
        }
    }
    BOOST_TEST(seen.size() == std::size(Table), "a case has another number of rows than " << batch << " and " << batch - 1);
    BOOST_TEST_MESSAGE(seen.size() << " compiled cases, " << tensors << " tensors, largest error " << largest);
}

} // namespace weft::check
