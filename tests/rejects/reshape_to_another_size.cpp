// SPDX-License-Identifier: BSL-1.0
// A generator whose Reshape does not have as many elements as it receives.
// expect: NETWORK_DOES_NOT_FIT<layer 3 reshape \(Reshape<7, 7, 2>\) makes 98 elements of a vector of 100, which has 100: the products must be equal>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Generator : Sequential<Input<16>, Dense<100>, ReLU, Reshape<7, 7, 2>, Conv2D<1, 3, same>> {};
#else
struct Generator : Sequential<Input<16>, Dense<98>, ReLU, Reshape<7, 7, 2>, Conv2D<1, 3, same>> {};
#endif

int main() {
    constexpr auto pixels = 4 * output_shape<Generator>[0] * output_shape<Generator>[1];
    static_assert(parameter_count<Generator> < 2000);
    return pixels == 4 * 49 ? 0 : 1;
}
