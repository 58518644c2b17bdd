// SPDX-License-Identifier: BSL-1.0
// A std::array whose length is no multiple of a row.
// expect: DATA_DOES_NOT_FIT<array 0 has the shape \(10\) and needs rows of the shape \(4\)>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<4>, Dense<2>> {};

int main() {
#ifdef WEFT_REJECT
    const std::array<float, 10> x{};
#else
    const std::array<float, 12> x{};
#endif
    Model<Net> model;
    return predict(model, x)(0, 1) > 0;
}
