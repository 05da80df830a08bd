"""What pages.py says of documents that are not as they should be. Each test breaks one thing of a small project that is right."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "checks"))

import pages  # noqa: E402

DECISIONS = """# Decisions

## 1. Of `one` kind
2026-01-01 · replaced by [2](#2-of-another)

Text.

## 2. Of another
2026-01-02 · in force · replaces [1](#1-of-one-kind) · amended by [3](#3-more)

## 3. More
2026-01-02 · in force · amends [2](#2-of-another)
"""
TABLE = """
<!-- layers: {module}/src/test/java/org/LayersTest.java -->
| layer | has |
|---|---|
| [`low`](../{module}/src/main/java/org/low) | words |
| `org.high.up` | the rest |
<!-- end -->
"""
LONG = """
<!-- classes over 3 lines -->
| `Grammar` | a method for each construct |
<!-- end -->
"""
TEST = 'class LayersTest { String ROOT = "org"; List<String> LAYERS = List.of("low", ROOT + ".high.up"); String why = "low and high"; }'


class PagesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("README.md", "# It\nSee [a page](docs/page.md#two-words), [decisions](docs/decisions.md) and <https://example.org/other.md>.\n")
        self.write("docs/page.md", "# Page\n## Two `words`\n" + "".join(TABLE.format(module=m) for m in pages.LAYERED) + LONG)
        self.write("docs/decisions.md", DECISIONS)
        for module in pages.LAYERED:
            self.write(f"{module}/src/test/java/org/LayersTest.java", TEST)
            for source in ("Root", "low/Low", "low/store/Within", "high/up/High"):
                self.write(f"{module}/src/main/java/org/{source}.java", "")
        self.write("functions/src/main/java/org/low/Grammar.java", "\n" * 4)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def change(self, name, old, new):
        text = (self.root / name).read_text()
        self.assertIn(old, text)
        self.write(name, text.replace(old, new, 1))

    def said(self, *words):
        found = pages.problems(self.root)
        self.assertTrue(any(all(word in problem for word in words) for problem in found), found)

    def test_nothing_is_said_of_what_is_right(self):
        self.assertEqual([], pages.problems(self.root))

    def test_a_link_to_no_file(self):
        self.change("README.md", "docs/page.md#", "docs/pages.md#")
        self.said("README.md", "docs/pages.md", "no file")

    def test_a_link_out_of_the_project_or_to_what_a_build_makes(self):
        self.write("docs/target/made.json", "")
        for target in ("../../etc", "target/made.json"):
            self.write("docs/page.md", f"# Page\n## Two words\n[it]({target})\n")
            self.said("docs/page.md", target, "no file")

    def test_a_link_to_no_heading(self):
        self.change("docs/page.md", "Two `words`", "Three words")
        self.said("README.md", "#two-words", "no heading")

    def test_two_headings_of_one_name_have_anchors_of_their_own(self):
        text = "# A b\n## A `b`\n```\n# no heading\n```\n### 40. No `_c$` of d, e\n"
        self.assertEqual(["a-b", "a-b-1", "40-no-_c-of-d-e"], list(pages.anchors(text)))

    def test_code_is_no_link(self):
        self.change("README.md", "# It\n", "# It\n`[a](b.md)`\n```\n[c](d.md)\n```\n")
        self.assertEqual([], pages.problems(self.root))

    def test_a_page_that_no_link_leads_to(self):
        self.write("docs/lonely.md", "# Lonely, and [back](page.md)\n")
        self.said("docs/lonely.md is not reached")

    def test_a_page_that_is_named_and_not_linked(self):
        self.change("README.md", "See ", "`docs/page.md` says more. See ")
        self.said("README.md names docs/page.md without a link")

    def test_layers_in_another_order(self):
        self.change("asl/src/test/java/org/LayersTest.java", '"low", ROOT + ".high.up"', 'ROOT + ".high.up", "low"')
        self.said("docs/page.md", "the layers are low, high.up", "they are high.up, low")

    def test_a_layer_that_the_document_lacks(self):
        self.change("docs/page.md", "| `org.high.up` | the rest |\n", "")
        self.said("docs/page.md", "the layers are low;", "they are low, high.up")

    def test_a_list_that_is_not_read_is_told(self):
        self.change("asl/src/test/java/org/LayersTest.java", 'ROOT + ".high.up"', "above()")
        self.said("reads no layer of high.up")

    def test_a_module_without_a_table_or_a_test(self):
        self.change("docs/page.md", "asl/src/test/java/org/LayersTest.java", "asl/src/test/java/org/Other.java")
        self.said("no document has a table", "asl/")
        self.said("asl/src/test/java/org/Other.java", "no module's test")
        (self.root / "asl/src/test/java/org/LayersTest.java").unlink()
        self.said("asl has 0 tests")

    def test_a_decision_without_a_date_a_status_or_its_number(self):
        for old, new, said in (
                ("2026-01-02 · in force · amends", "in force · amends", "does not begin with a date"),
                ("2026-01-02 · in force · amends", "2026-13-02 · in force · amends", "does not begin with a date"),
                ("2026-01-02 · in force · amends", "2026-01-02 · amends", "the status is neither"),
                ("· amends [2](#2-of-another)", "· amends 2", "names no other decision"),
                ("· amends [2](#2-of-another)", "· improves [2](#2-of-another)", "names no other decision"),
                ("· amends [2](#2-of-another)", "· amends [2](#1-of-one-kind)", "names no other decision"),
                ("## 3. More", "## 4. More", "the number is not 3")):
            with self.subTest(new):
                self.write("docs/decisions.md", DECISIONS)
                self.change("docs/decisions.md", old, new)
                self.said(said)

    def test_what_one_decision_says_of_another_that_one_says_too(self):
        self.change("docs/decisions.md", " · replaces [1](#1-of-one-kind)", "")
        self.said("1 says 'replaced by 2'", "2 does not say 'replaces 1'")
        self.write("docs/decisions.md", DECISIONS.replace(" · amended by [3](#3-more)", ""))
        self.said("3 says 'amends 2'", "2 does not say 'amended by 3'")

    def test_a_decision_that_an_earlier_one_replaces(self):
        self.write("docs/decisions.md", DECISIONS.replace("amended by [3](#3-more)", "amended by [1](#1-of-one-kind)"))
        self.said("2 is amended by 1, which is no later one")
        self.write("docs/decisions.md", DECISIONS.replace("2026-01-02 · in force · replaces", "2025-01-02 · in force · replaces"))
        self.said("1 is replaced by 2", "an earlier date")

    def test_a_link_follows_a_class_that_has_moved(self):
        self.change("README.md", "See ", "See [`Low`](asl/src/main/java/org/low/Below.java) and ")
        self.write("asl/src/main/java/org/high/up/Below.java", "")
        self.said("Below.java", "no file")
        pages.follow(self.root)
        self.assertIn("[`Low`](asl/src/main/java/org/high/up/Below.java)", (self.root / "README.md").read_text())
        self.assertEqual([], pages.problems(self.root))

    def test_a_long_class_has_its_reason_and_only_a_long_one(self):
        self.write("functions/src/main/java/org/low/Tower.java", "\n" * 9)
        self.write("functions/src/main/java/org/low/Grammar.java", "\n")
        self.said("the class Tower has 9 lines; make two things of it")
        self.said("Grammar is no class of more than 3 lines")

    def test_without_a_table_of_long_classes_nothing_is_looked_at_which_is_said(self):
        self.change("docs/page.md", "<!-- classes over 3 lines -->", "")
        self.said("there are 0 tables of long classes")


if __name__ == "__main__":
    unittest.main()
