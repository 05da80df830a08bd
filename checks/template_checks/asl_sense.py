"""What a machine means: words that somebody says, variables that change and are read, waits that wait, failures that stay failures."""

import math
import re

from . import catalog
from .asl import _function, _Say
from .aslview import edges, scope_of, task_of
from .dataflow import EXPRESSION
from .model import as_list, walk

# Events of the history that a state writes in one round; the history has 25,000.
EVENTS = {"Task": 5, "Wait": 2, "Choice": 2, "Pass": 2, "Succeed": 2, "Parallel": 4, "Map": 4}
HISTORY = 24000
# How long a service says that an error may last.
LASTS = {"ModelNotReadyException": 150}
WAITABLE = {("glue", "startJobRun"), ("states", "startExecution"), ("athena", "startQueryExecution"), ("sagemaker", "createTrainingJob"),
            ("sagemaker", "createTransformJob")}


def run(model):
    findings = []
    spoken = _spoken(model)
    words = spoken | _said(model)
    kinds = _kinds(model.facts)
    asked = {}
    for machine in model.machines:
        if machine.definition is None:
            continue
        say = _Say(machine, findings)
        root = scope_of(machine)
        states = list(root.all())
        _texts(model, states, words, kinds, say)
        _variables(states, say)
        _waits(states, say)
        _steps(states, say)
        for scope in root.scopes():
            _history(scope, say)
            _cleaned(scope, say)
        for state in states:
            _state(model, machine, state, say, asked, spoken)
    _asked(model, asked, findings)
    return findings


def _own(state):
    return {k: v for k, v in state.raw.items() if k not in ("Branches", "ItemProcessor", "Iterator")}


def _expressions(value):
    for path, one in walk(value):
        match = EXPRESSION.match(one) if isinstance(one, str) else None
        if match:
            yield path, match.group(1)


def _spoken(model):
    """Every literal and every enum's word of the Java."""
    facts = model.facts
    return facts.literals() | {word for words in facts.enums.values() for word in words} | set(facts.constants.values())


def _said(model):
    """What machines say."""
    found = set()
    for machine in model.machines:
        for path, value in walk(machine.definition or {}):
            if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w-]*", value):
                found.add(value)
            for key in value if isinstance(value, dict) else ():
                if path and path[-1] == "States":
                    found.add(key)
            match = EXPRESSION.match(value) if isinstance(value, str) else None
            found |= set(re.findall(r"[?:]\s*'([\w-]+)'", match.group(1))) if match else set()
    return found


def _kinds(facts):
    """{component: the kinds that records give it}"""
    found = {}
    for components in facts.records.values():
        for name, component in components.items():
            found.setdefault(name, set()).add(component.type["kind"])
    return found


def _texts(model, states, words, kinds, say):
    details = model.facts.literals()
    enums = {}
    for state in states:
        task = task_of(state) if state.type == "Task" else None
        service = catalog.service(task.service) if task and task.kind == "sdk" else None
        operation = catalog.operation(service, task.action) if task and service else None
        if operation:
            _enums(catalog.service_model(service).operation_model(operation).output_shape, enums)
    for state in states:
        for _, text in _expressions(_own(state)):
            for word in re.findall(r"\$\w+\s*!?=\s*'([A-Za-z][\w-]*)'", re.sub(r"\$states\.[\w.]+", "", text)):
                if word not in words:
                    say("constant", state.where, f"nothing ever says {word!r}", "Correct the word")
            for key in re.findall(r"\.details\.(\w+)", text):
                if key not in details:
                    say("unread", state.where, f"no function's details hold {key}", "Correct its name")
            for key, word in re.findall(r"\.(\w+)\s*!?=\s*'([^']*)'", text):
                if kinds.get(key) and kinds[key] <= {"flag", "whole", "number"}:
                    say("constant", state.where, f"{key} is no text and is compared with {word!r}", "Compare with true or a number")
                if key in enums and word not in enums[key]:
                    say("constant", state.where, f"{key} is compared with {word!r}, which the service never says",
                        "Write one of " + ", ".join(sorted(enums[key])))
            for key, inside in re.findall(r"\.(\w+)\s+in\s+\[([^\]]*)\]", text):
                for word in re.findall(r"'([^']*)'", inside):
                    if key in enums and word not in enums[key]:
                        say("constant", state.where, f"{key} is compared with {word!r}, which the service never says",
                            "Write one of " + ", ".join(sorted(enums[key])))
            for optional in ("errorOutput.Cause", "context.Execution.RedriveCount"):
                reads = text.count("$states." + optional)
                if reads and f"$exists($states.{optional})" not in text:
                    say("optional", state.where, f"$states.{optional} is not always there, and reading it then fails the execution",
                        f"Write $exists($states.{optional}) ? … : …")


def _enums(shape, found, depth=0):
    if shape is None or depth > 3:
        return
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if getattr(member, "enum", None):
                found.setdefault(name[0].upper() + name[1:], set()).update(member.enum)
            _enums(member, found, depth + 1)


def _variables(states, say):
    """A variable that a Choice or a request reads must be able to change, and what is assigned must be read afterwards."""
    given = {}
    for state in states:
        for rule in (state.raw, *as_list(state.raw.get("Choices")), *as_list(state.raw.get("Catch"))):
            for name, value in (rule.get("Assign") or {}).items():
                given.setdefault(name, []).append((state, value))
    read = {}
    for state in states:
        for _, text in _expressions(_own(state)):
            for name in re.findall(r"\$([A-Za-z]\w*)\b(?!\s*\()", text):
                read.setdefault(name, []).append(state)
    for name, values in given.items():
        literals = {repr(v) for _, v in values if not (isinstance(v, str) and EXPRESSION.match(v))}
        constant = len(literals) == 1 and all(not (isinstance(v, str) and EXPRESSION.match(v)) for _, v in values)
        if name in read and constant and values[0][1] in (None, True, False):
            say("constant", values[0][0].where, f"${name} is never anything but {literals.pop()}, and {read[name][0].name} reads it",
                "Assign what it stands for")
    _dead(states, given, say)


def _dead(states, given, say):
    """Assigned, and on no way after it read."""
    def after(state):
        found, todo = set(), [(state.scope, t) for t, _, _ in edges(state)]
        if state.raw.get("End") is True or state.type in ("Succeed", "Fail"):
            return found
        while todo:
            scope, name = todo.pop()
            if (id(scope), name) in found or name not in scope.states:
                continue
            found.add((id(scope), name))
            todo += [(scope, t) for t, _, _ in edges(scope.states[name])]
            todo += [(inner, inner.start) for inner in scope.inner if inner.owner.name == name]
        return found

    index = {(id(s.scope), s.name): s for s in states}
    for name, values in given.items():
        readers = {key for key, s in index.items() if re.search(r"\$" + name + r"\b(?!\s*\()", str(_own(s)))}
        if not readers:
            continue  # nothing reads it at all: told where that matters
        for state, _ in values:
            if not after(state) & readers:
                say("dead-variable", state.where, f"${name} is assigned, and no way from there leads to where it is read",
                    "Lead there, or take it out")


def _waits(states, say):
    """A Wait by a variable: its expression is worked out round by round."""
    for state in states:
        match = re.fullmatch(r"\{%\s*\$(\w+)\s*%\}", str(state.raw.get("Seconds"))) if state.type == "Wait" else None
        if not match:
            continue
        name = match.group(1)
        assigned = [(s, v) for s in states for v in [(s.raw.get("Assign") or {}).get(name)] if v is not None]
        start = next((v for _, v in assigned if isinstance(v, (int, float))), None)
        step = next((m.group(1) for _, v in assigned if isinstance(v, str) for m in [EXPRESSION.match(v)] if m), "")
        if start is None:
            continue
        value, values = start, [start]
        for _ in range(30 if step else 0):
            text = step.replace("$" + name, str(value))
            text = re.sub(r"\$(min|max|ceil|floor|round)\b", r"\1", text).strip()
            if not re.fullmatch(r"[\d.+*/()\[\],\s-]*(?:(?:min|max|ceil|floor|round)[\d.+*/()\[\],\s-]*)*", text):
                return
            try:
                value = eval(text, {"__builtins__": {}}, {"min": lambda x: min(x), "max": lambda x: max(x), "ceil": math.ceil,  # noqa: S307
                                                          "floor": math.floor, "round": round})
            except (ArithmeticError, SyntaxError, TypeError):
                return
            values.append(value)
        if min(values) < 1 or any(v != int(v) for v in values):
            say("wait", state.where, f"${name} becomes {min(values)}: the loop asks without a pause", "Let it grow")
        if max(values) > 600:
            say("wait", state.where, f"${name} grows to {max(values)} s, and an end is seen that much later", "Bound it")


def _steps(states, say):
    """A failure names the step that a redrive goes back to: the state's own, where it is a step."""
    steps = {w for s in states for _, t in _expressions(_own(s)) for w in re.findall(r"\$startFrom\s*=\s*'(\w+)'", t)}
    if not steps:
        return
    names = {s.name for s in states}
    for state in states:
        for rule in (state.raw, *as_list(state.raw.get("Catch"))):
            for part in ("Assign", "Output"):
                step = (rule.get(part) or {}).get("step") if isinstance(rule.get(part), dict) else None
                if not isinstance(step, str) or EXPRESSION.match(step):
                    continue
                if step not in steps | names and not re.match(r"Import", step):
                    say("step", state.where, f"there is no step {step}", "Name one that StartFrom knows")
                if state.name in steps and step != state.name:
                    say("step", state.where, f"its failure says the step {step}", f"Write {state.name}")


def _history(scope, say):
    """A bounded loop must fit into the history of an execution."""
    for state in scope.states.values():
        for target, kind, rule in edges(state):
            match = re.search(r"\$\w+\s*<=?\s*(\d+)", str(rule.get("Condition", ""))) if kind == "choice" else None
            round_ = _cycle(scope, state.name, target) if match else None
            if match and round_:
                events = sum(EVENTS.get(scope.states[n].type, 2) for n in round_)
                if int(match.group(1)) * events > HISTORY:
                    say("history", state.where, f"{match.group(1)} rounds of {len(round_)} states are more than the 25,000 events of an execution",
                        f"Bound them by {HISTORY // events}")


def _cycle(scope, start, target):
    """The shortest way back from target to start."""
    ways, todo = {target: [target]}, [target]
    while todo:
        name = todo.pop(0)
        if name == start:
            return ways[name]
        for one, kind, _ in edges(scope.states[name]) if name in scope.states else ():
            if one not in ways and kind != "catch":
                ways[one] = ways[name] + [one]
                todo.append(one)
    return None


def _cleaned(scope, say):
    """What a scope starts and deletes is deleted on every way."""
    for name in scope.states:
        thing = name.removeprefix("Start") if name.startswith("Start") else None
        last = "Delete" + str(thing)
        if not thing or last not in scope.states:
            continue
        seen, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one in seen or one == last or one not in scope.states:
                continue
            seen.add(one)
            todo += [t for t, _, _ in edges(scope.states[one])]
            if scope.states[one].type in ("Succeed", "Fail") or scope.states[one].raw.get("End") is True:
                say("left-over", scope.states[name].where, f"a way leads to {one} past {last}", f"Lead through {last}")


def _state(model, machine, state, say, asked, spoken):
    raw, task = state.raw, task_of(state) if state.type == "Task" else None
    for catch in as_list(raw.get("Catch")):
        output = catch.get("Output")
        if isinstance(output, dict) and output.get("outcome") not in (None, "FAILED") and "States.ALL" in as_list(catch.get("ErrorEquals")):
            say("catch", state.where, f"whatever fails is told as {output['outcome']}", "Write FAILED")
    for retry in as_list(raw.get("Retry")):
        for error in as_list(retry.get("ErrorEquals")):
            lasts = LASTS.get(str(error).rpartition(".")[2])
            if lasts:
                delay, total = retry.get("IntervalSeconds", 1), 0
                for _ in range(retry.get("MaxAttempts", 3)):
                    total += min(delay, retry.get("MaxDelaySeconds", delay))
                    delay *= retry.get("BackoffRate", 2)
                if total < lasts:
                    say("retry", state.where, f"{error} is retried for {total:g} s and may last minutes", f"Retry for {lasts} s at least")
    if state.type == "Map" and ((raw.get("ItemProcessor") or {}).get("ProcessorConfig") or {}).get("Mode", "INLINE") != "INLINE":
        say("map-mode", state.where, "the items would be executions of their own, without variables of this one", "Write INLINE")
    if state.type == "Fail" and "Output" in raw:
        say("type", state.where, "a Fail has no Output", "Write Error and Cause, or Succeed")
    if task is None:
        return
    inside = state.scope.owner
    if inside is not None and not raw.get("Catch"):
        say("no-catch", state.where, f"its failure would take the others of {inside.name} down with it", "Catch States.ALL")
    if task.pattern == "" and (task.service, task.action) in WAITABLE:
        say("no-wait", state.where, f"{task.action} is not waited for", "Write .sync")
    if task.pattern == ".waitForTaskToken" and "Task.Token" not in str(task.arguments):
        say("no-wait", state.where, "nobody gets the token that the state waits for", "Pass $states.context.Task.Token")
    given = (task.arguments or {}).get("Payload" if task.service == "lambda" else "Input") if isinstance(task.arguments, dict) else None
    for path, word in walk(given) if task.service in ("lambda", "states") else ():
        if isinstance(word, str) and re.fullmatch(r"[A-Za-z]\w*", word) and word not in spoken:
            say("payload", state.where, f"{'.'.join(map(str, path))} is {word!r}, a word that no class knows", "Correct the word")
    if task.service == "lambda" and isinstance(task.arguments, dict):
        function = _function(model, machine, task)
        for key, value in (task.arguments.get("Payload") or {}).items() if isinstance(task.arguments.get("Payload"), dict) else ():
            expression = EXPRESSION.match(value) if isinstance(value, str) else None
            text = expression.group(1).strip() if expression else ""
            # One hit alone is no list in JSONata, and no hit is nothing.
            if re.search(r"\w\[[^\]]*=[^\]]*\]", text) and not text.startswith("[") and function and _list(model, function, key):
                say("singleton", state.where, f"{key} is a list, and {text} is none when it finds one", "Write [ … ] around it")
    if task.service == "states" and isinstance(task.arguments, dict) and isinstance(task.arguments.get("Input"), dict):
        given = task.arguments["Input"]
        name = re.fullmatch(r"\$\{(\w+)\}", str(given.get("start")))
        value = machine.substitutions.get(name.group(1)) if name else None
        target = (value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0]) if isinstance(value, dict) else None
        function = next((f for f in model.functions if f[1] == target), None)
        for component, words in model.facts.words_of(str(function[2].get("Handler"))).items() if function else ():
            word = (given.get("request") or {}).get(component) if isinstance(given.get("request"), dict) else None
            if isinstance(word, str) and not EXPRESSION.match(word):
                asked.setdefault((target, component, frozenset(words)), {}).setdefault(word, []).append((machine, state))
                if word not in words:
                    say("payload", state.where, f"{target} takes no {component} {word!r}", "Write one of " + ", ".join(sorted(words)))
    if (task.service, task.action) == ("glue", "startJobRun") and isinstance(task.arguments, dict):
        _job(model, machine, state, task, say)


def _list(model, function, key):
    shapes = model.facts.handler(str(function[2].get("Handler")))
    shape = shapes[0].get(key) if shapes and isinstance(shapes[0], dict) else None
    return isinstance(shape[0] if isinstance(shape, tuple) else shape, list)


def _job(model, machine, state, task, say):
    name = re.fullmatch(r"\$\{(\w+)\}", str(task.arguments.get("JobName")))
    value = machine.substitutions.get(name.group(1)) if name else None
    targets = set(re.findall(r"'Ref': '(\w+)'", str(value)))
    given = set(re.findall(r"--([\w-]+)", str(task.arguments.get("Arguments"))))
    for key, text in (task.arguments.get("Arguments") or {}).items() if isinstance(task.arguments.get("Arguments"), dict) else ():
        if re.fullmatch(r"\{%\s*\$(run|plan|rooms)\s*%\}", str(text)):
            say("sdk-parameter", state.where, f"{key} is an object; Glue takes text", "Name the field")
    for template in model.all():
        for target in targets & set(template.resources):
            properties = template.resources[target].get("Properties") or {}
            defaults = {k.removeprefix("--") for k in properties.get("DefaultArguments") or {}}
            job = str((properties.get("DefaultArguments") or {}).get("--job_class"))
            if job not in model.facts.jobs:
                continue
            known = set(model.facts.jobs[job].arguments)
            needed = {n for n, a in model.facts.jobs[job].arguments.items() if a["needed"]}
            for key in sorted(given - known):
                say("job-argument", state.where, f"{target} reads no --{key}", "Correct its name")
            for key in sorted(needed - given - defaults):
                say("job-argument", state.where, f"{target} needs --{key}, and neither its DefaultArguments nor this state gives it", "Pass it")


def _asked(model, asked, findings):
    """Each word that a function's switch takes is asked for by somebody, and by one state."""
    for (target, component, words), used in asked.items():
        for word in sorted(words - set(used)):
            machine, state = next(iter(used.values()))[0]
            _Say(machine, findings)("payload", state.where, f"{target} takes the {component} {word!r}, and no state asks for it",
                                    "Ask for it, or take the case out")
