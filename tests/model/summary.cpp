// SPDX-License-Identifier: BSL-1.0
// Tests of summary: the table of the network of the first example, letter for letter.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

namespace {

using namespace weft;

struct Digits : Sequential<
    Input<8, 8, 1>,
    Conv2D<16, 3, same>, ReLU,
    Conv2D<32, 3, same>, ReLU,
    MaxPooling2D<2>,
    Flatten, Dense<64>, ReLU, Dropout<0.25f>,
    Dense<10>> {};

struct Encoder : Sequential<Input<4>, Dense<3>, BatchNormalization> {};
struct Mixed : Sequential<Input<4>, Named<"encoder", Encoder>, Frozen<Dense<2>>> {};

const std::string built_for = std::string(" Built for: ") + kernels::cpu::instruction_set + "\n";

} // namespace

BOOST_AUTO_TEST_SUITE(model_summary)

BOOST_AUTO_TEST_CASE(the_first_example_is_summarized_as_keras_does) {
    const std::string text = summary(Model<Digits>{});
    BOOST_TEST(text == R"(Model: "digits"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━┳━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape     ┃ Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━╇━━━━━━━━━┩
│ input (Input<8, 8, 1>)          │ (None, 8, 8, 1)  │       0 │
│ conv2d (Conv2D<16, 3, same>)    │ (None, 8, 8, 16) │     160 │
│ re_lu (ReLU)                    │ (None, 8, 8, 16) │       0 │
│ conv2d_1 (Conv2D<32, 3, same>)  │ (None, 8, 8, 32) │   4,640 │
│ re_lu_1 (ReLU)                  │ (None, 8, 8, 32) │       0 │
│ max_pooling2d (MaxPooling2D<2>) │ (None, 4, 4, 32) │       0 │
│ flatten (Flatten)               │ (None, 512)      │       0 │
│ dense (Dense<64>)               │ (None, 64)       │  32,832 │
│ re_lu_2 (ReLU)                  │ (None, 64)       │       0 │
│ dropout (Dropout<0.25>)         │ (None, 64)       │       0 │
│ dense_1 (Dense<10>)             │ (None, 10)       │     650 │
└─────────────────────────────────┴──────────────────┴─────────┘
 Total params: 38,282 (149.54 KB)
 Trainable params: 38,282 (149.54 KB)
 Non-trainable params: 0 (0.00 B)
)" + built_for);
}

BOOST_AUTO_TEST_CASE(networks_inside_are_indented_and_states_and_frozen_parameters_are_not_trainable) {
    const std::string text = summary(Model<Mixed, Cpu, double>{});
    BOOST_TEST(text == R"(Model: "mixed"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━━┓
┃ Layer (type)                               ┃ Output Shape ┃ Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━━┩
│ input (Input<4>)                           │ (None, 4)    │       0 │
│ encoder (Encoder)                          │ (None, 3)    │       0 │
│   input (Input<4>)                         │ (None, 4)    │       0 │
│   dense (Dense<3>)                         │ (None, 3)    │      15 │
│   batch_normalization (BatchNormalization) │ (None, 3)    │      12 │
│ dense (Dense<2>)                           │ (None, 2)    │       8 │
└────────────────────────────────────────────┴──────────────┴─────────┘
 Total params: 35 (280.00 B)
 Trainable params: 21 (168.00 B)
 Non-trainable params: 14 (112.00 B)
   of which states: 6 (48.00 B)
)" + built_for);
}

BOOST_AUTO_TEST_SUITE_END()
