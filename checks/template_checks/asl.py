"""State machines as graphs: every way ends, loops are bounded, failures are caught."""

import re

from .aslview import edges, scope_of, task_of
from .finding import Finding
from .model import as_list

TERMINAL = {"Succeed", "Fail"}
# What Lambda's own documentation says to retry always.
LAMBDA_TRANSIENT = {"Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException",
                    "Lambda.TooManyRequestsException"}
TYPES = {"Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"}


def run(model):
    findings = []
    for machine in model.machines:
        if machine.definition is None:
            findings.append(Finding("asl", "file", machine.file, machine.name, "the definition is missing or no JSON",
                                    "Correct DefinitionUri or the file"))
            continue
        findings += _machine(model, machine)
    used = {m.path for m in model.machines}
    for path in sorted((model.root / "statemachine").glob("*.json")) if (model.root / "statemachine").is_dir() else []:
        if path.resolve() not in used:
            findings.append(Finding("asl", "file", str(path.relative_to(model.root)), "-", "no template uses this machine",
                                    "Take it out, or name it as a DefinitionUri"))
    return findings


class _Say:
    def __init__(self, machine, findings):
        self.machine, self.findings = machine, findings

    def __call__(self, rule, where, what, todo):
        lines = (self.machine.text or "").split("\n")
        name = where.split("/")[-1].split(" -> ")[0]
        line = next((i for i, one in enumerate(lines, 1) if one.strip().startswith(f'"{name}": {{')), 0)
        self.findings.append(Finding("asl", rule, self.machine.file, where, what, todo, line))


def _machine(model, machine):
    findings = []
    say = _Say(machine, findings)
    root = scope_of(machine)
    definition = machine.definition
    if not isinstance(definition.get("TimeoutSeconds"), int) or not 0 < definition["TimeoutSeconds"] <= 31536000:
        say("machine-timeout", "-", "the machine has no TimeoutSeconds", "Bound the whole machine")
    if definition.get("QueryLanguage") != "JSONata":
        say("query-language", "-", "the machine's QueryLanguage is not JSONata", "Write QueryLanguage: JSONata at the top")
    seen = set()
    for scope in root.scopes():
        _graph(scope, say)
        for state in scope.states.values():
            if state.name in seen:
                say("name", state.where, "two states of the machine have this name", "Rename one")
            seen.add(state.name)
            _state(model, machine, state, say)
    return findings


def _graph(scope, say):
    where = "/".join(scope.path) or "-"
    if scope.start not in scope.states:
        say("start", where, f"StartAt names {scope.start!r}, which is no state there", "Name a state")
        return
    ways = {}
    for state in scope.states.values():
        targets = []
        for target, _, _ in edges(state):
            if target not in scope.states:
                say("target", state.where, f"it leads to {target!r}, which is no state there", "Name a state")
            else:
                targets.append(target)
        ways[state.name] = targets
    reached, todo = set(), [scope.start]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += ways[name]
    for state in scope.states.values():
        if state.name not in reached:
            say("unreachable", state.where, "nothing leads to this state", "Lead to it, or take it out")
    ends = {n for n, s in scope.states.items() if s.type in TERMINAL or s.raw.get("End") is True}
    grown = True
    while grown:
        grown = False
        for name, targets in ways.items():
            if name not in ends and any(t in ends for t in targets):
                ends.add(name)
                grown = True
    for name in sorted(reached - ends):
        say("no-end", scope.states[name].where, "no way leads from here to an end", "Lead to an end")
    _loops(scope, say)
    _caught_astray(scope, say)
    _dropped(scope, say)


def _caught_astray(scope, say):
    """Catches that hand on no Output say a failure by where they lead; one that leads elsewhere hides it."""
    targets = {}
    for state in scope.states.values():
        for catch in as_list(state.raw.get("Catch")):
            if isinstance(catch, dict) and "Output" not in catch:
                targets.setdefault(catch.get("Next"), []).append(state)
    if not targets:
        return
    usual = max(targets, key=lambda t: len(targets[t]))
    for target, states in targets.items():
        for state in states:
            if target != usual and len(targets[usual]) > 1:
                say("catch-astray", state.where, f"a failure leads to {target}, as if nothing had failed, and others lead to {usual}",
                    f"Lead to {usual}, or say the failure in Output")


def _dropped(scope, say):
    """A Parallel, a Map or a child whose result nobody reads."""
    for state in scope.states.values():
        task = task_of(state) if state.type == "Task" else None
        if state.type not in ("Parallel", "Map") and not (task and task.service == "states"):
            continue
        assigned = any("$states.result" in str(v) for v in (state.raw.get("Assign") or {}).values())
        if not assigned and state.raw.get("End") is not True and not _read(scope, state.raw.get("Next"), set()):
            say("result-dropped", state.where, "what it answers is read by nobody", "Assign it, or read it in the next state")


def _read(scope, name, seen):
    """Whether a state, or what gets its input handed on, reads its input."""
    state = scope.states.get(name)
    if state is None or name in seen:
        return False
    seen.add(name)
    own = {k: v for k, v in state.raw.items() if k not in ("Branches", "ItemProcessor", "Iterator", "Catch")}
    if "$states.input" in str(own) or (state.type == "Succeed" and "Output" not in state.raw):
        return True
    if state.raw.get("End") is True and state.type in ("Pass", "Wait") and "Output" not in state.raw:
        return True
    if state.type == "Parallel" and any(_read(s, s.start, set()) for s in scope.inner if s.owner is state):
        return True
    if state.type in ("Choice", "Wait", "Pass") and "Output" not in state.raw:
        return any(_read(scope, target, seen) for target, kind, _ in edges(state) if kind != "catch")
    return False


def _loops(scope, say):
    """Every cycle must pass a Choice that compares a counter which the cycle raises."""
    raised = {name for state in scope.states.values() for name, value in (state.raw.get("Assign") or {}).items()
              if isinstance(value, str) and re.search(r"\$" + re.escape(name) + r"\s*\+\s*\d", value)}
    # A counter that another state of the loop sets back counts nothing.
    def bounded(state, kind, rule):
        if kind != "choice" or state.type != "Choice":
            return False
        condition = str(rule.get("Condition", ""))
        inner = condition.strip().removeprefix("{%").removesuffix("%}")
        if re.search(r"\bor\b", inner):
            return False
        for name in raised:
            if re.search(r"\$" + re.escape(name) + r"\s*<=?\s*\d+", inner) or re.search(
                    r"\d+\s*>=?\s*\$" + re.escape(name) + r"\b", inner):
                return True
        return False

    ways = {n: [] for n in scope.states}
    for state in scope.states.values():
        for target, kind, rule in edges(state):
            if target in scope.states and not bounded(state, kind, rule):
                ways[state.name].append(target)
    done, stack = set(), []

    def visit(name):
        stack.append(name)
        for target in ways[name]:
            if target in stack:
                round_ = stack[stack.index(target):]
                say("unbounded-loop", f"{scope.states[name].where} -> {target}",
                    f"the loop {' -> '.join(round_)} -> {target} has no Choice that bounds a counter",
                    "Count the rounds in Assign and compare in the Choice")
            elif target not in done:
                visit(target)
        stack.pop()
        done.add(name)

    for name in [scope.start, *scope.states]:
        if name not in done:
            visit(name)
    # What bounds a loop must be raised in it and never be set back in it.
    for state in scope.states.values():
        for name, value in (state.raw.get("Assign") or {}).items():
            if name in raised and not (isinstance(value, str) and f"${name}" in value) and _in_cycle(scope, state.name, name):
                say("unbounded-loop", f"{state.where} -> {name}", f"${name} bounds a loop and is set back inside it",
                    "Set the counter before the loop")


def _in_cycle(scope, name, counter):
    """Whether a state lies on a cycle with a state that raises the counter."""
    raising = {n for n, s in scope.states.items() if re.search(
        r"\$" + re.escape(counter) + r"\s*\+\s*\d", str((s.raw.get("Assign") or {}).get(counter, "")))}

    def reach(start):
        found, todo = set(), [start]
        while todo:
            for target, _, _ in edges(scope.states[todo.pop()]):
                if target in scope.states and target not in found:
                    found.add(target)
                    todo.append(target)
        return found

    return any(r in reach(name) and name in reach(r) for r in raising if r != name) and name not in raising


def _state(model, machine, state, say):
    raw, where = state.raw, state.where
    if state.type not in TYPES:
        say("type", where, f"there is no state type {state.type!r}", f"Write one of {', '.join(sorted(TYPES))}")
        return
    if state.type not in TERMINAL | {"Choice"} and ("Next" in raw) == (raw.get("End") is True):
        say("target", where, "it needs either Next or End", "Write one of them")
    if state.type == "Choice":
        if not isinstance(raw.get("Default"), str):
            say("choice-default", where, "a Choice without Default fails when nothing holds", "Lead Default somewhere")
        if not raw.get("Choices"):
            say("choice-default", where, "a Choice without Choices", "Write a rule, or take it out")
        conditions = [str(c.get("Condition")) for c in raw.get("Choices") or []]
        for condition in {c for c in conditions if conditions.count(c) > 1}:
            say("choice-twice", where, f"two rules have the condition {condition}", "Take one out")
        for condition in conditions:
            if re.fullmatch(r"\{%\s*(true|false)\s*%\}", condition):
                say("choice-constant", where, f"the condition {condition} is always the same", "Write what is meant")
    if state.type in ("Parallel", "Map") and not raw.get("Catch"):
        say("no-catch", where, f"a {state.type} without Catch fails the execution past the janitor", "Catch States.ALL")
    if state.type == "Map" and not raw.get("MaxConcurrency") and not raw.get("MaxConcurrencyPath"):
        say("map-concurrency", where, "MaxConcurrency 0 starts everything at once", "Bound it")
    if state.type == "Wait":
        given = [k for k in ("Seconds", "Timestamp", "SecondsPath", "TimestampPath") if k in raw]
        if len(given) != 1:
            say("wait", where, "a Wait needs exactly one of Seconds and Timestamp", "Write one")
        elif given == ["Seconds"] and not isinstance(raw["Seconds"], str) and not (
                isinstance(raw["Seconds"], int) and 1 <= raw["Seconds"] <= 99999999):
            say("wait", where, f"Seconds is {raw['Seconds']!r}: the loop asks without a pause", "Write a whole number from 1")
    if state.type == "Task":
        _task(model, machine, state, say)
    _retries(state, say)
    _catches(state, say)


def _child(model, machine, task):
    """The machine that a startExecution names by a placeholder, if it is ours."""
    name = re.fullmatch(r"\$\{(\w+)\}", str((task.arguments or {}).get("StateMachineArn", ""))) if isinstance(
        task.arguments, dict) else None
    value = machine.substitutions.get(name.group(1)) if name else None
    target = value.get("Ref") if isinstance(value, dict) else None
    if isinstance(value, dict) and "Fn::GetAtt" in value:
        target = value["Fn::GetAtt"][0]
    return next((m for m in model.machines if m.name == target), None)


def _function(model, machine, task):
    """(template, id, properties) of the function that a placeholder names."""
    name = re.fullmatch(r"\$\{(\w+)\}", str((task.arguments or {}).get("FunctionName", ""))) if isinstance(
        task.arguments, dict) else None
    value = machine.substitutions.get(name.group(1)) if name else None
    if isinstance(value, dict):
        target = value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0]
        return next((f for f in model.functions if f[1] == target), None)
    return None


def _task(model, machine, state, say):
    raw, where = state.raw, state.where
    task = task_of(state)
    if task is None:
        say("resource", where, f"the Resource {raw.get('Resource')!r} has no known form",
            "Write arn:aws:states:::SERVICE:ACTION with .sync, .sync:2 or .waitForTaskToken, or aws-sdk:SERVICE:ACTION")
        return
    timeout = raw.get("TimeoutSeconds")
    child = _child(model, machine, task) if task.service == "states" else None
    whole = machine.definition.get("TimeoutSeconds") or 0
    if timeout is None and not (child and isinstance((child.definition or {}).get("TimeoutSeconds"), int)):
        say("task-timeout", where, "the Task has no TimeoutSeconds: a lost answer hangs it for a year", "Bound it")
    if isinstance(timeout, int) and timeout > whole:
        say("task-timeout", where, f"its TimeoutSeconds {timeout} is longer than the machine's {whole}", "Shorten it")
    if isinstance(timeout, int) and isinstance(raw.get("HeartbeatSeconds"), int) and raw["HeartbeatSeconds"] >= timeout:
        say("task-timeout", where, "HeartbeatSeconds must be shorter than TimeoutSeconds", "Shorten it")
    function = _function(model, machine, task)
    if function and isinstance(timeout, int):
        own = function[2].get("Timeout", 3)
        if isinstance(own, int) and timeout < own:
            say("task-timeout", where, f"it gives up after {timeout} s while {function[1]} may take {own} s",
                "Wait longer than the function may run")
    if not raw.get("Retry"):
        say("no-retry", where, "the Task has no Retry", "Retry what passes by itself")
    elif task.service == "lambda":
        retried = {e for r in as_list(raw["Retry"]) for e in as_list(r.get("ErrorEquals"))}
        missing = LAMBDA_TRANSIENT - retried
        if missing and not retried & {"States.ALL", "States.TaskFailed"}:
            say("no-retry", where, f"Lambda's passing errors {', '.join(sorted(missing))} are not retried", "Retry them")
    if not raw.get("Catch") and not _held(state):
        say("no-catch", where, "the Task has no Catch and is in nothing that catches", "Catch States.ALL")
    if task.service == "states" and isinstance(task.arguments, dict):
        given = task.arguments.get("Input")
        if isinstance(given, dict) and "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID" not in given:
            say("child-link", where, "the child execution is not linked to its parent",
                "Pass AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID")
        if isinstance(given, dict) and {"start", "check"} <= set(given):
            verbs = [re.sub(r"^\$\{(?:Start|Launch|Check)(\w+)\}$", r"\1", str(given[k])) for k in ("start", "check")]
            if verbs[0] != verbs[1] or not re.match(r"^\$\{Check", str(given["check"])):
                say("pair", where, f"{given['start']} and {given['check']} are no pair", "Name the Start and the Check of one thing")
        if "Name" in task.arguments:
            say("child-name", where, "a child with a fixed name cannot be started again by a redrive", "Leave Name out")


def _held(state):
    scope = state.scope
    while scope.owner is not None:
        if scope.owner.raw.get("Catch"):
            return True
        scope = scope.owner.scope
    return False


def _retries(state, say):
    for retry in as_list(state.raw.get("Retry")):
        where = state.where
        errors = as_list(retry.get("ErrorEquals"))
        if not errors:
            say("retry", where, "a Retry without ErrorEquals", "Name the errors")
        most = retry.get("MaxAttempts", 3)
        if not isinstance(most, int) or not 0 <= most <= 99999999:
            say("retry", where, f"MaxAttempts is {most!r}", "Write a number")
        elif most == 0:
            say("retry", where, "MaxAttempts 0 never retries", "Take the Retry out, or retry")
        elif most > 50:
            say("retry", where, f"{most} attempts are no bound", "Retry less often")
        interval = retry.get("IntervalSeconds", 1)
        if not isinstance(interval, int) or interval < 1:
            say("retry", where, f"IntervalSeconds is {interval!r}", "Write a whole number from 1")
        rate = retry.get("BackoffRate", 2)
        if not isinstance(rate, (int, float)) or rate < 1:
            say("retry", where, f"BackoffRate is {rate!r}", "Write a number from 1")
        longest = retry.get("MaxDelaySeconds")
        if longest is not None and (not isinstance(longest, int) or longest <= (interval if isinstance(interval, int) else 0)):
            say("retry", where, f"MaxDelaySeconds {longest!r} is not above IntervalSeconds", "Write a longer delay")
        if retry.get("JitterStrategy", "NONE") not in ("FULL", "NONE"):
            say("retry", where, f"JitterStrategy is {retry['JitterStrategy']!r}", "Write FULL or NONE")
        for key in set(retry) - {"ErrorEquals", "IntervalSeconds", "BackoffRate", "MaxAttempts", "MaxDelaySeconds",
                                 "JitterStrategy", "Comment"}:
            say("retry", where, f"a Retry has no field {key}", "Correct its name")
    _order(state, "Retry", say)


def _catches(state, say):
    catches = as_list(state.raw.get("Catch"))
    if catches and not any("States.ALL" in as_list(c.get("ErrorEquals")) for c in catches):
        say("no-catch", state.where, "what Catch does not name fails the execution past the janitor", "Catch States.ALL last")
    for catch in catches:
        if not as_list(catch.get("ErrorEquals")):
            say("catch", state.where, "a Catch without ErrorEquals", "Name the errors")
    _order(state, "Catch", say)


def _order(state, field, say):
    rules = as_list(state.raw.get(field))
    seen = set()
    for index, rule in enumerate(rules):
        errors = as_list(rule.get("ErrorEquals"))
        if "States.ALL" in errors and (len(errors) > 1 or index < len(rules) - 1):
            say("order", state.where, f"States.ALL must stand alone and last in {field}", "Move it to the end")
        for error in errors:
            if error in seen:
                say("order", state.where, f"{field} names {error} twice; the second is never used", "Take one out")
            seen.add(error)
