// SPDX-License-Identifier: BSL-1.0
// Tests of type names: one text under every compiler, and Keras' automatic layer names.
#include "weft/core/type_name.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string_view>

namespace weft::type_name_test {

struct Size {
    long height, width;
};
enum class Mode { fast, exact };
struct same {};
struct no_bias {};
struct HeNormal {};
template <int N>
struct strides {};
template <auto Value>
struct epsilon {};
template <class T>
struct kernel_initializer {};

template <int Units, class... Options>
struct Dense {};
template <auto Rate, class... Options>
struct Dropout {};
template <detail::Text Name, class Layer>
struct Named {};
template <class... Layers>
struct Sequential {};
template <auto Count, class Block>
struct Repeat {};
template <class T, int Width>
struct Indices {};

namespace configured {
template <int Filters, auto Kernel, class... Options>
struct Conv2D {};
template <class... Options>
struct BatchNormalization {
    template <class... More>
    using with = BatchNormalization<More...>;
};
}  // namespace configured

using configured::Conv2D;
using BatchNormalization = configured::BatchNormalization<>;

namespace user {
template <class T>
struct Outer {
    struct Inner {};
    template <int N>
    struct Sized {};
};
}  // namespace user

}  // namespace weft::type_name_test

namespace {

using namespace weft;
using namespace weft::type_name_test;

struct Mish {};
template <int Units>
struct GatedDense {};
struct Digits : weft::type_name_test::Sequential<Dense<64>, Dense<10>> {};

template <class T>
auto local_type() {
    struct Local {};
    return Local{};
}

static_assert(type_name<Dense<64>>() == "Dense<64>");
static_assert(type_name<Dense<64, no_bias>>() == "Dense<64, no_bias>");
static_assert(type_name<Conv2D<16, 3, same, strides<2>>>() == "Conv2D<16, 3, same, strides<2>>");
static_assert(type_name<Conv2D<8, Size{3, 5}>>() == "Conv2D<8, Size{3, 5}>");
static_assert(type_name<Dense<8, kernel_initializer<HeNormal>>>() == "Dense<8, kernel_initializer<HeNormal>>");
static_assert(type_name<BatchNormalization>() == "BatchNormalization");
static_assert(type_name<BatchNormalization::with<epsilon<1e-5f>>>() == "BatchNormalization<epsilon<1e-5>>");
static_assert(type_name<Named<"encoder", Dense<64>>>() == "Named<\"encoder\", Dense<64>>");
static_assert(type_name<Named<"it's a \"q\", <a::b>", Dense<64>>>() == "Named<\"it's a \\\"q\\\", <a::b>\", Dense<64>>");
static_assert(type_name<Indices<unsigned long, 3>>() == "Indices<unsigned long, 3>");
static_assert(base_name<Conv2D<32, 3>>() == "Conv2D");

}  // namespace

BOOST_AUTO_TEST_SUITE(core_type_name)

BOOST_AUTO_TEST_CASE(rates_are_written_as_decimal_numbers) {
    BOOST_TEST(type_name<Dropout<0.25f>>() == "Dropout<0.25>");
    BOOST_TEST(type_name<Dropout<0.25>>() == "Dropout<0.25>");
    BOOST_TEST(type_name<Dropout<0.1f>>() == "Dropout<0.1>");
    BOOST_TEST(type_name<Dropout<0.1>>() == "Dropout<0.1>");
    BOOST_TEST(type_name<Dropout<-0.5f>>() == "Dropout<-0.5>");
    BOOST_TEST(type_name<Dropout<1.0f>>() == "Dropout<1.0>");
    BOOST_TEST(type_name<Dropout<0.0f>>() == "Dropout<0.0>");
    BOOST_TEST(type_name<Dropout<1e-7>>() == "Dropout<1e-7>");
    BOOST_TEST(type_name<Dropout<1e-3f>>() == "Dropout<0.001>");
    BOOST_TEST(type_name<Dropout<0.999f>>() == "Dropout<0.999>");
    BOOST_TEST(type_name<Dropout<0.99999999>>() == "Dropout<1.0>");
    BOOST_TEST(type_name<Dropout<1e30>>() == "Dropout<1e30>");
    BOOST_TEST(type_name<Dropout<12.5>>() == "Dropout<12.5>");
    BOOST_TEST(type_name<Dropout<300.0f>>() == "Dropout<300.0>");
}

BOOST_AUTO_TEST_CASE(integers_have_no_suffix) {
    BOOST_TEST(type_name<Dropout<0>>() == "Dropout<0>");
    BOOST_TEST((type_name<Repeat<2U, Mish>>()) == "Repeat<2, Mish>");
    BOOST_TEST((type_name<Repeat<-2LL, Mish>>()) == "Repeat<-2, Mish>");
    BOOST_TEST(type_name<epsilon<true>>() == "epsilon<true>");
    BOOST_TEST(type_name<epsilon<'x'>>() == "epsilon<'x'>");
    BOOST_TEST(type_name<epsilon<Mode::exact>>() == "epsilon<exact>");
}

BOOST_AUTO_TEST_CASE(built_in_types_have_one_spelling) {
    BOOST_TEST((type_name<Indices<unsigned char, 1>>()) == "Indices<unsigned char, 1>");
    BOOST_TEST((type_name<Indices<long, 1>>()) == "Indices<long, 1>");
    BOOST_TEST((type_name<Indices<long long, 1>>()) == "Indices<long long, 1>");
    BOOST_TEST((type_name<Indices<unsigned long long, 1>>()) == "Indices<unsigned long long, 1>");
    BOOST_TEST((type_name<Indices<short, 1>>()) == "Indices<short, 1>");
    BOOST_TEST((type_name<Indices<unsigned short, 1>>()) == "Indices<unsigned short, 1>");
    BOOST_TEST((type_name<Indices<unsigned, 1>>()) == "Indices<unsigned int, 1>");
    BOOST_TEST((type_name<Indices<int, 1>>()) == "Indices<int, 1>");
    BOOST_TEST((type_name<Indices<float, 1>>()) == "Indices<float, 1>");
    BOOST_TEST((type_name<Indices<long double, 1>>()) == "Indices<long double, 1>");
}

BOOST_AUTO_TEST_CASE(scopes_are_dropped) {
    struct Local {};
    BOOST_TEST(type_name<Mish>() == "Mish");
    BOOST_TEST(type_name<GatedDense<16>>() == "GatedDense<16>");
    BOOST_TEST(type_name<Digits>() == "Digits");
    BOOST_TEST(type_name<Local>() == "Local");
    BOOST_TEST(type_name<decltype(local_type<Dense<3>>())>() == "Local");
    BOOST_TEST((type_name<Repeat<2, Local>>()) == "Repeat<2, Local>");
    BOOST_TEST(type_name<user::Outer<Dense<1>>::Inner>() == "Inner");
    BOOST_TEST((type_name<Sequential<user::Outer<Mish>::Sized<4>, Mish>>()) == "Sequential<Sized<4>, Mish>");
    const auto lambda = [] {};
    BOOST_TEST((type_name<Repeat<2, decltype(lambda)>>()).find("lambda") != std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(long_chains_are_shortened) {
    BOOST_TEST((type_name<Sequential<Dense<1>, Dense<2>>>()) == "Sequential<Dense<1>, Dense<2>>");
    using Long = Sequential<Conv2D<16, 3, same>, Mish, Conv2D<32, 3, same>, Mish>;
    BOOST_TEST(type_name<Long>() == "Sequential<\xE2\x80\xA6>");
    BOOST_TEST((type_name<Repeat<3, Long>>()) == "Repeat<3, Sequential<\xE2\x80\xA6>>");
    BOOST_TEST((type_name<Named<"a name that is quite long already", Sequential<Long, Long>>>())
               == "Named<\"a name that is quite long already\", Sequential<\xE2\x80\xA6>>");
}

BOOST_AUTO_TEST_CASE(very_long_chains_are_within_the_limits_of_compilers) {
    using A = Sequential<Dense<11111>, Dense<22222>, Dense<33333>, Dense<44444>, Dense<55555>, Dense<66666>, Dense<77777>, Dense<88888>>;
    using B = Sequential<Repeat<11111111, A>, Repeat<22222222, A>, Repeat<33333333, A>, Repeat<44444444, A>, Repeat<5, A>>;
    static_assert(type_name<Repeat<1, B>>() == "Repeat<1, Sequential<\xE2\x80\xA6>>");
    static_assert(type_name<Repeat<1, Sequential<B, B, B, B, B, B, B, B>>>() == "Repeat<\xE2\x80\xA6>");
    BOOST_TEST(detail::raw_type_name<B>().size() < detail::longest_raw_name);
}

BOOST_AUTO_TEST_CASE(other_spellings_of_compilers_are_understood) {
    const auto readable = [](std::string_view raw) { return detail::readable_type_name<256>(raw); };
    BOOST_TEST(readable("weft::Dropout<(float)[3e800000]>").view() == "Dropout<0.25>");
    BOOST_TEST(readable("weft::Dropout<(double)[3fd0000000000000]>").view() == "Dropout<0.25>");
    BOOST_TEST(readable("weft::Dropout<(0.25F)>").view() == "Dropout<0.25>");
    BOOST_TEST(readable("weft::Dropout<(-0.25F)>").view() == "Dropout<-0.25>");
    BOOST_TEST(readable("weft::Repeat<2UL, weft::Dropout<(1.0E30F)>>").view() == "Repeat<2, Dropout<1e30>>");
    BOOST_TEST(readable("weft::Dense<64, >").view() == "Dense<64>");
    BOOST_TEST(readable("<unnamed>::Mish").view() == "Mish");
    BOOST_TEST(readable("_GLOBAL__N__c7ed2de5_8_probe_cu_main::AnonT<3>").view() == "AnonT<3>");
    BOOST_TEST(readable("f(int, double) [with T = weft::A<3>]::Local").view() == "Local");
}

BOOST_AUTO_TEST_CASE(base_names_have_no_arguments) {
    BOOST_TEST(base_name<Dense<64>>() == "Dense");
    BOOST_TEST(base_name<BatchNormalization>() == "BatchNormalization");
    BOOST_TEST(base_name<GatedDense<16>>() == "GatedDense");
    BOOST_TEST((base_name<user::Outer<Dense<1>>::Sized<4>>()) == "Sized");
    BOOST_TEST(base_name<Digits>() == "Digits");
}

BOOST_AUTO_TEST_CASE(names_follow_keras) {
    static_assert(keras_name("MaxPooling2D").view() == "max_pooling2d");
    // Made with keras.src.utils.naming.to_snake_case.
    constexpr std::string_view names[][2] = {
        {"Dense", "dense"}, {"Conv2D", "conv2d"}, {"ReLU", "re_lu"}, {"MaxPooling2D", "max_pooling2d"},
        {"BatchNormalization", "batch_normalization"}, {"GlobalAveragePooling2D", "global_average_pooling2d"}, {"LSTM", "lstm"},
        {"PReLU", "p_re_lu"}, {"GatedDense", "gated_dense"}, {"SiLU", "si_lu"}, {"GELU", "gelu"}, {"ELU", "elu"},
        {"DepthwiseConv2D", "depthwise_conv2d"}, {"SimpleRNNCell", "simple_rnn_cell"}, {"GRU", "gru"}, {"Mish", "mish"},
        {"LeakyReLU", "leaky_re_lu"}, {"UpSampling2D", "up_sampling2d"}, {"ZeroPadding2D", "zero_padding2d"},
        {"MultiHeadAttention", "multi_head_attention"}, {"Conv2DTranspose", "conv2d_transpose"}, {"RMSNormalization", "rms_normalization"},
        {"SeparableConv1D", "separable_conv1d"}, {"already_snake", "already_snake"}, {"A", "a"}, {"", ""}, {"My_Layer", "my__layer"},
        {"TokenAndPositionEmbedding", "token_and_position_embedding"}, {"Cropping2D", "cropping2d"}, {"X<3>", "x3"}};
    for (const auto& [type, name] : names) BOOST_TEST(keras_name(type).view() == name);
}

BOOST_AUTO_TEST_SUITE_END()
