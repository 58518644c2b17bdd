// SPDX-License-Identifier: BSL-1.0
// save and load: parameters and states of a model, or all that a trainer needs to continue, as safetensors.
#pragma once
#include <bit>

#include <weft/model/progress.hpp>
#include <weft/model/safetensors.hpp>
#include <weft/model/step_trainer.hpp>
#include <weft/model/trainer.hpp>

namespace weft {
namespace detail {

/// The parameters and states of a model, whatever its network.
template <class Net, class Real>
StoreView<Real> store_of(std::span<Real> values) {
    using N = Network<Net>;
    return {N::variables, N::offsets, values};
}

template <class Real>
std::vector<safetensors::Entry> entries_of(const StoreView<Real>& store) {
    std::vector<safetensors::Entry> entries;
    for (std::size_t i = 0; i < store.variables.size(); ++i)
        entries.push_back(safetensors::entry(std::string(store.variables[i].path.view()), extents_of(store.variables[i].shape),
                                             std::span<const Real>(store.values_of(i))));
    return entries;
}

/// Reads every variable into a copy, so that nothing is changed if the file does not fit. `skipped`: takes the names of what does not fit,
/// which then keeps its values; but something must fit.
template <class Real>
std::vector<Real> values_of(const safetensors::File& file, const StoreView<Real>& store, std::vector<std::string>* skipped = nullptr) {
    std::vector<Real> values(store.values.begin(), store.values.end());
    const StoreView<Real> copy{store.variables, store.offsets, values};
    std::string missing, wrong;
    for (std::size_t i = 0; i < store.variables.size(); ++i) {
        const std::string name(store.variables[i].path.view());
        const safetensors::Entry* e = file.find(name);
        const std::vector<std::size_t> shape = extents_of(store.variables[i].shape);
        if (skipped != nullptr && (e == nullptr || e->shape != shape)) skipped->push_back(name);
        if (e == nullptr) {
            missing += (missing.empty() ? "" : ", ") + name;
            continue;
        }
        if (e->shape != shape) {
            wrong += message(wrong.empty() ? "" : "; ", name, ": expected shape ", shape_text(shape), ", received ", shape_text(e->shape));
            continue;
        }
        safetensors::copy(*e, copy.values_of(i));
    }
    if (skipped != nullptr && skipped->size() < store.variables.size()) return values;
    if (!missing.empty() || !wrong.empty())
        throw FileError(message(file.path(), " does not fit the network", missing.empty() ? "" : "; it lacks ", missing,
                                wrong.empty() ? "" : "; ", wrong));
    return values;
}

inline std::string hex_of(double value) { return detail::format("%a", value); }

/// The numbers of an optimizer as text, behind `prefix`: those of a schedule with its name.
template <class Optimizer>
void write_numbers(safetensors::Metadata& metadata, const std::string& prefix, const Optimizer& optimizer) {
    with_members(optimizer, [&](const auto&... members) {
        int index = 0;
        auto write = [&](const auto& member) {
            std::string text;
            if constexpr (requires { member.numbers(); }) {
                text = std::string(member.name());
                for (double number : member.numbers()) text += " " + hex_of(number);
            } else text = hex_of(static_cast<double>(member));
            metadata[prefix + std::to_string(index++)] = text;
        };
        static_cast<void>(write);
        (write(members), ...);
    });
}
template <class Optimizer>
void read_numbers(const safetensors::File& file, const std::string& prefix, Optimizer& optimizer) {
    with_members(optimizer, [&](auto&... members) {
        int index = 0;
        auto read = [&](auto& member) {
            const auto at = file.metadata().find(prefix + std::to_string(index++));
            if (at == file.metadata().end())
                throw FileError(message(file.path(), ": expected numbers of the optimizer, received none"));
            const char* text = at->second.c_str();
            if constexpr (requires { member.numbers(); }) {
                if (!at->second.starts_with(std::string(member.name()) + " "))
                    throw FileError(message(file.path(), ": expected the schedule ", member.name().empty() ? "(constant)" : member.name(),
                                            ", received ", at->second));
                text += member.name().size();
                char* end = nullptr;
                for (double& number : member.numbers()) {
                    number = std::strtod(text, &end);
                    text = end;
                }
            } else member = std::strtod(text, nullptr);
        };
        static_cast<void>(read);
        (read(members), ...);
    });
}

/// What every trainer writes and reads: its model, its moments, the number of updates, and `numbers(…)` of its optimizers.
template <class Real, class T, class Numbers>
void save_trainer(T& trainer, const StoreView<Real>& store, std::uint64_t seed, const std::string& path, Numbers numbers) {
    std::vector<safetensors::Entry> entries = entries_of(store);
    entries.push_back(safetensors::entry("optimizer/states", {trainer.states().size()}, std::span<const Real>(trainer.states())));
    safetensors::Metadata metadata{{"iteration", std::to_string(trainer.iteration())}, {"seed", std::to_string(seed)}};
    numbers(metadata);
    safetensors::write(path, entries, metadata);
}
template <class Real, class T, class Numbers>
void load_trainer(T& trainer, const StoreView<Real>& store, std::uint64_t model_seed, const std::string& path, Numbers numbers) {
    const safetensors::File file = safetensors::File::read(path);
    const std::vector<Real> values = values_of(file, store);
    const safetensors::Entry* states = file.find("optimizer/states");
    const auto iteration = file.metadata().find("iteration"), seed = file.metadata().find("seed");
    if (states == nullptr || iteration == file.metadata().end() || seed == file.metadata().end())
        throw FileError(message(path, ": expected the file of a trainer, received one of a model only: load it into the model"));
    if (states->shape != std::vector<std::size_t>{trainer.states().size()})
        throw FileError(
            message(path, ": expected optimizer states of shape (", trainer.states().size(), "), received ", shape_text(states->shape)));
    if (seed->second != std::to_string(model_seed))
        throw FileError(message(path, ": expected the seed ", model_seed, " of the model, received ", seed->second));
    std::vector<Real> moments(trainer.states().size());
    safetensors::copy(*states, std::span<Real>(moments));
    numbers(file);                      // the last that may throw
    std::copy(values.begin(), values.end(), store.values.begin());
    std::copy(moments.begin(), moments.end(), trainer.states().begin());
    trainer.set_iteration(std::stoull(iteration->second));
}

} // namespace detail

/// Writes parameters and states as safetensors, named like `dense_1/kernel`; beside the target first, then renamed.  Keras: save_weights.
///
/// Throws FileError when the file cannot be written.
template <class Net, class Device, class Real>
void save(const Model<Net, Device, Real>& model, const std::string& path) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (network_fits<Net>) safetensors::write(path, detail::entries_of(detail::store_of<Net>(model.values())));
}

struct LoadOptions {
    bool skip_mismatch = false;     ///< what the file lacks, or has in another shape, stays as it is: a new head on known features
};

/// Reads parameters and states; the model is unchanged if it throws. Tensors that the network does not have are ignored.
///
///   load(model, "base.safetensors")      load(model, "base.safetensors", {.skip_mismatch = true})
///
/// Returns the names that were skipped: none without skip_mismatch.
/// Throws FileError for a file that is malformed, or lacks a parameter, or has one of another shape; all of them are named. With
/// skip_mismatch, only if no parameter fits.
/// Keras: load_weights(skip_mismatch=False).  PyTorch: load_state_dict, which with strict=False skips what is missing.
template <class Net, class Device, class Real>
std::vector<std::string> load(Model<Net, Device, Real>& model, const std::string& path, const LoadOptions& options = {}) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    std::vector<std::string> skipped;
    if constexpr (network_fits<Net>) {
        const std::span<Real> store(model.data(), model.values().size());
        const std::vector<Real> values = detail::values_of(safetensors::File::read(path), detail::store_of<Net>(store),
                                                           options.skip_mismatch ? &skipped : nullptr);
        std::copy(values.begin(), values.end(), model.data());
        model.touch();
    }
    return skipped;
}

/// Writes the model and what its training goes on with: moments, number of updates, seed, and the optimizer's numbers with its schedule.
template <class Net, class L, class Optimizer, int BatchSize, class Device, class Real>
void save(Trainer<Net, L, Optimizer, BatchSize, Device, Real>& trainer, const std::string& path) {
    const std::span<Real> values(trainer.model().data(), trainer.model().values().size());
    detail::save_trainer(trainer, detail::store_of<Net>(values), trainer.model().seed(), path,
                         [&](safetensors::Metadata& metadata) { detail::write_numbers(metadata, "optimizer/", trainer.optimizer); });
}
/// The same for a user's training step.
template <class Net, int BatchSize, class... Arguments>
void save(StepTrainer<Net, BatchSize, Arguments...>& trainer, const std::string& path) {
    if constexpr (requires { trainer.store(); })
        detail::save_trainer(trainer, trainer.store(), trainer.seed(), path, [&](safetensors::Metadata& metadata) {
            int number = 0;
            auto write = [&](const auto& o) { detail::write_numbers(metadata, "optimizer_" + std::to_string(number++) + "/", o); };
            std::apply([&](const auto&... o) { (write(o), ...); }, trainer.optimizers);
        });
}

/// Continues a saved training: a resumed run gives the bits of one that never stopped. Nothing is changed if it throws.
///
/// Throws FileError when the file is no trainer's, was written for another network or optimizer, or another seed (give the Model the same).
template <class Net, class L, class Optimizer, int BatchSize, class Device, class Real>
void load(Trainer<Net, L, Optimizer, BatchSize, Device, Real>& trainer, const std::string& path) {
    const std::span<Real> values(trainer.model().data(), trainer.model().values().size());
    Optimizer optimizer = trainer.optimizer;
    detail::load_trainer(trainer, detail::store_of<Net>(values), trainer.model().seed(), path,
                         [&](const safetensors::File& file) { detail::read_numbers(file, "optimizer/", optimizer); });
    trainer.optimizer = optimizer;
    trainer.model().touch();
}
/// The same for a user's training step.
template <class Net, int BatchSize, class... Arguments>
void load(StepTrainer<Net, BatchSize, Arguments...>& trainer, const std::string& path) {
    if constexpr (requires { trainer.store(); }) {
        auto optimizers = trainer.optimizers;
        detail::load_trainer(trainer, trainer.store(), trainer.seed(), path, [&](const safetensors::File& file) {
            int number = 0;
            auto read = [&](auto& o) { detail::read_numbers(file, "optimizer_" + std::to_string(number++) + "/", o); };
            std::apply([&](auto&... o) { (read(o), ...); }, optimizers);
        });
        trainer.optimizers = optimizers;
        trainer.touch();
    }
}

} // namespace weft
