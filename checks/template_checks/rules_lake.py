"""Own rules for what the lake promises: its bucket's policy tried out, its tables against who writes them, what sensors may send."""

import re

from .model import as_list
from .policies import Call, Statement, allowed
from .resolve import ACCOUNT

KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"


def rules(view, model, say):
    for rule in (bucket_promises, tables, projections, crawled, sensors, sensor_rules, workgroups, logs):
        rule(view, model, say)


def bucket_promises(view, model, say):
    """Requests that the bucket's policy must refuse, and some that it must let through."""
    buckets = {b.physical: b for b in view.of_type("AWS::S3::Bucket")}
    for item in view.of_type("AWS::S3::BucketPolicy"):
        bucket = buckets.get(item.properties.get("Bucket"))
        if bucket is None:
            continue
        document = as_list((item.properties.get("PolicyDocument") or {}).get("Statement"))
        denies = [Statement.of(s) for s in document if s.get("Effect") == "Deny"]
        everybody = Statement("Allow", ["s3:*"], [], ["*"], [], {})
        default = [r.get("ServerSideEncryptionByDefault") or {} for r in (bucket.properties.get("BucketEncryption") or {}).get(
            "ServerSideEncryptionConfiguration") or []]
        ours = default[0].get("KMSMasterKeyID", "-") if default else "-"

        def passes(action, path, **context):
            names = {"tls": "aws:SecureTransport", "key": KEY, "none": "s3:if-none-match", "whole": "s3:ObjectCreationOperation"}
            given = {"aws:SecureTransport": "true", "aws:PrincipalAccount": ACCOUNT, **{names[k]: v for k, v in context.items()}}
            return allowed([*denies, everybody], Call(action, bucket.arn + ("/" + path if path else ""), given))[0]

        put = "s3:PutObject"
        tried = [
            (passes(put, "raw/live/x", whole="true"), True, "an object whose writer names no key"),
            (passes(put, "raw/live/x", key=ours, whole="true"), True, "an object under the bucket's key, named by its writer"),
            (passes(put, "raw/live/x", key="arn:aws:kms:eu-central-1:1:key/other", whole="true"), False, "an object under another key"),
            (passes(put, "manifests/000000001.json", none="*", whole="true"), True, "a manifest that must not be there yet"),
            (passes(put, "manifests/000000001.json", whole="true"), False, "a manifest over another one"),
            (passes(put, "runs/x/plan.json", whole="true"), True, "an object over another one, outside of manifests/"),
            (passes(put, "manifests/000000001.json", whole="false"), True, "a part of an upload in parts, which cannot carry If-None-Match"),
            (passes(put, "raw/live/x", tls="false"), False, "plain HTTP to an object"),
            (passes("s3:GetObject", "raw/live/x", tls="false"), False, "reading by plain HTTP"),
            (passes("s3:ListBucket", "", tls="false"), False, "listing by plain HTTP"),
        ]
        for passed, wanted, what in tried:
            if passed != wanted:
                say("bucket-promise", item, f"the policy {'lets through' if passed else 'refuses'} {what}",
                    "Correct the statement's Resource or Condition")


def tables(view, model, say):
    """CSV tables have the columns of the header that a class writes, in its order; what is typed twice is typed alike."""
    headers = {t.strip() for t in model.facts.literals() if re.fullmatch(r"[a-z_]+(,[a-z_]+)+\n?", t)}
    written = {column: kind for columns in model.facts.schemas.values() for column, kind in columns.items()}
    kinds = {"double": {"double"}, "string": {"string"}, "long": {"bigint"}, "integer": {"int"}, "boolean": {"boolean"}}
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        storage, parameters = given.get("StorageDescriptor") or {}, given.get("Parameters") or {}
        columns = [str(c.get("Name")) for c in storage.get("Columns") or []]
        if parameters.get("classification") == "csv":
            if ",".join(columns) not in headers:
                say("table-columns", item, f"no class writes a CSV file with the columns {', '.join(columns)}", "Write those of the header")
            if str(parameters.get("skip.header.line.count")) != "1":
                say("table-format", item, "the header is read as a row", "Write skip.header.line.count: '1'")
            delimiter = ((storage.get("SerdeInfo") or {}).get("Parameters") or {}).get("field.delim")
            if delimiter != ",":
                say("table-format", item, f"field.delim is {delimiter!r} and the files have commas", "Write ','")
        for column in storage.get("Columns") or []:
            wanted = kinds.get(written.get(str(column.get("Name"))))
            if parameters.get("classification") == "parquet" and wanted and str(column.get("Type")) not in wanted:
                say("table-columns", item, f"{column.get('Name')} is written as {', '.join(wanted)} and read as {column.get('Type')}",
                    "Read the type that the files have")
        if parameters.get("classification") == "json" and _is_streamed(view, storage) and str(
                ((storage.get("SerdeInfo") or {}).get("Parameters") or {}).get("ignore.malformed.json")).lower() != "true":
            say("table-format", item, "one broken line of a sensor fails every query", "Write ignore.malformed.json: 'true'")


def _streams(view):
    for item in view.of_type("AWS::KinesisFirehose::DeliveryStream"):
        target = item.properties.get("ExtendedS3DestinationConfiguration") or {}
        bucket = str(target.get("BucketARN", "")).removeprefix("arn:aws:s3:::")
        yield item, bucket, str(target.get("Prefix", ""))


def _is_streamed(view, storage):
    location = str(storage.get("Location", ""))
    return any(location == f"s3://{bucket}/{prefix.split('!{')[0].rpartition('/')[0]}/" for _, bucket, prefix in _streams(view))


CLOCK = {"MM": (1, 12), "dd": (1, 31), "HH": (0, 23)}


def projections(view, model, say):
    """A projection makes the folders that Firehose makes: every number of the clock, with its zeros."""
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        parameters = given.get("Parameters") or {}
        if str(parameters.get("projection.enabled", "")).lower() != "true" or not _is_streamed(view, given.get("StorageDescriptor") or {}):
            continue
        prefix = next(p for _, b, p in _streams(view))
        for key, form in re.findall(r"(\w+)=!\{timestamp:(\w+)\}", prefix):
            low_high = re.findall(r"-?\d+", str(parameters.get(f"projection.{key}.range", "")))
            low, high = (int(low_high[0]), int(low_high[1])) if len(low_high) == 2 else (0, 0)
            if form in CLOCK and (low, high) != CLOCK[form]:
                say("projection", item, f"projection.{key}.range is {low},{high}", "Write {},{}".format(*CLOCK[form]))
            if form in CLOCK and str(parameters.get(f"projection.{key}.digits")) != "2":
                say("projection", item, f"the folders have two digits and projection.{key}.digits is not '2'", "Write '2'")
            if form == "yyyy" and not (low <= 2025 and high >= 2035):
                say("projection", item, f"projection.{key}.range is {low},{high}: readings outside of it are seen by no query",
                    "Begin before the first reading, and end in many years")


def crawled(view, model, say):
    """What is crawled is a folder that somebody fills, each on its own."""
    known = {folder for folder in model.facts.constants.values() if folder.startswith("raw/")}
    for item in view.of_type("AWS::Glue::Crawler"):
        for target in as_list((item.properties.get("Targets") or {}).get("S3Targets")):
            prefix = str(target.get("Path", "")).removeprefix("s3://").partition("/")[2]
            if prefix not in known:
                say("crawler-target", item, f"nothing of ours lies in {prefix}", "Name a folder of LakeLayout: " + ", ".join(sorted(known)))


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
        if _is_streamed(view, storage):
            columns = {str(c.get("Name")) for c in storage.get("Columns") or []}
            added = set(re.findall(r"(?i)\bAS (\w+)", selected))
            for name in sorted(columns - added - sent if sent else ()):
                say("rule-columns", item, f"the table's column {name} is neither sent nor added by the SQL", "Add it to the SELECT")
            for name in sorted(sent - columns):
                say("rule-columns", item, f"the WHERE asks for {name}, which is no column of {table.id}", "Correct its name")


def workgroups(view, model, say):
    for item in view.of_type("AWS::Athena::WorkGroup"):
        result = (item.properties.get("WorkGroupConfiguration") or {}).get("ResultConfiguration") or {}
        if result.get("ExpectedBucketOwner") != ACCOUNT:
            say("athena-owner", item, "results would go to whoever has the bucket's name after us",
                "Write ExpectedBucketOwner: !Ref AWS::AccountId")


def logs(view, model, say):
    """A stack that is given the key encrypts its logs by it."""
    for item in view.of_type("AWS::Logs::LogGroup"):
        if "KeyArn" in item.stack.template.section("Parameters") and not item.properties.get("KmsKeyId"):
            say("log-key", item, "the stack has a key and the log group is not under it", "Write KmsKeyId: !Ref KeyArn")
