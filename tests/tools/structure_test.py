# SPDX-License-Identifier: BSL-1.0
"""Facts about structure.py: each check finds the fault that it is for, and nothing in a tree without faults."""
import pathlib
import tempfile
import unittest

import structure

HEAD = "// SPDX-License-Identifier: BSL-1.0\n// A file of a tree made for a test.\n"
HEADER = HEAD + "#pragma once\n"
SOUND = {
    "include/weft/core/shape.hpp": HEADER,
    "include/weft/core.hpp": HEADER + "#include <weft/core/shape.hpp>\n",
    "include/weft/graph/graph.hpp": HEADER + "#include <weft/core/shape.hpp>\n#include <boost/hana.hpp>\n",
    "include/weft/layers/dense.hpp": HEADER + "#include <weft/graph/graph.hpp>\n",
    "include/weft/model/model.hpp": HEADER + "#include <xtensor/xtensor.hpp>\n#include <weft/layers/dense.hpp>\n",
    "kernels/weft/kernels/cpu/simd.hpp": HEADER + "#include <xsimd/xsimd.hpp>\n",
    "tests/layers/dense.cpp": HEAD + "BOOST_AUTO_TEST_SUITE(layers_dense)\nBOOST_AUTO_TEST_CASE(a) {}\nBOOST_AUTO_TEST_SUITE_END()\n",
}


def faults(check, **changes):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**SOUND, **changes.pop("files", {})}.items():
            if text is not None:
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        tree = structure.Tree(folder)
        structure.CHECKS[check](tree)
        return tree.faults


class Structure(unittest.TestCase):
    def finds(self, check, name, text, line, part):
        found = faults(check, files={name: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(f"{name}:{line}:", found[0])
        self.assertIn(part, found[0])

    def test_a_sound_tree_has_no_fault(self):
        for check in structure.CHECKS:
            self.assertEqual(faults(check), [], check)

    def test_includes_go_upwards_only(self):
        name = "include/weft/graph/a.hpp"
        self.finds("includes", name, HEADER + "#include <weft/layers/dense.hpp>\n", 4, "graph/ must not include layers/")
        self.finds("includes", name, HEADER + '#include "weft/model/model.hpp"\n', 4, "graph/ must not include model/")
        self.finds("includes", name, HEADER + '#include "../layers/dense.hpp"\n', 4, "graph/ must not include layers/")

    def test_layers_and_passes_never_meet(self):
        self.finds("includes", "include/weft/passes/a.hpp", HEADER + "#include <weft/layers/dense.hpp>\n", 4, "must not include layers/")

    def test_included_headers_exist(self):
        self.finds("includes", "include/weft/model/a.hpp", HEADER + "#include <weft/passes/b.hpp>\n", 4, "does not exist")

    def test_umbrella_headers_are_for_users(self):
        self.finds("includes", "include/weft/model/a.hpp", HEADER + "#include <weft/core.hpp>\n", 4, "umbrella")

    def test_libraries_stay_in_their_folders(self):
        self.finds("third_party", "include/weft/graph/a.hpp", HEADER + "#include <xtensor/xview.hpp>\n", 4, "xtensor")
        self.finds("third_party", "kernels/weft/kernels/cpu/a.hpp", HEADER + "#include <xsimd/xsimd.hpp>\n", 4, "xsimd")

    def test_core_reaches_no_stream(self):
        self.finds("freestanding", "include/weft/core/shape.hpp", HEADER + "#include <iostream>\n", 4, "<- include/weft/core.hpp")

    def test_each_layer_has_its_test(self):
        self.finds("tests", "include/weft/layers/a.hpp", HEADER, 1, "tests/layers/a.cpp")

    def test_suites_are_named_by_their_file(self):
        wrong = SOUND["tests/layers/dense.cpp"].replace("layers_dense", "dense")
        self.assertEqual(len(faults("suites", files={"tests/layers/dense.cpp": wrong})), 2)
        self.finds("suites", "tests/layers/dense.cpp", SOUND["tests/layers/dense.cpp"] + "BOOST_AUTO_TEST_CASE(b) {}\n", 6, "never runs")

    def test_files_are_short(self):
        self.finds("length", "include/weft/graph/a.hpp", HEADER + "\n" * 400, 401, "403 lines")
        self.finds("length", "include/weft/graph/a.hpp", HEADER + "x" * 141 + "\n", 4, "141 columns")
        self.assertEqual(faults("length", files={"kernels/weft/kernels/a.hpp": HEADER + "\n" * 500}), [])

    def test_files_say_what_they_are_for(self):
        self.finds("comments", "include/weft/graph/a.hpp", "#pragma once\n", 1, "SPDX")
        self.finds("comments", "include/weft/graph/a.hpp", HEAD, 1, "#pragma once")

    def test_nothing_is_left_for_later(self):
        self.finds("unfinished", "include/weft/graph/a.hpp", HEADER + "// TO" + "DO: more\n", 4, "mentions")


if __name__ == "__main__":
    unittest.main()
