"""Rules on Athena: workgroups and named queries."""

from ..resolve import ACCOUNT
from .registry import on, over
from .storage import DATA


@on("E9042", "AWS::Athena::NamedQuery",
    about="A named query is of the stacks' database and workgroup.")
def named_query(view, model, item, say):
    if item.properties.get("Database") not in {d.physical for d in view.of_type("AWS::Glue::Database")}:
        say("named-query", f"{item.properties.get('Database')} is no database of the stacks", "Name ours")
    if item.properties.get("WorkGroup") not in {w.physical for w in view.of_type("AWS::Athena::WorkGroup")}:
        say("named-query", f"{item.properties.get('WorkGroup')} is no workgroup of the stacks", "Name ours")


@on("E9041", "AWS::Athena::WorkGroup",
    about="A workgroup says where results go, encrypted, and what a query may cost.")
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


@over
def result_owners(view, model, say):
    for item in view.of_type("AWS::Athena::WorkGroup"):
        result = (item.properties.get("WorkGroupConfiguration") or {}).get("ResultConfiguration") or {}
        if result.get("ExpectedBucketOwner") != ACCOUNT:
            say("athena-owner", item, "results would go to whoever has the bucket's name after us",
                "Write ExpectedBucketOwner: !Ref AWS::AccountId")
