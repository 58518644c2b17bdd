# SPDX-License-Identifier: BSL-1.0
"""Tests of freestanding.py."""
import unittest

import freestanding


class Faults(unittest.TestCase):
    def test_arithmetic_and_copies_are_allowed(self):
        self.assertEqual(freestanding.faults("__aeabi_dadd U\nmemcpy U\nfma U\n_Z7controlPKfPf T 0 a4\n_ZL5model b 0 140\n"), [])

    def test_a_heap_is_not(self):
        self.assertEqual(freestanding.faults("_Znwj U\n_ZdlPvj U\n"), ["needs _Znwj", "needs _ZdlPvj"])

    def test_exceptions_and_unknown_functions_are_not(self):
        self.assertEqual(freestanding.faults("__cxa_throw U\nprintf U\n"), ["needs __cxa_throw", "needs printf"])

    def test_containers_leave_nothing_behind(self):
        self.assertEqual(freestanding.faults("_ZNSt6vectorIiSaIiEE17_M_realloc_insertEi W 0 40\n"),
                         ["holds _ZNSt6vectorIiSaIiEE17_M_realloc_insertEi"])


if __name__ == "__main__":
    unittest.main()
