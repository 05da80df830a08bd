"""What holds in the documents themselves: links, the layers of the modules, the form of the decisions. Called by docs.py."""

import datetime
import os
import re
from pathlib import Path

LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
DOCUMENT = re.compile(r"[\w./-]*\w\.md\b")
LAYERS = re.compile(r"<!-- layers: (\S+) -->\n(.*?)<!-- end -->", re.S)
LONG = re.compile(r"<!-- classes over (\d+) lines -->\n(.*?)<!-- end -->", re.S)
# Modules whose layers a test holds; each has a table of them in a document.
LAYERED = ("functions", "local", "asl")
DECISIONS = "docs/decisions.md"
DECISION = re.compile(r"^## (.*)\n(.*)$", re.M)
# What one decision says of another, and what that one has to say of it.
OTHERS = {"replaced by": "replaces", "amended by": "amends"}


def documents(root):
    """Every page for people; what GitHub alone reads (.github) is none."""
    return sorted(p for pattern in ("*.md", "*/*.md") for p in root.glob(pattern) if not p.relative_to(root).parts[0].startswith("."))


def prose(text):
    """Without blocks of code; of code within a line as many x as it is long, so that a link around it stays one."""
    text = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.S | re.M)
    return re.sub(r"`([^`]+)`", lambda code: "x" * len(code[0]), text)


def anchors(text):
    """What GitHub makes of the headings."""
    seen = {}
    for heading in re.findall(r"^#+ (.*)$", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.S | re.M), re.M):
        slug = re.sub(r"[^\w\- ]", "", LINK.sub(r"\1", heading).strip().lower()).replace(" ", "-")
        seen[slug] = seen.get(slug, -1) + 1
        yield f"{slug}-{seen[slug]}" if seen[slug] else slug


def links(root, page):
    """The relative links of a page: (as written, the file, the anchor or "")."""
    for _, target in LINK.findall(prose(page.read_text())):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield target, (page.parent / path).resolve() if path else page, anchor


def linked(root):
    """Each link leads somewhere, each page is reached from the README, and a page that is named is a link."""
    root = root.resolve()
    pages = documents(root)
    to = {}
    for page in pages:
        name = page.relative_to(root)
        to[page] = set()
        for target, file, anchor in links(root, page):
            to[page].add(file)
            if not file.is_relative_to(root) or not file.exists() or "target" in file.relative_to(root).parts:
                yield f"{name}: the link {target} leads to no file of the project"
            elif anchor and anchor not in (set(anchors(file.read_text())) if file.suffix == ".md" else ()):
                yield f"{name}: the link {target} leads to no heading"
        text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(), flags=re.S | re.M)
        for named in sorted(set(DOCUMENT.findall(re.sub(r"\w+://\S+", "", LINK.sub("", text))))):
            if any(file in pages and file != page for file in ((root / named).resolve(), (page.parent / named).resolve())):
                yield f"{name} names {named} without a link to it"
    reached, ahead = set(), [root / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in reached:
            reached.add(page)
            ahead += to.get(page, set()) & set(pages)
    for page in pages:
        if page not in reached:
            yield f"{page.relative_to(root)} is not reached from README.md by links"


def follow(root):
    """Lets links to a class that has moved lead to its file again, where one class alone is called so."""
    classes = {}
    for file in root.glob("*/src/**/*.java"):
        classes.setdefault(file.name, []).append(file)
    for page in documents(root):
        text = page.read_text()

        def mended(link, folder=page.parent):
            found = classes.get(link[2].rsplit("/", 1)[-1], [])
            lost = len(found) == 1 and not (folder / link[2]).exists()
            return f"[{link[1]}]({os.path.relpath(found[0], folder)})" if lost else link[0]

        new = LINK.sub(mended, text)
        if new != text:
            page.write_text(new)


def layers(test, sources):
    """The layers in the order of a LayersTest: its literals that are folders of the module. And all folders with sources."""
    literals = re.findall(r'"\.?([a-z][a-z0-9]*(?:\.[a-z][a-z0-9]*)*)"', test.read_text())
    names = [n for n in dict.fromkeys(literals) if (sources / n.replace(".", "/")).is_dir()]
    packages = {".".join(p.parent.relative_to(sources).parts) for p in sources.rglob("*.java")} - {""}
    return names, packages


def layered(root):
    """The tables of layers are those of the tests, in their order."""
    found = {}
    for page in documents(root):
        for named, table in LAYERS.findall(page.read_text()):
            found[named] = (page.relative_to(root), re.findall(r"^\| *\[?`([\w.]+)`", table, re.M))
    for module in LAYERED:
        tests = list((root / module / "src/test/java").rglob("LayersTest.java"))
        if len(tests) != 1:
            yield f"{module} has {len(tests)} tests that are called LayersTest, where one is looked for"
            continue
        name = str(tests[0].relative_to(root))
        sources = root / name.replace("src/test", "src/main").rsplit("/", 1)[0]
        names, packages = layers(tests[0], sources)
        unread = sorted(p for p in packages if not any(f"{p}.".startswith(f"{n}.") for n in names))
        if unread:
            yield f"{name}: checks/pages.py reads no layer of {', '.join(unread)} in it"
        elif name not in found:
            yield f"no document has a table of the layers of {name}"
        else:
            page, told = found.pop(name)
            root_name = sources.name
            told = [t.removeprefix(root_name + ".") for t in told if t != root_name]
            if told != names:
                yield f"{page}: the layers are {', '.join(told)}; in {name} they are {', '.join(names)}"
    for name in sorted(found):
        yield f"{found[name][0]} has a table of the layers of {name}, which is no module's test"


def long_classes(root):
    """A class of more than a page has its reason in the one table of such classes, and no other class is there."""
    tables = [(page.relative_to(root), int(most), text) for page in documents(root) for most, text in LONG.findall(page.read_text())]
    if len(tables) != 1:
        yield f"there are {len(tables)} tables of long classes (<!-- classes over N lines -->), where one is looked for"
        return
    page, most, text = tables[0]
    told = re.findall(r"`(\w+)`", text)
    lines = {f.stem: len(f.read_text().splitlines()) for f in sorted(root.glob("*/src/main/java/**/*.java"))}
    for name in sorted(lines):
        if lines[name] > most and name not in told:
            yield f"{page}: the class {name} has {lines[name]} lines; make two things of it, or say why it is one"
    for name in told:
        if lines.get(name, 0) <= most:
            yield f"{page}: {name} is no class of more than {most} lines"


def decided(root):
    """Each decision has its number, date and status; what one says of another, that one says of it."""
    said = {}
    for number, (heading, line) in enumerate(DECISION.findall((root / DECISIONS).read_text()), 1):
        where = f"{DECISIONS}: {heading}"
        if not re.match(rf"{number}\. \S", heading):
            yield f"{where}: the number is not {number}, though the one before it has {number - 1}"
        date, _, status = line.partition(" · ")
        try:
            datetime.date.fromisoformat(date)
        except ValueError:
            yield f"{where}: the line under it does not begin with a date and ' · '"
            continue
        parts = status.split(" · ")
        if not re.fullmatch(r"in force|replaced by .*", parts[0]):
            yield f"{where}: the status is neither 'in force' nor 'replaced by' a later one"
        for part in parts[parts[0] == "in force":]:
            relation = next((r for r in (*OTHERS, *OTHERS.values()) if part.startswith(r + " ")), None)
            numbers = [(int(n), int(m)) for n, m in re.findall(r"\[(\d+)\]\(#(\d+)-", part)]
            if relation is None or not numbers or any(n != m for n, m in numbers):
                yield f"{where}: '{part}' names no other decision by a link to it"
            for other, _ in numbers:
                said[number, relation, other] = date
    back = {**OTHERS, **{b: a for a, b in OTHERS.items()}}
    for (number, relation, other), date in said.items():
        if relation in OTHERS and other <= number:
            yield f"{DECISIONS}: {number} is {relation} {other}, which is no later one"
        if relation and (other, back[relation], number) not in said:
            yield f"{DECISIONS}: {number} says '{relation} {other}', and {other} does not say '{back[relation]} {number}'"
        elif relation in OTHERS and said[other, back[relation], number] < date:
            yield f"{DECISIONS}: {number} is {relation} {other}, which has an earlier date"
    if not said:
        yield f"{DECISIONS}: no decision that says anything of another was found"


def problems(root):
    return [*linked(root), *layered(root), *long_classes(root), *decided(root)]


def count(root):
    return len(documents(Path(root)))
