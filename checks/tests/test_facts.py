"""What the checks do without facts: they end, and never pass for want of something to look at."""

import json
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "checks"))

from template_checks import facts, substitutions  # noqa: E402
from template_checks.model import Model  # noqa: E402


class FactsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.file = self.folder / "functions/target/facts.json"
        self.file.parent.mkdir(parents=True)
        shutil.copytree(ROOT / "functions/src/main/java", self.folder / "functions/src/main/java")
        self.whole = json.loads((ROOT / "functions/target/facts.json").read_text())

    def read(self, whole):
        self.file.write_text(json.dumps(whole))
        return facts.Facts(self.file)

    def test_the_facts_of_these_sources_are_read(self):
        self.assertIn("HISTORY", self.read(self.whole).constants)

    def test_a_file_that_is_not_there_ends_the_command(self):
        with self.assertRaisesRegex(facts.NoFacts, "there is no"):
            facts.Facts(self.file)

    def test_a_file_that_is_cut_ends_the_command(self):
        self.file.write_text(json.dumps(self.whole)[:-100])
        with self.assertRaisesRegex(facts.NoFacts, "no JSON"):
            facts.Facts(self.file)

    def test_a_section_without_anything_ends_the_command(self):
        for section in facts.SECTIONS:
            with self.subTest(section), self.assertRaisesRegex(facts.NoFacts, f"nothing of {section}"):
                self.read({**self.whole, section: type(self.whole[section])()})

    def test_a_part_without_anything_ends_the_command(self):
        for section, parts in facts.PARTS.items():
            for part in parts:
                with self.subTest(part), self.assertRaisesRegex(facts.NoFacts, f"nothing of {section}.{part}"):
                    self.read({**self.whole, section: {**self.whole[section], part: type(self.whole[section][part])()}})

    def test_words_of_a_class_that_is_not_there_are_told(self):
        for ask in (facts.Facts.words, facts.Facts.literals):
            with self.assertRaisesRegex(facts.UnknownFact, "io.thermolake.Elsewhere"):
                ask(self.read(self.whole), "io.thermolake.Elsewhere")

    def test_facts_of_other_sources_end_the_command(self):
        moved = self.folder / "functions/src/main/java/io/thermolake"
        (moved / "Metrics.java").rename(moved / "Elsewhere.java")
        with self.assertRaisesRegex(facts.NoFacts, "of other sources"):
            self.read(self.whole)

    def test_a_class_that_moved_is_missed_where_the_template_names_it(self):
        name = next(n for n in self.whole["handlers"] if n.endswith("PlanRunHandler"))
        for section in ("handlers", "texts"):
            self.whole[section][name.replace("PlanRunHandler", "moved.PlanRunHandler")] = self.whole[section].pop(name)
        self.file.write_text(json.dumps(self.whole))
        found = substitutions.run(Model(ROOT, facts_of=self.folder))
        self.assertTrue(any(f.rule == "handler" and name in f.what for f in found), found)

    def test_a_fact_that_a_check_asks_for_and_nobody_wrote_is_told(self):
        with self.assertRaisesRegex(facts.UnknownFact, "HISTORIES"):
            self.read(self.whole).constants["HISTORIES"]


if __name__ == "__main__":
    unittest.main()
