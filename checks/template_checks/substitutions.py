"""Names that cross from one file to another: placeholders, handlers, errors, environment, jobs' arguments, parameters."""

import json
import re

from . import catalog
from .asl import _function, _Say
from .aslview import placeholders, scope_of, task_of
from .finding import Finding
from .model import as_list

# Errors that Step Functions itself raises.
STATES = {"States.ALL", "States.TaskFailed", "States.Timeout", "States.Permissions", "States.DataLimitExceeded",
          "States.HeartbeatTimeout", "States.BranchFailed", "States.NoChoiceMatched", "States.IntrinsicFailure",
          "States.ExceedToleratedFailureThreshold", "States.ItemReaderFailed", "States.ResultWriterFailed",
          "States.QueryEvaluationError", "States.Runtime", "States.ParameterPathFailure", "States.ResultPathMatchFailure",
          "States.Http.Socket"}
# What the runtime of a function reports when the function does not.
RUNTIME = {"Lambda.Unknown", "Sandbox.Timedout", "Lambda.ClientExecutionTimeoutException", "Runtime.ExitError"}
# Errors that every AWS client may get, whatever it calls.
COMMON = {"SdkClientException", "ThrottlingException", "AccessDeniedException", "ValidationException", "InternalFailure",
          "ServiceUnavailable", "ServiceUnavailableException", "RequestTimeout", "Throttling"}
PREFIXES = {"states": "StepFunctions", "lambda": "Lambda", "glue": "Glue", "athena": "Athena", "sagemaker": "SageMaker",
            "sns": "SNS", "sqs": "SQS", "events": "EventBridge", "dynamodb": "DynamoDB"}
# Arguments that Glue itself takes.
GLUE = {"--class", "--job-language", "--extra-jars", "--extra-files", "--extra-py-files", "--TempDir", "--job-bookmark-option",
        "--enable-metrics", "--enable-continuous-cloudwatch-log", "--enable-continuous-log-filter",
        "--continuous-log-logGroup", "--continuous-log-logStreamPrefix", "--continuous-log-conversionPattern",
        "--enable-spark-ui", "--spark-event-logs-path", "--enable-glue-datacatalog", "--enable-auto-scaling", "--conf",
        "--enable-observability-metrics", "--enable-job-insights", "--user-jars-first", "--scriptLocation", "--datalake-formats",
        "--custom-logGroup-prefix", "--custom-logStream-prefix", "--disable-proxy", "--write-shuffle-files-to-s3",
        "--enable-lakeformation-fine-grained-access", "--JOB_NAME", "--job_class", "--additional-python-modules"}


def run(model):
    findings = []
    findings += _placeholders(model) + _handlers(model) + _environment(model) + _jobs(model) + _stacks(model)
    for machine in model.machines:
        if machine.definition is not None:
            findings += _errors(model, machine)
    return findings


def _placeholders(model):
    findings = []
    for machine in model.machines:
        if machine.definition is None:
            continue
        used, given = placeholders(machine), set(machine.substitutions)
        for name in sorted(used - given):
            findings.append(Finding("names", "placeholder", machine.file, machine.name,
                                    f"${{{name}}} gets no value: the template has no such DefinitionSubstitution", "Add it",
                                    machine.template.line(machine.name)))
        for name in sorted(given - used):
            findings.append(Finding("names", "placeholder", machine.template.file, machine.name,
                                    f"the machine does not use the DefinitionSubstitution {name}", "Take it out",
                                    machine.template.line(machine.name)))
        for name in re.findall(r"\$\{[^}]*\}", machine.text or ""):
            if not re.fullmatch(r"\$\{[A-Za-z0-9]+\}", name):
                findings.append(Finding("names", "placeholder", machine.file, machine.name, f"{name} is no placeholder's form",
                                        "Write letters and digits in ${ }"))
        for name, value in machine.substitutions.items():
            kind = _type_of(machine.template, value)
            refs = set(re.findall(r"'Ref': '(\w+)'", str(value))) & set(machine.template.resources)
            if name in machine.template.resources and refs and name not in refs:
                findings.append(Finding("names", "placeholder", machine.template.file, machine.name,
                                        f"{name} is given {', '.join(sorted(refs))}", f"Give it {name}",
                                        machine.template.line(machine.name)))
            for word in re.findall(r"'\$\{" + name + r"\}'\s*!?=\s*'([^']*)'", machine.text or ""):
                ways = value.get("Fn::If", [])[1:] if isinstance(value, dict) else [value]
                if word not in ways:
                    findings.append(Finding("names", "placeholder", machine.template.file, machine.name,
                                            f"{name} is compared with {word!r} and is never given it", f"Give it {word} in the Fn::If",
                                            machine.template.line(machine.name)))
            for suffix, wanted in (("FunctionArn", "AWS::Serverless::Function"), ("StateMachineArn", "AWS::Serverless::StateMachine")):
                if name.endswith(suffix) and kind and kind != wanted:
                    findings.append(Finding("names", "placeholder", machine.template.file, machine.name,
                                            f"{name} is given a {kind}", f"Give it a {wanted}", machine.template.line(machine.name)))
                target = value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0] if isinstance(value, dict) else None
                if name.endswith(suffix) and kind == wanted and target and target + "Arn" != name:
                    findings.append(Finding("names", "placeholder", machine.template.file, machine.name,
                                            f"{name} is given {target}", f"Give it {name.removesuffix('Arn')}",
                                            machine.template.line(machine.name)))
    return findings


def _type_of(template, value):
    if not isinstance(value, dict):
        return None
    name = value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0]
    return (template.resources.get(name) or {}).get("Type")


def _handlers(model):
    findings = []
    for template, name, properties in model.functions:
        handler = str(properties.get("Handler", "")).split("::")[0]
        runtime = str(properties.get("Runtime", ""))

        def say(what, todo):
            findings.append(Finding("names", "handler", template.file, name, what, todo, template.line(name)))

        if not runtime.startswith("java"):
            say(f"the runtime is {runtime or 'missing'}", "Write a Java runtime")
        if handler not in model.facts.texts:
            say(f"there is no class {handler}", "Correct Handler")
        elif handler not in model.facts.handlers:
            say(f"{handler} has no handleRequest", "Name a RequestHandler")
        elif not model.facts.handlers[handler].startable:
            say(f"{handler} is not public, or has no public constructor without arguments", "Make both public")
    return findings


def _environment(model):
    findings, told = [], set()
    read = {name: variable["needed"] for name, variable in model.facts.variables.items()}
    settings = model.facts.record("Settings")
    for template, name, properties in model.functions:
        given = (properties.get("Environment") or {}).get("Variables") or {}
        for variable in sorted(set(given) - set(read)):
            if variable not in told and not variable.startswith(("JAVA_", "AWS_", "POWERTOOLS_")):
                told.add(variable)
                findings.append(Finding("names", "environment", template.file, name,
                                        f"no class reads the environment variable {variable}", "Take it out or correct its name",
                                        template.line(name)))
        handler = model.facts.handlers.get(str(properties.get("Handler", "")))
        if handler and settings in handler.makes:
            for variable in sorted(v for v, needed in read.items() if needed and v not in given):
                if (variable, "missing") not in told:
                    told.add((variable, "missing"))
                    findings.append(Finding("names", "environment", template.file, name,
                                            f"the environment variable {variable} is read and not set", "Set it in Globals",
                                            template.line(name)))
    return findings


def _made_by(template, value, kind):
    """The properties of the resource of that kind which an attribute is of, or None."""
    of = value.get("Fn::GetAtt") if isinstance(value, dict) else None
    name = (of.split(".")[0] if isinstance(of, str) else of[0]) if of else None
    return next((properties for one, _, properties in template.of_type(kind) if one == name), None)


def _jobs(model):
    """Glue jobs: the class exists, and each argument is one that it reads; what it needs it gets."""
    findings = []
    everything = model.facts.literals() | {word for m in model.machines for word in re.findall(r"--[\w-]+", m.text or "")}
    script_folder = model.root / "glue"
    for template in model.all():
        for name, _, properties in template.of_type("AWS::Glue::Job"):
            def say(what, todo):
                findings.append(Finding("names", "job", template.file, name, what, todo, template.line(name)))

            arguments = properties.get("DefaultArguments") or {}
            job_class = str(arguments.get("--job_class", ""))
            script = (properties.get("Command") or {}).get("ScriptLocation")
            in_script = set()
            if isinstance(script, str) and "://" not in script:
                say(f"sam package would put {script} into a bucket of the deployment's, without its extension",
                    "Name the Uri of a Custom::JobScript")
            made = _made_by(template, script, "Custom::JobScript")
            if made is not None:
                script = str(made.get("Script"))
                path = script_folder / script
                if not path.is_file():
                    say(f"there is no script {script}", "Correct Script")
                else:
                    text = path.read_text()
                    in_script = set(re.findall(r'"--(\w+)"', text))
                    glue_class = re.search(r"object\s+(\w+)", text)
                    if glue_class and arguments.get("--class") != glue_class.group(1):
                        say(f"--class is {arguments.get('--class')!r} and the script has {glue_class.group(1)}", "Name the object")
                    if arguments.get("--job-language") != "scala" and script.endswith(".scala"):
                        say("--job-language is not scala for a Scala script", "Write scala")
                    for option in sorted(in_script):
                        if "--" + option not in arguments:
                            say(f"the script asks for --{option}, and the job is not given it", "Correct the name")
                    if job_class and "job_class" not in in_script:
                        say("the script does not read --job_class", "Correct the argument's name")
            for key in arguments:
                if not key.startswith("--"):
                    say(f"the argument {key} does not begin with --", "Write --" + key)
            if job_class and job_class not in model.facts.jobs:
                say(f"there is no job {job_class}", "Correct --job_class")
                continue
            if not job_class:
                continue
            known = model.facts.jobs[job_class].arguments
            needed = {key for key, argument in known.items() if argument["needed"]}
            for key in arguments:
                if key not in GLUE and key.removeprefix("--") not in {*known, *in_script}:
                    say(f"{job_class} does not read {key}", "Take it out or correct its name")
            for key in sorted(needed):
                if "--" + key not in arguments and "--" + key not in everything:
                    say(f"{job_class} needs --{key} and nobody gives it", "Add it to DefaultArguments")
            for key, argument in known.items():
                kind, value = argument["kind"], arguments.get("--" + key)
                right = {"duration": r"P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?", "whole": r"-?\d+",
                         "instant": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "text": r"(?s).*"}[kind]
                if isinstance(value, (str, int)) and not re.fullmatch(right, str(value)):
                    say(f"--{key} is {value!r}, which {job_class} cannot read as {kind}", "Correct the value")
            if "--extra-jars" not in arguments:
                say("without --extra-jars the job's class is not there", "Name the jobs' jar")
    if script_folder.is_dir():
        for template in model.all():
            for name, _, properties in template.of_type("Custom::GlueStudioJob"):
                graph = properties.get("Graph")
                if isinstance(graph, str) and not (script_folder / graph).is_file():
                    findings.append(Finding("names", "job", template.file, name, f"there is no graph {graph}", "Correct Graph",
                                            template.line(name)))
    return findings


def _stacks(model):
    """What a nested stack is given and asked for."""
    findings = []
    for template in model.all():
        for name, _, properties in template.of_type("AWS::CloudFormation::Stack"):
            nested = model.nested(template, properties)

            def say(what, todo):
                findings.append(Finding("names", "stack", template.file, name, what, todo, template.line(name)))

            if nested is None:
                say(f"there is no template {properties.get('TemplateURL')}", "Correct TemplateURL")
                continue
            given = properties.get("Parameters") or {}
            declared = nested.section("Parameters")
            for key in sorted(set(given) - set(declared)):
                say(f"{nested.file} has no parameter {key}", "Take it out or correct its name")
            for key, parameter in declared.items():
                if key not in given and "Default" not in (parameter or {}):
                    say(f"{nested.file} needs the parameter {key}", "Pass it")
                value = given.get(key)
                if isinstance(value, dict) and list(value) == ["Ref"] and value["Ref"] in template.section("Parameters"):
                    outer = template.section("Parameters")[value["Ref"]]
                    if str(outer.get("Type")) != str(parameter.get("Type")) and "Number" in (outer.get("Type"), parameter.get("Type")):
                        say(f"the parameter {key} is a {parameter.get('Type')} and gets a {outer.get('Type')}", "Use one type")
        # A rule may compare a parameter; it does not use it.
        text = json.dumps({k: v for k, v in template.data.items() if k != "Rules"})
        for key in template.section("Parameters"):
            if not re.search(r'"Ref": "' + key + r'"|\$\{' + key + r'\}', text):
                findings.append(Finding("names", "parameter", template.file, key, "nothing uses the parameter", "Take it out",
                                        template.line(key)))
        for key in template.section("Conditions"):
            if not re.search(r'"Condition": "' + key + r'"|"Fn::If": \["' + key + '"', text):
                findings.append(Finding("names", "condition", template.file, key, "nothing uses the condition", "Take it out",
                                        template.line(key)))
        for top, _kinds in (template.section("Mappings") or {}).items():
            if not re.search(r'"Fn::FindInMap": \["' + top + '"', text):
                findings.append(Finding("names", "mapping", template.file, top, "nothing uses the mapping", "Take it out",
                                        template.line(top)))
    listed = {t.file for t in model.all()}
    if (model.root / "stacks").is_dir():
        for path in sorted((model.root / "stacks").glob("*.yaml")):
            if str(path.relative_to(model.root)) not in listed:
                findings.append(Finding("names", "stack", str(path.relative_to(model.root)), "-", "no template nests this one",
                                        "Nest it, or take it out"))
    return findings


def _errors(model, machine):
    findings = []
    say = _Say(machine, findings)
    for state in scope_of(machine).all():
        task = task_of(state) if state.type == "Task" else None
        for field in ("Retry", "Catch"):
            for rule in as_list(state.raw.get(field)):
                for error in as_list(rule.get("ErrorEquals")):
                    problem = _error(model, machine, state, task, error)
                    if problem:
                        say("error-name", state.where, f"{field} names {error}: {problem}", "Correct the name, or take it out")
    return findings


def _error(model, machine, state, task, error):
    if error.startswith("States."):
        if error not in STATES:
            return "Step Functions has no such error"
        if error == "States.HeartbeatTimeout" and "HeartbeatSeconds" not in state.raw:
            return "the state has no heartbeat"
        return None
    if task is None:
        inside = [s for scope in state.scope.inner if scope.owner is state for s in scope.all()]
        if not any(not _error(model, machine, s, task_of(s), error) for s in inside if s.type == "Task"):
            return "no task inside can end with it"
        return None
    if task.service == "lambda":
        if error in RUNTIME:
            return None
        if error.startswith("Lambda."):
            return _service_error("lambda", "Invoke", error.removeprefix("Lambda."), extra={"ServiceException", "AWSLambdaException"})
        return _thrown(model, machine, task, error)
    service = catalog.service(task.service)
    operation = catalog.operation(service, task.action) if service else None
    prefix, _, name = error.partition(".")
    expected = PREFIXES.get(task.service, task.service[:1].upper() + task.service[1:])
    if task.kind == "sdk" and service:
        # As the SDK for Java names the client.
        name_of = catalog.service_model(service).metadata.get("serviceId", task.service).replace(" ", "")
        expected = {name_of, name_of[:1].upper() + name_of[1:].lower() if name_of.isupper() else name_of.replace("DB", "Db")}
    else:
        expected = {expected}
    if prefix not in expected:
        return f"errors of {task.service} begin with {' or '.join(sorted(expected))}."
    if operation is None:
        return f"there is no action {task.action}"
    return _service_error(service, operation, name)


def _service_error(service, operation, name, extra=()):
    model = catalog.service_model(service).operation_model(operation)
    names = {s.name for s in model.error_shapes}
    # The SDK's classes all end with Exception, whatever the service calls the error.
    names |= {n if n.endswith("Exception") else n + "Exception" for n in names}
    return None if name in names | COMMON | set(extra) else f"{service} {operation} has no such error"


def _thrown(model, machine, task, error):
    function = _function(model, machine, task)
    if error.startswith("software.amazon.awssdk."):
        match = re.fullmatch(r"software\.amazon\.awssdk\.services\.(\w+)\.model\.(\w+)", error)
        if not match:
            return None if error.startswith(("software.amazon.awssdk.core.exception.", "software.amazon.awssdk.awscore.exception.")) \
                else "there is no such class of the SDK"
        service = catalog.service(match.group(1))
        if service is None:
            return f"the SDK has no service {match.group(1)}"
        shapes = {s.name for n in catalog.service_model(service).operation_names
                  for s in catalog.service_model(service).operation_model(n).error_shapes}
        shapes |= {s if s.endswith("Exception") else s + "Exception" for s in shapes}
        if match.group(2) not in shapes:
            return f"{service} has no such error"
        if function:
            handler = model.facts.handlers.get(str(function[2].get("Handler")))
            reach = model.facts.sdk(handler) if handler else set()
            used = {catalog.service(p) for p, _ in reach}
            if service not in used:
                return f"{function[1]} never calls {service}"
            able = {m for p, m in reach if catalog.service(p) == service for s in [catalog.operation(service, m)] if s
                    for e in catalog.service_model(service).operation_model(s).error_shapes
                    if match.group(2) in (e.name, e.name + "Exception")}
            if not able:
                return f"nothing that {function[1]} calls answers with it"
        return None
    if error not in model.facts.texts:
        return "there is no such class of ours; errors are named by the whole class name"
    if error not in model.facts.exceptions:
        return "the class is no exception of ours"
    handler = model.facts.handlers.get(str(function[2].get("Handler"))) if function else None
    if handler and error not in handler.makes:
        return f"{function[1]} never throws it"
    return None
