#!/usr/bin/env python3
"""The engine as somebody else has it: installed, depended on by coordinates, used as the first example of
docs/testing-machines.md says.

usage: consumer.py [MAVEN_OPTION...]

Installs asl with its sources and its Javadoc from a copy outside of the tree, as whoever has nothing but that folder would, and
runs the example, word for word, in a project beside it. The local repository of both has of the user's one all that is not ours,
as links: nothing is fetched twice, and nothing of ours stays in it.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ROOT / "checks" / "consumer"
PAGE = ROOT / "docs" / "testing-machines.md"
OURS = ("io", "thermolake")
POM = "{http://maven.apache.org/POM/4.0.0}"


def repository(folder):
    """A local repository of Maven's that has what the user's has, without ours."""
    known = pathlib.Path.home() / ".m2" / "repository"
    (folder / OURS[0] / OURS[1]).mkdir(parents=True)
    for group in known.iterdir() if known.is_dir() else ():
        for each in group.iterdir() if group.name == OURS[0] else (group,):
            here = folder / each.relative_to(known)
            if not here.exists():
                here.symlink_to(each)
    return folder


def versions():
    """What asl/pom.xml pins: properties by their names, managed plugins by their artifacts."""
    pom = ElementTree.parse(ROOT / "asl" / "pom.xml").getroot()
    found = {each.tag.removeprefix(POM): each.text or "" for each in pom.findall(f"{POM}properties/*")}
    for plugin in pom.iter(f"{POM}plugin"):
        version = plugin.findtext(f"{POM}version")
        if version:
            found[plugin.findtext(f"{POM}artifactId") or ""] = version
    found["version"] = pom.findtext(f"{POM}version") or ""
    return found


def blocks(language, text):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)


def page():
    """The document's dependency and its first example."""
    text = PAGE.read_text()
    head, first = text.split("\n## ", 2)[:2]
    dependencies, example = blocks("xml", head), blocks("java", first)
    if len(dependencies) != 1 or len(example) != 2:
        sys.exit(f"{PAGE.name} must have one dependency before its first section, and there a field and a test")
    return dependencies[0], "\n".join(example)


def filled(name, values):
    def value(match):
        if match[1] not in values:
            sys.exit(f"checks/consumer/{name} asks for {match[1]}, which nobody says")
        return values[match[1]]

    return re.sub(r"@([a-z.-]+)@", value, (PARTS / name).read_text())


def project(folder, values):
    tests = folder / "src" / "test"
    (tests / "java").mkdir(parents=True)
    (tests / "resources").mkdir()
    (folder / "pom.xml").write_text(filled("pom.xml", values))
    (tests / "java" / "FirstTest.java").write_text(filled("FirstTest.java", values))
    shutil.copy(ROOT / "asl" / "src" / "test" / "resources" / "order.asl.json", tests / "resources")
    return folder


def maven(folder, repo, options, *goals):
    done = subprocess.run(
        ["mvn", "-B", "-ntp", "-q", f"-Dmaven.repo.local={repo}", *options, *goals],
        cwd=folder, env={"MAVEN_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", **os.environ}, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\nmvn {' '.join(goals)} failed in {folder}")


def main(options):
    values = versions()
    values["dependency"], values["example"] = page()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        repo = repository(work / "repository")
        shutil.copytree(ROOT / "asl", work / "asl", ignore=shutil.ignore_patterns("target"))
        shutil.copy(ROOT / "LICENSE", work)
        maven(work / "asl", repo, options, "-Dmaven.test.skip=true", "install")
        installed = repo.joinpath(*OURS, "thermolake-asl", values["version"])
        for end in (".pom", ".jar", "-sources.jar", "-javadoc.jar"):
            if not (installed / f"thermolake-asl-{values['version']}{end}").is_file():
                sys.exit(f"install has left no thermolake-asl-{values['version']}{end}")
        orders = project(work / "orders", values)
        maven(orders, repo, options, "test")
        report = ElementTree.parse(orders / "target" / "surefire-reports" / "TEST-FirstTest.xml").getroot()
        if report.get("tests") != "1" or report.get("skipped") != "0":
            sys.exit(f"one test must have run, not {report.get('tests')} with {report.get('skipped')} skipped")
    print(f"consumer: thermolake-asl {values['version']} by its coordinates, and the first example of {PAGE.name}")
    return 0


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv):
        print(__doc__)
        sys.exit(0)
    sys.exit(main(sys.argv[1:]))
