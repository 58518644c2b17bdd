// SPDX-License-Identifier: BSL-1.0
// Tests of EarlyStopping: patience, the least improvement, direction, and use in a second fit.
#include <boost/test/unit_test.hpp>

#include <weft/model/callbacks.hpp>

namespace {

/// The epoch after which a fit with these values ends; the number of values if it does not stop.
std::size_t stopped_after(weft::EarlyStopping& stop, const char* metric, const std::vector<double>& values) {
    stop.on_train_begin();
    for (std::size_t epoch = 0; epoch < values.size(); ++epoch) {
        weft::Logs logs{{metric, values[epoch]}};
        stop.on_epoch_end(static_cast<int>(epoch), logs);
        if (stop.stop_training) return epoch;
    }
    return values.size();
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_callback)

BOOST_AUTO_TEST_CASE(a_fit_stops_after_patience_epochs_without_improvement) {
    weft::EarlyStopping none{"val_loss", 0}, two{"val_loss", 2};
    BOOST_TEST(stopped_after(two, "val_loss", {3, 2, 2, 1, 1, 1, 1}) == 5u);
    BOOST_TEST(stopped_after(none, "val_loss", {3, 2, 2, 1}) == 2u);
    BOOST_TEST(stopped_after(none, "val_loss", {3, 2, 1, 0}) == 4u);        // a second fit begins anew
}

BOOST_AUTO_TEST_CASE(an_accuracy_should_grow_and_little_changes_do_not_count) {
    weft::EarlyStopping accuracy{"val_accuracy", 1}, careful{"loss", 1, 0.5};
    BOOST_TEST(stopped_after(accuracy, "val_accuracy", {0.5, 0.6, 0.7, 0.8}) == 4u);
    BOOST_TEST(stopped_after(accuracy, "val_accuracy", {0.5, 0.4, 0.3, 0.2}) == 1u);
    BOOST_TEST(stopped_after(careful, "loss", {3, 2.9, 2.8, 1}) == 1u);
}

BOOST_AUTO_TEST_CASE(a_metric_that_is_not_measured_is_an_error) {
    weft::EarlyStopping stop{"val_loss"};
    weft::Logs logs{{"loss", 1.0}};
    BOOST_CHECK_EXCEPTION(stop.on_epoch_end(0, logs), weft::ValueError,
                          [](const weft::ValueError& e) { return std::string(e.what()).find("val_loss") != std::string::npos; });
}

BOOST_AUTO_TEST_SUITE_END()
