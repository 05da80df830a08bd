"""State machines as graphs: every state with its scope, its tasks, and what their placeholders stand for."""

import json
import re
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\$\{([A-Za-z0-9]+)\}")
INTEGRATION = re.compile(r"^arn:[^:]+:states:::([a-zA-Z0-9-]+):([a-zA-Z0-9:]+?)(\.sync:2|\.sync|\.waitForTaskToken)?$")


@dataclass
class State:
    """A state and where it stands: the path names the states that hold it."""

    name: str
    raw: dict
    path: tuple
    scope: object

    @property
    def type(self):
        return self.raw.get("Type")

    @property
    def where(self):
        return "/".join(self.path + (self.name,))

    def field(self, name, otherwise=None):
        return self.raw.get(name, otherwise)


class Scope:
    """The states of one StartAt: the machine's own, a branch's or a map's."""

    def __init__(self, raw, path, parent, owner):
        self.raw, self.path, self.parent, self.owner = raw, path, parent, owner
        self.start = raw.get("StartAt")
        states = raw.get("States")
        states = states if isinstance(states, dict) else {}
        self.states = {n: State(n, s, path, self) for n, s in states.items() if isinstance(s, dict)}
        self.inner = []
        for state in self.states.values():
            parts = [(f"[{i}]", b) for i, b in enumerate(state.raw.get("Branches") or [])]
            processor = state.raw.get("ItemProcessor") or state.raw.get("Iterator")
            if processor:
                parts.append(("", processor))
            for suffix, part in parts:
                if isinstance(part, dict):
                    self.inner.append(Scope(part, path + (state.name + suffix,), self, state))

    def scopes(self):
        yield self
        for scope in self.inner:
            yield from scope.scopes()

    def all(self):
        for scope in self.scopes():
            yield from scope.states.values()


def scope_of(machine):
    return Scope(machine.definition or {}, (), None, None)


def edges(state):
    """(target, kind, rule) for every way out of a state: kind is next, choice, default or catch."""
    raw = state.raw
    if isinstance(raw.get("Next"), str):
        yield raw["Next"], "next", raw
    for choice in raw.get("Choices") or []:
        if isinstance(choice, dict):
            yield choice.get("Next"), "choice", choice
    if isinstance(raw.get("Default"), str):
        yield raw["Default"], "default", raw
    for catch in raw.get("Catch") or []:
        if isinstance(catch, dict):
            yield catch.get("Next"), "catch", catch


@dataclass
class Task:
    """What a Task asks for: the service and action of its resource, and its arguments."""

    state: State
    kind: str
    service: str
    action: str
    pattern: str
    arguments: object


def task_of(state):
    """None when the resource has no form that we know."""
    resource = str(state.raw.get("Resource", ""))
    arguments = state.raw.get("Arguments", state.raw.get("Parameters"))
    match = INTEGRATION.match(resource)
    if not match:
        return None
    service, action, pattern = match.group(1), match.group(2), match.group(3) or ""
    if service == "aws-sdk":
        service, _, action = action.partition(":")
        return Task(state, "sdk", service, action, pattern, arguments)
    return Task(state, "integration", service, action, pattern, arguments)


def tasks(machine):
    for state in scope_of(machine).all():
        if state.type == "Task":
            yield state, task_of(state)


def substituted(machine, values):
    """The definition with its placeholders replaced; {@code values} maps names to text."""
    text = machine.text if machine.text else json.dumps(machine.definition)
    return PLACEHOLDER.sub(lambda m: str(values.get(m.group(1), m.group(0))), text)


def placeholders(machine):
    text = machine.text if machine.text else json.dumps(machine.definition)
    return set(PLACEHOLDER.findall(text or ""))
