"""Own rules for numbers and prefixes that must agree between the templates, the machines and the Java."""

import math
import re

from .aslview import edges, scope_of, task_of
from .model import as_list
from .rules_pairs import seconds

# A loop of looks that no deadline ends goes on at least for so long: what it waits for takes minutes.
LEAST_LOOKING = 600
# What is swept away costs by the hour.
SWEEP = 3600
# A mistake is seen within a week, and can be undone until then.
LEAST_VERSIONS = 7
# Looks at a queue's messages are no letters, and what a redrive moves is not counted as sent.
LETTERS = ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage")
BOUND = re.compile(r"\$(\w+) < (\d+)")
MOST_ROUNDS = 100_000


def rules(view, model, say):
    settings(view, model, say)
    loops(view, model, say)
    arrivals(view, model, say)
    dead_letters(view, say)
    sweeps(view, model, say)
    versions(view, say)


# -- settings

def settings(view, model, say):
    """Each variable of a function has a value that its settings take."""
    told = set()
    for item in view.of_type("AWS::Lambda::Function"):
        for name, value in ((item.properties.get("Environment") or {}).get("Variables") or {}).items():
            variable = model.facts.variables[name] if name in model.facts.variables else None
            problem = variable and (name, value) not in told and refused(variable, str(value))
            told.add((name, value))
            if problem:
                say("setting", item, f"{name} is {value!r}; the functions take {problem}", "Write such a value")


def refused(variable, value):
    """What a variable takes instead of the value, or None when it takes it."""
    kind, allowed = variable["kind"], variable["allowed"]
    if kind == "oneOf":
        return None if value in allowed else " or ".join(allowed)
    if kind == "duration":
        length = seconds(value)
        least = seconds(allowed[0]) if allowed else 0
        return None if length is not None and length >= least else f"a duration of at least {allowed[0] if allowed else 'PT0S'}"
    if kind in ("number", "whole"):
        try:
            number = float(value)
        except ValueError:
            return f"a {kind} number"
        inside = float(allowed[0]) <= number <= float(allowed[1])
        return None if inside and (kind == "number" or number == int(number)) else f"{kind} numbers from {allowed[0]} to {allowed[1]}"
    return None


# -- loops of machines

def loops(view, model, say):
    """A counted loop goes round at least once, and looks for as long as what it waits for may take."""
    longest = max((seconds(value) or 0 for item in view.of_type("AWS::Lambda::Function") for name, value in (
        (item.properties.get("Environment") or {}).get("Variables") or {}).items() if name.endswith("_TIMEOUT")), default=0)
    for item in view.of_type("AWS::StepFunctions::StateMachine"):
        machine = next((m for m in model.machines if m.name == item.name), None)
        for scope in scope_of(machine).scopes() if machine is not None and machine.definition else ():
            for loop in loops_of(scope):
                loop.judged(longest if "$states.input.check" in (machine.text or "") else LEAST_LOOKING,
                            lambda rule, where, what, todo, m=machine: say(rule, (m.file, where, 0), what, todo))


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


# -- what arrives

def arrivals(view, model, say):
    """A rule on the lake's objects waits for a folder that the lake has; a queue of arrivals holds them until their window is over."""
    folders = model.facts.folders()
    held = seconds(model.facts.times["historyWindow"]) + seconds(model.facts.times["historySettle"])
    for rule in view.of_type("AWS::Events::Rule"):
        pattern = rule.properties.get("EventPattern") or {}
        if "aws.s3" not in as_list(pattern.get("source")):
            continue
        prefixes = [one.get("prefix") for one in as_list(((pattern.get("detail") or {}).get("object") or {}).get("key")) if isinstance(one, dict)]
        for prefix in prefixes:
            if prefix not in folders:
                say("arrival", rule, f"nothing is ever put under {prefix}; the lake's folders are {', '.join(folders)}", "Name one of them")
        for target in as_list(rule.properties.get("Targets")):
            queue = view.by_arn.get(target.get("Arn"))
            if queue is not None and queue.type == "AWS::SQS::Queue" and model.facts.constants["HISTORY"] in prefixes:
                delay = int(queue.properties.get("DelaySeconds", 0))
                if delay < held:
                    say("arrival", queue, f"a message is taken after {delay} s, and its window is over after {held} s only: it would come "
                        "back again and again", f"Write DelaySeconds: {held}")


def dead_letters(view, say):
    """An alarm on a dead-letter queue counts the letters that lie there."""
    letters = {str(value).rsplit(":", 1)[-1] for item in view.items for value in dead_letter_arns(item)}
    for alarm in view.of_type("AWS::CloudWatch::Alarm"):
        p = alarm.properties
        queue = next((d.get("Value") for d in as_list(p.get("Dimensions")) if d.get("Name") == "QueueName"), None)
        if p.get("Namespace") == "AWS/SQS" and queue in letters and p.get("MetricName") not in LETTERS:
            say("dead-letter-alarm", alarm, f"{p.get('MetricName')} says nothing of the letters that lie in {queue}", f"Watch {LETTERS[0]}")


def dead_letter_arns(item):
    for target in [item.properties, *as_list(item.properties.get("Targets")), item.properties.get("Target") or {}]:
        if isinstance(target, dict) and isinstance(target.get("DeadLetterConfig"), dict):
            yield target["DeadLetterConfig"].get("Arn")
    redrive = item.properties.get("RedrivePolicy")
    if isinstance(redrive, dict):
        yield redrive.get("deadLetterTargetArn")


# -- what is swept, and what is kept

def sweeps(view, model, say):
    """A function that lists endpoints to delete them is started at least each hour."""
    functions = {f.arn: str(f.properties.get("Handler", "")).split("::")[0] for f in view.of_type("AWS::Lambda::Function")}
    for schedule in view.of_type("AWS::Scheduler::Schedule"):
        handler = functions.get((schedule.properties.get("Target") or {}).get("Arn"))
        calls = model.facts.sdk(model.facts.handlers[handler]) if handler in model.facts.handlers else set()
        if not {("sagemaker", "deleteEndpoint")} <= calls or not any(m.startswith("listEndpoints") for p, m in calls if p == "sagemaker"):
            continue
        every = rate(str(schedule.properties.get("ScheduleExpression")))
        if every is None or every > SWEEP:
            say("sweep", schedule, f"{schedule.properties.get('ScheduleExpression')} leaves an endpoint of a dead run on for longer than an hour, "
                "and it costs by the hour", "Sweep at least each hour, by rate(…)")


def rate(expression):
    """Seconds between two starts, or None when it is no rate."""
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    return int(match.group(1)) * {"minute": 60, "hour": 3600, "day": 86400}[match.group(2)] if match else None


def versions(view, say):
    """Whoever overwrites or deletes by mistake has a week to see it."""
    for bucket in view.of_type("AWS::S3::Bucket"):
        for rule in as_list((bucket.properties.get("LifecycleConfiguration") or {}).get("Rules")):
            days = (rule.get("NoncurrentVersionExpiration") or {}).get("NoncurrentDays")
            if days is not None and int(days) < LEAST_VERSIONS:
                say("versions", bucket, f"what was overwritten by mistake is gone after {days} days", f"Keep it for {LEAST_VERSIONS} days or more")
