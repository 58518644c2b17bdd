// SPDX-License-Identifier: BSL-1.0
// Graph and Tensor: what `define` functions write a program with.
#pragma once
#include <concepts>
#include <cstdint>
#include <utility>

#include <weft/core/members.hpp>
#include <weft/core/type_name.hpp>
#include <weft/graph/program.hpp>

namespace weft {

class Graph;

/// Names of axes that are no numbers.
namespace axes {
inline constexpr int batch = -1000;         ///< the batch
inline constexpr int all = -1001;           ///< every axis but the batch
} // namespace axes

/// A handle to one value of a program. Copying it copies nothing; operators append operations to its graph.
///
/// `shape()` is that of one sample: the batch axis is left out. Axes count from 0 (first after the batch) or from -1 (last) backwards.
struct Tensor {
    Graph* graph = nullptr;
    int id = -1;
    int mask = -1;                          ///< id of a boolean tensor over its first axes: which places count; -1: all

    constexpr const detail::Operation& operation() const;
    constexpr const Shape& full_shape() const;      ///< with the batch
    constexpr Shape shape() const;
    constexpr DType type() const;
};

namespace detail {
/// How a layer came by its name.
enum class Naming : unsigned char { automatic, given, shared };
} // namespace detail

/// Writes a program. `define` functions get one; everything in it is constexpr and works at run time alike.
class Graph : public detail::Program {
public:
    constexpr explicit Graph(bool training = false) : training_(training) {
        layers.reserve(16);
        operations.reserve(64);
        layers.push_back({});
    }
    /// Goes on where a program ends.
    constexpr Graph(bool training, detail::Program&& start) : detail::Program(std::move(start)), training_(training) {}
    constexpr detail::Program program() && { return std::move(static_cast<detail::Program&>(*this)); }

    /// True in a program that trains: Dropout and BatchNormalization read it.
    constexpr bool training() {
        depends_on_training = true;
        return training_;
    }
    constexpr bool failed() const { return !error.empty(); }

    // ---- leaves -----------------------------------------------------------------------------------------------------------------
    /// A trained tensor named below the current layer; equal paths are one parameter.
    template <class Initializer>
    constexpr Tensor parameter(std::string_view name, Shape shape, Initializer) {
        return variable(name, shape, &Initializer::initialize, false);
    }
    /// A tensor that is saved with the parameters but never trained: running statistics, counters, targets. A read is a constant for
    /// differentiation.
    template <class Initializer>
    constexpr Tensor state(std::string_view name, Shape shape, Initializer) {
        return variable(name, shape, &Initializer::initialize, true);
    }
    /// The value that a state has after this program; all reads of the program see the old one. A second assignment must continue from the
    /// first, by `assigned`: it would undo it otherwise, and the program is rejected.
    constexpr void assign(Tensor state, Tensor value);
    /// What a state has been assigned so far in this program; the state itself, if nothing has: shared layers that keep statistics update
    /// them one after the other.
    constexpr Tensor assigned(Tensor state);
    /// A column of the batch: one row per sample unless `shape` is meant to be complete (`add_batch` false).
    constexpr Tensor input(Shape shape, DType type = DType::real, bool add_batch = true) {
        detail::Operation o;
        o.kind = detail::Kind::input;
        o.type = type;
        o.shape = add_batch ? shape.with_batch() : shape;
        o.attribute = inputs.size();
        inputs.push_back(o.shape);
        return append(o);
    }
    /// A column of which nothing is known yet: it has the shape and the type of the first Input that it meets.
    constexpr Tensor open_input() {
        const Tensor x = input({1});
        open_.push_back(x.id);
        return x;
    }
    constexpr bool is_open(Tensor x) const {
        for (int id : open_)
            if (id == x.id) return true;
        return false;
    }
    /// The first column that is still open, counted from 0; -1 if there is none.
    constexpr int first_open() const { return open_.empty() ? -1 : operations[open_[0]].attribute; }
    /// Gives an open column its shape (that of a sample) and type.
    constexpr Tensor close(Tensor x, Shape shape, DType type);
    /// A number that may change at run time: a double member of the loss, optimizer or metric that is being defined. In a training step of
    /// a user it is what the member is by default.
    template <class Owner, class Member>
    constexpr Tensor scalar(Member Owner::* member) {
        if (scalar_source < 0) return constant(static_cast<double>(Owner{}.*member));
        return scalar_slot(scalar_source * max_scalars + member_index(member));
    }
    /// The number of the current update, counted from 1.
    constexpr Tensor iteration() { return iteration_ < 0 ? scalar_slot(iteration_slot) : (*this)[iteration_]; }
    /// What `iteration` gives from here on: another count of updates than that of steps.
    constexpr void count_updates(Tensor number) { iteration_ = number.id; }
    /// Uniform random numbers in [0, 1), a pure function of (seed, layer, step, row, element).
    constexpr Tensor random(Shape full_shape) {
        detail::Operation o;
        o.kind = detail::Kind::random;
        o.shape = full_shape;
        o.stream = layers[layer_].path.hash();
        o.attribute = streams_++;
        return append(o);
    }
    /// Every element equal.
    constexpr Tensor constant(double value, Shape full_shape = {}) {
        detail::Operation o;
        o.kind = detail::Kind::constant;
        o.value = value;
        o.shape = full_shape;
        return append(o);
    }
    /// The position along `axis` (of the full shape).
    constexpr Tensor iota(Shape full_shape, int axis) {
        detail::Operation o;
        o.kind = detail::Kind::iota;
        o.type = DType::integer;
        o.shape = full_shape;
        o.attribute = axis;
        return append(o);
    }
    /// Adds a scalar (or a value per sample, of which the mean counts) to what training minimizes.
    constexpr void add_loss(Tensor t) {
        depends_on_training = true;
        losses.push_back(t.id);
    }

    /// What a parameter is brought back to after every update: a function of the parameter alone. Shared parameters have one.
    constexpr void constrain(Tensor parameter, Tensor (*to)(Tensor));

    // ---- layers -----------------------------------------------------------------------------------------------------------------
    /// Calls a layer: gives it its automatic Keras name, its scope and its record, and names inside of it are counted anew.
    ///
    /// Combinators are looked through: they have a member `combinator` that is their own type. What derives from one is a layer.
    template <class Layer, class... T>
    constexpr auto call(T... inputs) {
        if constexpr (requires { requires std::same_as<typename Layer::combinator, Layer>; }) {
            return Layer::define(*this, inputs...);
        } else {
            const detail::Path name = automatic_name(own_name<Layer>);
            claim(name, type_name<Layer>(), detail::Naming::automatic);
            return scoped<Layer>(name, inputs...);
        }
    }
    /// Calls a layer under a name that no other layer of this scope has, unless all of that name are shared.
    template <class Layer, class... T>
    constexpr auto named(std::string_view name, detail::Naming naming, T... inputs) {
        claim(detail::Path(name), type_name<Layer>(), naming);
        return scoped<Layer>(detail::Path(name), inputs...);
    }
    /// Calls a layer under a name of the caller's: `g.layer<Dense<64>>("query", x)`. Equal names are one set of weights, and one layer in a
    /// summary. A name may be a path, `"judge/dense"`.
    template <class Layer, class... T>
    constexpr auto layer(std::string_view name, T... inputs) {
        const bool outside = std::exchange(again_, true);
        const auto result = scoped<Layer>(detail::Path(name), inputs...);
        again_ = outside;
        return result;
    }
    /// A whole network as it is on its own: `s.network<Net>(x)` asks for the parameters that `Net` has, however often it is called.
    template <class Net, class... T>
    constexpr auto network(T... inputs) {
        detail::List<Counter> outer_counters;
        detail::List<Name> outer_names;
        outer_counters.swap(counters_);
        outer_names.swap(names_);
        const int outer = std::exchange(layer_, 0);
        const bool outside = std::exchange(again_, true);
        const auto result = Net::define(*this, inputs...);
        again_ = outside;
        layer_ = outer;
        outer_counters.swap(counters_);
        outer_names.swap(names_);
        return result;
    }
    /// What `f(graph)` writes, as if it were for predicting: Dropout does nothing, statistics stay. `s.inference([&](Graph& g) { … })`
    ///
    /// PyTorch: eval().  Keras: training=False.
    template <class F>
    constexpr auto inference(F f) {
        const bool outside = std::exchange(training_, false);
        const auto result = f(*this);
        training_ = outside;
        return result;
    }
    /// Reports that the current layer does not fit: "layer 5 conv2d_1 (Conv2D<32, 3>) " and the parts. The first report counts.
    template <class... Parts>
    constexpr void reject(const Parts&... parts) {
        if (failed()) return;
        if (layer_ > 0) {
            const detail::LayerRecord& l = layers[layer_];
            error << "layer " << l.index << ' ' << l.path.view() << " (" << l.type << ") ";
        }
        (write(parts), ...);
    }

    // ---- used by the primitives -------------------------------------------------------------------------------------------------
    constexpr Tensor append(detail::Operation o) {
        o.layer = layer_;
        if (!scans.empty() && o.kind < detail::Kind::carry) place_in_scan(o);
        operations.push_back(o);
        return {this, size() - 1};
    }
    /// What primitives return once the program is rejected: a scalar that nothing reads.
    constexpr Tensor nothing() {
        if (nothing_ < 0) nothing_ = constant(0).id;
        return {this, nothing_};
    }
    constexpr Tensor operator[](int id) { return {this, id}; }
    /// An operation belongs to the innermost scan of its operands: what no step changes is computed once.
    constexpr void place_in_scan(detail::Operation& o) {
        if (o.kind == detail::Kind::random) o.scan = scan_;         // other numbers in each step
        for (int k = 0; k < o.operands; ++k)
            if (const int s = operations[o.operand[k]].scan; is_within(s, o.scan)) o.scan = s;
            else if (!is_within(o.scan, s))
                reject("uses a value of a scan's steps outside of the scan: stack it, or take the last");
    }
    constexpr bool is_within(int scan, int outer) const { return detail::is_within(scans.data(), scan, outer); }
    /// Random numbers that are appended from here on differ from step to step of this scan; returns the scan that was current.
    constexpr int at_scan(int scan) { return std::exchange(scan_, scan); }
    /// What is appended from here on comes from this layer; returns the one that was current.
    constexpr int at_layer(int layer) { return std::exchange(layer_, layer); }
    constexpr Tensor scalar_slot(int slot) {
        detail::Operation o;
        o.kind = detail::Kind::scalar;
        o.attribute = slot;
        return append(o);
    }
    static constexpr int max_scalars = 16;          ///< numbers of one loss, optimizer or metric
    static constexpr int iteration_slot = -1;
    int scalar_source = 0;                          ///< whose numbers `scalar` means: 0 the optimizer, 1 the loss, 2 … the metrics
    detail::List<int> losses;
    struct Constraint {
        int parameter, value;
        Tensor (*to)(Tensor);
    };
    detail::List<Constraint> constraints;

protected:
    /// A read of a variable, or an update that nothing has read yet. The last entry of a variable is what it is now.
    struct Version {
        int variable, operation;
    };
    constexpr Tensor newest(int variable);
    bool has_versions = false;                      ///< are updates followed by reads of what they give? In training steps of users.
    detail::List<Version> versions;

private:
    struct Counter {
        std::uint64_t base;
        int count;
    };
    struct Name {
        std::uint64_t hash;
        detail::Naming naming;
        int record;
    };

    constexpr void write(const Shape& shape) {
        if (shape.rank == 0) error << "a scalar";
        else if (shape.rank == 1 && !shape[0].is_static()) error << "one number for each row";
        else if (shape.rank == 1) error << "a vector of " << shape[0].constant;
        else {
            error << "a tensor of ";
            for (int i = 0; i < shape.rank; ++i) {
                if (i > 0) error << " x ";
                if (shape[i].batch != 0) error << 'n';
                else error << shape[i].constant;
            }
        }
    }
    template <class Part>
    constexpr void write(const Part& part) {
        error << part;
    }
    /// The position in `effects` of what assigns to a state, -1 if nothing does; a state that is requested twice is one.
    constexpr int assignment_of(Tensor state) const;
    constexpr Tensor variable(std::string_view name, Shape shape, detail::Initialize initialize, bool is_state);
    /// A leaf: the value of a variable, as it was before the program or after an update.
    constexpr Tensor read(int variable, int update);
    /// What a variable is at this point of a training step.
    constexpr Tensor newest(const detail::Variable& v);
    /// A layer's automatic name without a number.
    struct OwnName {
        detail::Path path;
        std::uint64_t hash;
    };
    template <class Layer>
    static constexpr OwnName own_name = [] {
        const detail::Path path(keras_name(base_name<Layer>()));
        return OwnName{path, path.hash()};
    }();
    constexpr detail::Path automatic_name(const OwnName& own) {
        detail::Path name = own.path;
        const std::uint64_t hash = own.hash;
        for (Counter& c : counters_)
            if (c.base == hash) {
                name += "_";
                return name.append_number(c.count++);
            }
        counters_.push_back({hash, 1});
        return name;
    }
    /// Takes a name for the layer that follows. Automatic names differ from each other, so that only given ones need a search.
    constexpr void claim(const detail::Path& name, std::string_view type, detail::Naming naming) {
        constexpr std::string_view once = ": names are unique; what is to have one set of weights is Shared<tag, layer> in every place";
        const std::uint64_t hash = name.hash();
        names_given_ = names_given_ || naming != detail::Naming::automatic;
        if (names_given_)
            for (const Name& taken : names_) {
                if (taken.hash != hash || (taken.naming == detail::Naming::shared && naming == detail::Naming::shared)) continue;
                if (layer_ == 0 && !failed())
                    return void(error << "layers " << layers[taken.record].index << " (" << layers[taken.record].type << ") and "
                                      << next_index_ << " (" << type << ") have one name, " << name.view() << once);
                return reject("has two layers of one name, ", name.view(), once);
            }
        names_.push_back({hash, naming, layers.size()});
    }
    template <class Layer, class... T>
    constexpr auto scoped(detail::Path name, T... inputs) {
        const int outer = layer_;
        const detail::LayerRecord& parent = layers[outer];
        const detail::LayerRecord layer{parent.path / name.view(), type_name<Layer>(), parent.index, parent.depth + 1, {}};
        int record = again_ ? 1 : layers.size();
        while (record < layers.size() && !(layers[record].path == layer.path && layers[record].type == layer.type)) ++record;
        if (record == layers.size()) {
            layers.push_back(layer);
            if (layer.depth == 1) layers.edit(record).index = next_index_++;
        }
        const bool outside = std::exchange(again_, again_ && record + 1 < layers.size());
        layer_ = record;
        detail::List<Counter> outer_counters;
        detail::List<Name> outer_names;
        outer_counters.swap(counters_);
        outer_names.swap(names_);
        auto result = Layer::define(*this, inputs...);
        outer_counters.swap(counters_);
        outer_names.swap(names_);
        if constexpr (requires { result.id; })
            layers.edit(record).output = operations[result.id].shape;
        layer_ = outer;
        again_ = outside;
        return result;
    }

    bool training_ = false;
    int layer_ = 0;
    int scan_ = -1;
    int next_index_ = 0;
    int nothing_ = -1;
    int streams_ = 0;
    int iteration_ = -1;
    detail::List<Counter> counters_;
    detail::List<Name> names_;                              // of the layers of the current scope
    bool names_given_ = false;
    int continued_ = -1;                            // the assignment that `assigned` read last
    bool again_ = false;                            // may the layer that follows have been called before?
    detail::List<int> open_;                                // columns without a shape

public:
    bool frozen = false;                            ///< inside Frozen: parameters are not trained
};

constexpr const detail::Operation& Tensor::operation() const { return graph->operations[id]; }
constexpr const Shape& Tensor::full_shape() const { return graph->operations[id].shape; }
constexpr Shape Tensor::shape() const { return graph->operations[id].shape.without_batch(); }
constexpr DType Tensor::type() const { return graph->operations[id].type; }

/// The axis of the full shape that a user's axis number means; -1 when there is none.
constexpr int full_axis(Tensor t, int axis) {
    const Shape& s = t.full_shape();
    if (axis == axes::batch) return s.is_batched() ? 0 : -1;
    const int first = s.is_batched() ? 1 : 0;
    const int full = axis < 0 ? s.rank + axis : axis + first;
    return full >= first && full < s.rank ? full : -1;
}

} // namespace weft

#include <weft/graph/variables.hpp>
