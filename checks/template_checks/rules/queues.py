"""Rules on queues and topics: who may send, who publishes, what lies in dead letters."""

import json

from ..model import as_list, walk
from ..policies import Call, Statement, allowed
from ..resolve import ACCOUNT
from .registry import on, over

# Looks at a queue's messages are no letters, and what a redrive moves is not counted as sent.
LETTERS = ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage")


@on("E9091", "AWS::SQS::Queue",
    about="A queue is encrypted, used, and keeps its dead letters.")
def queue(view, model, item, say):
    p = item.properties
    if p.get("SqsManagedSseEnabled") not in (True, "true") and not p.get("KmsMasterKeyId"):
        say("queue-encryption", "the queue is not encrypted by what we say", "Write SqsManagedSseEnabled: true, or a key")
    dead = any(value == item.arn and "DeadLetterConfig" in path or (path and path[-1] == "deadLetterTargetArn" and value == item.arn)
               for other in view.items for path, value in walk(other.properties))
    if dead and int(p.get("MessageRetentionPeriod", 345600)) < 1209600:
        say("dead-letters", "dead letters are gone before somebody looks", "Write MessageRetentionPeriod: 1209600")
    read = [m for m in view.of_type("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe")
            if item.arn in (m.properties.get("EventSourceArn"), m.properties.get("Source"))]
    if read and not p.get("RedrivePolicy"):
        say("dead-letters", "a message that nobody can take comes back for ever", "Add a RedrivePolicy")
    if not dead and not read and not any(value in (item.arn, item.physical) for other in view.items if other is not item
                                         and not other.type.startswith("AWS::IAM") for _, value in walk(other.properties)):
        say("idle", "nothing uses the queue", "Take it out")


@over
def queues(view, say):
    """A queue that EventBridge or SNS sends to lets them in."""
    policies = [(as_list(p.properties.get("Queues")), as_list((p.properties.get("PolicyDocument") or {}).get("Statement")))
                for p in view.of_type("AWS::SQS::QueuePolicy")]
    for rule in view.of_type("AWS::Events::Rule"):
        for path, value in walk(rule.properties.get("Targets") or []):
            if not (path and path[-1] == "Arn" and isinstance(value, str) and ":sqs:" in value):
                continue
            owner = view.by_arn.get(value)
            if owner and not any(lets(statements, "events.amazonaws.com", "sqs:SendMessage", value, rule.arn)
                                 for queues_, statements in policies if queues_):
                say("event-permission", owner, f"EventBridge may not send to the queue, and {rule.id} does",
                    "Allow events.amazonaws.com sqs:SendMessage in an AWS::SQS::QueuePolicy")


def lets(statements, service, action, resource, source, context=None):
    found = [Statement.of(s) for s in statements if service in as_list(
        (s.get("Principal") or {}).get("Service") if isinstance(s.get("Principal"), dict) else None)]
    found += [Statement.of(s) for s in statements if s.get("Effect") == "Deny"]
    return allowed(found, Call(action, resource, {"aws:SourceArn": source, "aws:SourceAccount": ACCOUNT,
                                                  "aws:SecureTransport": "true", **(context or {})}))[0]


@on("E9092", "AWS::SNS::Topic",
    about="A topic is encrypted.")
def topic(view, model, item, say):
    if not item.properties.get("KmsMasterKeyId"):
        say("topic-encryption", "the topic is not encrypted", "Name a key of ours")


@over
def publishers(view, say):
    """Services that publish to a topic need its key, and the topic's policy."""
    keys = {k.arn: k for k in view.of_type("AWS::KMS::Key")}
    for topic_ in view.of_type("AWS::SNS::Topic"):
        services = {}
        for item in view.of_type("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"):
            if topic_.arn in [v for k in ("AlarmActions", "OKActions", "InsufficientDataActions")
                              for v in as_list(item.properties.get(k))]:
                services["cloudwatch.amazonaws.com"] = item
        for item in view.of_type("AWS::Events::Rule"):
            if topic_.arn in [t.get("Arn") for t in as_list(item.properties.get("Targets"))]:
                services["events.amazonaws.com"] = item
        for item in view.of_type("AWS::Budgets::Budget"):
            if topic_.arn in [v for _, v in walk(item.properties) if isinstance(v, str)]:
                services["budgets.amazonaws.com"] = item
        key_id = str(topic_.properties.get("KmsMasterKeyId", ""))
        key = next((k for k in keys.values() if key_id in (k.arn, k.physical) or any(
            a.properties.get("AliasName") == key_id and a.properties.get("TargetKeyId") in (k.arn, k.physical)
            for a in view.of_type("AWS::KMS::Alias"))), None)
        for service, user_ in services.items():
            if "alias/aws/sns" in key_id:
                say("topic-key", topic_, f"{service} ({user_.id}) cannot publish under the AWS-managed key alias/aws/sns",
                    "Give the topic a key of ours whose policy lets the service in")
            elif key is not None:
                for action in ("kms:GenerateDataKey", "kms:Decrypt"):
                    if not lets(as_list((key.properties.get("KeyPolicy") or {}).get("Statement")), service, action, key.arn,
                                 user_.arn):
                        say("topic-key", key, f"{service} may not {action}, and {user_.id} publishes to {topic_.id}",
                            "Allow it in the key's policy, with aws:SourceAccount")
            policies = [as_list((p.properties.get("PolicyDocument") or {}).get("Statement"))
                        for p in view.of_type("AWS::SNS::TopicPolicy") if topic_.arn in as_list(p.properties.get("Topics"))]
            asked = policies or service != "cloudwatch.amazonaws.com"
            if asked and not any(lets(s, service, "sns:Publish", topic_.arn, user_.arn) for s in policies):
                say("topic-policy", topic_, f"{service} may not publish, and {user_.id} does", "Allow it in an AWS::SNS::TopicPolicy")


def policy(view, item, say):
    statements = as_list((item.properties.get("PolicyDocument") or item.properties.get("ResourcePolicy") or {}).get("Statement"))
    for statement in statements:
        everybody = statement.get("Principal") in ("*", {"AWS": "*"}) or "*" in as_list((statement.get("Principal") or {}).get(
            "AWS") if isinstance(statement.get("Principal"), dict) else None)
        if statement.get("Effect") == "Allow" and everybody and not statement.get("Condition"):
            say("public", "the policy allows everybody", "Name the principal")
        services = as_list((statement.get("Principal") or {}).get("Service")) if isinstance(statement.get("Principal"), dict) else []
        condition = json.dumps(statement.get("Condition") or {}).lower()
        if statement.get("Effect") == "Allow" and services and "aws:sourceaccount" not in condition and "aws:sourcearn" not in condition:
            say("source-account", f"{', '.join(map(str, services))} may come for any account's sake",
                "Add the condition StringEquals aws:SourceAccount = !Ref AWS::AccountId")
    if item.type in ("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"):
        if not as_list(item.properties.get("Topics")) and not as_list(item.properties.get("Queues")):
            say("policy-of-nothing", "the policy belongs to nothing", "Name what it is for")
        if not any(s.get("Effect") == "Deny" and s.get("Principal") in ("*", {"AWS": "*"}) and [str(v).lower() for v in as_list(
                ((s.get("Condition") or {}).get("Bool") or {}).get("aws:SecureTransport"))] == ["false"] for s in statements):
            say("tls", "nothing refuses plain HTTP", "Deny everybody where aws:SecureTransport is false")


@over
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


@over
def policies(view, say):
    for item in view.of_type("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::SecretsManager::ResourcePolicy"):
        policy(view, item, lambda r, what, todo, i=item: say(r, i, what, todo))
