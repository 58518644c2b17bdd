// SPDX-License-Identifier: BSL-1.0
// save and load: parameters and states of a model, or all that a trainer needs to continue, as safetensors.
#pragma once
#include <bit>

#include <weft/model/progress.hpp>
#include <weft/model/safetensors.hpp>
#include <weft/model/trainer.hpp>

namespace weft {
namespace detail {

template <class Net, class Real>
std::vector<safetensors::Entry> entries_of(std::span<const Real> values) {
    using N = Network<Net>;
    std::vector<safetensors::Entry> entries;
    for (std::size_t i = 0; i < N::variable_count; ++i)
        entries.push_back(safetensors::entry(
            std::string(N::variables[i].path.view()), extents_of(N::variables[i].shape),
            values.subspan(static_cast<std::size_t>(N::offsets[i]), static_cast<std::size_t>(N::variables[i].shape.elements().constant))));
    return entries;
}

/// Reads every variable into a copy, so that nothing is changed if the file does not fit.
template <class Net, class Real>
std::vector<Real> values_of(const safetensors::File& file) {
    using N = Network<Net>;
    std::vector<Real> values(static_cast<std::size_t>(N::element_count));
    std::string missing, wrong;
    for (std::size_t i = 0; i < N::variable_count; ++i) {
        const std::string name(N::variables[i].path.view());
        const safetensors::Entry* e = file.find(name);
        if (e == nullptr) {
            missing += (missing.empty() ? "" : ", ") + name;
            continue;
        }
        const std::vector<std::size_t> shape = extents_of(N::variables[i].shape);
        if (e->shape != shape) {
            wrong += message(wrong.empty() ? "" : "; ", name, ": expected shape ", shape_text(shape), ", received ", shape_text(e->shape));
            continue;
        }
        safetensors::copy(*e, std::span<Real>(values).subspan(static_cast<std::size_t>(N::offsets[i]),
                                                              static_cast<std::size_t>(N::variables[i].shape.elements().constant)));
    }
    if (!missing.empty() || !wrong.empty())
        throw FileError(message(file.path(), " does not fit the network", missing.empty() ? "" : "; it lacks ", missing,
                                wrong.empty() ? "" : "; ", wrong));
    return values;
}

inline std::string hex_of(double value) { return detail::format("%a", value); }

} // namespace detail

/// Writes parameters and states as safetensors, named like `dense_1/kernel`; beside the target first, then renamed.  Keras: save_weights.
///
/// Throws FileError when the file cannot be written.
template <class Net, class Device, class Real>
void save(const Model<Net, Device, Real>& model, const std::string& path) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (network_fits<Net>) safetensors::write(path, detail::entries_of<Net, Real>(model.values()));
}

/// Reads parameters and states; the model is unchanged if it throws. Tensors that the network does not have are ignored.
///
/// Throws FileError for a file that is malformed, or lacks a parameter, or has one of another shape; all of them are named.
template <class Net, class Device, class Real>
void load(Model<Net, Device, Real>& model, const std::string& path) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (network_fits<Net>) {
        const std::vector<Real> values = detail::values_of<Net, Real>(safetensors::File::read(path));
        std::copy(values.begin(), values.end(), model.data());
        model.touch();
    }
}

/// Writes the model and what its training goes on with: moments, number of updates, seed, and the optimizer's numbers with its schedule.
template <class Net, class L, class Optimizer, int BatchSize, class Device, class Real>
void save(Trainer<Net, L, Optimizer, BatchSize, Device, Real>& trainer, const std::string& path) {
    std::vector<safetensors::Entry> entries = detail::entries_of<Net, Real>(trainer.model().values());
    entries.push_back(safetensors::entry("optimizer/states", {trainer.states().size()}, std::span<const Real>(trainer.states())));
    safetensors::Metadata metadata{{"iteration", std::to_string(trainer.iteration())}, {"seed", std::to_string(trainer.model().seed())}};
    with_members(trainer.optimizer, [&](const auto&... members) {
        int index = 0;
        auto write = [&](const auto& member) {
            std::string text;
            if constexpr (requires { member.numbers(); }) {
                text = std::string(member.name());
                for (double number : member.numbers()) text += " " + detail::hex_of(number);
            } else text = detail::hex_of(static_cast<double>(member));
            metadata["optimizer/" + std::to_string(index++)] = text;
        };
        static_cast<void>(write);
        (write(members), ...);
    });
    safetensors::write(path, entries, metadata);
}

/// Continues a saved training: a resumed run gives the bits of one that never stopped. Nothing is changed if it throws.
///
/// Throws FileError when the file is no trainer's, was written for another network or optimizer, or another seed (give the Model the same).
template <class Net, class L, class Optimizer, int BatchSize, class Device, class Real>
void load(Trainer<Net, L, Optimizer, BatchSize, Device, Real>& trainer, const std::string& path) {
    const safetensors::File file = safetensors::File::read(path);
    const std::vector<Real> values = detail::values_of<Net, Real>(file);
    const safetensors::Entry* states = file.find("optimizer/states");
    const auto iteration = file.metadata().find("iteration"), seed = file.metadata().find("seed");
    if (states == nullptr || iteration == file.metadata().end() || seed == file.metadata().end())
        throw FileError(message(path, ": expected the file of a trainer, received one of a model only: load it into the model"));
    if (states->shape != std::vector<std::size_t>{trainer.states().size()})
        throw FileError(
            message(path, ": expected optimizer states of shape (", trainer.states().size(), "), received ", shape_text(states->shape)));
    if (seed->second != std::to_string(trainer.model().seed()))
        throw FileError(message(path, ": expected the seed ", trainer.model().seed(), " of the model, received ", seed->second));
    std::vector<Real> moments(trainer.states().size());
    safetensors::copy(*states, std::span<Real>(moments));
    Optimizer optimizer = trainer.optimizer;
    with_members(optimizer, [&](auto&... members) {
        int index = 0;
        auto read = [&](auto& member) {
            const auto at = file.metadata().find("optimizer/" + std::to_string(index++));
            if (at == file.metadata().end()) throw FileError(message(path, ": expected numbers of the optimizer, received none"));
            const char* text = at->second.c_str();
            if constexpr (requires { member.numbers(); }) {
                if (!at->second.starts_with(std::string(member.name()) + " "))
                    throw FileError(message(path, ": expected the schedule ", member.name().empty() ? "(constant)" : member.name(),
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
    std::copy(values.begin(), values.end(), trainer.model().data());
    std::copy(moments.begin(), moments.end(), trainer.states().begin());
    trainer.optimizer = optimizer;
    trainer.set_iteration(std::stoull(iteration->second));
    trainer.model().touch();
}

} // namespace weft
