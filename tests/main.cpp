// SPDX-License-Identifier: BSL-1.0
// The main function of every test program; the cases are in the other files.
#define BOOST_TEST_MODULE weft
#include <boost/test/unit_test.hpp>
