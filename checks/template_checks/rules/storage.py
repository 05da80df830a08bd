"""Rules on what keeps data: buckets, their policies and what these promise, keys."""

import json
import re

from ..model import as_list, walk
from ..policies import Call, Statement, allowed
from ..resolve import ACCOUNT
from .registry import on, over

# What people and models live by: never expired, and no crawler's business but for raw/.
DATA = ("raw/", "lake/", "rooms/", "models/", "manifests/", "scores/", "alarms/", "reports/", "runs/", "training/")
# Folders of what cannot be made again, and who writes there. The stack's own removal empties the bucket.
ONLY = {"raw/live/x": "firehose.amazonaws.com", "raw/history/x": None, "manifests/000000001.json": "CommitRunFunctionRole"}
KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"
# A mistake is seen within a week, and can be undone until then.
LEAST_VERSIONS = 7


@on("E9011", "AWS::S3::Bucket",
    about="A bucket is encrypted, closed to the public, versioned, and keeps what people live by.")
def bucket(view, item, say):
    p = item.properties
    block = p.get("PublicAccessBlockConfiguration") or {}
    for name in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"):
        if block.get(name) not in (True, "true"):
            say("s3-public", f"{name} is not true", "Block public access in all four ways")
    if [r.get("ObjectOwnership") for r in (p.get("OwnershipControls") or {}).get("Rules") or []] != ["BucketOwnerEnforced"]:
        say("s3-owner", "ObjectOwnership is not BucketOwnerEnforced", "Turn access-control lists off")
    encryption = list((p.get("BucketEncryption") or {}).get("ServerSideEncryptionConfiguration") or [])
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
        data = prefix == "" or any(prefix.startswith(d) or d.startswith(prefix) for d in DATA)
        if expires and data and not (rule.get("TagFilters") or prefix.startswith(("raw/errors/", "raw/unreadable/", "runs/tmp/"))):
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


@on("E9012", "AWS::S3::BucketPolicy",
    about="A bucket policy refuses plain HTTP and lets in nobody else.")
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


@on("E9013", "AWS::KMS::Key",
    about="A key rotates, outlives its stack, and lets in the services that need it.")
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


@over
def writers(view, model, say):
    """Nobody but the one writer of a folder can write or delete in it."""
    from ..needs import service_principal
    for role in view.roles():
        for statement in view.statements(role):
            if statement.effect != "Allow" or statement.source[0] == "managed":
                continue
            for bucket in view.of_type("AWS::S3::Bucket"):
                for key, writer in ONLY.items():
                    own = writer is not None and writer in (role.name, service_principal(role))
                    for action in ("s3:PutObject", "s3:DeleteObject"):
                        # The whole bucket is what the check iam asks a reason for.
                        if not own and statement.names(action) and statement.covers(f"{bucket.arn}/{key}") and not statement.covers(
                                f"{bucket.arn}/anything"):
                            say("writer", role, f"{action} on {key.rpartition('/')[0]}/ is granted ({statement.source[2]}), and what lies "
                                "there cannot be made again", "Narrow the grant to the folders that it writes")
            for action in ("glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable"):
                if statement.names(action) and service_principal(role) != "glue.amazonaws.com" and any(
                        re.search(r":table/[^/]+/\*$", r) for r in statement.resources):
                    say("writer", role, f"{action} on every table is granted ({statement.source[2]})", "Name the tables that it makes")


@over
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


@over
def versions(view, say):
    """Whoever overwrites or deletes by mistake has a week to see it."""
    for bucket in view.of_type("AWS::S3::Bucket"):
        for rule in as_list((bucket.properties.get("LifecycleConfiguration") or {}).get("Rules")):
            days = (rule.get("NoncurrentVersionExpiration") or {}).get("NoncurrentDays")
            if days is not None and int(days) < LEAST_VERSIONS:
                say("versions", bucket, f"what was overwritten by mistake is gone after {days} days", f"Keep it for {LEAST_VERSIONS} days or more")


@over
def unguarded(view, say):
    buckets = {b.physical for b in view.of_type("AWS::S3::Bucket")}
    covered = {p.properties.get("Bucket") for p in view.of_type("AWS::S3::BucketPolicy")}
    for item in view.of_type("AWS::S3::Bucket"):
        if item.physical in buckets - covered:
            say("s3-tls", item, "the bucket has no policy that refuses plain HTTP", "Add a BucketPolicy")
