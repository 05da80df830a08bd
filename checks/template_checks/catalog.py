"""What AWS has: IAM's actions and resource types (npm iam-data), and the services' models (botocore)."""

import json
import re
from functools import lru_cache
from pathlib import Path

import botocore.loaders
import botocore.model

TOOLS = {"npm": Path()}


@lru_cache(None)
def _data(kind, service):
    path = TOOLS["npm"] / "node_modules" / "@cloud-copilot" / "iam-data" / "data" / kind / f"{service}.json"
    return json.loads(path.read_text()) if path.is_file() else None


def iam_action(action):
    """The entry of 'glue:StartJobRun', or None."""
    service, _, name = action.partition(":")
    actions = _data("actions", service.lower())
    return None if actions is None else actions.get(name.lower())


def iam_actions(pattern):
    """Every action that 'glue:Get*' names."""
    service, _, name = pattern.partition(":")
    actions = _data("actions", service.lower()) or {}
    form = glob(name.lower())
    return [f"{service}:{entry['name']}" for key, entry in actions.items() if form.match(key)]


def iam_resource_arns(action):
    """The forms of ARN that an action takes, by resource type: {type: (pattern, required)}; empty where it takes none."""
    entry = iam_action(action)
    types = _data("resourceTypes", action.split(":")[0].lower()) or {}
    out = {}
    for one in (entry or {}).get("resourceTypes") or []:
        declared = types.get(one["name"].lower())
        if declared:
            out[one["name"]] = (declared["arn"], one["required"])
    return out


def iam_condition_keys(action):
    entry = iam_action(action) or {}
    keys = set(entry.get("conditionKeys") or [])
    types = _data("resourceTypes", action.split(":")[0].lower()) or {}
    for one in entry.get("resourceTypes") or []:
        keys |= set(one.get("conditionKeys") or [])
        keys |= set((types.get(one["name"].lower()) or {}).get("conditionKeys") or [])
    return keys


@lru_cache(None)
def services():
    return tuple(botocore.loaders.Loader().list_available_services("service-2"))


@lru_cache(None)
def service_model(name):
    return botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model(name, "service-2"), name)


# The SDKs' and Step Functions' names of services that botocore calls otherwise.
_NAMES = {"sfn": "stepfunctions", "states": "stepfunctions", "sagemakerruntime": "sagemaker-runtime", "eventbridge": "events",
          "cloudwatchlogs": "logs", "cognitoidentityprovider": "cognito-idp", "scheduler": "scheduler",
          "sagemakerfeaturestoreruntime": "sagemaker-featurestore-runtime"}


@lru_cache(None)
def service(name):
    """botocore's name of a service as the Java SDK or a state machine names it, or None."""
    low = name.lower()
    if low in _NAMES:
        return _NAMES[low]
    known = {s.replace("-", ""): s for s in services()}
    return known.get(low.replace("-", "").replace(" ", ""))


# IAM's prefix where it is not botocore's name.
_PREFIXES = {"stepfunctions": "states", "sagemaker-runtime": "sagemaker", "cognito-idp": "cognito-idp"}


def iam_prefix(name):
    if name in _PREFIXES:
        return _PREFIXES[name]
    signing = service_model(name).metadata.get("signingName")
    return signing or service_model(name).metadata.get("endpointPrefix", name)


@lru_cache(None)
def operation(service_name, method):
    """botocore's operation of an SDK's method or a state machine's action, whatever its case; None if there is none."""
    low = method.lower()
    for suffix in ("", "paginator", "asbytes"):
        if suffix and low.endswith(suffix):
            low = low.removesuffix(suffix)
    for name in service_model(service_name).operation_names:
        if name.lower() == low:
            return name
    return None


# S3's operations whose permission has another name.
_S3 = {
    "ListObjectsV2": ["ListBucket"], "ListObjects": ["ListBucket"], "HeadBucket": ["ListBucket"], "HeadObject": ["GetObject"],
    "GetObjectAttributes": ["GetObject", "GetObjectAttributes"], "DeleteObjects": ["DeleteObject"],
    "CopyObject": ["GetObject", "PutObject"], "CreateMultipartUpload": ["PutObject"], "UploadPart": ["PutObject"],
    "UploadPartCopy": ["GetObject", "PutObject"], "CompleteMultipartUpload": ["PutObject"], "ListParts": [
        "ListMultipartUploadParts"], "ListMultipartUploads": ["ListBucketMultipartUploads"],
    "ListObjectVersions": ["ListBucketVersions"], "ListBuckets": ["ListAllMyBuckets"],
}


def iam_of(service_name, operation_name):
    """The permissions that an operation wants."""
    if service_name == "s3":
        return ["s3:" + name for name in _S3.get(operation_name, [operation_name])]
    if service_name == "lambda" and operation_name in ("Invoke", "InvokeAsync"):
        return ["lambda:InvokeFunction"]
    return [f"{iam_prefix(service_name)}:{operation_name}"]


@lru_cache(None)
def glob(pattern):
    return re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern) + r"\Z", re.S)


def arn_form(pattern):
    """iam-data's '${Partition}' and the like as wildcards."""
    return re.sub(r"\$\{[^}]*\}", "*", pattern)
