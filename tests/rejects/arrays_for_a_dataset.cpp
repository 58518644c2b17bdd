// SPDX-License-Identifier: BSL-1.0
// The arrays themselves where a dataset is expected.
// expect: DATA_DOES_NOT_FIT<xtensor_container is no dataset: give the arrays as data::Dataset\{x, y\}, or a type with size\(\) and fill\(batch\)>
#include <weft/weft.hpp>

using namespace weft;

struct Line : Sequential<Input<1>, Dense<1>> {};

int main() {
    const xt::xtensor<float, 2> x{{0}, {1}, {2}}, y{{1}, {3}, {5}};
    Model<Line> model;
#ifdef WEFT_REJECT
    const double error = evaluate(model, x, MeanSquaredError{});
    std::cout << error << '\n';
#else
    static_assert(data::AnyDataset<decltype(data::Dataset{x, y})>);
#endif
}
