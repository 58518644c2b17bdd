// SPDX-License-Identifier: BSL-1.0
// Tests of the history of a fit.
#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>

#include <weft/model/history.hpp>

BOOST_AUTO_TEST_SUITE(model_history)

BOOST_AUTO_TEST_CASE(metrics_are_kept_by_name_and_epoch) {
    weft::History history;
    history.add(0, {{"loss", 2.0}, {"accuracy", 0.5}, {"val_loss", 3.0}});
    history.add(1, {{"loss", 1.0}, {"accuracy", 0.75}, {"val_loss", 4.0}});
    BOOST_TEST((history.epoch == std::vector<int>{0, 1}));
    BOOST_TEST((history["loss"] == std::vector<double>{2, 1}));
    BOOST_TEST(history.last("accuracy") == 0.75);
    BOOST_TEST(history.contains("val_loss"));
    BOOST_TEST(!history.contains("val_accuracy"));
    std::string names;
    for (const auto& [name, values] : history.history) names += name + ' ';
    BOOST_TEST(names == "accuracy loss val_loss ");
}

BOOST_AUTO_TEST_CASE(the_best_epoch_depends_on_the_metric) {
    weft::History history;
    for (int epoch = 0; epoch < 3; ++epoch)
        history.add(epoch, {{"val_loss", epoch == 1 ? 1.0 : 2.0}, {"val_accuracy", epoch == 2 ? 0.9 : 0.8}});
    BOOST_TEST(history.best("val_loss") == 1u);
    BOOST_TEST(history.best("val_accuracy") == 2u);
}

BOOST_AUTO_TEST_CASE(the_first_of_equal_epochs_is_the_best) {
    weft::History history;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (int epoch = 0; epoch < 4; ++epoch)
        history.add(epoch, {{"loss", epoch == 0 ? 2.0 : 1.0}, {"accuracy", epoch == 0 ? 0.5 : 0.9}, {"val_loss", epoch < 2 ? nan : 1.0}});
    BOOST_TEST(history.best("loss") == 1u);
    BOOST_TEST(history.best("accuracy") == 1u);
    BOOST_TEST(history.best("val_loss") == 2u);
}

BOOST_AUTO_TEST_CASE(an_unknown_metric_is_refused_with_those_there_are) {
    weft::History history;
    history.add(0, {{"loss", 2.0}, {"accuracy", 0.5}});
    const auto says = [](std::string expected) {
        return [expected](const weft::ValueError& error) { return error.what() == expected; };
    };
    BOOST_CHECK_EXCEPTION(history["acc"], weft::ValueError, says("history: expected one of accuracy, loss; received acc"));
    BOOST_CHECK_EXCEPTION(weft::History{}.last("loss"), weft::ValueError, says("history: expected one of (no metrics); received loss"));
}

BOOST_AUTO_TEST_SUITE_END()
