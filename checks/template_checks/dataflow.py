"""What expressions read: variables that every way has assigned, and paths that something produced."""

import re

from . import catalog
from .asl import _child, _function, _Say
from .aslview import PLACEHOLDER, scope_of, task_of
from .facts import ANY
from .model import walk
from .text import balanced, split_top

EXPRESSION = re.compile(r"^\s*\{%(.*)%\}\s*$", re.S)
PATH = re.compile(r"\$([A-Za-z_]\w*)((?:\s*\.\s*[A-Za-z_]\w*|\[[^\]]*\])*)(\s*\()?")
ERROR = {"Error": None, "Cause": None}
CONTEXT = {
    "Execution": {"Id": None, "Input": ANY, "Name": None, "RoleArn": None, "StartTime": None, "RedriveCount": None,
                  "RedriveTime": None},
    "State": {"EnteredTime": None, "Name": None, "RetryCount": None}, "StateMachine": {"Id": None, "Name": None},
    "Task": {"Token": None}, "Map": {"Item": {"Index": None, "Value": ANY, "Key": None, "Source": None}},
}


def plain(shape):
    """A Java shape without its marks for what may be null."""
    if isinstance(shape, dict):
        return {k: plain(v[0] if isinstance(v, tuple) else v) for k, v in shape.items()}
    if isinstance(shape, list):
        return [plain(shape[0])]
    return shape


def union(a, b):
    if a is None and b is None:
        return None
    if a is None or b is None or a == ANY or b == ANY:
        # A leaf and an object: reading on is right for one of them.
        return b if a is None and b != ANY else a if b is None and a != ANY else ANY
    if isinstance(a, dict) and isinstance(b, dict):
        return {k: union(a[k], b[k]) if k in a and k in b else a.get(k, b.get(k)) for k in {**a, **b}}
    if isinstance(a, list) and isinstance(b, list):
        return [union(a[0], b[0])]
    return ANY


def step(shape, key):
    """(found, shape) of one step down a path."""
    while isinstance(shape, list):
        shape = shape[0]
    if shape == ANY:
        return True, ANY
    if isinstance(shape, dict):
        return (True, shape[key]) if key in shape else (False, None)
    return False, None


def strip_strings(text):
    return re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", lambda m: "''", text)


class Env:
    """What an expression can see."""

    def __init__(self, variables, definite, given):
        self.variables, self.definite, self.given = variables, definite, given

    def lookup(self, name, keys):
        """(problem, shape)"""
        if name == "states":
            shape = self.given
            where = "$states"
        elif name in self.variables:
            shape, where = self.variables[name], "$" + name
        else:
            return f"${name} is read and nothing assigns it", ANY
        for key in keys:
            found, shape = step(shape, key)
            if not found:
                return f"{where}.{key} is read and nothing produces it", ANY
            where += "." + key
        return None, shape


def shape_of(value, env):
    if isinstance(value, dict):
        return {k: shape_of(v, env) for k, v in value.items()}
    if isinstance(value, list):
        shapes = [shape_of(v, env) for v in value]
        out = shapes[0] if shapes else ANY
        for one in shapes[1:]:
            out = union(out, one)
        return [out]
    match = EXPRESSION.match(value) if isinstance(value, str) else None
    return expression_shape(match.group(1).strip(), env) if match else None


def expression_shape(text, env):
    text = text.strip()
    while text.startswith("(") and balanced(text, 0, "(", ")") == text[1:-1]:
        text = text[1:-1].strip()
    path = re.fullmatch(r"\$([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)", text)
    if path:
        return env.lookup(path.group(1), [k for k in path.group(2).split(".") if k])[1]
    if text.startswith("$merge(") and text.endswith(")"):
        inside = balanced(text, text.index("("), "(", ")").strip()
        if inside.startswith("["):
            out = {}
            for part in split_top(balanced(inside, 0, "[", "]")):
                shape = expression_shape(part, env)
                if not isinstance(shape, dict):
                    return ANY
                out.update(shape)
            return out
    if text.startswith("{") and balanced(text, 0, "{", "}") == text[1:-1]:
        out = {}
        for part in split_top(text[1:-1]):
            key, _, inner = part.partition(":")
            out[key.strip().strip("'\"")] = expression_shape(inner, env)
        return out
    made = re.search(r"\.\s*\{", text)
    if made and text.endswith("}") and balanced(text, made.end() - 1, "{", "}") == text[made.end():-1] and not re.search(r"[?]", text[:made.start()]):
        return {part.partition(":")[0].strip().strip("'\""): ANY for part in split_top(text[made.end():-1])}
    if text.startswith("[") and balanced(text, 0, "[", "]") == text[1:-1]:
        shapes = [expression_shape(p, env) for p in split_top(text[1:-1])]
        return [shapes[0] if shapes else ANY]
    question = _top(text, "?")
    if question >= 0:
        rest = text[question + 1:]
        colon = _top(rest, ":")
        if colon >= 0:
            a, b = rest[:colon].strip(), rest[colon + 1:].strip()
            shapes = [expression_shape(p, env) for p in (a, b) if p != "null"]
            return union(shapes[0], shapes[-1]) if shapes else None
    if re.fullmatch(r"null|true|false|-?[\d.]+|'.*'", text):
        return None
    return ANY


def _top(text, char):
    depth, quoted = 0, None
    for index, one in enumerate(text):
        if quoted:
            quoted = None if one == quoted else quoted
        elif one in "'\"":
            quoted = one
        elif one in "([{":
            depth += 1
        elif one in ")]}":
            depth -= 1
        elif one == char and depth == 0:
            return index
    return -1


def reads(text):
    """(name, keys) of every variable read in an expression; what it binds itself left out."""
    clean = strip_strings(text)
    bound = set(re.findall(r"\$(\w+)\s*:=", clean))
    for parameters in re.findall(r"function\s*\(([^)]*)\)", clean):
        bound |= set(re.findall(r"\$(\w+)", parameters))
    for match in PATH.finditer(clean):
        name, rest, call = match.groups()
        keys = re.findall(r"\.\s*([A-Za-z_]\w*)", re.sub(r"\[[^\]]*\]", "", rest or ""))
        if name in bound or (call and not keys):
            continue
        if call and keys:
            keys = keys[:-1]
        yield name, keys


class Flow:
    """One machine's data flow."""

    def __init__(self, model, machine, facts, inputs, outputs, findings, families):
        self.model, self.machine, self.facts = model, machine, facts
        self.inputs, self.outputs = inputs, outputs
        self.families = families
        self.say = _Say(machine, findings)
        self.told = set()
        self.report = False

    def run(self):
        root = scope_of(self.machine)
        self.report = False
        for _ in range(2):
            self.scope(root, self.inputs.get(self.machine.name, ANY), {}, set())
        self.report = True
        return self.scope(root, self.inputs.get(self.machine.name, ANY), {}, set())

    def scope(self, scope, given, variables, definite):
        """Answers the shape of what the scope ends with."""
        if scope.start not in scope.states:
            return ANY
        entry = {scope.start: (given, dict(variables), frozenset(definite))}
        result, todo, rounds = None, [scope.start], 0
        started = False
        while todo and rounds < 40 * len(scope.states):
            rounds += 1
            name = todo.pop(0)
            for target, shape, after, sure in self.state(scope.states[name], *entry[name], False):
                if target is None:
                    result, started = (shape if not started else union(result, shape)), True
                elif target in scope.states:
                    if target not in entry:
                        entry[target] = (shape, after, sure)
                        todo.append(target)
                    else:
                        old_shape, old_vars, old_sure = entry[target]
                        merged = (union(old_shape, shape), _union_vars(old_vars, after), old_sure & sure)
                        if merged != entry[target]:
                            entry[target] = merged
                            todo.append(target)
        if self.report:
            for name in entry:
                self.state(scope.states[name], *entry[name], True)
        return result if started else ANY

    def state(self, state, given, variables, sure, report):
        """The ways out: (target or None at an end, output, variables, those that are sure)."""
        raw = state.raw
        before = {"input": given, "context": CONTEXT}
        env = Env(variables, sure, before)
        result = self.result(state, env, variables, sure, report)
        after_env = Env(variables, sure, {**before, "result": result} if state.type in ("Task", "Parallel", "Map") else before)
        ways = []

        def follow(target, env_, rule, otherwise):
            shape = shape_of(rule["Output"], env_) if "Output" in rule else otherwise
            assigned = {k: shape_of(v, env_) for k, v in (rule.get("Assign") or {}).items()}
            ways.append((target, shape, {**variables, **assigned}, sure | frozenset(assigned)))

        if report:
            for field in ("Arguments", "Items", "Condition", "Seconds", "Timestamp", "MaxConcurrency", "TimeoutSeconds", "Error",
                          "Cause", "ItemSelector"):
                if field in raw:
                    own = env
                    if field == "ItemSelector":
                        own = Env(variables, sure, before)
                    self.check(state, raw[field], own, field)
            for field in ("Output", "Assign"):
                if field in raw:
                    self.check(state, raw[field], after_env, field)
        if state.type == "Choice":
            for rule in raw.get("Choices") or []:
                if report:
                    self.check(state, {k: rule[k] for k in ("Condition", "Output", "Assign") if k in rule}, env, "Choices")
                follow(rule.get("Next"), env, rule, given)
            if isinstance(raw.get("Default"), str):
                follow(raw["Default"], env, raw, given)
            return ways
        natural = result if state.type in ("Task", "Parallel", "Map") else given
        if state.type == "Succeed":
            follow(None, after_env, raw, given)
        elif state.type != "Fail":
            follow(raw.get("Next") if "Next" in raw else None, after_env, raw, natural)
        for catch in raw.get("Catch") or []:
            caught = Env(variables, sure, {**before, "errorOutput": ERROR})
            if report:
                self.check(state, {k: catch[k] for k in ("Output", "Assign") if k in catch}, caught, "Catch")
            follow(catch.get("Next"), caught, catch, ERROR)
        return ways

    def check(self, state, value, env, field):
        for _, inner in walk(value):
            match = EXPRESSION.match(inner) if isinstance(inner, str) else None
            if not match:
                if isinstance(inner, str) and ("{%" in inner) != ("%}" in inner):
                    self.once("expression", state, f"{field}: {inner!r} is no whole expression", "Write {% … %}")
                continue
            text = PLACEHOLDER.sub("1", match.group(1))
            for name, keys in reads(text):
                problem, _ = env.lookup(name, keys)
                if problem:
                    self.once("unread", state, f"{field}: {problem}", "Correct the name, or produce it")
                elif name != "states" and name not in env.definite:
                    self.once("unsure", state, f"{field}: ${name} is read, and not every way here assigns it",
                              "Assign it at the start")

    def branches(self, state, shapes):
        """What is read of one branch's result must be that branch's, and a branch looks at its own of an earlier try."""
        for field in ("Output", "Assign"):
            for _, value in walk(state.raw.get(field)):
                for index, path in re.findall(r"\$states\.result\[(\d+)\]((?:\.\w+)*)", value) if isinstance(value, str) else ():
                    shape = shapes[int(index)] if int(index) < len(shapes) else None
                    for key in [k for k in path.split(".") if k]:
                        found, shape = step(shape, key)
                        if not found:
                            self.once("unread", state, f"branch {index} answers no {path[1:]}", "Read the right branch's")
                            break
        names = [n for n, v in (state.raw.get("Assign") or {}).items() if re.fullmatch(r"\{%\s*\$states\.result\s*%\}", str(v))]
        for index, branch in enumerate(state.raw.get("Branches") or []):
            for name in names:
                for other in set(re.findall(r"\$" + name + r"\[(\d+)\]", str(branch))) - {str(index)}:
                    self.once("unread", state, f"branch {index} looks at ${name}[{other}], another branch's", f"Write ${name}[{index}]")

    def once(self, rule, state, what, todo):
        if (rule, state.where, what) not in self.told:
            self.told.add((rule, state.where, what))
            self.say(rule, state.where, what, todo)

    def result(self, state, env, variables, sure, report):
        raw = state.raw
        inner = [s for s in state.scope.inner if s.owner is state]
        if state.type == "Parallel":
            given = shape_of(raw["Arguments"], env) if "Arguments" in raw else env.given["input"]
            keep, self.report = self.report, report and self.report
            shapes = [self.scope(s, given, variables, sure) for s in inner]
            self.report = keep
            if report:
                self.branches(state, shapes)
            out = shapes[0] if shapes else ANY
            for shape in shapes[1:]:
                out = union(out, shape)
            return [out]
        if state.type == "Map":
            items = shape_of(raw["Items"], env) if "Items" in raw else env.given["input"]
            item = items[0] if isinstance(items, list) else ANY
            if "ItemSelector" in raw:
                item = shape_of(raw["ItemSelector"], env)
            keep, self.report = self.report, report and self.report
            shapes = [self.scope(s, item, variables, sure) for s in inner]
            self.report = keep
            return [shapes[0] if shapes else ANY]
        if state.type != "Task":
            return None
        task = task_of(state)
        if task is None:
            return ANY
        if task.service == "lambda":
            return self.lambda_result(state, task, env, report)
        if task.service == "states":
            child = _child(self.model, self.machine, task)
            if child and isinstance(task.arguments, dict):
                shape = shape_of(task.arguments.get("Input"), env)
                if isinstance(shape, dict):
                    self.families.setdefault(child.name, []).append((self.machine, state, shape, task.arguments.get("Input")))
            out = {k[0].upper() + k[1:]: None for k in
                   catalog.service_model("stepfunctions").operation_model("DescribeExecution").output_shape.members}
            out["Output"] = self.outputs.get(child.name, ANY) if child else ANY
            return out
        service = catalog.service(task.service)
        name = {"startJobRun": "GetJobRun"}.get(task.action, task.action) if task.pattern.startswith(".sync") else task.action
        operation = catalog.operation(service, name) if service else None
        if operation is None:
            return ANY
        shape = botocore_shape(catalog.service_model(service).operation_model(operation).output_shape)
        if task.pattern.startswith(".sync") and isinstance(shape, dict) and len(shape) == 1:
            shape = next(iter(shape.values()))
        return shape

    def lambda_result(self, state, task, env, report):
        functions = [_function(self.model, self.machine, task)]
        if functions == [None]:
            functions = self.inputs.get((self.machine.name, "functions"), [])
        payload, answer, known = shape_of((task.arguments or {}).get("Payload"), env) if isinstance(
            task.arguments, dict) else ANY, None, False
        timeout = state.raw.get("TimeoutSeconds")
        for function in functions if report and "$states" not in str(functions) else ():
            own = function[2].get("Timeout", 3) if function else None
            if isinstance(timeout, int) and isinstance(own, int) and timeout <= own:
                self.once("task-timeout", state, f"it gives up after {timeout} s and {function[1]} may take {own} s, so that its own "
                          "error is never seen", "Wait longer than the function may run")
        if report and isinstance(task.arguments, dict):
            self.merged(state, task.arguments.get("Payload"), functions)
        for function in functions:
            shapes = self.facts.handler(str(function[2].get("Handler", "")).split("::")[0]) if function else None
            if shapes is None:
                answer, known = ANY, True
                continue
            if report and isinstance(payload, dict) and len(functions) == 1:
                self.matches(state, function[1], shapes[0], payload)
                for key, value in (task.arguments.get("Payload") or {}).items():
                    wanted = shapes[0].get(key) if isinstance(shapes[0], dict) else None
                    if wanted and isinstance(wanted[0], dict) and payload.get(key) is None and isinstance(value, str) and re.fullmatch(
                            r"\{%\s*\$[\w.]+\s*%\}", value):
                        self.once("payload", state, f"{function[1]} wants an object as {key}, and {value} is none", "Pass the object")
            answer, known = (plain(shapes[1]) if not known else union(answer, plain(shapes[1]))), True
        return {"ExecutedVersion": None, "Payload": answer if known else ANY, "StatusCode": None, "SdkHttpMetadata": ANY,
                "SdkResponseMetadata": ANY}

    def matches(self, state, function, wanted, payload, path="", partial=False):
        if isinstance(wanted, list) and isinstance(payload, list):
            if isinstance(wanted[0], dict) and payload[0] is None:
                self.once("payload", state, f"{function} wants {path.rstrip('.')} of objects, and gets texts or numbers", "Pass the objects")
            self.matches(state, function, wanted[0], payload[0], path, True)
            return
        if not isinstance(wanted, dict) or not isinstance(payload, dict):
            return
        for key, given in payload.items():
            if key not in wanted:
                self.once("payload", state, f"{function} takes no {path}{key}; it takes {', '.join(wanted)}", "Correct the name")
            else:
                self.matches(state, function, wanted[key][0], given, f"{path}{key}.")
        for key, (_, nullable) in wanted.items():
            if key not in payload and not partial and not nullable and not self.primitive(function, key):
                self.once("payload", state, f"{function} needs {path}{key}", "Pass it")

    def merged(self, state, payload, functions):
        """The fields that an expression adds to a request."""
        match = EXPRESSION.match(payload) if isinstance(payload, str) else None
        text = match.group(1) if match else ""
        known = set()
        for function in functions:
            shapes = self.facts.handler(str(function[2].get("Handler", "")).split("::")[0]) if function else None
            if shapes is None or not isinstance(shapes[0], dict):
                return
            known |= set(shapes[0])
        for key in re.findall(r"[{,]\s*'(\w+)'\s*:", text) if known and text.strip().startswith("$merge(") else ():
            if key not in known:
                self.once("payload", state, f"no function here takes {key}", "Correct the name")

    def primitive(self, function, key):
        handler = next((str(p.get("Handler")) for _, n, p in self.model.functions if n == function), "")
        component = self.facts.request(handler).get(key)
        return component is not None and component.primitive


def constants(model, facts):
    """What a field can say: literals that machines give it, and what the functions' records and enums hold."""
    found = {}
    for machine in model.machines:
        for path, value in walk(machine.definition or {}):
            if path and isinstance(value, str) and path[-1] not in ("Type", "Next") and not EXPRESSION.match(value):
                found.setdefault(path[-1], set()).add(value)
            match = EXPRESSION.match(value) if isinstance(value, str) else None
            for key, text in re.findall(r"'(\w+)'\s*:\s*'([^']*)'", match.group(1)) if match else []:
                found.setdefault(key, set()).add(text)
            if match and path:
                found.setdefault(path[-1], set()).update(re.findall(r"[?:]\s*'([^']*)'", match.group(1)))
    for owner, components in facts.records.items():
        for name, component in components.items():
            if component.type["kind"] == "enum":
                found.setdefault(name, set()).update(facts.enums[component.type["name"]])
            elif component.type["kind"] == "text":
                found.setdefault(name, set()).update(
                    w for w in facts.words(owner.split("$")[0]) if re.fullmatch(r"[A-Z][A-Z_]*|[A-Z][A-Za-z]+", w))
    # A failed function's error is its exception's class.
    found.setdefault("error", set()).update(facts.exceptions)
    return found


def _never(machine, known, findings):
    """A comparison with a word that the field never says."""
    for state in scope_of(machine).all():
        own = {k: v for k, v in state.raw.items() if k not in ("Branches", "ItemProcessor", "Iterator")}
        for _, value in walk(own):
            match = EXPRESSION.match(value) if isinstance(value, str) else None
            for key, word in re.findall(r"\.(\w+)\s*!?=\s*'([^']+)'", match.group(1)) if match else []:
                if known.get(key) and word not in known[key]:
                    _Say(machine, findings)("constant", state.where, f"{key} is compared with {word!r}, which nothing ever says",
                                            "Write one of " + ", ".join(sorted(w for w in known[key] if w.isupper())[:8]))
            for key, word in re.findall(r"\[\s*(\w+)\s*!?=\s*'([^']+)'", match.group(1)) if match else []:
                if known.get(key) and word not in known[key]:
                    _Say(machine, findings)("constant", state.where, f"{key} is compared with {word!r}, which nothing ever says",
                                            "Correct the word")


def _union_vars(a, b):
    return {k: union(a[k], b[k]) if k in a and k in b else a.get(k, b.get(k)) for k in {**a, **b}}


def botocore_shape(shape, depth=0):
    if shape is None:
        return {}
    if depth > 4:
        return ANY
    if shape.type_name == "structure":
        return {n[0].upper() + n[1:]: botocore_shape(m, depth + 1) for n, m in shape.members.items()}
    if shape.type_name == "list":
        return [botocore_shape(shape.member, depth + 1)]
    if shape.type_name == "map":
        return ANY
    return None


def run(model):
    facts = model.facts
    outputs, findings = {}, []
    entry = {"kind": "record", "name": facts.record("RunInput")}
    inputs = {}
    # Parents and children tell each other; three rounds settle what they know.
    for last in (False, False, True):
        families, findings = {}, []
        for machine in model.machines:
            if machine.definition is not None:
                # Nobody of ours starts this one: the schedule does, and a person.
                if machine.name not in inputs and not any(
                        machine.name in str(other.substitutions) for other in model.machines):
                    inputs[machine.name] = plain(facts.shape(entry))
                outputs[machine.name] = Flow(model, machine, facts, inputs, outputs, findings, families).run()
        inputs = {}
        for name, calls in families.items():
            shape, functions = None, {}
            for index, (parent, _, given, raw) in enumerate(calls):
                shape = given if index == 0 else union(shape, given)
                for placeholder in PLACEHOLDER.findall(str(raw)):
                    value = parent.substitutions.get(placeholder)
                    target = (value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0]) if isinstance(value, dict) else None
                    function = next((f for f in model.functions if f[1] == target), None)
                    if function:
                        functions[target] = function
            inputs[name] = shape
            inputs[name, "functions"] = list(functions.values())
        if last:
            findings += _children(model, families)
            findings += _requests(model, facts, families)
    known = constants(model, facts)
    for machine in model.machines:
        if machine.definition is not None:
            _never(machine, known, findings)
    return findings


def _children(model, families):
    """Each parent gives what the child's first state reads, and nothing that the child never reads."""
    findings = []
    by_name = {m.name: m for m in model.machines}
    for name, calls in families.items():
        child = by_name[name]
        root = scope_of(child)
        first = root.states.get(root.start)
        if first is None:
            continue
        text = str({k: v for k, v in first.raw.items() if k != "Catch"})
        wanted = {k for k in re.findall(r"\$states\.input\.(\w+)", text) if f"$exists($states.input.{k})" not in text}
        everywhere = set(re.findall(r"\$states\.(?:input|context\.Execution\.Input)\.(\w+)", child.text or ""))
        whole = re.search(r"\$states\.(?:input|context\.Execution\.Input)(?!\.\w)", str(first.raw))
        for parent, state, given, _ in calls:
            for key in sorted(wanted - set(given)):
                _Say(parent, findings)("child-input", state.where, f"{name} reads {key} of its input and does not get it", "Pass it")
            for key in sorted(set(given) - everywhere - {"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"}):
                if not whole:
                    _Say(parent, findings)("child-input", state.where, f"{name} never reads {key} of its input", "Take it out")
    return findings


def _requests(model, facts, families):
    """What a parent hands a child to hand on: the request of a Start and a Check function."""
    findings = []
    told = set()
    for calls in families.values():
        for parent, state, given, raw in calls:
            request = given.get("request")
            if not isinstance(request, dict) or not isinstance(raw, dict):
                continue
            shapes = {}
            for key in ("start", "check"):
                match = re.fullmatch(r"\$\{(\w+)\}", str(raw.get(key)))
                value = parent.substitutions.get(match.group(1)) if match else None
                target = (value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0]) if isinstance(value, dict) else None
                function = next((f for f in model.functions if f[1] == target), None)
                found = facts.handler(str(function[2].get("Handler"))) if function else None
                if function and found and isinstance(found[0], dict):
                    shapes[function[1]] = found[0]
            if not shapes:
                continue
            flow = Flow(model, parent, facts, {}, {}, findings, {})
            flow.told = told
            for key in request:
                if not any(key in shape for shape in shapes.values()):
                    flow.once("payload", state, f"none of {', '.join(shapes)} takes {key}", "Correct the name")
            for function, shape in shapes.items():
                flow.matches(state, function, {k: v for k, v in shape.items() if k != "handles"},
                             {k: v for k, v in request.items() if k in shape})
    return findings
