"""Rules on the way in: IoT rules and policies, Firehose streams, and what sensors may send."""

import json
import re

from ..model import as_list
from .registry import on, over
from .tables import is_streamed

DATES = {"yyyy": "year", "MM": "month", "dd": "day", "HH": "hour"}


@on("E9051", "AWS::KinesisFirehose::DeliveryStream",
    about="A stream writes into the raw zone by hour, and what fails elsewhere.")
def stream(view, item, say):
    target = item.properties.get("ExtendedS3DestinationConfiguration") or {}
    if not target:
        return
    if item.properties.get("DeliveryStreamType", "DirectPut") == "DirectPut":
        if (item.properties.get("DeliveryStreamEncryptionConfigurationInput") or {}).get("KeyType") not in (
                "AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"):
            say("firehose-encryption", "what the stream holds is in the clear", "Write DeliveryStreamEncryptionConfigurationInput")
    elif not any(k.endswith("SourceConfiguration") for k in item.properties):
        say("firehose-source", f"a {item.properties['DeliveryStreamType']} names no source, and takes no records from IoT", "Write DirectPut")
    hints = target.get("BufferingHints") or {}
    size, seconds = int(hints.get("SizeInMBs", 5)), int(hints.get("IntervalInSeconds", 300))
    dynamic = (target.get("DynamicPartitioningConfiguration") or {}).get("Enabled") in (True, "true")
    conversion = (target.get("DataFormatConversionConfiguration") or {}).get("Enabled") in (True, "true")
    prefix, errors = str(target.get("Prefix", "")), str(target.get("ErrorOutputPrefix", ""))
    if not 1 <= size <= 128:
        say("firehose-buffer", f"SizeInMBs is {size}", "Write 1 to 128")
    if not 0 <= seconds <= 900:
        say("firehose-buffer", f"IntervalInSeconds is {seconds}", "Write 0 to 900")
    raw = ((item.raw.get("Properties") or {}).get("ExtendedS3DestinationConfiguration") or {}).get("BufferingHints") or {}
    declared = item.stack.template.section("Parameters").get((raw.get("IntervalInSeconds") or {}).get("Ref")) if isinstance(
        raw.get("IntervalInSeconds"), dict) else None
    if declared is not None and not (declared.get("MinValue", -1) >= 0 and declared.get("MaxValue", 10**9) <= 900):
        say("firehose-buffer", "the parameter lets more through than 0 to 900 seconds", "Write MinValue and MaxValue")
    if (dynamic or conversion) and size < 64:
        say("firehose-buffer", f"{'dynamic partitioning' if dynamic else 'format conversion'} wants 64 MB at least and has {size}",
            "Write SizeInMBs: 64")
    if dynamic and "partitionKeyFrom" not in prefix:
        say("firehose-prefix", "dynamic partitioning without a key in Prefix", "Use !{partitionKeyFromQuery:…}")
    if "partitionKeyFrom" in prefix and not dynamic:
        say("firehose-prefix", "Prefix has a key and dynamic partitioning is off", "Turn it on")
    compression = target.get("CompressionFormat", "UNCOMPRESSED")
    if conversion and compression != "UNCOMPRESSED":
        say("firehose-compression", "format conversion compresses by itself", "Write UNCOMPRESSED")
    if not conversion and compression != "GZIP":
        say("firehose-compression", f"CompressionFormat is {compression}", "Write GZIP")
    if not prefix.endswith("/") or (errors and not errors.endswith("/")):
        say("firehose-prefix", "a prefix without / at its end makes names of files", "Write the /")
    if "!{" in prefix and not errors:
        say("firehose-prefix", "a Prefix with expressions wants an ErrorOutputPrefix", "Write one")
    if "firehose:error-output-type" in prefix:
        say("firehose-prefix", "!{firehose:error-output-type} belongs into ErrorOutputPrefix only", "Take it out")
    if "!{" in errors and "!{firehose:error-output-type}" not in errors:
        say("firehose-prefix", "ErrorOutputPrefix has expressions and not !{firehose:error-output-type}", "Add it")
    for expression in re.findall(r"!\{([^}]*)\}", prefix + errors):
        if not re.fullmatch(r"timestamp:[yMdHmsS'/\-_]+|firehose:(error-output-type|random-string)|partitionKeyFrom(Query|Lambda):\w+",
                            expression):
            say("firehose-prefix", f"Firehose knows no !{{{expression}}}", "Correct it")
    fixed, fixed_errors = prefix.split("!{")[0], errors.split("!{")[0]
    fixed = fixed[:fixed.rfind("/", 0, len(fixed)) + 1]
    if errors and (fixed_errors.startswith(fixed) or not fixed):
        say("firehose-errors", f"errors go to {errors} inside of {fixed}, where they are read as readings", "Write another folder")
    if not (target.get("EncryptionConfiguration") or {}).get("KMSEncryptionConfig"):
        say("firehose-encryption", "what is delivered names no key", "Write EncryptionConfiguration.KMSEncryptionConfig")
    logging = target.get("CloudWatchLoggingOptions") or {}
    if logging.get("Enabled") not in (True, "true") or not logging.get("LogGroupName") or not logging.get("LogStreamName"):
        say("firehose-logging", "delivery errors are logged nowhere", "Write CloudWatchLoggingOptions")
    bucket_name = str(target.get("BucketARN", "")).removeprefix("arn:aws:s3:::")
    for one in view.of_type("AWS::Glue::Table"):
        given = one.properties.get("TableInput") or {}
        location = str((given.get("StorageDescriptor") or {}).get("Location", ""))
        parameters = given.get("Parameters") or {}
        if location == f"s3://{bucket_name}/{fixed}":
            if str(parameters.get("projection.enabled")).lower() != "true":
                say("firehose-projection", f"{one.id} lies where the stream writes and has no projection, so Athena sees no partition",
                    "Write projection.enabled 'true'")
            wanted = f"s3://{bucket_name}/" + re.sub(r"!\{timestamp:([^}]*)\}", lambda m: "${" + DATES.get(m.group(1), "?") + "}", prefix)
            if parameters.get("storage.location.template") not in (wanted, wanted.rstrip("/")):
                say("firehose-projection", f"Prefix {prefix} is not the projection of {one.id}, "
                    f"{parameters.get('storage.location.template')}", "Write the same folders in both")
            break
    else:
        if not any(str(((t.properties.get("TableInput") or {}).get("StorageDescriptor") or {}).get("Location", "")).startswith(
                f"s3://{bucket_name}/{fixed}") for t in view.of_type("AWS::Glue::Table")):
            say("firehose-projection", f"no table with a projection lies at s3://{bucket_name}/{fixed}",
                "Give the stream's table the same Location")


@on("E9052", "AWS::IoT::TopicRule",
    about="A topic rule passes on what a reading needs, and its errors.")
def topic_rule(view, item, say):
    p = item.properties
    payload = p.get("TopicRulePayload") or {}
    if "RuleName" in p and not re.fullmatch(r"[a-zA-Z0-9_]+", str(p["RuleName"])):
        say("rule-name", f"RuleName {p['RuleName']} has more than letters, digits and _", "Correct it")
    if payload.get("AwsIotSqlVersion") != "2016-03-23":
        say("rule-sql", f"AwsIotSqlVersion is {payload.get('AwsIotSqlVersion')!r}", "Write '2016-03-23'")
    if payload.get("RuleDisabled") in (True, "true"):
        say("rule-disabled", "the rule is off", "Write RuleDisabled: false")
    sql = " ".join(str(payload.get("Sql", "")).split())
    match = re.fullmatch(r"(?i)SELECT (.+) FROM '([^']+)'(?: WHERE (.+))?", sql)
    if not match:
        say("rule-sql", f"the SQL {sql!r} is no SELECT … FROM 'topic'", "Correct it")
    else:
        if not re.fullmatch(r"rooms/\+/temperature", match.group(2)):
            say("rule-topic", f"the rule listens to {match.group(2)} and rooms publish to rooms/<room>/temperature", "Correct the topic")
        for call in re.findall(r"\b(\w+)\s*\(", match.group(1)):
            if call.lower() not in ("topic", "clientid", "timestamp", "encode", "newuuid", "principal", "traceid", "parse_time",
                                    "cast", "get", "concat", "isnull", "isundefined"):
                say("rule-sql", f"the rules' SQL has no function {call}", "Correct it")
        levels = match.group(2).count("/") + 1
        for level in re.findall(r"\btopic\((\d+)\)", sql + json.dumps(payload)):
            if not 1 <= int(level) <= levels:
                say("rule-sql", f"topic({level}) is beyond the topic's {levels} levels", "Correct it")
        if match.group(1).split(",")[0].strip() == "*" and not re.search(r"(?i)\btopic\(2\) AS topic_room\b", match.group(1)):
            say("rule-room", "the SQL does not carry topic(2) AS topic_room: a payload could name any room", "Add it")
        _columns(view, payload, match.group(1), say)
    if not payload.get("ErrorAction") and any(set(a or {}) - {"S3"} for a in as_list(payload.get("Actions"))):
        say("rule-errors", "what an action cannot do is lost", "Add an ErrorAction")
    for action in as_list(payload.get("Actions")):
        firehose = (action or {}).get("Firehose")
        if firehose is not None:
            separator = firehose.get("Separator")
            if separator not in ("\n", "\t", "\r\n", ","):
                say("rule-separator", f"Separator {separator!r} is none of newline, tab and comma", r'Write "\n"')
            elif separator != "\n":
                say("rule-separator", f"Separator {separator!r}; readings are one a line", r'Write "\n"')
            names = {s.physical for s in view.of_type("AWS::KinesisFirehose::DeliveryStream")}
            if firehose.get("DeliveryStreamName") not in names:
                say("rule-target", f"{firehose.get('DeliveryStreamName')} is no stream of the stacks", "Name ours")
    if not as_list(payload.get("Actions")):
        say("rule-target", "the rule does nothing", "Add an action")


def _columns(view, payload, selected, say):
    """What the SQL adds must be columns of the table that reads the stream's folder."""
    for action in as_list(payload.get("Actions")):
        name = ((action or {}).get("Firehose") or {}).get("DeliveryStreamName")
        for one in view.of_type("AWS::KinesisFirehose::DeliveryStream"):
            if one.physical != name:
                continue
            prefix = str((one.properties.get("ExtendedS3DestinationConfiguration") or {}).get("Prefix", "")).split("!{")[0]
            prefix = prefix[:prefix.rfind("/") + 1]
            for table_ in view.of_type("AWS::Glue::Table"):
                storage = (table_.properties.get("TableInput") or {}).get("StorageDescriptor") or {}
                if str(storage.get("Location", "")).endswith("/" + prefix) and prefix:
                    columns = {c.get("Name") for c in storage.get("Columns") or []}
                    for alias in re.findall(r"(?i)\bAS (\w+)", selected):
                        if alias not in columns:
                            say("rule-columns", f"the SQL names {alias}, which is no column of {table_.id}", "Use one name in both")


@on("E9053", "AWS::IoT::Policy",
    about="A sensor may send as itself, and nothing else.")
def iot_policy(view, item, say):
    for statement in as_list((item.properties.get("PolicyDocument") or {}).get("Statement")):
        if statement.get("Effect") != "Allow":
            continue
        actions, resources = as_list(statement.get("Action")), [str(r) for r in as_list(statement.get("Resource"))]
        for action in actions:
            if action not in ("iot:Connect", "iot:Publish"):
                say("iot-policy", f"a sensor may {action}", "Allow iot:Connect and iot:Publish only")
        for resource in resources:
            tail = resource.split(":", 5)[-1]
            if "iot:Connect" in actions and tail != "client/${iot:Connection.Thing.ThingName}":
                say("iot-policy", f"a sensor may connect as {tail}", "Write client/${iot:Connection.Thing.ThingName}")
            if "iot:Publish" in actions and not re.fullmatch(
                    r"topic/rooms/\$\{iot:Connection\.Thing\.(ThingName|Attributes\[room_id\])\}/temperature", tail):
                say("iot-policy", f"a sensor may publish to {tail}", "Write its own room's topic only")


@over
def sensors(view, model, say):
    """What a sensor may: only what its certificate is attached to, and by an attribute that its type has."""
    named = set()
    for item in view.of_type("AWS::IoT::Policy"):
        for statement in as_list((item.properties.get("PolicyDocument") or {}).get("Statement")):
            if statement.get("Effect") != "Allow":
                continue
            named |= set(re.findall(r"Attributes\[(\w+)\]", str(statement.get("Resource"))))
            attached = ((statement.get("Condition") or {}).get("Bool") or {}).get("iot:Connection.Thing.IsAttached")
            if "iot:Connect" in as_list(statement.get("Action")) and str(attached).lower() != "true":
                say("iot-policy", item, "a certificate may connect as a thing that it is not attached to",
                    "Add the condition Bool iot:Connection.Thing.IsAttached 'true'")
    for item in view.of_type("AWS::IoT::ThingType"):
        searchable = as_list((item.properties.get("ThingTypeProperties") or {}).get("SearchableAttributes"))
        if len(searchable) > 3:
            say("iot-policy", item, "a thing type has three searchable attributes at most", "Take some out")
        if named - set(searchable):
            say("iot-policy", item, f"the policy reads the attribute {', '.join(sorted(named - set(searchable)))}, which the type does not name",
                "Write one name in both")


@over
def sensor_rules(view, model, say):
    """Each message is taken by one rule: the one that reads readings, or the one that keeps everything else as it came."""
    by_topic = {}
    for item in view.of_type("AWS::IoT::TopicRule"):
        payload = item.properties.get("TopicRulePayload") or {}
        sql = " ".join(str(payload.get("Sql", "")).split())
        match = re.fullmatch(r"(?i)SELECT (.+) FROM '([^']+)'(?: WHERE (.+))?", sql)
        if match:
            by_topic.setdefault(match.group(2), []).append((item, payload, match.group(1), match.group(3) or ""))
    for found in by_topic.values():
        takers = [one for one in found if any("Firehose" in (a or {}) for a in as_list(one[1].get("Actions")))]
        keepers = [one for one in found if one not in takers]
        for item, payload, selected, where in takers:
            if not any(where == f"NOT ({other})" for *_, other in keepers):
                say("rule-split", item, f"no second rule takes what {where or 'an empty WHERE'} leaves, and that alone",
                    "Write WHERE NOT (…) here and WHERE … in the rule that keeps what is no reading")
            _produced(view, item, payload, selected, where, say)
        for item, _, selected, _ in keepers:
            if not re.match(r"encode\(\*, 'base64'\) AS \w+", selected):
                say("rule-split", item, "what is no JSON object cannot be selected but by encode(*, 'base64')", "Encode it")


def _produced(view, item, payload, selected, where, say):
    """The table's columns are what a sensor sends and what the rule adds."""
    sent = set(re.findall(r"isUndefined\((\w+)\)", where))
    for table in view.of_type("AWS::Glue::Table"):
        storage = (table.properties.get("TableInput") or {}).get("StorageDescriptor") or {}
        if is_streamed(view, storage):
            columns = {str(c.get("Name")) for c in storage.get("Columns") or []}
            added = set(re.findall(r"(?i)\bAS (\w+)", selected))
            for name in sorted(columns - added - sent if sent else ()):
                say("rule-columns", item, f"the table's column {name} is neither sent nor added by the SQL", "Add it to the SELECT")
            for name in sorted(sent - columns):
                say("rule-columns", item, f"the WHERE asks for {name}, which is no column of {table.id}", "Correct its name")
