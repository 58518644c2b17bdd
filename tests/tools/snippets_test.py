# SPDX-License-Identifier: BSL-1.0
"""Facts about snippets.py: which blocks of a page become which source."""
import unittest

import snippets

PAGE = """# Page
```cpp
#include <vector>
struct A {};
```
Text.
<!-- statements -->
```cpp
A a;
```

<!-- no compile -->
```cpp
this is no code
```
* a list
  ```cpp
  struct A {};
  ```
```cpp
int main() {}
```
```sh
tests/run
```
"""


class Snippets(unittest.TestCase):
    def test_programs_and_fragments(self):
        made = snippets.sources("docs/page.md", PAGE)
        self.assertEqual(list(made), ["docs_page_line_21", "docs_page_fragments"])
        self.assertEqual(made["docs_page_line_21"], '#line 21 "docs/page.md"\nint main() {}\n')

    def test_fragments_get_namespaces_and_statements_a_function(self):
        fragments = snippets.sources("docs/page.md", PAGE)["docs_page_fragments"]
        self.assertTrue(fragments.startswith("#include <weft/weft.hpp>\n#include <vector>\nnamespace line_3 {\n"), fragments)
        self.assertIn("statements_9() {\n#line 9 \"docs/page.md\"\nA a;\n}\n}\n", fragments)
        self.assertEqual(fragments.count("namespace line_3 {"), 2)
        self.assertIn("namespace line_18 {\nusing namespace weft;\n#line 18 \"docs/page.md\"\nstruct A {};\n}", fragments)
        self.assertNotIn("no code", fragments)

    def test_a_page_without_code_gives_nothing(self):
        self.assertEqual(snippets.sources("a.md", "Text\n```sh\nls\n```\n"), {})


if __name__ == "__main__":
    unittest.main()
