"""Rules on the rules: one that finds nothing to look at says nothing any more, and would never be missed."""

# What rules look at in a folder.
FILES = {"bi": ("*.sql",), "events": ("*.json",), "glue": ("*.json", "*.scala"), "stacks": ("*.yaml",), "statemachine": ("*.asl.json",)}
# What rules look for in order to refuse it, or because it would be well if it were there.
MAY_BE_ABSENT = {
    "AWS::Athena::NamedQuery": "DeployAssets makes the report's; one in a template has its rules",
    "AWS::CloudFormation::CustomResource": "ours are Custom::, and have the same rules",
    "AWS::CloudWatch::CompositeAlarm": "an alarm of alarms has to tell somebody, too",
    "AWS::EC2::NatGateway": "refused wherever it appears",
    "AWS::Glue::Trigger": "refused wherever it appears",
    "AWS::IAM::AccessKey": "refused wherever it appears",
    "AWS::IAM::Policy": "a policy of this kind has the rules of the others",
    "AWS::IAM::RolePolicy": "a policy of this kind has the rules of the others",
    "AWS::IAM::User": "refused wherever it appears",
    "AWS::Lambda::Url": "refused unless it asks for a signature",
    "AWS::Pipes::Pipe": "reads queues as event source mappings do",
    "AWS::SecretsManager::ResourcePolicy": "says who may read a secret, as a queue's policy does",
}


def idle(views, model, say):
    """Each type, folder and section that a rule looks for is somewhere."""
    there = {item.type for view in views for item in view.items}
    for kind in sorted(set().union(*(view.asked for view in views)) - there - set(MAY_BE_ABSENT)):
        say("idle", ("template.yaml", kind, 0), f"rules look for {kind}, and no template has one",
            "Correct the type, or the rules that look for it; if it may be absent, say why in rules/idle.py")
    for kind in sorted(set(MAY_BE_ABSENT) & there):
        if "refused" not in MAY_BE_ABSENT[kind]:
            say("idle", ("checks/template_checks/rules/idle.py", kind, 0), f"{kind} is there, and is said to be absent", "Take it out of the list")
    for name, patterns in FILES.items():
        for pattern in patterns:
            if not any((model.root / name).rglob(pattern)):
                say("idle", (name, "-", 0), f"rules look at {pattern} in this folder, and there is none",
                    "Correct the folder's or the files' name, in the rules, too")
    for what, found in (("machines", model.machines), ("functions", model.functions), ("environments in samconfig.toml", model.samconfig),
                        ("regions in the mapping Rcf", model.main.section("Mappings").get("Rcf"))):
        if not found:
            say("idle", ("template.yaml", "-", 0), f"rules look at {what}, and there are none", "Correct what they are found by")
