// SPDX-License-Identifier: BSL-1.0
// Tests of confusion matrices and of images in the terminal.
#include <boost/test/unit_test.hpp>

#include <string>

#include <xtensor/xview.hpp>

#include <weft/model/confusion.hpp>

namespace {

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

BOOST_AUTO_TEST_SUITE(model_confusion)

BOOST_AUTO_TEST_CASE(rows_are_true_classes_and_columns_predicted_ones) {
    const std::vector<int> labels{0, 0, 1, 2};
    BOOST_TEST((weft::confusion_matrix(labels, std::vector<int>{0, 1, 1, 0}, 3) == xt::xtensor<int, 2>{{1, 1, 0}, {0, 1, 0}, {1, 0, 0}}));
    const xt::xtensor<float, 2> scores{{.9f, .1f, 0}, {.2f, .8f, 0}, {0, 1, 1}, {3, 2, 1}};
    BOOST_TEST((weft::confusion_matrix(labels, scores) == xt::xtensor<int, 2>{{1, 1, 0}, {0, 1, 0}, {1, 0, 0}}));
    BOOST_TEST(weft::confusion_matrix(labels, std::vector<float>{0, 0, 5, 0}).shape(0) == 6u);
}

BOOST_AUTO_TEST_CASE(what_does_not_match_is_refused) {
    BOOST_TEST(refusal([] { weft::confusion_matrix(std::vector<int>{0, 1}, std::vector<int>{0}); }) ==
               "confusion_matrix: expected as many predictions as labels, received 1 and 2");
    BOOST_TEST(refusal([] { weft::confusion_matrix(std::vector<int>{0, 3}, std::vector<int>{0, 0}, 3); }) ==
               "confusion_matrix: expected classes 0 … 2, received 3 in row 1");
    BOOST_TEST(refusal([] { weft::confusion_matrix(std::vector<int>{-1}, std::vector<int>{0}); }) ==
               "confusion_matrix: expected classes 0 … 0, received -1 in row 0");
    BOOST_TEST(refusal([] { weft::ascii_image(std::vector<int>{1}); }) ==
               "ascii_image: expected an image of shape (h, w) or (h, w, 1), received (1,)");
}

BOOST_AUTO_TEST_CASE(the_matrix_is_shown_with_recall) {
    BOOST_TEST(weft::confusion_text(xt::xtensor<int, 2>{{2, 1}, {0, 0}}, {"cat", "dog"}) == "┏━━━━━━━━━━━━━━━━━━┳━━━━━┳━━━━━┳━━━━━━━━┓\n"
                                                                                            "┃ true \\ predicted ┃ cat ┃ dog ┃ recall ┃\n"
                                                                                            "┡━━━━━━━━━━━━━━━━━━╇━━━━━╇━━━━━╇━━━━━━━━┩\n"
                                                                                            "│ cat              │   2 │   1 │ 66.7 % │\n"
                                                                                            "│ dog              │   · │   · │      – │\n"
                                                                                            "└──────────────────┴─────┴─────┴────────┘\n");
    BOOST_CHECK_THROW(weft::confusion_text(xt::xtensor<int, 2>{{2, 1}}), weft::ShapeError);
}

BOOST_AUTO_TEST_CASE(images_become_shades) {
    BOOST_TEST(weft::ascii_image(xt::xtensor<float, 2>{{0, .5f}, {.25f, 1}}) == "  ▒▒\n░░██\n");
    const xt::xtensor<int, 4> images = xt::ones<int>({2, 1, 2, 1});
    BOOST_TEST(weft::ascii_image(xt::view(images, 1)) == "    \n");
    BOOST_TEST(weft::side_by_side({"a\nbcd\n", "é"}, 1) == "a   é\nbcd \n");
}

BOOST_AUTO_TEST_SUITE_END()
