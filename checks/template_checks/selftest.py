"""Seeds defects one by one on a copy and shows which check catches each."""

import copy
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml

from . import main as chain
from .facts import NoFacts
from .model import Model, load_yaml

COPIED = ("template.yaml", "samconfig.toml", "stacks", "statemachine", "glue", "bi", "events", "checks/iam-service-needs.json",
          "checks/acknowledged.json")
# Asked after the expected one, cheapest first.
OTHERS = ("names", "asl", "calls", "rules", "transform", "iam", "combinations", "lint", "nag", "asl-validator", "lint-transformed", "sam-validate")


class Seed(Exception):
    """A defect that cannot be seeded: its target is not there."""


def run(arguments):
    begun = time.monotonic()
    root = Path(arguments.root).resolve()
    path = Path(arguments.defects) if arguments.defects else Path(__file__).parent.parent / "defects.yaml"
    defects = [d for d in load_yaml(path.read_text()) if not arguments.name or d["name"] in arguments.name]
    for name, count in Counter(d["name"] for d in defects).items():
        if count > 1:
            raise SystemExit(f"{path}: two defects are called {name!r}")
    if arguments.few:
        defects = few(defects, path)
    if not defects:
        raise SystemExit(f"{path}: no defect is called {' or '.join(map(repr, arguments.name))}")
    # By the check that is expected, so that a process finds its baseline made.
    order = sorted(defects, key=lambda d: d["check"])
    jobs = (str(root), arguments.home, arguments.npm, arguments.calls)
    with ProcessPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        results = []
        for result in pool.map(_one, [(d, jobs) for d in order], chunksize=max(1, len(order) // 16)):
            results.append(result)
            print(f"\r{len(results)} of {len(order)}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    results.sort(key=lambda r: defects.index(next(d for d in defects if d["name"] == r[0]["name"])))
    width = max(len(d["name"]) for d in defects)
    missed = 0
    for defect, by, finding, _seconds in results:
        missed += by is None
        print(f"  {'caught' if by else 'MISSED'}  {defect['name']:{width}}  {by or '-':17}  {finding}")
    print(f"{len(defects) - missed} of {len(defects)} seeded defects caught, {time.monotonic() - begun:.0f} s")
    print(f"{len(defects) - missed} passed, {missed} failed")
    return 1 if missed else 0


def few(defects, path):
    """Those that are marked so; each module of rules must have one, or it could go silent between two whole self-tests."""
    from .rules import SUBJECTS
    marked = [d for d in defects if "few" in d]
    subjects = {subject.__name__.rpartition(".")[2] for subject in SUBJECTS}
    missing, unknown = subjects - {d["few"] for d in marked}, {d["few"] for d in marked} - subjects - set(chain.CHECKS)
    if missing or unknown:
        raise SystemExit(f"{path}: few is missing for the modules {sorted(missing)}, and names {sorted(unknown)}, which are none")
    return marked


_STATE = {}


def _one(job):
    defect, (root, home, npm, calls) = job
    chain._quiet()
    begun = time.monotonic()
    fixture = defect.get("fixture")
    with tempfile.TemporaryDirectory() as folder:
        copy_ = Path(folder) / "copy"
        _copy(Path(root), copy_, fixture)
        try:
            touched = seed(copy_, defect)
        except Seed as problem:
            return defect, None, f"cannot be seeded: {problem}", 0
        order = [defect["check"]] + [c for c in OTHERS if c != defect["check"] and not fixture]
        for name in order:
            new = _new(name, Path(root), copy_, home, npm, calls, fixture, touched)
            if new:
                text = f"{new[0].rule}: {new[0].where}: {new[0].what}"
                return defect, name, text[:150], time.monotonic() - begun
    return defect, None, "no check says anything", time.monotonic() - begun


def _new(name, root, copy_, home, npm, calls, fixture, touched):
    """What a check says of the copy and not of the original."""
    key = (name, fixture)
    only = {t for t in touched if t.endswith(".yaml")} if name in ("lint", "nag", "lint-transformed") and not any(
        t.startswith("statemachine") for t in touched) else None
    if key not in _STATE:
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder) / "copy"
            _copy(root, base, fixture)
            _normal(base)
            _STATE[key] = {_key(f) for f in _findings(name, base, home, npm, calls)}
    found = _findings(name, copy_, home, npm, calls, only)
    return [f for f in found if _key(f) not in _STATE[key]]


def _key(finding):
    return (finding.check, finding.rule, finding.file, finding.where, finding.what)


def _findings(name, root, home, npm, calls, only=None):
    try:
        found = chain.check(name, chain.Context(root, home, npm, calls, extra=only), quick=True)
    except NoFacts:
        raise  # no defect of the copy
    except Exception as problem:  # so wrong that a check falls over it: said by that check in the chain, too
        from .finding import Finding
        found = [Finding(name, "crash", "-", "-", f"the check could not be made: {type(problem).__name__}", "")]
    left, _, _ = chain.acknowledged(found, Path(root) / "checks" / "acknowledged.json")
    return left


def _copy(root, to, fixture):
    to.mkdir(parents=True)
    if fixture:
        shutil.copy(Path(__file__).parent.parent / "fixtures" / fixture, to / "template.yaml")
        return
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, to / name)
        elif source.is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, to / name)


def _normal(root):
    """The original in the form in which a seeded copy is written, so that only the defect differs."""
    for path in [root / "template.yaml", *(root / "stacks").glob("*.yaml")]:
        if path.is_file():
            _dump(path, load_yaml(path.read_text()))


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def _dump(path, data):
    path.write_text(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000))


def seed(root, defect):
    """Edits the copy; answers the files that changed."""
    touched = []
    for edit in defect["edits"] if "edits" in defect else [defect["edit"]]:
        if "literal" in edit:
            touched.append(literal(root, edit["literal"]))
    _normal(root)
    for edit in defect["edits"] if "edits" in defect else [defect["edit"]]:
        if "literal" in edit:
            continue
        (operation, what), = edit.items() if len(edit) == 1 else [(edit["op"], edit)]
        try:
            touched.append(OPERATIONS[operation](root, what))
        except (LookupError, TypeError, ValueError) as problem:
            raise Seed(f"{what}: {problem!r}") from problem
    return touched


# -- operations

def _template_of(root, name):
    model = Model(root)
    for path, template in model.templates.items():
        if name in template.resources:
            return path, template.data, name
        if name.startswith("type:"):
            kind, _, wanted = name.removeprefix("type:").partition("#")
            ids = [n for n, r in template.resources.items() if r.get("Type") == kind]
            if len(ids) > int(wanted or 0):
                return path, template.data, ids[int(wanted or 0)]
    raise Seed(f"no template has {name}")


def _locate(root, text):
    """(file, whole data, parent, last key) of 'RoomJob/Properties/MaxRetries' or '@Mappings/Rcf/eu-west-1'."""
    parts = text.split("/")
    if text.startswith("state:"):
        return _state(root, parts)
    if text.startswith("machine:"):
        path, data = _machine_file(root, parts[0].removeprefix("machine:"))
        keys = parts[1:]
        node = data
    elif text.startswith("@"):
        path = root / "template.yaml"
        if ":" in parts[0]:
            file, parts[0] = parts[0][1:].split(":", 1)
            path, parts[0] = root / "stacks" / file, "@" + parts[0]
            if not path.is_file():
                raise Seed(f"there is no {file}")
        data = load_yaml(path.read_text())
        node, keys = data, [parts[0][1:], *parts[1:]]
    else:
        # A type may itself hold no slash, but a '#'.
        path, data, name = _template_of(root, parts[0])
        node, keys = data["Resources"], [name, *parts[1:]]
    return (path, data, *_walk(node, keys, text))


def _walk(node, keys, text):
    for key in keys[:-1]:
        node = _step(node, key, text)
    last = keys[-1]
    if isinstance(node, list):
        last = _index(node, last, text)
    return node, last


def _step(node, key, text):
    if isinstance(node, list):
        return node[_index(node, key, text)]
    if not isinstance(node, dict) or key not in node:
        raise Seed(f"{text}: there is no {key}")
    return node[key]


def _index(node, key, text):
    if re.fullmatch(r"-?\d+", key):
        if not -len(node) <= int(key) < len(node):
            raise Seed(f"{text}: there is no item {key}")
        return int(key)
    name, _, value = key.partition("=")
    for index, item in enumerate(node):
        if isinstance(item, dict) and str(item.get(name)) == value:
            return index
    raise Seed(f"{text}: no item has {key}")


def _machine_file(root, name):
    for machine in Model(root).machines:
        if machine.name == name:
            return machine.path, json.loads(machine.text)
    raise Seed(f"there is no machine {name}")


def _state(root, parts):
    """'state:NAME/…' in whichever machine has it."""
    name = parts[0].removeprefix("state:")
    for machine in Model(root).machines:
        data = json.loads(machine.text)
        found = []

        def look(node):
            if isinstance(node, dict):
                if name in (node.get("States") or {}):
                    found.append(node["States"])
                for inner in node.values():
                    look(inner)
            elif isinstance(node, list):
                for inner in node:
                    look(inner)

        look(data)
        if found:
            if len(parts) == 1:
                return machine.path, data, found[0], name
            return (machine.path, data, *_walk(found[0][name], parts[1:], "/".join(parts)))
    raise Seed(f"no machine has a state {name}")


def _store(root, path, data):
    if path.suffix == ".json":
        path.write_text(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _dump(path, data)
    return str(path.relative_to(root))


def set_(root, what):
    for at, value in what.items():
        path, data, node, key = _locate(root, at)
        if isinstance(node, dict) and key in node and node[key] == value:
            raise Seed(f"{at} is {value!r} already")
        if isinstance(node, list) and key == len(node):
            node.append(value)
        else:
            node[key] = copy.deepcopy(value)
        done = _store(root, path, data)
    return done


def delete(root, at):
    path, data, node, key = _locate(root, at)
    if isinstance(node, dict) and key not in node:
        raise Seed(f"there is no {at}")
    del node[key]
    return _store(root, path, data)


def rename(root, what):
    (at, new), = what.items()
    path, data, node, key = _locate(root, at)
    if key not in node:
        raise Seed(f"there is no {at}")
    items = [(new if k == key else k, v) for k, v in node.items()]
    node.clear()
    node.update(items)
    return _store(root, path, data)


def add(root, what):
    """Appends to a list."""
    (at, value), = what.items()
    path, data, node, key = _locate(root, at)
    if not isinstance(node[key], list):
        node[key] = [node[key]]
    node[key].append(copy.deepcopy(value))
    return _store(root, path, data)


def literal(root, what):
    """Words of a file as it is written; {@code after}: the first after these."""
    path = root / what["file"]
    if not path.is_file():
        raise Seed(f"there is no {what['file']}")
    old = path.read_text()
    at = old.find(what.get("after", ""))
    at = old.find(what["old"], at) if at >= 0 else -1
    if at < 0:
        raise Seed(f"{what['old']!r} is not in {what['file']}")
    path.write_text(old[:at] + what["new"] + old[at + len(what["old"]):])
    return what["file"]


def text(root, what):
    """A regular expression in a file's text; it must match."""
    path = root / what["file"]
    if not path.is_file():
        raise Seed(f"there is no {what['file']}")
    old = path.read_text()
    new, count = re.subn(what["old"], what["new"], old, count=what.get("count", 1), flags=re.S | re.M)
    if not count or new == old:
        raise Seed(f"{what['old']!r} is not in {what['file']}")
    path.write_text(new)
    return what["file"]


def _statements(node):
    if isinstance(node, dict):
        if node.get("Effect") in ("Allow", "Deny") and "Action" in node:
            yield node
        for inner in node.values():
            yield from _statements(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _statements(inner)


def statement(root, what):
    """Changes the statement of a resource's policies that has an action: drops the action, or sets a field."""
    path, data, name = _template_of(root, what["of"])
    for found in _statements(data["Resources"][name]):
        actions = found["Action"] if isinstance(found["Action"], list) else [found["Action"]]
        if what["action"] not in actions:
            continue
        if what.get("where") and what["where"] not in json.dumps(found.get("Resource")):
            continue
        if what.get("drop"):
            left = [a for a in actions if a != what["action"]]
            if left:
                found["Action"] = left
            else:
                _take_out(data["Resources"][name], found)
        elif "instead" in what:
            found["Action"] = [what["instead"] if a == what["action"] else a for a in actions]
        elif "resource" in what:
            found["Resource"] = what["resource"]
        elif "replace" in what:
            old, new = what["replace"]
            text_ = json.dumps(found["Resource"])
            if old not in text_:
                raise Seed(f"the statement's resources do not name {old}")
            found["Resource"] = json.loads(text_.replace(old, new))
        elif "without" in what:
            del found[what["without"]]
        elif "condition" in what:
            found["Condition"] = what["condition"]
        return _store(root, path, data)
    raise Seed(f"{what['of']} grants no {what['action']}")


def _take_out(node, wanted):
    if isinstance(node, dict):
        for inner in node.values():
            _take_out(inner, wanted)
    elif isinstance(node, list):
        node[:] = [i for i in node if i is not wanted]
        for inner in node:
            _take_out(inner, wanted)


def grant(root, what):
    """Adds a statement to a function's Policies or a role's."""
    path, data, name = _template_of(root, what["to"])
    properties = data["Resources"][name]["Properties"]
    one = {"Effect": "Allow", "Action": what["action"], "Resource": what.get("resource", "*")}
    # The first of its own: a managed policy that is named by Ref is other roles', too.
    own = next((p for p in properties["Policies"] if "Statement" in p or "PolicyDocument" in p), None)
    if own is None:
        raise Seed(f"{what['to']} has no policy of its own")
    target = own.get("PolicyDocument", own)
    target["Statement"].append(one)
    return _store(root, path, data)


OPERATIONS = {"set": set_, "delete": delete, "rename": rename, "add": add, "text": text, "statement": statement, "grant": grant}
