// SPDX-License-Identifier: BSL-1.0
// An embedding of real numbers, where the input must say that it holds integers.
// expect: NETWORK_DOES_NOT_FIT<layer 1 embedding \(Embedding<100, 8, mask_zero>\) needs integers, receives real numbers: begin with Indices<...> in place of Input<...>>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12>, Embedding<100, 8, mask_zero>, MultiHeadAttention<2, 4>, GlobalAveragePooling1D, Dense<2>> {};
#else
struct Net : Sequential<Indices<12>, Embedding<100, 8, mask_zero>, MultiHeadAttention<2, 4>, GlobalAveragePooling1D, Dense<2>> {};
#endif

int main() {
    const xt::xtensor<int, 2> words = xt::ones<int>({40, 12});
    const xt::xtensor<int, 1> classes = xt::zeros<int>({40});
    Model<Net> model;
    fit(model, data::Dataset{words, classes}, SparseCategoricalCrossentropy{}, Adam{}, {.epochs = 2}, Accuracy{});
    std::cout << summary(model);
}
