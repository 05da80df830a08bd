"""Rules on state machines as resources: their logs, what they wait for, loops that end."""

import math
import re

from ..aslview import PLACEHOLDER, edges, scope_of, task_of
from ..model import as_list
from .registry import on, over

# A loop of looks that no deadline ends goes on at least for so long: what it waits for takes minutes.
LEAST_LOOKING = 600
BOUND = re.compile(r"\$(\w+) < (\d+)")
COMPARED = re.compile(r"\$\w+\s*(?:<=?|>=?)\s*\d+|\d+\s*(?:<=?|>=?)\s*\$\w+")
MOST_ROUNDS = 100_000


@on("E9071", "AWS::StepFunctions::StateMachine",
    about="A machine writes its log and its traces.")
def machine(view, model, item, say):
    p = item.properties
    if (p.get("TracingConfiguration") or {}).get("Enabled") not in (True, "true"):
        say("tracing", "the machine is not traced", "Write Tracing: {Enabled: true}")
    logging = p.get("LoggingConfiguration") or {}
    if logging.get("Level", "OFF") == "OFF" or logging.get("Level") not in ("ALL", "ERROR"):
        say("machine-logs", "the machine logs nothing", "Write Logging with Level ERROR and a log group")
    if logging.get("IncludeExecutionData") in (True, "true"):
        say("machine-logs", "the log would hold inputs and outputs", "Write IncludeExecutionData: false")
    groups = [str((d.get("CloudWatchLogsLogGroup") or {}).get("LogGroupArn", "")) for d in as_list(logging.get("Destinations"))]
    for arn in groups:
        if not re.fullmatch(r"arn:aws:logs:[^:]+:[^:]+:log-group:[^:*]+:\*", arn):
            say("log-arn", f"{arn} is not a log group's ARN with :* at its end", "Use !GetAtt Group.Arn")
        elif not re.search(r":log-group:/aws/vendedlogs/", arn):
            say("machine-logs", "a log group outside of /aws/vendedlogs/ can break the account's resource policy of 5120 characters",
                "Name it /aws/vendedlogs/states/…")
    if logging.get("Level", "OFF") != "OFF" and not groups:
        say("machine-logs", "Logging without a destination", "Name a log group")
    if p.get("StateMachineType", "STANDARD") != "STANDARD":
        say("machine-type", "an EXPRESS machine has no .sync and runs twice at times", "Write STANDARD")


def seconds(text):
    """Of an ISO 8601 duration, or None."""
    match = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", str(text))
    if not match or not any(match.groups()):
        return None
    return sum(int(g or 0) * unit for g, unit in zip(match.groups(), (86400, 3600, 60, 1), strict=False))


@over
def times(view, model, say):
    """What is waited for may not take longer than who waits."""
    machines = {m.name: m for m in model.machines}
    waits = {}
    for item in view.of_type("AWS::StepFunctions::StateMachine"):
        machine = machines.get(item.name)
        values = item.properties.get("DefinitionSubstitutions") or {}
        for state in scope_of(machine).all() if machine is not None and machine.definition else ():
            task = task_of(state) if state.type == "Task" else None
            if task and task.service == "glue" and task.action == "startJobRun" and task.pattern and isinstance(task.arguments, dict):
                name = PLACEHOLDER.sub(lambda m: str(values.get(m.group(1), m.group(0))), str(task.arguments.get("JobName")))
                waits[name] = (f"the state {state.name}", state.raw.get("TimeoutSeconds"))
    bound = min((m.definition["TimeoutSeconds"] for m in model.machines if isinstance(m.definition, dict) and isinstance(
        m.definition.get("TimeoutSeconds"), int) and "$states.input.check" in (m.text or "")), default=None)
    if bound is None:
        say("idle", ("statemachine", "-", 0), "no machine with a time limit asks the function that it is given as check",
            "Correct what the waiting machine is found by")
    told, held = set(), False
    for item in view.of_type("AWS::Lambda::Function"):
        given = (item.properties.get("Environment") or {}).get("Variables") or {}
        for name, value in given.items():
            if name.endswith("_TIMEOUT") and (name, value) not in told:
                told.add((name, value))
                length = seconds(value)
                if length is not None and bound is not None and length >= bound:
                    say("wait", item, f"{name} is {value}, and the machine that asks is ended after {bound} s", "Shorten it")
        if given.get("ROOM_JOB") and seconds(given.get("JOB_TIMEOUT")):
            held = True
            waits.setdefault(given["ROOM_JOB"], ("JOB_TIMEOUT", seconds(given["JOB_TIMEOUT"])))
    if not held:
        say("idle", ("template.yaml", "Globals", 0), "no function has ROOM_JOB and JOB_TIMEOUT, which the job's own limit is held against",
            "Correct the rule's names")
    for item in view.of_type("AWS::Glue::Job", "Custom::GlueStudioJob"):
        who, limit = waits.get(item.physical, (None, None))
        minutes = item.properties.get("Timeout", item.properties.get("TimeoutMinutes"))
        if isinstance(limit, int) and str(minutes).isdigit() and int(minutes) * 60 > limit:
            say("wait", item, f"the job may take {minutes} minutes, and {who} waits {limit} s only", "Make them equal")


@over
def loops(view, model, say):
    """A counted loop goes round at least once, and looks for as long as what it waits for may take."""
    longest = max((seconds(value) or 0 for item in view.of_type("AWS::Lambda::Function") for name, value in (
        (item.properties.get("Environment") or {}).get("Variables") or {}).items() if name.endswith("_TIMEOUT")), default=0)
    if not longest:
        say("idle", ("template.yaml", "Globals", 0), "no function has a variable that ends in _TIMEOUT, which the waiting machine outlasts",
            "Correct the rule's ending")
    found = 0
    for item in view.of_type("AWS::StepFunctions::StateMachine"):
        machine = next((m for m in model.machines if m.name == item.name), None)
        if machine is None or not machine.definition:
            continue
        least = longest if "$states.input.check" in (machine.text or "") else LEAST_LOOKING
        for scope in scope_of(machine).scopes():
            for choice, condition in unread(scope):
                say("loop", (machine.file, choice.where, 0), f"how often the loop goes round cannot be told from {condition}",
                    "Write its bound as $counter < number")
            for loop in loops_of(scope):
                found += 1
                loop.judged(least, lambda rule, where, what, todo, m=machine: say(rule, (m.file, where, 0), what, todo))
    if not found:
        say("idle", ("statemachine", "-", 0), "no machine has a counted loop such as $polls < 1500", "Correct what loops are found by")


class Loop:
    """A Choice that goes back while a counter is under a bound."""

    def __init__(self, scope, choice, counter, bound, way, before):
        self.scope, self.choice, self.counter, self.bound = scope, choice, counter, bound
        # The way from the Choice back to it, and the variables' values when it is reached first.
        self.way, self.values = way, before

    def judged(self, longest, say):
        first = self.values.get(self.counter)
        if first is None:
            say("loop", self.choice.where, f"what ${self.counter} begins with cannot be told", "Assign a number before the loop")
            return
        if first >= self.bound:
            say("loop", self.choice.where, f"${self.counter} is {first} when it is first asked whether it is under {self.bound}, so the "
                "loop never goes round", "Raise the bound")
            return
        waits = [state for state, _ in self.way if state.type == "Wait"]
        if not waits:
            return
        looked = self._looked()
        if looked is None:
            say("loop", waits[0].where, "how long the loop waits cannot be told from its expressions",
                "Write numbers, variables and $min, $max, $ceil or $power of them")
        elif looked < longest:
            say("loop", self.choice.where, f"the loop gives up after {looked:.0f} s, and what it waits for may take {longest:.0f} s",
                "Raise its bound or its waits")

    def _looked(self):
        values, total = dict(self.values), 0
        for _ in range(MOST_ROUNDS):
            if values[self.counter] >= self.bound:
                break
            for state, taken in self.way:
                if state.type == "Wait":
                    wait = number(state.raw.get("Seconds"), values)
                    if wait is None:
                        return None
                    total += wait
                values.update(assigned(taken.get("Assign"), values))
        return total


def unread(scope):
    """Choices that go back by a comparison with a number which is not of the form that is read."""
    for choice in scope.states.values():
        for rule in as_list(choice.raw.get("Choices")) if choice.type == "Choice" else ():
            condition = str(rule.get("Condition"))
            if COMPARED.search(condition) and not BOUND.search(condition) and path(scope, rule.get("Next"), choice.name) is not None:
                yield choice, condition


def loops_of(scope):
    for choice in scope.states.values():
        for rule in as_list(choice.raw.get("Choices")) if choice.type == "Choice" else ():
            for counter, bound in BOUND.findall(str(rule.get("Condition"))):
                back = path(scope, rule.get("Next"), choice.name)
                if back is not None:
                    yield Loop(scope, choice, counter, int(bound), back, before(scope, choice, counter))


def before(scope, choice, counter):
    """The variables' values on the shortest way to the Choice from what first sets the counter."""
    for state in scope.states.values():
        for target, _, rule in edges(state):
            values = assigned(rule.get("Assign"), {})
            way = path(scope, target, choice.name) if counter in values else None
            if way is not None:
                for _, taken in way:
                    values.update(assigned(taken.get("Assign"), values))
                return values
    # A branch's counter may be set by the state that holds the branch.
    return assigned(scope.owner.raw.get("Assign"), {}) if scope.owner is not None else {}


def path(scope, start, end):
    """
    The shortest way from one state to before another, as (state, what it leaves by, which may assign), or None.
    Over failures only where nothing else leads there.
    """
    return _path(scope, start, end, ("next", "choice", "default")) or _path(scope, start, end, ("next", "choice", "default", "catch"))


def _path(scope, start, end, kinds):
    ways, seen = [(start, [])], {start}
    while ways:
        name, way = ways.pop(0)
        if name == end:
            return way
        state = scope.states.get(name)
        for target, kind, rule in edges(state) if state is not None else ():
            if kind in kinds and target not in seen:
                seen.add(target)
                ways.append((target, [*way, (state, rule)]))
    return None


def assigned(given, values):
    """What an Assign makes of the variables, as far as it is numbers."""
    made = {name: number(value, values) for name, value in (given or {}).items()}
    return {name: value for name, value in made.items() if value is not None}


def number(value, values):
    """A number, or what an expression of numbers, numeric variables, $min, $max, $ceil and $power comes to; else None."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    match = re.fullmatch(r"\{%(.*)%\}", str(value).strip(), re.S)
    if not match:
        return None
    text = re.sub(r"\$(min|max|ceil|power)\b", r"\1", match.group(1))
    text = re.sub(r"\$(\w+)", lambda m: str(values[m.group(1)]) if m.group(1) in values else m.group(0), text)
    if not re.fullmatch(r"(?:min|max|ceil|power|[\d.\s()\[\],+*/-])+", text):
        return None
    try:
        return eval(text, {"__builtins__": {}}, {"min": min, "max": max, "ceil": math.ceil, "power": pow})  # noqa: S307
    except (SyntaxError, TypeError, ArithmeticError):
        return None
