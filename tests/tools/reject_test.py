# SPDX-License-Identifier: BSL-1.0
"""Facts about reject.py: what it accepts, and that it catches every kind of bad diagnostic."""
import unittest

import reject

GCC = """net.cpp: In instantiation of \u2018struct weft::Model<Digits>\u2019:
net.cpp:9:15:   required from here
weft/core/verdict.hpp:30:8: error: invalid use of incomplete type \u2018struct \
weft::NETWORK<weft::Text<29>{"layer 5 \\'conv2d_1\\' needs an image\\000"}, \
weft::Text<35>{"(Conv2D<8, Size{3, 5}>), receives a"}, weft::Text<14>{"vector of 128"}>\u2019
"""
CLANG = """net.cpp:9:15: error: implicit instantiation of undefined template 'weft::NETWORK<Text<9>{{"layer 5"}},
      Text<20>{{"needs an image"}}>'
"""


class Reject(unittest.TestCase):
    def test_joins_the_chunks_of_a_sentence(self):
        self.assertEqual(reject.sentence(GCC), "layer 5 conv2d_1 needs an image (Conv2D<8, Size{3, 5}>), receives a vector of 128")
        self.assertEqual(reject.sentence(CLANG), "layer 5 needs an image")
        self.assertIn("incomplete type struct weft::NETWORK<layer 5 conv2d_1 needs", reject.readable(GCC))

    def test_accepts_one_short_error_that_matches(self):
        self.assertEqual(reject.faults(1, GCC, r"layer 5 conv2d_1 needs an image .* receives a vector of 128"), [])
        self.assertEqual(reject.faults(1, CLANG, r"layer 5 needs an image"), [])
        self.assertEqual(reject.faults(1, "a.cpp:1:1: error: static assertion failed: no loss\n", "no loss$"), [])

    def test_refuses_a_program_that_compiles(self):
        self.assertEqual(len(reject.faults(0, "", "anything")), 1)

    def test_refuses_another_message(self):
        self.assertEqual(len(reject.faults(1, CLANG, "layer 6")), 1)

    def test_refuses_two_errors(self):
        self.assertEqual(len(reject.faults(1, GCC + CLANG, "layer 5")), 1)

    def test_refuses_a_long_diagnostic(self):
        self.assertEqual(len(reject.faults(1, CLANG + "note\n" * 20, "layer 5")), 1)
        self.assertEqual(len(reject.faults(1, CLANG + "x" * 3000, "layer 5")), 1)


if __name__ == "__main__":
    unittest.main()
