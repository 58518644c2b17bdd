// SPDX-License-Identifier: BSL-1.0
// A second translation unit: everything in the headers may be included twice in one program.
#include <weft/weft.hpp>

using namespace weft;

struct Digits : Sequential<Input<8, 8, 1>, Flatten, Dense<16>, ReLU, Dense<10>> {};

int other_translation_unit() {
    Model<Digits> model{{.seed = 7}};
    return static_cast<int>(parameter_count<Digits>);
}
