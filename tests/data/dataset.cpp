// SPDX-License-Identifier: BSL-1.0
// Tests of datasets in memory: what they own, what a batch receives, how they split, and the messages when shapes do not match.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>

#include <xtensor/xadapt.hpp>
#include <xtensor/xfixed.hpp>
#include <xtensor/xview.hpp>

#include <weft/data/dataset.hpp>

namespace data = weft::data;

namespace {

/// A dataset that computes its rows: what users write.
struct Squares {
    std::size_t size() const { return 100; }
    void fill(auto& batch) const {
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            batch.columns[0].set(i, 0, batch.rows[i]);
            batch.columns[1].set(i, 0, batch.rows[i] * batch.rows[i]);
        }
    }
};

static_assert(data::AnyDataset<Squares> && data::column_count<Squares> == 2);
static_assert(!data::AnyDataset<int>);

xt::xtensor<float, 2> ramp(std::size_t rows, std::size_t features) {
    xt::xtensor<float, 2> x({rows, features});
    for (std::size_t i = 0; i < x.size(); ++i) x.data()[i] = static_cast<float>(i);
    return x;
}

template <class Call>
std::string refusal(const Call& call) {
    try {
        call();
    } catch (const weft::Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

BOOST_AUTO_TEST_SUITE(data_dataset)

BOOST_AUTO_TEST_CASE(types_are_deduced_from_any_array) {
    const xt::xtensor<float, 2> x = ramp(4, 3);
    const std::vector<std::int64_t> labels{0, 1, 2, 3};
    data::Dataset a{x, labels};
    static_assert(std::is_same_v<decltype(a), data::Dataset<xt::xtensor<float, 2>, xt::xtensor<std::int64_t, 1>>>);
    xt::xarray<double> dynamic = xt::ones<double>({4, 2});
    data::Dataset b{dynamic, xt::view(x, xt::all(), 1), xt::ones<float>({4})};
    BOOST_TEST(b.y(2) == 7.f);
    BOOST_TEST(b.column_count == 3u);
    std::vector<float> memory{1, 2, 3, 4};
    data::Dataset c{xt::adapt(memory, std::array<std::size_t, 2>{4, 1}), x * 2.f};
    static_assert(std::is_same_v<decltype(c), data::Dataset<xt::xtensor<float, 2>, xt::xtensor<float, 2>>>);
    memory[0] = 9;
    BOOST_TEST(c.x(0, 0) == 1.f);
    BOOST_TEST(c.y(1, 0) == 6.f);
    xt::xtensor_fixed<int, xt::xshape<4>> fixed{1, 2, 3, 4};
    xt::xtensor<double, 2, xt::layout_type::column_major> columns = x;
    data::Dataset d{columns, fixed};
    BOOST_TEST(d.x.data()[1] == 1.0);
    BOOST_TEST(d.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_batch_receives_its_rows_converted) {
    const data::Dataset set{ramp(5, 2), std::vector<double>{0, 1, 2, 3, 4}, std::vector<float>{1, 2, 3, 4, 5}};
    std::vector<double> x(4);
    std::vector<std::int32_t> y(2);
    std::vector<float> w(2);
    std::vector<data::Column> columns{data::Column::of(x.data(), 2), data::Column::of(y.data(), 1), data::Column::of(w.data(), 1)};
    const std::vector<std::size_t> rows{4, 1};
    set.fill({rows, columns});
    BOOST_TEST((x == std::vector<double>{8, 9, 2, 3}));
    BOOST_TEST((y == std::vector<std::int32_t>{4, 1}));
    BOOST_TEST((w == std::vector<float>{5, 2}));
    columns.resize(1);
    set.fill({std::span(rows).first(1), columns});
    columns = {data::Column::of(w.data(), 1), data::Column::of(y.data(), 1)};
    data::Batch batch{rows, columns};
    Squares{}.fill(batch);
    BOOST_TEST((y == std::vector<std::int32_t>{16, 1}));
}

BOOST_AUTO_TEST_CASE(labels_that_are_no_integers_are_refused_with_their_row) {
    std::vector<std::int32_t> y(1);
    std::vector<float> x(1);
    std::vector<data::Column> columns{data::Column::of(x.data(), 1), data::Column::of(y.data(), 1)};
    const std::vector<std::size_t> rows{2};
    const auto fill = [&](double label) {
        return refusal([&] { data::Dataset{ramp(3, 1), std::vector<double>{0, 1, label}}.fill({rows, columns}); });
    };
    BOOST_TEST(fill(2.5) == "y, row 2: expected an integer, received 2.5");
    BOOST_TEST(fill(3e9) == "y, row 2: expected an integer of 32 bits, received 3e+09");
    BOOST_TEST(fill(std::nan("")) == "y, row 2: expected an integer of 32 bits, received nan");
    BOOST_TEST(fill(-7) == "accepted");
    BOOST_TEST(y[0] == -7);
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_match_are_refused) {
    BOOST_TEST(refusal([] { data::Dataset{ramp(3, 2), std::vector<int>{1, 2}}; }) ==
               "expected as many rows in y as in x, received x of shape (3, 2) and y of shape (2,)");
    BOOST_TEST(refusal([] { data::Dataset{ramp(2, 2), std::vector<int>{1, 2}, std::vector<int>{1}}; }) ==
               "expected as many rows in sample_weight as in x, received x of shape (2, 2) and sample_weight of shape (1,)");
    const data::Dataset set{ramp(3, 2), std::vector<int>{1, 2, 3}};
    std::vector<float> x(30);
    std::vector<data::Column> columns{data::Column::of(x.data(), 7)};
    const std::vector<std::size_t> rows{0}, beyond{3};
    BOOST_TEST(refusal([&] { set.fill({rows, columns}); }) ==
               "x: expected rows of 7 numbers, received an array of shape (3, 2), whose rows have 2");
    columns[0].row_size = 2;
    BOOST_TEST(refusal([&] { set.fill({beyond, columns}); }) == "x: expected a row below 3, received 3");
    columns.assign(3, columns[0]);
    BOOST_TEST(refusal([&] { set.fill({rows, columns}); }) == "the dataset has 2 arrays, the program reads 3");
}

BOOST_AUTO_TEST_CASE(a_split_loses_and_repeats_no_row) {
    std::vector<int> labels(10);
    for (int i = 0; i < 10; ++i) labels[static_cast<std::size_t>(i)] = i;
    const data::Dataset set{ramp(10, 2), labels};
    const auto [train, test] = set.split(0.2f);
    BOOST_TEST(train.size() == 8u);
    BOOST_TEST(test.size() == 2u);
    std::set<int> seen;
    for (const auto* part : {&train, &test})
        for (std::size_t i = 0; i < part->size(); ++i) {
            seen.insert(part->y(i));
            BOOST_TEST(part->x(i, 1) == 2.f * part->y(i) + 1.f);
        }
    BOOST_TEST(seen.size() == 10u);
    BOOST_TEST(xt::all(xt::equal(set.split(0.2, 0).second.y, test.y)));
    BOOST_TEST(!xt::all(xt::equal(set.split(0.5, 1).first.y, set.split(0.5, 2).first.y)));
}

BOOST_AUTO_TEST_CASE(a_split_that_leaves_a_part_empty_is_refused) {
    const data::Dataset set{ramp(3, 2), std::vector<int>{1, 2, 3}};
    BOOST_TEST(refusal([&] { set.split(0.0); }) == "split: expected a fraction between 0 and 1, received 0");
    BOOST_TEST(refusal([&] { set.split(1.5); }) == "split: expected a fraction between 0 and 1, received 1.5");
    BOOST_TEST(refusal([&] { set.split(0.1); }) == "split: a fraction of 0.1 of 3 rows leaves one part empty");
}

BOOST_AUTO_TEST_CASE(shuffling_is_a_function_of_seed_and_epoch) {
    const auto first = data::permutation(1000, 42, 3);
    BOOST_TEST(first == data::permutation(1000, 42, 3));
    BOOST_TEST(first != data::permutation(1000, 42, 4));
    BOOST_TEST(first != data::permutation(1000, 43, 3));
    auto sorted = first;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) BOOST_REQUIRE(sorted[i] == i);
    BOOST_TEST(data::permutation(0, 1).empty());
}

BOOST_AUTO_TEST_CASE(every_place_is_equally_likely) {
    // 4 rows, 24000 epochs: each of 24 orders is expected 1000 times, with a standard deviation of 31.
    std::vector<int> counts(256);
    for (std::uint64_t epoch = 0; epoch < 24000; ++epoch) {
        const auto p = data::permutation(4, 7, epoch);
        ++counts[p[0] * 64 + p[1] * 16 + p[2] * 4 + p[3]];
    }
    for (int count : counts) BOOST_TEST((count == 0 || (count > 840 && count < 1160)));
    BOOST_TEST(std::count(counts.begin(), counts.end(), 0) == 232);
}

BOOST_AUTO_TEST_SUITE_END()
