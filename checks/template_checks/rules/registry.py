"""What rules there are, and what each looks at."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

SINGLE: list["Single"] = []
OVER: list[Callable] = []
ONCE: list[Callable] = []


@dataclass(frozen=True)
class Single:
    """
    A rule on single resources. It is a rule of cfn-lint, too (lint_rules).

    id     as cfn-lint numbers rules of others: E9 and three digits
    types  of the resources; one that ends in * is a beginning
    about  what the rule holds, in a sentence
    """

    id: str
    types: tuple[str, ...]
    about: str
    check: Callable

    def takes(self, kind):
        return any(kind.startswith(t[:-1]) if t.endswith("*") else kind == t for t in self.types)


def on(identity, *types, about):
    """Registers a rule on each resource of these types; it gets what it names of view, model, item and say(rule, what, todo)."""
    def registered(check):
        SINGLE.append(Single(identity, types, about, check))
        return check
    return registered


def over(check):
    """Registers a rule over a whole view, for each view; it gets what it names of view, model and say(rule, where, what, todo)."""
    OVER.append(check)
    return check


def once(check):
    """The same for a rule that one view is enough for."""
    ONCE.append(check)
    return check


def call(check, **given):
    """Calls a rule with what its parameters name."""
    return check(**{name: given[name] for name in inspect.signature(check).parameters})


def single(view, model, found):
    """Each rule on single resources, on each of the view's; found(rule, item, name, what, todo)."""
    for rule in SINGLE:
        view.asked.update(t for t in rule.types if not t.endswith("*"))
        for item in view.items:
            if rule.takes(item.type):
                call(rule.check, view=view, model=model, item=item,
                     say=lambda name, what, todo, r=rule, i=item: found(r, i, name, what, todo))
