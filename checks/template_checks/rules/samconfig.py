"""Rules on samconfig.toml: environments and capabilities."""

import re

from .registry import once

NEEDED = ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")


@once
def environments(model, say):
    stacks, databases = {}, {}
    declared = model.main.section("Parameters")

    def at(environment):
        return ("samconfig.toml", environment, 0)

    scheduled = False
    for environment, sections in model.samconfig.items():
        if not isinstance(sections, dict):
            continue
        if "deploy" not in sections:
            say("environment", at(environment), "the environment has no deploy section", "Correct the section's name")
            continue
        deploy = sections["deploy"].get("parameters") or {}
        name = deploy.get("stack_name")
        for key, told in (("stack_name", stacks), ("s3_prefix", stacks)):
            value = deploy.get(key)
            if value in told and told[value] != environment:
                say("environment", at(environment), f"{key} {value} is that of {told[value]}, too: one would replace the other",
                    "Give it its own")
        stacks[name] = environment
        removed = ((sections.get("delete") or {}).get("parameters") or {}).get("stack_name", name)
        if removed != name:
            say("environment", at(environment), f"sam delete would delete {removed}, and sam deploy makes {name}", "Write one name")
        tags = dict(re.findall(r"([\w-]+)=(\S+)", deploy["tags"])) if isinstance(deploy.get("tags"), str) else {}
        if tags.get("project") != name:
            say("environment", at(environment), f"the tag project is {tags.get('project')}, and the budget counts what carries {name}",
                "Write project=<stack_name> into tags")
        given = deploy.get("parameter_overrides", "")
        given = dict(re.findall(r"(\w+)=(\"[^\"]*\"|\S+)", given if isinstance(given, str) else " ".join(given)))
        for key, value in given.items():
            problem = _refused(declared.get(key), value.strip('"'))
            if problem:
                say("environment", at(environment), f"{key}={value}: {problem}", "Write a value that the template takes")
        database = given.get("DatabaseName", (declared.get("DatabaseName") or {}).get("Default"))
        if database in databases:
            say("environment", at(environment), f"the Glue database {database} is that of {databases[database]}, too",
                "Write DatabaseName=… into parameter_overrides")
        databases[database] = environment
        scheduled = scheduled or given.get("ScheduleState") == "ENABLED"
    if "ScheduleState" not in declared:
        say("idle", at("-"), "no parameter is called ScheduleState, by which the schedule is on", "Correct the rule's name")
    elif model.samconfig and not scheduled:
        say("environment", at("prod"), "no environment has its schedule on", "Write ScheduleState=ENABLED for production")


def _refused(declared, value):
    if declared is None:
        return None  # capabilities() tells
    allowed = declared.get("AllowedValues")
    if allowed and value not in map(str, allowed):
        return "it is none of " + ", ".join(map(str, allowed))
    if declared.get("AllowedPattern") and not re.fullmatch(declared["AllowedPattern"], value):
        return f"it does not match {declared['AllowedPattern']}"
    if declared.get("Type") == "Number":
        try:
            number = float(value)
        except ValueError:
            return "it is no number"
        if number < float(declared.get("MinValue", number)) or number > float(declared.get("MaxValue", number)):
            return "it is out of bounds"
    return None


@once
def capabilities(model, say):
    for environment, sections in model.samconfig.items():
        if not isinstance(sections, dict) or "deploy" not in sections:
            continue
        parameters_ = sections["deploy"].get("parameters") or {}
        given = parameters_.get("capabilities", [])
        given = given.split() if isinstance(given, str) else given
        for capability in NEEDED:
            if capability not in given:
                say("capabilities", ("samconfig.toml", environment, 0), f"sam deploy is not given {capability}", "Add it to capabilities")
        if not parameters_.get("resolve_s3") and not parameters_.get("s3_bucket"):
            say("capabilities", ("samconfig.toml", environment, 0), "sam deploy has no bucket for its artifacts", "Write resolve_s3 = true")
        named = {**((model.samconfig.get(environment, {}).get("global") or {}).get("parameters") or {}), **parameters_}
        if not named.get("stack_name"):
            say("capabilities", ("samconfig.toml", environment, 0), "sam deploy is given no stack_name", "Name the stack")
        overrides = parameters_.get("parameter_overrides", [])
        overrides = re.findall(r"(\w+)=", overrides) if isinstance(overrides, str) else [o.split("=")[0] for o in overrides]
        for name in overrides:
            if name not in model.main.section("Parameters"):
                say("capabilities", ("samconfig.toml", environment, 0), f"there is no parameter {name}", "Correct parameter_overrides")
    if "default" not in model.samconfig:
        say("capabilities", ("samconfig.toml", "-", 0), "there is no default environment", "Add one")
