"""The templates, state machines and sources of a working copy, read once; every check works on this."""

import json
import re
import tomllib
from functools import cached_property
from pathlib import Path

import yaml

from . import facts

SHORT = re.compile(r"^!(\w+)$")


class _Loader(yaml.CSafeLoader):
    """YAML with CloudFormation's short forms."""


def _short(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


_Loader.add_multi_constructor("!", _short)
# A date stays text: '2012-10-17' is a policy's version.
_Loader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in value if tag != "tag:yaml.org,2002:timestamp"]
    for key, value in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(text):
    return yaml.load(text, _Loader) or {}


def walk(value, path=()):
    """Every value inside, with its path, outermost first."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, path + (index,))


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


class Template:
    """One file of CloudFormation."""

    def __init__(self, root, path):
        self.file = str(path.relative_to(root))
        self.text = path.read_text()
        self.data = load_yaml(self.text)
        self.lines = self.text.split("\n")

    def section(self, name):
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}

    @property
    def resources(self):
        return self.section("Resources")

    def of_type(self, *types):
        for name, resource in self.resources.items():
            if isinstance(resource, dict) and resource.get("Type") in types:
                yield name, resource, resource.get("Properties") or {}

    def line(self, name):
        pattern = re.compile(r"^\s{1,4}['\"]?" + re.escape(str(name)) + r"['\"]?\s*:")
        return next((i for i, line in enumerate(self.lines, 1) if pattern.match(line)), 0)


class Machine:
    """A state machine: its resource and its definition."""

    def __init__(self, template, name, resource, path, root):
        self.template = template
        self.name = name
        self.properties = resource.get("Properties") or {}
        self.path = path
        self.file = str(path.relative_to(root)) if path else template.file
        self.text = path.read_text() if path and path.is_file() else None
        self.substitutions = self.properties.get("DefinitionSubstitutions") or {}
        try:
            self.definition = json.loads(self.text) if self.text else self.properties.get("Definition")
        except ValueError:
            self.definition = None


class Model:
    """A working copy: {@code root} is the folder with template.yaml."""

    def __init__(self, root, facts_of=None):
        self.root = Path(root).resolve()
        self._facts = Path(facts_of or self.root) / "functions" / "target" / "facts.json"
        self.templates = {}
        self._add(self.root / "template.yaml")

    def _add(self, path):
        if path in self.templates or not path.is_file():
            return
        template = Template(self.root, path)
        self.templates[path] = template
        for _, _, properties in template.of_type("AWS::CloudFormation::Stack", "AWS::Serverless::Application"):
            location = properties.get("TemplateURL", properties.get("Location"))
            if isinstance(location, str) and "://" not in location:
                self._add((path.parent / location).resolve())

    @property
    def main(self):
        return self.templates[self.root / "template.yaml"]

    def all(self):
        return list(self.templates.values())

    def nested(self, template, properties):
        """The template of a nested stack's resource, or None."""
        location = properties.get("TemplateURL", properties.get("Location"))
        if not isinstance(location, str):
            return None
        return self.templates.get(((self.root / template.file).parent / location).resolve())

    @cached_property
    def machines(self):
        found = []
        for template in self.all():
            for name, resource, properties in template.of_type("AWS::Serverless::StateMachine"):
                uri = properties.get("DefinitionUri")
                path = ((self.root / template.file).parent / uri).resolve() if isinstance(uri, str) else None
                found.append(Machine(template, name, resource, path, self.root))
        return found

    @cached_property
    def functions(self):
        """(template, logical id, properties with Globals under them)"""
        found = []
        for template in self.all():
            below = (template.section("Globals").get("Function")) or {}
            for name, _, properties in template.of_type("AWS::Serverless::Function"):
                found.append((template, name, merged(below, properties)))
        return found

    @cached_property
    def samconfig(self):
        path = self.root / "samconfig.toml"
        return tomllib.loads(path.read_text()) if path.is_file() else {}

    @cached_property
    def facts(self):
        """What the Java says of itself."""
        return facts.read(self._facts)


def merged(below, above):
    out = dict(below)
    for key, value in above.items():
        out[key] = merged(out[key], value) if isinstance(out.get(key), dict) and isinstance(value, dict) else value
    return out
