// SPDX-License-Identifier: BSL-1.0
// Prediction by entry points and by the same network at another length: shapes, parameters of one store, several outputs, errors.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(model_predict)

namespace {

struct Vae {
    static constexpr std::tuple<Tensor, Tensor> encode(Graph& g, Tensor x) {
        const Tensor h = tanh(g.layer<Dense<4>>("encode/dense", x));
        return {g.layer<Dense<2>>("mean", h), g.layer<Dense<3>>("log_variance", h)};
    }
    static constexpr Tensor decode(Graph& g, Tensor z) {
        return g.layer<Sequential<Input<2>, Dense<6>, Tanh, Reshape<2, 3>>>("decode", z);
    }
    static constexpr Tensor look_up(Graph& g, Tensor x) { return g.layer<Sequential<Indices<2>, Embedding<5, 2>>>("table", x); }
    static constexpr Tensor sample(Graph& g, Tensor z) {
        return random_uniform(g, {2}) + 0.0 * g.layer<Dense<2>>("mean", concatenate(-1, z, z));
    }
    static constexpr Tensor refine(Graph& g, Tensor h) { return relu(g.layer<Dense<2>>("mean", h)); }
    static constexpr Tensor twice(Graph&, Tensor h) { return 2.0 * h; }
    static constexpr Tensor total(Graph& g, Tensor z) { return mean(decode(g, z)); }
    static constexpr auto entry_points = weft::entry_points<&Vae::decode, &Vae::look_up>;
    using inputs = Inputs<Input<3>>;
    static constexpr void step(Step& s, Tensor x) {
        const auto [mean, log_variance] = encode(s, x);
        s.minimize(sum(square(mean), -1) + sum(square(log_variance), -1));
    }
};
template <int Length>
struct Sequence : Sequential<Input<Length, 2>, Conv1D<3, 3, same>, Tanh, GlobalAveragePooling1D, Dense<2>> {};

xt::xtensor<double, 2> rows(std::size_t count, std::size_t columns) {
    xt::xtensor<double, 2> x = xt::zeros<double>({count, columns});
    Random random(5);
    for (double& value : x) value = random.normal();
    return x;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_model_owns_the_parameters_of_all_entry_points) {
    std::string names;
    for (const Variable& v : Network<Vae>::variables) names += std::string(v.path.view()) + " ";
    BOOST_TEST(names == "decode/dense/bias decode/dense/kernel encode/dense/bias encode/dense/kernel log_variance/bias log_variance/kernel "
                        "mean/bias mean/kernel table/embedding/embeddings ");
}

BOOST_AUTO_TEST_CASE(entry_points_compute_what_they_say) {
    Model<Vae, Cpu, double> model{{.seed = 3}};
    const auto x = rows(70, 3);
    const auto [mean, log_variance] = predict<&Vae::encode, Input<3>>(model, x);
    const auto kernel = model.parameter("encode/dense/kernel"), to_mean = model.parameter("mean/kernel");
    for (std::size_t n = 0; n < 70; ++n)
        for (std::size_t k = 0; k < 2; ++k) {
            double sum = 0;
            for (std::size_t h = 0; h < 4; ++h) {
                double inner = 0;
                for (std::size_t i = 0; i < 3; ++i) inner += x(n, i) * kernel(i, h);
                sum += std::tanh(inner) * to_mean(h, k);
            }
            BOOST_TEST(std::abs(mean(n, k) - sum) < 1e-13);
        }
    BOOST_TEST((log_variance.shape() == std::array<std::size_t, 2>{70, 3}));

    const auto y = predict<&Vae::decode>(model, mean);              // its Input tells the shape
    BOOST_TEST((y.shape() == std::array<std::size_t, 3>{70, 2, 3}));
    const auto decode = model.parameter("decode/dense/kernel");
    for (std::size_t k = 0; k < 6; ++k)
        BOOST_TEST(std::abs(y(69, k / 3, k % 3) - std::tanh(mean(69, 0) * decode(0, k) + mean(69, 1) * decode(1, k))) < 1e-13);
    const auto z = predict<&Vae::decode, 128>(model, mean);
    for (std::size_t i = 0; i < y.size(); ++i) BOOST_TEST(z.data()[i] == y.data()[i]);
}

BOOST_AUTO_TEST_CASE(the_type_of_an_array_may_tell_the_shape) {
    Model<Vae, Cpu, double> model;
    const xt::xtensor_fixed<double, xt::xshape<4, 3>> x = rows(4, 3);
    const auto named = std::get<0>(predict<&Vae::encode, Input<3>>(model, x)), told = std::get<0>(predict<&Vae::encode>(model, x));
    for (std::size_t i = 0; i < named.size(); ++i) BOOST_TEST(told.data()[i] == named.data()[i]);
}

BOOST_AUTO_TEST_CASE(the_model_may_tell_the_shape) {
    Model<Vae, Cpu, double> model;
    const auto x = rows(4, 3), h = rows(4, 4);
    const auto named = std::get<0>(predict<&Vae::encode, Input<3>>(model, x)), told = std::get<0>(predict<&Vae::encode>(model, x));
    for (std::size_t i = 0; i < named.size(); ++i) BOOST_TEST(told.data()[i] == named.data()[i]);
    // mean/kernel is (4, 2), so that a vector of 4 comes in.
    const auto y = predict<&Vae::refine>(model, h), expected = predict<&Vae::refine, Input<4>>(model, h);
    for (std::size_t i = 0; i < y.size(); ++i) BOOST_TEST(y.data()[i] == expected.data()[i]);
    using Unknown = detail::EntryOf<&Vae::twice, Vae, std::tuple<>, xt::xtensor<double, 2>>;
    BOOST_TEST(Unknown::message.view().starts_with("the entry point takes a tensor of unknown shape"));
}

BOOST_AUTO_TEST_CASE(indices_outside_of_a_table_are_refused) {
    Model<Vae, Cpu, double> model;
    const xt::xtensor<int, 2> good{{0, 4}, {1, 2}}, bad{{0, 4}, {5, 2}};
    BOOST_TEST(predict<&Vae::look_up>(model, good)(0, 1, 1) == model.parameter("table/embedding/embeddings")(4, 1));
    try {
        predict<&Vae::look_up>(model, bad);
        BOOST_ERROR("not refused");
    } catch (const ValueError& e) {
        BOOST_TEST(std::string(e.what()) == "x, row 1: expected an index, an integer from 0 to 4, received 5");
    }
}

BOOST_AUTO_TEST_CASE(a_fraction_is_no_index_and_vectors_of_vectors_are_arrays) {
    Model<Vae, Cpu, double> model;
    const auto both = predict<&Vae::look_up>(model, std::vector<std::vector<int>>{{1, 2}, {4, 0}});
    BOOST_TEST(both(1, 1, 0) == model.parameter("table/embedding/embeddings")(0, 0));
    BOOST_CHECK_EXCEPTION(predict<&Vae::look_up>(model, std::vector<double>{1, 1.5}), ValueError, [](const ValueError& e) {
        return std::string(e.what()) == "x, number 1: expected an integer, received 1.5";
    });
    BOOST_CHECK_THROW(predict<&Vae::look_up>(model, std::vector<std::vector<int>>{{1, 2}, {4}}), ShapeError);
}
BOOST_AUTO_TEST_CASE(a_value_of_the_whole_batch_is_no_prediction) {
    using Program = detail::EntryProgram<&Vae::total, detail::Undeclared>;
    BOOST_TEST(Program::message.view().starts_with("the entry point gives a tensor without rows"));
}

BOOST_AUTO_TEST_CASE(the_same_network_predicts_at_another_length) {
    Model<Sequence<4>, Cpu, double> model{{.seed = 2}};
    xt::xtensor<double, 3> x = xt::zeros<double>({3, 9, 2});
    Random random(1);
    for (double& value : x) value = random.normal();
    const auto y = predict<Sequence<9>>(model, x);
    Model<Sequence<9>, Cpu, double> longer;
    for (const Variable& v : Network<Sequence<4>>::variables) longer.assign(v.path.view(), model.parameter(v.path.view()));
    const auto expected = predict(longer, x);
    for (std::size_t i = 0; i < y.size(); ++i) BOOST_TEST(y.data()[i] == expected.data()[i]);
}

BOOST_AUTO_TEST_CASE(predictions_draw_other_numbers_each_time_and_equal_models_the_same) {
    Model<Vae, Cpu, double> model{{.seed = 3}}, twin{{.seed = 3}};
    const auto z = rows(70, 2);
    const auto first = predict<&Vae::sample, Input<2>>(model, z), second = predict<&Vae::sample, Input<2>>(model, z);
    BOOST_TEST(first(0, 0) != second(0, 0));
    BOOST_TEST(first(0, 0) != first(32, 0));            // the first row of the next batch
    BOOST_TEST((predict<&Vae::sample, Input<2>>(twin, z) == first));
    BOOST_TEST((predict<&Vae::sample, Input<2>>(twin, z) == second));
}

BOOST_AUTO_TEST_SUITE_END()
