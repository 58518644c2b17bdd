// SPDX-License-Identifier: BSL-1.0
// Prediction at another length by a network whose parameters depend on the length.
// expect: NO_SUCH_PARAMETER<Net<300> asks for the parameter dense/kernel \(1200, 2\), which has the shape \(400, 2\) in the model of Net<100>: equal names are one parameter>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
template <int Length>
struct Net : Sequential<Input<Length, 3>, Conv1D<4, 3, same>, Flatten, Dense<2>> {};
#else
template <int Length>
struct Net : Sequential<Input<Length, 3>, Conv1D<4, 3, same>, GlobalAveragePooling1D, Dense<2>> {};
#endif

int main() {
    Model<Net<100>> model;
    const xt::xtensor<float, 3> x = xt::ones<float>({2, 300, 3});
    return predict<Net<300>>(model, x)(0, 0) > 1;
}
