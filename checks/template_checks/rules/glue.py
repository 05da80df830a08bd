"""Rules on Glue: crawlers, jobs, connections, databases."""

import base64
import json
import re

from .. import catalog
from ..model import as_list
from .registry import on, once, over

WORKERS = {"G.1X": "2.0", "G.2X": "2.0", "G.4X": "3.0", "G.8X": "3.0", "G.12X": "5.0", "G.16X": "5.0", "R.1X": "5.0",
           "R.2X": "5.0", "R.4X": "5.0", "R.8X": "5.0"}
GLUE_VERSIONS = ("5.0", "5.1")
SECRET_WORDS = ("USERNAME", "PASSWORD", "ENCRYPTED_PASSWORD")


@on("E9021", "AWS::Glue::Crawler",
    about="A crawler looks where data is, keeps its tables together and deletes nothing.")
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


@on("E9022", "AWS::Glue::Job",
    about="A job has a version, a worker and arguments that Glue takes, and ends.")
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


@on("E9023", "AWS::Glue::Connection",
    about="A connection is encrypted, checks its certificate and holds no password.")
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


@on("E9024", "AWS::Glue::Database",
    about="A database is where nothing expires.")
def database(view, item, say):
    name = str((item.properties.get("DatabaseInput") or {}).get("Name", ""))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,254}", name):
        say("database-name", f"the name {name!r} is none that Athena reads without quotes", "Small letters, digits and _ only")


@on("E9025", "AWS::Glue::Trigger",
    about="The machine starts jobs, nobody else.")
def trigger(view, item, say):
    say("glue-trigger", "a Glue trigger starts jobs past the state machine", "Take it out")


@over
def imports(view, model, say):
    """A job with a connection reads the crawled table, and trusts what the connection trusts."""
    connections = {}
    for item in view.of_type("AWS::Glue::Connection"):
        connections[item.physical] = (item.properties.get("ConnectionInput") or {}).get("ConnectionProperties") or {}
    crawled = {t.get("ConnectionName"): str(t.get("Path", "")) for c in view.of_type("AWS::Glue::Crawler")
               for t in as_list((c.properties.get("Targets") or {}).get("JdbcTargets"))}
    for item in view.of_type("AWS::Glue::Job"):
        arguments = item.properties.get("DefaultArguments") or {}
        for name in as_list((item.properties.get("Connections") or {}).get("Connections")):
            table = ".".join(crawled.get(name, "").strip("/").split("/")[1:])
            if table and arguments.get("--table") != table:
                say("job-table", item, f"--table is {arguments.get('--table')} and what is crawled by {name} is {table}",
                    "Import the table that is crawled")
            properties = connections.get(name, {})
            base = re.search(r"(?i);\s*databaseName\s*=\s*([^;]+)", str(properties.get("JDBC_CONNECTION_URL", "")))
            if base and table and base.group(1) != crawled[name].strip("/").split("/")[0]:
                say("job-table", item, f"the connection opens the database {base.group(1)} and {crawled[name]} is crawled",
                    "Write one database in both")
            for argument, key in (("--ca_certificate", "CUSTOM_JDBC_CERT"), ("--certificate_host", "CUSTOM_JDBC_CERT_STRING")):
                if arguments.get(argument) != properties.get(key):
                    say("job-certificate", item, f"{argument} is {arguments.get(argument)} and the connection's {key} is "
                        f"{properties.get(key)}", "Give the job what the crawler's connection has")


@over
def demo(view, model, say):
    """What a server of ours leaves behind is what others look for."""
    buckets = {b.physical for b in view.of_type("AWS::S3::Bucket")}
    scripts = [base64.b64decode(str(i.properties.get("UserData") or "")).decode("utf-8", "replace") for i in view.of_type("AWS::EC2::Instance")]
    for item in view.of_type("AWS::Glue::Connection"):
        properties = (item.properties.get("ConnectionInput") or {}).get("ConnectionProperties") or {}
        bucket, _, key = str(properties.get("CUSTOM_JDBC_CERT", "")).removeprefix("s3://").partition("/")
        if bucket in buckets and not any(f"'{key}'" in s for s in scripts):
            say("certificate", item, f"nobody writes {key} into the bucket", "Write the key that the server's script writes")
        for secret in view.of_type("AWS::SecretsManager::Secret"):
            made = secret.properties.get("GenerateSecretString") or {}
            if secret.physical == properties.get("SECRET_ID") and ('"username"' not in str(made.get("SecretStringTemplate"))
                                                                   or made.get("GenerateStringKey") != "password"):
                say("secret-form", secret, "Glue reads username and password of a connection's secret", "Write both names")
    names = {r.physical for r in view.roles()}
    for item in view.of_type("AWS::IAM::InstanceProfile"):
        for role in as_list(item.properties.get("Roles")):
            if role not in names:
                say("profile", item, f"{role} is no role's name", "Write !Ref of the role")
    for item in view.of_type("AWS::EC2::Instance"):
        for device in as_list(item.properties.get("BlockDeviceMappings")):
            if (device.get("Ebs") or {}).get("Encrypted") not in (True, "true"):
                say("disk", item, "the disk is in the clear", "Write Encrypted: true")


@over
def crawled(view, model, say):
    """What is crawled is a folder that somebody fills, each on its own."""
    known = {folder for folder in model.facts.constants.values() if folder.startswith("raw/")}
    for item in view.of_type("AWS::Glue::Crawler"):
        for target in as_list((item.properties.get("Targets") or {}).get("S3Targets")):
            prefix = str(target.get("Path", "")).removeprefix("s3://").partition("/")[2]
            if prefix not in known:
                say("crawler-target", item, f"nothing of ours lies in {prefix}", "Name a folder of LakeLayout: " + ", ".join(sorted(known)))


@once
def script(view, model, say):
    """Brackets of the jobs' script match; whether it compiles is the build's to say (GlueScriptTest)."""
    pairs = {")": "(", "]": "[", "}": "{"}
    for path in sorted((model.root / "glue").glob("*.scala")):
        code = re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", lambda m: "\n" * m[0].count("\n"), path.read_text(), flags=re.S)
        open_ones = []
        for number, line in enumerate(code.splitlines(), 1):
            for mark in line:
                if mark in pairs.values():
                    open_ones.append((mark, number))
                elif mark in pairs and (not open_ones or open_ones.pop()[0] != pairs[mark]):
                    say("script", (f"glue/{path.name}", "-", number), f"the {mark} closes nothing that was opened", "Correct the script")
                    return
        for mark, number in open_ones[:1]:
            say("script", (f"glue/{path.name}", "-", number), f"the {mark} is never closed", "Correct the script")
