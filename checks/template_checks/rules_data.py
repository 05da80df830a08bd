"""Own rules for where data lives and flows: S3, KMS, Glue, Athena, Firehose, IoT."""

import json
import re

from . import catalog
from .model import as_list, walk
from .resolve import ACCOUNT

# What people and models live by: never expired, and no crawler's business but for raw/.
DATA = ("raw/", "lake/", "rooms/", "models/", "manifests/", "scores/", "alarms/", "reports/", "runs/", "training/")
WORKERS = {"G.1X": "2.0", "G.2X": "2.0", "G.4X": "3.0", "G.8X": "3.0", "G.12X": "5.0", "G.16X": "5.0", "R.1X": "5.0",
           "R.2X": "5.0", "R.4X": "5.0", "R.8X": "5.0"}
GLUE_VERSIONS = ("5.0", "5.1")


def rules(view, model, say):
    for item in view.items:
        rule = {
            "AWS::S3::Bucket": bucket, "AWS::S3::BucketPolicy": bucket_policy, "AWS::KMS::Key": key,
            "AWS::Glue::Crawler": crawler, "AWS::Glue::Job": job, "AWS::Glue::Connection": connection,
            "AWS::Glue::Database": database, "AWS::Glue::Table": table, "AWS::Athena::WorkGroup": workgroup,
            "AWS::KinesisFirehose::DeliveryStream": stream, "AWS::IoT::TopicRule": topic_rule, "AWS::IoT::Policy": iot_policy,
            "AWS::Glue::Trigger": trigger,
        }.get(item.type)
        if rule:
            rule(view, item, lambda r, what, todo, i=item: say(r, i, what, todo))
    buckets = {b.physical for b in view.of_type("AWS::S3::Bucket")}
    covered = {p.properties.get("Bucket") for p in view.of_type("AWS::S3::BucketPolicy")}
    for item in view.of_type("AWS::S3::Bucket"):
        if item.physical in buckets - covered:
            say("s3-tls", item, "the bucket has no policy that refuses plain HTTP", "Add a BucketPolicy")
    parameters(model, say)
    layout(view, model, say)


def layout(view, model, say):
    """Tables lie where the lake's layout says, with its partitions."""
    known = sorted([*model.facts.keys.values(), *model.facts.constants.values()], key=len, reverse=True)
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        location = str((given.get("StorageDescriptor") or {}).get("Location", ""))
        prefix = location.removeprefix("s3://").partition("/")[2]
        if given.get("TableType") == "VIRTUAL_VIEW" or not prefix:
            continue
        forms = [k for k in known if k.startswith(prefix)]
        if not forms:
            say("table-location", item, f"the layout knows no folder {prefix}", "Write a folder of LakeLayout")
            continue
        wanted = next((keys for keys in ([k for k in re.findall(r"(\w+)=\{", f[len(prefix):]) if k not in ("run", "attempt")]
                                         for f in forms) if keys), None)
        keys = [k.get("Name") for k in given.get("PartitionKeys") or []]
        if wanted and keys != wanted:
            say("table-partitions", item, f"the partition keys are {', '.join(keys)}, and the folders are {', '.join(wanted)}",
                "Write the keys of the folders, in their order")


def parameters(model, say):
    """What a pattern lets through becomes a name."""
    for template in model.all():
        for _, _, properties in template.of_type("AWS::Glue::Database"):
            name = (properties.get("DatabaseInput") or {}).get("Name")
            if isinstance(name, dict) and "Ref" in name:
                declared = template.section("Parameters").get(name["Ref"]) or {}
                for owner, key, declared in [(template, name["Ref"], declared), *_givers(model, template, name["Ref"])]:
                    pattern = declared.get("AllowedPattern")
                    if not pattern or any(re.fullmatch(pattern, bad) for bad in ("with-dash", "Upper", "has space", "1digit", "")):
                        say("database-name", (owner.file, key, owner.line(key)),
                            "the AllowedPattern lets names through that Athena cannot read without quotes",
                            "Allow small letters, digits and _ only, a letter first")
        for name, declared in template.section("Parameters").items():
            pattern = str((declared or {}).get("AllowedPattern", ""))
            if "JdbcUrl" in name and template is model.main:
                for url, what in URLS.items():
                    if not pattern or (re.search(pattern, url) is not None) != (what == ""):
                        say("connection-tls", (template.file, name, template.line(name)),
                            f"the AllowedPattern {'lets through ' + what if what else 'refuses a good address'}: {url}", "Correct the pattern")


URLS = {
    "jdbc:sqlserver://db.example:1433;databaseName=building": "", "jdbc:sqlserver://db.example:1433;databaseName=building;encrypt=true": "",
    "jdbc:sqlserver://db:1433;trustServerCertificate=true": "any certificate", "jdbc:sqlserver://db:1433;encrypt=false": "an open connection",
    "jdbc:sqlserver://db:1433;TRUSTSERVERCERTIFICATE = {true}": "any certificate", "jdbc:sqlserver://db:1433;encrypt=optional": "an open connection",
    "jdbc:sqlserver://db:1433;user=sa;password=x": "a login", "jdbc:mysql://db:3306/building": "another kind of database",
}


def _givers(model, template, name):
    """The parameters of outer templates that become this one."""
    for outer in model.all():
        for _, _, properties in outer.of_type("AWS::CloudFormation::Stack"):
            value = (properties.get("Parameters") or {}).get(name) if model.nested(outer, properties) is template else None
            if isinstance(value, dict) and value.get("Ref") in outer.section("Parameters"):
                yield outer, value["Ref"], outer.section("Parameters")[value["Ref"]] or {}


def bucket(view, item, say):
    p = item.properties
    block = p.get("PublicAccessBlockConfiguration") or {}
    for name in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"):
        if block.get(name) not in (True, "true"):
            say("s3-public", f"{name} is not true", "Block public access in all four ways")
    if [r.get("ObjectOwnership") for r in (p.get("OwnershipControls") or {}).get("Rules") or []] != ["BucketOwnerEnforced"]:
        say("s3-owner", "ObjectOwnership is not BucketOwnerEnforced", "Turn access-control lists off")
    encryption = [r for r in (p.get("BucketEncryption") or {}).get("ServerSideEncryptionConfiguration") or []]
    default = (encryption[0].get("ServerSideEncryptionByDefault") or {}) if encryption else {}
    if default.get("SSEAlgorithm") != "aws:kms" or not default.get("KMSMasterKeyID"):
        say("s3-encryption", "the bucket is not encrypted by a key of ours", "Write SSEAlgorithm aws:kms and the key")
    elif encryption[0].get("BucketKeyEnabled") not in (True, "true"):
        say("s3-encryption", "BucketKeyEnabled is not true: every object costs a call of KMS", "Turn it on")
    if (p.get("VersioningConfiguration") or {}).get("Status") != "Enabled":
        say("s3-versioning", "versioning is off: what is overwritten is lost", "Turn it on")
    lifecycle = [r for r in (p.get("LifecycleConfiguration") or {}).get("Rules") or [] if r.get("Status") == "Enabled"]
    if not any(r.get("NoncurrentVersionExpiration") for r in lifecycle):
        say("s3-lifecycle", "old versions are never expired", "Add NoncurrentVersionExpiration")
    if not any(r.get("AbortIncompleteMultipartUpload") for r in lifecycle):
        say("s3-lifecycle", "broken uploads are never cleared", "Add AbortIncompleteMultipartUpload")
    for rule in lifecycle:
        expires = rule.get("ExpirationInDays") or rule.get("ExpirationDate")
        prefix = rule.get("Prefix", rule.get("Filter", {}).get("Prefix") if isinstance(rule.get("Filter"), dict) else None) or ""
        if expires and (prefix == "" or any(prefix.startswith(d) or d.startswith(prefix) for d in DATA)):
            if not (rule.get("TagFilters") or prefix.startswith(("raw/errors/", "raw/unreadable/", "runs/tmp/"))):
                say("s3-expiry", f"the rule {rule.get('Id')} deletes {prefix or 'everything'} after {expires} days",
                    "Expire what can be made again only")
    if not kept(item, "DeletionPolicy") or not kept(item, "UpdateReplacePolicy"):
        say("retain", "deleting or replacing the stack deletes the data", "Write DeletionPolicy and UpdateReplacePolicy Retain")


def kept(item, policy):
    """Retain, or a parameter that says so unless somebody chooses otherwise."""
    value = item.raw.get(policy)
    if isinstance(value, dict) and "Ref" in value:
        declared = item.stack.template.section("Parameters").get(value["Ref"]) or {}
        return declared.get("Default", "Retain") == "Retain" and "Retain" in (declared.get("AllowedValues") or ["Retain"])
    return value in ("Retain", "RetainExceptOnCreate")


def bucket_policy(view, item, say):
    statements = as_list((item.properties.get("PolicyDocument") or {}).get("Statement"))
    name = item.properties.get("Bucket")
    arn = f"arn:aws:s3:::{name}"

    def denies_http(statement):
        condition = statement.get("Condition") or {}
        keys = {k.lower(): v for op in ("Bool",) for k, v in (condition.get(op) or {}).items()}
        return (statement.get("Effect") == "Deny" and statement.get("Principal") in ("*", {"AWS": "*"})
                and "s3:*" in as_list(statement.get("Action")) and {arn, arn + "/*"} <= set(as_list(statement.get("Resource")))
                and set(condition) == {"Bool"} and [str(v).lower() for v in as_list(keys.get("aws:securetransport"))] == ["false"])

    if not any(denies_http(s) for s in statements):
        say("s3-tls", "nothing refuses plain HTTP to the bucket and its objects",
            "Deny s3:* to everybody on both where aws:SecureTransport is false")
    for statement in statements:
        if statement.get("Effect") != "Deny":
            continue
        for operator, keys in (statement.get("Condition") or {}).items():
            for key_name in keys or {}:
                if key_name.lower().startswith("s3:x-amz-server-side-encryption") and "Not" in operator and not operator.endswith(
                        "IfExists"):
                    say("deny-wrong-key", f"{operator} on {key_name} refuses every request that names no key, and ours name none",
                        "Write " + operator + "IfExists")


def key(view, item, say):
    p = item.properties
    if p.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT" and p.get("EnableKeyRotation") not in (True, "true"):
        say("kms-rotation", "the key is never rotated", "Write EnableKeyRotation: true")
    stored = [v for b in view.of_type("AWS::S3::Bucket", "AWS::SecretsManager::Secret") for _, v in walk(b.properties)]
    if (item.arn in stored or item.physical in stored) and not kept(item, "DeletionPolicy"):
        say("retain", "deleting the stack deletes the key and with it what it encrypts", "Write DeletionPolicy: Retain")
    root = False
    for statement in as_list((p.get("KeyPolicy") or {}).get("Statement")):
        principal = statement.get("Principal")
        own = as_list(principal.get("AWS") if isinstance(principal, dict) else principal)
        for one in own:
            if str(one).endswith(f"::{ACCOUNT}:root") and statement.get("Effect") == "Allow":
                root = root or "kms:*" in as_list(statement.get("Action"))
            elif ":role/" in str(one):
                say("kms-roles", f"the key's policy names the role {one}: a cycle, since roles name the key",
                    "Name the account's root, and the services")
            elif one == "*" and statement.get("Effect") == "Allow" and not (statement.get("Condition") or {}):
                say("kms-public", "everybody may use the key", "Name the account's root, and the services")
        for service in as_list(principal.get("Service")) if isinstance(principal, dict) else []:
            condition = json.dumps(statement.get("Condition") or {}).lower()
            if "aws:sourceaccount" not in condition and "aws:sourcearn" not in condition and "kms:encryptioncontext" not in condition:
                say("kms-source-account", f"{service} may use the key for any account's sake",
                    "Add the condition StringEquals aws:SourceAccount = !Ref AWS::AccountId")
    if not root:
        say("kms-root", "the account's root may not do kms:*, so that nobody can ever change the key", "Allow it")


def crawler(view, item, say):
    p = item.properties
    targets = p.get("Targets") or {}
    policy = p.get("SchemaChangePolicy") or {}
    behaviour = (p.get("RecrawlPolicy") or {}).get("RecrawlBehavior")
    if behaviour == "CRAWL_NEW_FOLDERS_ONLY" and (policy.get("UpdateBehavior"), policy.get("DeleteBehavior")) != ("LOG", "LOG"):
        say("crawler-policy", "CRAWL_NEW_FOLDERS_ONLY wants UpdateBehavior and DeleteBehavior LOG", "Write LOG for both")
    if behaviour == "CRAWL_EVENT_MODE" and not all(t.get("EventQueueArn") for t in as_list(targets.get("S3Targets"))):
        say("crawler-policy", "CRAWL_EVENT_MODE wants an EventQueueArn for each target", "Name the queue")
    if policy.get("DeleteBehavior") == "DELETE_FROM_DATABASE":
        say("crawler-policy", "DeleteBehavior DELETE_FROM_DATABASE drops a table whose folder is empty for a moment", "Write LOG")
    schedule = p.get("Schedule")
    expression = schedule.get("ScheduleExpression") if isinstance(schedule, dict) else schedule
    if expression:
        say("crawler-schedule", f"the crawler runs on its own at {expression}; the pipeline starts it", "Take Schedule out")
        if not re.fullmatch(r"cron\([^()]+\)", str(expression)):
            say("crawler-schedule", f"{expression} is no cron(…)", "Write cron(…)")
    s3 = as_list(targets.get("S3Targets"))
    for target in s3:
        path = str(target.get("Path", ""))
        bucket_name, _, prefix = path.removeprefix("s3://").partition("/")
        if not path.startswith("s3://") or not prefix.startswith("raw/") or prefix.startswith(("raw/errors", "raw/unreadable")):
            say("crawler-target", f"the crawler reads {path}; only raw/ is a crawler's", "Name a folder of raw/")
        elif not prefix.endswith("/"):
            say("crawler-target", f"{path} has no / at its end and takes in what begins the same", "Write the /")
        if bucket_name not in {b.physical for b in view.of_type("AWS::S3::Bucket")}:
            say("crawler-target", f"{bucket_name} is no bucket of the stacks", "Name the lake's bucket")
    if not any(as_list(targets.get(k)) for k in targets):
        say("crawler-target", "the crawler has no target", "Name one")
    if p.get("Configuration"):
        try:
            configuration = json.loads(p["Configuration"])
        except (ValueError, TypeError):
            say("crawler-configuration", "Configuration is no JSON", "Correct it")
            configuration = {}
    else:
        configuration = {}
    if s3:
        output = configuration.get("CrawlerOutput") or {}
        if (output.get("Partitions") or {}).get("AddOrUpdateBehavior") != "InheritFromTable":
            say("crawler-configuration", "partitions do not inherit the table's columns, and differ from it after a change",
                "Write CrawlerOutput.Partitions.AddOrUpdateBehavior InheritFromTable")
        if (configuration.get("Grouping") or {}).get("TableGroupingPolicy") != "CombineCompatibleSchemas":
            say("crawler-configuration", "a folder may become several tables",
                "Write Grouping.TableGroupingPolicy CombineCompatibleSchemas")
    known = view.model.facts.constants
    if s3 and not all(str(t.get("Path", "")).endswith("/" + known["HISTORY"]) for t in s3) and p.get(
            "TablePrefix") != known["RAW_TABLE_PREFIX"]:
        say("crawler-prefix", f"TablePrefix is {p.get('TablePrefix')!r} and the functions look for {known['RAW_TABLE_PREFIX']!r}",
            "Write LakeLayout's RAW_TABLE_PREFIX")
    for target in as_list(targets.get("JdbcTargets")):
        if len([part for part in str(target.get("Path", "")).split("/") if part]) != 3:
            say("crawler-target", f"{target.get('Path')} is not DATABASE/SCHEMA/TABLE", "Name all three")
        if p.get("TablePrefix") != known["EXTERNAL_TABLE_PREFIX"]:
            say("crawler-prefix", f"TablePrefix is {p.get('TablePrefix')!r} and the functions look for {known['EXTERNAL_TABLE_PREFIX']!r}",
                "Write LakeLayout's EXTERNAL_TABLE_PREFIX")
        if not target.get("ConnectionName"):
            say("crawler-target", "a JDBC target without ConnectionName", "Name the connection")
    names = {d.physical for d in view.of_type("AWS::Glue::Database")}
    if p.get("DatabaseName") not in names:
        say("crawler-database", f"{p.get('DatabaseName')} is no database of the stacks", "Name the lake's database")


def job(view, item, say):
    p = item.properties
    version, worker = str(p.get("GlueVersion")), p.get("WorkerType")
    if version not in GLUE_VERSIONS:
        say("glue-version", f"GlueVersion {version} is none of {', '.join(GLUE_VERSIONS)}", "Write the version that the jobs are built for")
    if "MaxCapacity" in p and (worker or "NumberOfWorkers" in p):
        say("glue-workers", "MaxCapacity and WorkerType exclude each other", "Take MaxCapacity out")
    if not worker or "NumberOfWorkers" not in p:
        say("glue-workers", "WorkerType and NumberOfWorkers belong together", "Write both")
    allowed = [worker]
    raw = (item.raw.get("Properties") or {}).get("WorkerType")
    if isinstance(raw, dict) and "Ref" in raw:
        allowed += (item.stack.template.section("Parameters").get(raw["Ref"]) or {}).get("AllowedValues") or []
    for one in {str(a) for a in allowed if a}:
        if one not in WORKERS:
            say("glue-workers", f"Spark jobs have no WorkerType {one}", "Write one of " + ", ".join(WORKERS))
        elif version in GLUE_VERSIONS and float(WORKERS[one]) > float(version):
            say("glue-workers", f"{one} needs Glue {WORKERS[one]}", "Take another worker or version")
    try:
        if int(p.get("NumberOfWorkers", 2)) < 2:
            say("glue-workers", "a Spark job needs two workers at least", "Write 2")
    except (TypeError, ValueError):
        say("glue-workers", f"NumberOfWorkers is {p.get('NumberOfWorkers')!r}", "Write a number")
    if str(p.get("MaxRetries", "-")) != "0":
        say("glue-retries", "MaxRetries is not 0: Glue would start a run that nobody waits for", "Write MaxRetries: 0")
    if str((p.get("ExecutionProperty") or {}).get("MaxConcurrentRuns", "-")) != "1":
        say("glue-concurrency", "MaxConcurrentRuns is not 1: two runs would write the same folders",
            "Write ExecutionProperty: {MaxConcurrentRuns: 1}")
    if not 1 <= int(p.get("Timeout") or 0) <= 1440:
        say("glue-timeout", "the job has no Timeout of a day at most", "Write minutes")
    command = p.get("Command") or {}
    if command.get("Name") != "glueetl":
        say("glue-command", f"Command.Name is {command.get('Name')!r}", "Write glueetl")
    arguments = p.get("DefaultArguments") or {}
    if arguments.get("--job-bookmark-option", "job-bookmark-disable") != "job-bookmark-disable":
        say("glue-bookmark", "bookmarks would hide files from the job, which reads a list", "Write job-bookmark-disable")
    connections = as_list((p.get("Connections") or {}).get("Connections"))
    if "--connection_name" in arguments and arguments["--connection_name"] not in connections:
        say("glue-connection", f"--connection_name is {arguments['--connection_name']} and the job's Connections are {connections}",
            "Name one connection in both")
    for one in connections:
        if one not in {c.physical for c in view.of_type("AWS::Glue::Connection")}:
            say("glue-connection", f"{one} is no connection of the stacks", "Refer to ours")
    jars = str(arguments.get("--extra-jars", ""))
    if jars and not all(j.startswith("s3://") for j in jars.split(",")):
        say("glue-jars", f"--extra-jars is {jars}", "Write s3:// addresses")
    for name, value in arguments.items():
        if not isinstance(value, str):
            say("glue-arguments", f"{name} is {value!r}; Glue takes text only", "Put it in quotes")


SECRET_WORDS = ("USERNAME", "PASSWORD", "ENCRYPTED_PASSWORD")


def connection(view, item, say):
    given = item.properties.get("ConnectionInput") or {}
    p = given.get("ConnectionProperties") or {}
    known = catalog.service_model("glue").shape_for("ConnectionPropertyKey").enum
    for name in p:
        if name in SECRET_WORDS:
            say("connection-secret", f"{name} stands in the connection, for everybody to read", "Write SECRET_ID")
        elif name not in known:
            say("connection-property", f"Glue knows no connection property {name}", "Correct its name")
    if given.get("ConnectionType") == "JDBC":
        url = str(p.get("JDBC_CONNECTION_URL", ""))
        if not p.get("SECRET_ID") and not (given.get("AuthenticationConfiguration") or {}).get("SecretArn"):
            say("connection-secret", "the connection names no secret", "Write SECRET_ID")
        if str(p.get("JDBC_ENFORCE_SSL", "")).lower() != "true":
            say("connection-tls", "the connection does not enforce TLS", "Write JDBC_ENFORCE_SSL: 'true'")
        if re.search(r"trustservercertificate\s*=\s*true", url, re.I) or str(p.get("SKIP_CUSTOM_JDBC_CERT_VALIDATION", "")).lower() == "true":
            say("connection-tls", "the connection trusts any certificate", "Take trustServerCertificate=true out")
        if re.search(r"(?:user|password|pwd)\s*=", url, re.I):
            say("connection-secret", "the URL has a user or a password", "Write SECRET_ID")
        if re.search(r"encrypt\s*=\s*(false|no)\b", url, re.I):
            say("connection-tls", "the URL turns encryption off", "Write encrypt=true")
    physical = given.get("PhysicalConnectionRequirements") or {}
    if physical.get("SubnetId") and not physical.get("AvailabilityZone"):
        say("connection-zone", "SubnetId without AvailabilityZone", "Name the subnet's zone")
    if physical.get("SubnetId") and not physical.get("SecurityGroupIdList"):
        say("connection-group", "SubnetId without SecurityGroupIdList", "Name the group that refers to itself")
    for group in as_list(physical.get("SecurityGroupIdList")):
        self_reference(view, group, say)


def self_reference(view, group, say):
    owner = next((i for i in view.of_type("AWS::EC2::SecurityGroup") if i.physical == group or i.arn == group
                  or group == f"<{i.id}.GroupId>"), None)
    if owner is None:
        return
    names = {owner.physical, f"<{owner.id}.GroupId>"}
    for rule in view.of_type("AWS::EC2::SecurityGroupIngress"):
        p = rule.properties
        if p.get("GroupId") in names and p.get("SourceSecurityGroupId") in names and (
                str(p.get("IpProtocol")) == "-1" or (str(p.get("FromPort")), str(p.get("ToPort"))) == ("0", "65535")):
            return
    say("self-reference", f"{owner.id} lets its own members in on no or not all ports, and Glue refuses the connection",
        "Add an SecurityGroupIngress from the group to itself for all TCP ports")


def database(view, item, say):
    name = str((item.properties.get("DatabaseInput") or {}).get("Name", ""))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,254}", name):
        say("database-name", f"the name {name!r} is none that Athena reads without quotes", "Small letters, digits and _ only")


def table(view, item, say):
    given = item.properties.get("TableInput") or {}
    parameters = given.get("Parameters") or {}
    storage = given.get("StorageDescriptor") or {}
    keys = [k.get("Name") for k in given.get("PartitionKeys") or []]
    columns = [c.get("Name") for c in storage.get("Columns") or []]
    location = str(storage.get("Location", ""))
    name = str(given.get("Name", ""))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        say("table-name", f"the name {name!r} is none that Athena reads without quotes", "Small letters, digits and _ only")
    if given.get("TableType") == "VIRTUAL_VIEW":
        return
    if given.get("TableType") != "EXTERNAL_TABLE":
        say("table-type", "without TableType EXTERNAL_TABLE Athena answers FAILED: null", "Write it")
    for twice in {c for c in columns + keys if (columns + keys).count(c) > 1}:
        say("table-columns", f"the column {twice} is there twice", "Name a column or a partition key, not both")
    for column in storage.get("Columns") or []:
        if not re.match(r"^(string|double|float|bigint|int|smallint|tinyint|boolean|timestamp|date|binary|decimal\(\d+,\d+\)"
                        r"|varchar\(\d+\)|char\(\d+\)|array<.*>|map<.*>|struct<.*>)$", str(column.get("Type"))):
            say("table-columns", f"{column.get('Name')} has no type of Hive: {column.get('Type')}", "Correct it")
    if not location.startswith("s3://") or not location.endswith("/"):
        say("table-location", f"Location {location!r} is no folder of S3", "Write s3://…/ with the / at its end")
    formats = {"parquet": ("ParquetHiveSerDe", "MapredParquetInputFormat"), "json": ("JsonSerDe", "TextInputFormat"),
               "csv": ("SerDe", "TextInputFormat")}
    kind = parameters.get("classification")
    serde = str((storage.get("SerdeInfo") or {}).get("SerializationLibrary", ""))
    if kind in formats and (not serde.endswith(formats[kind][0]) or not str(storage.get("InputFormat", "")).endswith(formats[kind][1])
                            or (kind == "csv" and "Parquet" in serde)):
        say("table-format", f"classification {kind} is read by {serde} and {storage.get('InputFormat')}", "Take those of one format")
    if str(parameters.get("projection.enabled", "")).lower() == "true":
        template = str(parameters.get("storage.location.template", ""))
        for one in keys:
            if f"projection.{one}.type" not in parameters:
                say("projection", f"the partition key {one} has no projection", f"Write projection.{one}.type")
            kind_of = parameters.get(f"projection.{one}.type")
            needs = {"integer": "range", "date": "range", "enum": "values"}.get(kind_of)
            if kind_of not in ("integer", "date", "enum", "injected"):
                say("projection", f"there is no type of projection {kind_of}", "Write integer, date, enum or injected")
            if needs and f"projection.{one}.{needs}" not in parameters:
                say("projection", f"projection.{one}.{needs} is missing", "Add it")
            if kind_of == "date" and f"projection.{one}.format" not in parameters:
                say("projection", f"projection.{one}.format is missing", "Add it")
            if template and "${" + one + "}" not in template:
                say("projection", f"storage.location.template has no ${{{one}}}", "Add it")
        for one in re.findall(r"\$\{(\w+)\}", template):
            if one not in keys:
                say("projection", f"storage.location.template names {one}, which is no partition key", "Correct it")
        for one in {k.split(".")[1] for k in parameters if k.startswith("projection.") and k != "projection.enabled"}:
            if one not in keys:
                say("projection", f"the projection names {one}, which is no partition key", "Correct it")
        if template and not template.startswith(location):
            say("projection", f"storage.location.template lies outside of {location}", "Begin it with the table's Location")


def workgroup(view, item, say):
    configuration = item.properties.get("WorkGroupConfiguration") or {}
    if configuration.get("EnforceWorkGroupConfiguration") not in (True, "true"):
        say("athena-enforce", "a client can set results and encryption of its own", "Write EnforceWorkGroupConfiguration: true")
    cutoff = configuration.get("BytesScannedCutoffPerQuery")
    if not cutoff or int(cutoff) < 10_000_000:
        say("athena-cutoff", "no query is cut off, or every one: 10,000,000 bytes is the least", "Write BytesScannedCutoffPerQuery")
    elif int(cutoff) > 10**12:
        say("athena-cutoff", f"a query may read {cutoff} bytes", "Bound what one query may cost")
    result = configuration.get("ResultConfiguration") or {}
    encryption = result.get("EncryptionConfiguration") or {}
    if encryption.get("EncryptionOption") != "SSE_KMS" or not encryption.get("KmsKey"):
        say("athena-encryption", "results are not encrypted by a key of ours", "Write SSE_KMS and the key")
    location = str(result.get("OutputLocation", ""))
    prefix = location.removeprefix("s3://").partition("/")[2]
    if not prefix or any(prefix.startswith(d) for d in DATA) or not prefix.endswith("/"):
        say("athena-results", f"results go to {location}", "Write a folder that holds nothing else")
    expired = [r for b in view.of_type("AWS::S3::Bucket") for r in (b.properties.get("LifecycleConfiguration") or {}).get("Rules") or []
               if r.get("Status") == "Enabled" and r.get("ExpirationInDays") and str(r.get("Prefix", "")) == prefix]
    if prefix and not expired:
        say("athena-results", f"nothing expires {prefix}", "Add a lifecycle rule for exactly this prefix")
    if item.properties.get("RecursiveDeleteOption") not in (True, "true"):
        say("athena-delete", "a workgroup with history cannot be deleted", "Write RecursiveDeleteOption: true")


DATES = {"yyyy": "year", "MM": "month", "dd": "day", "HH": "hour"}


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
    if declared is not None and not (0 <= declared.get("MinValue", -1) and declared.get("MaxValue", 10**9) <= 900):
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


def trigger(view, item, say):
    say("glue-trigger", "a Glue trigger starts jobs past the state machine", "Take it out")
