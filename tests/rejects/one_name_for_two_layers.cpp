// SPDX-License-Identifier: BSL-1.0
// A name copied with its layer: the weights of both would be one set.
// expect: NETWORK_DOES_NOT_FIT<layers 1 \(Dense<8>\) and 3 \(Dense<8>\) have one name, hidden: names are unique; what is to have one set of weights is Shared<tag, layer> in every place>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
using Second = Named<"hidden", Dense<8>>;
#else
using Second = Named<"hidden_too", Dense<8>>;
#endif
struct Net : Sequential<Input<8>, Named<"hidden", Dense<8>>, Tanh, Second, Dense<1>> {};

int main() {
    Model<Net> model;
    std::cout << summary(model);
}
