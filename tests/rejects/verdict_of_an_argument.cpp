// SPDX-License-Identifier: BSL-1.0
// A check that is stated in a function: the name of a parameter that does not exist.
// expect: NO_SUCH_PARAMETER<Net has no parameter dense_9/kernel; it has dense/kernel, dense/bias>
#include "weft/core/type_name.hpp"
#include "weft/core/verdict.hpp"

using namespace weft;

template <class Net, Text Name>
struct ParameterCheck {
    static constexpr Subject subject = Subject::parameter;
    static constexpr Message message = [] {
        Message text;
        if (Name.view() != "dense/kernel" && Name.view() != "dense/bias") {
            text << type_name<Net>() << " has no parameter \"" << Name.view() << "\"; it has dense/kernel, dense/bias";
        }
        return text;
    }();
};

struct Net {};

template <class N>
struct Model {
    template <Text Name>
    auto parameter() const {
        static_assert(Verified<ParameterCheck<N, Name>>::value);
        return 1.0;
    }
};

int main() {
    Model<Net> model;
    const double kernel = model.parameter<"dense/kernel">();
#ifdef WEFT_REJECT
    return model.parameter<"dense_9/kernel">() > kernel;
#else
    return kernel > 2;
#endif
}
