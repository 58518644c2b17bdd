// SPDX-License-Identifier: BSL-1.0
// A residual block that doubles the channels and keeps the shortcut as it is; the user evaluates a model of it.
// expect: NETWORK_DOES_NOT_FIT<the Residual of layers 2 to 4 adds a tensor of 8 x 8 x 16 from its body to a tensor of 8 x 8 x 8 from its shortcut: give it a shortcut to the same shape: Residual<Body, Conv2D<16, 1>>>
#include <weft/weft.hpp>

using namespace weft;

using Body = Sequential<Conv2D<16, 3, same>, BatchNormalization, ReLU>;
#ifdef WEFT_REJECT
struct Net : Sequential<Input<8, 8, 1>, Conv2D<8, 3, same>, Residual<Body>, GlobalAveragePooling2D, Dense<10>> {};
#else
struct Net : Sequential<Input<8, 8, 1>, Conv2D<8, 3, same>, Residual<Body, Conv2D<16, 1>>, GlobalAveragePooling2D, Dense<10>> {};
#endif

int main() {
    const auto digits = data::digits();
    Model<Net> model;
#ifdef WEFT_REJECT
    const double accuracy = evaluate(model, digits, Accuracy{});
    std::cout << accuracy << '\n';
#endif
}
