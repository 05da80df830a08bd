"""
What the checks know of the Java: functions/target/facts.json, which the functions' tests write from the classes themselves.
Nothing else here reads Java. A key that is not there is an error, never an empty answer: a check would say nothing any more.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

ANY = "any"
SECTIONS = ("sources", "records", "enums", "exceptions", "handlers", "jobs", "schemas", "layout", "variables", "customResources", "times",
            "metrics", "texts", "constants")
MAKE = "mvn -pl functions test -Dtest=FactsTest"


# What a section must have in it.
PARTS = {"layout": ("constants", "keys"), "metrics": ("namespace", "dimension", "names")}


class NoFacts(Exception):
    """The facts are not there, not whole, or of other sources: nothing can be checked."""


class UnknownFact(KeyError):
    """A check, or a template that it looks at, names something of the Java that is not there: a finding of that check."""

    def __str__(self):
        return self.args[0]  # KeyError quotes it


class Named(Mapping):
    """Facts by name; a name that is not there is told with where it should be."""

    def __init__(self, what, values):
        self._what, self._values = what, values

    def __getitem__(self, name):
        if name not in self._values:
            raise UnknownFact(f"facts.json has no {self._what} {name}; correct what names it")
        return self._values[name]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __contains__(self, name):
        return name in self._values


class Facts:
    """
    records   class: {component: {type, nullable, primitive, field}}
    enums     class: words, as JSON has them
    handlers  class: request, answer, startable, sdk, makes, texts
    jobs      class: arguments, sdk, makes, texts
    layout    constants, keys with {} for what differs
    texts     class: its literals
    named     class: the enums' constants that its code names
    """

    def __init__(self, path):
        try:
            whole = json.loads(Path(path).read_text())
        except OSError as problem:
            raise NoFacts(f"there is no {path}: run {MAKE}") from problem
        except ValueError as problem:
            raise NoFacts(f"{path} is no JSON: run {MAKE}") from problem
        missing = [s for s in SECTIONS if not whole.get(s)] or [
            f"{s}.{part}" for s, parts in PARTS.items() for part in parts if not whole[s].get(part)]
        if missing:
            raise NoFacts(f"{path} has nothing of {', '.join(missing)}: run {MAKE}")
        self.records = Named("record", {
            name: {c["name"]: SimpleNamespace(**{"field": c["name"], **c}) for c in components} for name, components in whole["records"].items()})
        self.enums = Named("enum", whole["enums"])
        self.exceptions = frozenset(whole["exceptions"])
        self.handlers = Named("handler", {n: SimpleNamespace(**h) for n, h in whole["handlers"].items()})
        self.jobs = Named("job", {n: SimpleNamespace(**j) for n, j in whole["jobs"].items()})
        self.schemas = Named("schema", whole["schemas"])
        self.constants = Named("constant of LakeLayout", whole["layout"]["constants"])
        self.keys = Named("key of LakeLayout", whole["layout"]["keys"])
        self.variables = Named("variable", whole["variables"])
        self.custom_resources = Named("custom resource", whole["customResources"])
        self.times = Named("time", whole["times"])
        self.metrics = SimpleNamespace(**whole["metrics"])
        self.texts = Named("class", whole["texts"])
        self.named = Named("class", whole["constants"])
        sources = Path(path).parents[1] / "src/main/java"
        if whole["sources"] != digest(sources):
            raise NoFacts(f"{path} is of other sources than {sources}: run {MAKE}")

    def record(self, simple):
        """The whole name of the one record that is called so."""
        found = [n for n in self.records if n.replace("$", ".").rsplit(".", 1)[-1] == simple]
        if len(found) != 1:
            raise UnknownFact(f"facts.json has {len(found)} records that are called {simple}; name the one that is meant")
        return found[0]

    def folders(self):
        """Every key and prefix of the lake's layout up to what differs."""
        return sorted({k.split("{}")[0] for k in [*self.keys.values(), *self.constants.values()] if "/" in k.split("{}")[0]})

    def shape(self, kind, depth=0):
        """A dict of component to (shape, nullable), a list of one shape, None for a leaf, or ANY."""
        what = kind["kind"]
        if depth > 6 or what in ("any", "event"):
            return ANY
        if what == "list":
            return [self.shape(kind["of"], depth + 1)]
        if what == "map":
            return ({word: (self.shape(kind["of"], depth + 1), True) for word in self.enums[kind["key"]["name"]]}
                    if kind["key"]["kind"] == "enum" else ANY)
        if what == "record":
            return {name: (self.shape(c.type, depth + 1), c.nullable) for name, c in self.records[kind["name"]].items()}
        return None

    def handler(self, name):
        """(request shape, answer shape) of a handler's class, or None when there is no such handler."""
        if name not in self.handlers:
            return None
        return self.shape(self.handlers[name].request), self.shape(self.handlers[name].answer)

    def request(self, name):
        """The components of what a handler is asked with; none where it is no record."""
        kind = self.handlers[name].request if name in self.handlers else {"kind": "any"}
        return self.records[kind["name"]] if kind["kind"] == "record" else {}

    def event(self, name, answer=False):
        """The simple name of AWS's own class that a handler takes, or answers with; "" where it is one of ours."""
        kind = (self.handlers[name].answer if answer else self.handlers[name].request) if name in self.handlers else {"kind": "any"}
        return kind["name"] if kind["kind"] == "event" else ""

    def words_of(self, name):
        """{component: words} of a handler's request, where only certain words are taken."""
        return {n: set(self.enums[c.type["name"]]) for n, c in self.request(name).items() if c.type["kind"] == "enum"}

    def sdk(self, entry):
        """{(package, method)} of what a handler or a job calls of the SDK."""
        return {(package, method) for package, methods in entry.sdk.items() for method in methods}

    def literals(self, prefix=""):
        """Every literal of the classes whose whole name begins so."""
        classes = [texts for name, texts in self.texts.items() if name.startswith(prefix)]
        if not classes:
            raise UnknownFact(f"facts.json has no class whose name begins with {prefix}; correct what names it")
        return {text for texts in classes for text in texts}

    def words(self, outer):
        """Every literal of a class and those in it, and the enums' constants that they name."""
        classes = [words for facts in (self.texts, self.named) for name, words in facts.items() if name == outer or name.startswith(outer + "$")]
        if not classes:
            raise UnknownFact(f"facts.json has no words of {outer}; correct what names it")
        return {word for words in classes for word in words}


def digest(folder):
    """Over each file's path below the folder and its bytes, as SourceDigest of the functions' tests makes it."""
    made = hashlib.sha256()
    files = sorted((f.relative_to(folder).as_posix(), f) for f in folder.rglob("*") if f.is_file())
    for name, file in files:
        made.update(f"{name}\n".encode())
        made.update(file.read_bytes())
    return made.hexdigest()


@lru_cache(None)
def read(path):
    """Once in a process: the self-test asks for them hundreds of times."""
    return Facts(path)
