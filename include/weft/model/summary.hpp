// SPDX-License-Identifier: BSL-1.0
// summary: the layers of a network with their output shapes and parameters, as a table.
#pragma once
#include <weft/model/model.hpp>
#include <weft/model/table.hpp>

namespace weft {
namespace detail {

/// A shape as Keras prints it: None for the batch.
inline std::string keras_shape(const Shape& s) {
    std::string t = "(";
    for (int i = 0; i < s.rank; ++i) t += (i > 0 ? ", " : "") + (s[i].batch != 0 ? std::string("None") : std::to_string(s[i].constant));
    return t + ")";
}

} // namespace detail

/// The table that Keras' summary prints, and the instruction set the program was built for: `std::cout << summary(model)`.
///
/// Layers inside of other layers are indented. Parameters count where they are defined; those that a layer shares are shown once.
/// Keras: summary.  PyTorch: torchinfo.summary.
template <class Net, class Device, class Real>
std::string summary(const Model<Net, Device, Real>&) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (!network_fits<Net>) return {};
    else {
        using N = detail::Network<Net>;
        detail::Table table{{"Layer (type)", detail::Align::left}, {"Output Shape", detail::Align::left},
                            {"Param #", detail::Align::right}};
        const auto& layers = N::training.layers;
        for (std::size_t i = 1; i < layers.size(); ++i) {
            long count = 0;
            for (const detail::Variable& v : N::training.variables)
                if (static_cast<std::size_t>(v.layer) == i) count += v.shape.elements().constant;
            std::string_view name = layers[i].path.view();
            if (layers[i].depth > 1) name = name.substr(name.rfind('/') == name.npos ? 0 : name.rfind('/') + 1);
            const std::string indent(2 * static_cast<std::size_t>(layers[i].depth > 0 ? layers[i].depth - 1 : 0), ' ');
            table.row({indent + std::string(name) + " (" + std::string(layers[i].type) + ")", detail::keras_shape(layers[i].output),
                       detail::thousands(count)});
        }
        long states = 0;
        for (const detail::Variable& v : N::variables) states += v.is_state ? v.shape.elements().constant : 0;
        const long trainable = N::trainable_count, all = N::element_count;
        auto line = [](const char* title, long count) {
            return std::string(title) + detail::thousands(count) + " ("
                   + detail::bytes_text(static_cast<double>(count) * sizeof(Real)) + ")\n";
        };
        return "Model: \"" + std::string(keras_name(base_name<Net>()).view()) + "\"\n" + table.text() + line(" Total params: ", all) +
               line(" Trainable params: ", trainable) + line(" Non-trainable params: ", all - trainable) +
               (states > 0 ? line("   of which states: ", states) : std::string()) + " Built for: " + kernels::cpu::instruction_set + "\n";
    }
}

} // namespace weft
