#!/usr/bin/env python3
"""Unmodified AWS clients against ./thermolake cloud: boto3 and the AWS CLI; and by them, followup.py.

usage: clients.py DATA_FOLDER (of a run on the sample)
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request
import uuid

import boto3
import botocore
from botocore.config import Config

import followup

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cli(environment, *arguments):
    done = subprocess.run(["aws", *arguments, "--output", "json"], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"aws {' '.join(arguments)}: {done.stderr}")
    return json.loads(done.stdout or "{}")


def wait(what, state, bound=120):
    for _ in range(bound * 10):
        value = state()
        if value not in ("RUNNING", "QUEUED"):
            return value
        time.sleep(0.1)
    raise SystemExit(f"{what} did not end in {bound} s")


def check(cloud, data):
    # They would go before the profile.
    for mine in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        os.environ.pop(mine, None)
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": cloud["endpoint"],
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_SHARED_CREDENTIALS_FILE": cloud["credentialsFile"],
        "AWS_PROFILE": cloud["profile"],
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
    }
    os.environ.update(environment)
    keys = boto3.client("s3").list_objects_v2(Bucket=cloud["bucket"], Prefix="manifests/")["Contents"]
    assert keys, "no manifest is listed"
    table = boto3.client("glue").get_table(DatabaseName="thermolake", Name="temperatures")["Table"]
    assert [c["Name"] for c in table["StorageDescriptor"]["Columns"]] == ["timestamp", "room_id", "temperature"]
    athena = boto3.client("athena")
    query = athena.start_query_execution(
        QueryString="SELECT count(*) AS n FROM temperatures",
        WorkGroup="thermolake",
        QueryExecutionContext={"Database": "thermolake"},
    )["QueryExecutionId"]
    status = lambda: athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]["State"]
    assert wait("the query", status) == "SUCCEEDED"
    rows = athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"]
    assert rows[1]["Data"][0]["VarCharValue"] == "216000", rows
    sample = json.loads((pathlib.Path(data) / "sample.json").read_text())
    states = boto3.client("stepfunctions")
    execution = states.start_execution(
        stateMachineArn=cloud["pipeline"], name="from-boto3", input=json.dumps({"now": sample["now"]})
    )["executionArn"]
    assert wait("the execution", lambda: states.describe_execution(executionArn=execution)["status"]) == "SUCCEEDED"
    pages = states.get_paginator("get_execution_history").paginate(executionArn=execution)
    events = [e["type"] for page in pages for e in page["events"]]
    assert events[0] == "ExecutionStarted" and events[-1] == "ExecutionSucceeded", events

    assert cli(environment, "s3api", "list-objects-v2", "--bucket", cloud["bucket"], "--prefix", "reports/")["Contents"]
    assert cli(environment, "glue", "get-table", "--database-name", "thermolake", "--name", "scores")["Table"]
    listed = cli(environment, "stepfunctions", "list-executions", "--state-machine-arn", cloud["pipeline"])
    assert "from-boto3" in [e["name"] for e in listed["executions"]]
    history = cli(environment, "stepfunctions", "get-execution-history", "--execution-arn", execution)
    assert [e["type"] for e in history["events"]] == events
    assert cli(environment, "sts", "get-caller-identity")["Account"] == "000000000000"
    check_states(environment, boto3.client("stepfunctions", config=Config(inject_host_prefix=False)))
    check_sweep(environment, execution)
    check_door(cloud)
    print(f"clients: boto3 and the AWS CLI agree, {len(events)} events")


def check_sweep(environment, over):
    """What a run that is over left of its endpoint goes; another stack's, and what nobody tagged, stays."""
    sagemaker, functions = boto3.client("sagemaker"), boto3.client("lambda")
    run = uuid.uuid4().hex[:8]
    request = {"run": {"id": f"over-{run}", "executionArn": over, "now": "2026-03-31T00:00:00Z", "base": 0}}
    started = functions.invoke(FunctionName="StartEndpoint", Payload=json.dumps(request))
    name = json.loads(started["Payload"].read())["handles"][0]["name"]
    arn = sagemaker.describe_endpoint(EndpointName=name)["EndpointArn"]
    tags = {t["Key"]: t["Value"] for t in sagemaker.list_tags(ResourceArn=arn)["Tags"]}
    assert tags == {"thermolake:stack": "thermolake", "thermolake:run": f"over-{run}", "thermolake:execution": over}, tags
    for other, stack in ((f"tl-other-{run}", "thermolake-2"), (f"tl-nobody-{run}", None)):
        sagemaker.create_model(
            ModelName=other, ExecutionRoleArn=ROLE,
            PrimaryContainer={"Image": "664544806723.dkr.ecr.eu-central-1.amazonaws.com/randomcutforest:1",
                              "ModelDataUrl": "s3://x/models/"},
            Tags=[{"Key": k, "Value": v} for k, v in {**tags, "thermolake:stack": stack}.items() if stack])
    swept = json.loads(functions.invoke(FunctionName="SweepEndpoints", Payload="{}")["Payload"].read())
    assert swept["deleted"] == [f"{kind}/{name}" for kind in ("endpoint", "endpoint-config", "model")], swept
    answer = cli(environment, "lambda", "invoke", "--function-name", "SweepEndpoints", "/dev/stderr")
    assert "FunctionError" not in answer, answer
    there = [m["ModelName"] for page in sagemaker.get_paginator("list_models").paginate(PaginationConfig={"PageSize": 1})
             for m in page["Models"]]
    assert sorted(there) == [f"tl-nobody-{run}", f"tl-other-{run}"], there
    assert not sagemaker.list_endpoints()["Endpoints"] and not sagemaker.list_endpoint_configs()["EndpointConfigs"]
    for other in there:
        sagemaker.delete_model(ModelName=other)
    print("clients: the sweeper deleted", swept["deleted"])


def check_door(cloud):
    """Who has the key is served, whatever the key of the object; who has another, or a page's browser, is not."""
    s3, bucket = boto3.client("s3", config=Config(signature_version="s3v4")), cloud["bucket"]
    for name in ("a b+c%2F/\u00e9", "~.-_/(1)*'!;:@&=$,?#", "check"):
        key = f"door/{name}"
        s3.put_object(Bucket=bucket, Key=key, Body=b"seen")
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"seen", key
        url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Origin": "http://other.example"})) as answer:
            assert answer.read() == b"seen", url
        s3.delete_object(Bucket=bucket, Key=key)
    url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "door/put"})
    urllib.request.urlopen(urllib.request.Request(url, b"given", {"Content-Type": ""}, method="PUT")).close()
    assert s3.get_object(Bucket=bucket, Key="door/put")["Body"].read() == b"given"
    s3.delete_object(Bucket=bucket, Key="door/put")
    guess = {"aws_access_key_id": cloud["profile"], "aws_secret_access_key": "a guess"}
    assert refused("InvalidSignatureException", boto3.client("secretsmanager", **guess).get_secret_value, SecretId="x")
    assert refused("SignatureDoesNotMatch", boto3.client("s3", **guess).list_objects_v2, Bucket=bucket)
    assert refused("SignatureDoesNotMatch", boto3.client("sts", **guess).get_caller_identity)
    nobody = Config(signature_version=botocore.UNSIGNED)
    assert refused("AccessDenied", boto3.client("s3", config=nobody).list_objects_v2, Bucket=bucket)
    page = boto3.client("lambda")
    page.meta.events.register("before-send", lambda request, **_: request.headers.__setitem__("Origin", "http://other.example"))
    assert refused("AccessDeniedException", page.invoke, FunctionName="PlanRun", Payload=b"{}")
    print("clients: strangers and web pages are refused")


ROLE = "arn:aws:iam::000000000000:role/check"


def machine(**states):
    return json.dumps({"QueryLanguage": "JSONata", "StartAt": next(iter(states)), "States": states})


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except call.__self__.exceptions.ClientError as e:
        assert e.response["Error"]["Code"] == code, e.response["Error"]
        return e.response["Error"]["Message"]
    raise SystemExit(f"{call.__name__} was not refused with {code}")


def over(states, execution):
    wait("the execution", lambda: states.describe_execution(executionArn=execution)["status"])
    return states.describe_execution(executionArn=execution)


def check_states(environment, states):
    """Step Functions beyond the pipeline: machines of a client's own, and what can be done with them."""
    run = uuid.uuid4().hex[:8]
    create = lambda name, definition, **more: states.create_state_machine(
        name=f"{name}-{run}", definition=definition, roleArn=ROLE, **more
    )["stateMachineArn"]
    made = []

    # Definitions are validated, and states are tested with mocks.
    assert states.validate_state_machine_definition(definition=machine(S={"Type": "Succeed"}))["result"] == "OK"
    wrong = cli(environment, "stepfunctions", "validate-state-machine-definition", "--definition", '{"StartAt": "S"}')
    assert wrong["result"] == "FAIL" and wrong["diagnostics"][0]["code"] == "SCHEMA_VALIDATION_FAILED", wrong
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "f"}, "End": True,
            "QueryLanguage": "JSONata", "Output": "{% $states.result.Payload %}"}
    tested = states.test_state(definition=json.dumps(task), inspectionLevel="DEBUG", mock={"result": '{"Payload": 7}'})
    assert (tested["status"], tested["output"]) == ("SUCCEEDED", "7"), tested
    tested = cli(environment, "stepfunctions", "test-state", "--definition", json.dumps(task), "--mock",
                 json.dumps({"errorOutput": {"error": "Bad", "cause": "very"}}))
    assert (tested["status"], tested["error"]) == ("FAILED", "Bad"), tested

    # An express machine answers its caller, with either client.
    express = create("express", machine(S={"Type": "Pass", "Output": "{% $states.input.a * 2 %}", "End": True}), type="EXPRESS")
    made.append(express)
    answer = states.start_sync_execution(stateMachineArn=express, input='{"a": 21}')
    assert (answer["status"], answer["output"]) == ("SUCCEEDED", "42"), answer
    assert answer["billingDetails"]["billedMemoryUsedInMB"] == 64, answer
    answer = cli(environment, "stepfunctions", "start-sync-execution", "--state-machine-arn", express, "--input", '{"a": 1}')
    assert answer["output"] == "2", answer

    # Lists have pages; a token that was not given is refused.
    failing = create("failing", machine(S={"Type": "Fail", "Error": "Bad"}), tags=[{"key": "team", "value": "lake"}])
    made.append(failing)
    executions = [states.start_execution(stateMachineArn=failing, name=f"e{i}")["executionArn"] for i in range(3)]
    assert all(over(states, e)["error"] == "Bad" for e in executions)
    pages = states.get_paginator("list_executions").paginate(
        stateMachineArn=failing, statusFilter="FAILED", PaginationConfig={"PageSize": 2}
    )
    assert [len(p["executions"]) for p in pages] == [2, 1]
    assert refused("InvalidToken", states.list_executions, stateMachineArn=failing, nextToken="x")
    redriven = states.redrive_execution(executionArn=executions[0], clientToken="once")["redriveDate"]
    assert states.redrive_execution(executionArn=executions[0], clientToken="once")["redriveDate"] == redriven
    assert over(states, executions[0])["redriveCount"] == 1
    refused("ExecutionDoesNotExist", states.describe_execution, executionArn=executions[0] + "-not")
    refused("StateMachineAlreadyExists", states.create_state_machine, name=f"failing-{run}", roleArn=ROLE,
            definition=machine(S={"Type": "Succeed"}))

    # Tags, versions and aliases.
    cli(environment, "stepfunctions", "tag-resource", "--resource-arn", failing, "--tags", "key=stage,value=test")
    tags = {t["key"]: t["value"] for t in states.list_tags_for_resource(resourceArn=failing)["tags"]}
    assert tags == {"team": "lake", "stage": "test"}, tags
    version = cli(environment, "stepfunctions", "publish-state-machine-version", "--state-machine-arn", failing)
    alias = states.create_state_machine_alias(
        name="live", routingConfiguration=[{"stateMachineVersionArn": version["stateMachineVersionArn"], "weight": 100}]
    )["stateMachineAliasArn"]
    by_alias = over(states, states.start_execution(stateMachineArn=alias)["executionArn"])
    assert by_alias["stateMachineVersionArn"] == version["stateMachineVersionArn"], by_alias
    assert "prefix" in refused("InvalidArn", states.describe_state_machine_alias, stateMachineAliasArn="x")

    # A Map Run's children are executions of their own.
    mapped = create("mapped", machine(S={
        "Type": "Map", "Items": [1, 2, 3], "Label": "Each", "End": True,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                          "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}}))
    made.append(mapped)
    execution = states.start_execution(stateMachineArn=mapped)["executionArn"]
    assert over(states, execution)["output"] == "[1,2,3]"
    map_run = states.list_map_runs(executionArn=execution)["mapRuns"][0]["mapRunArn"]
    assert states.describe_map_run(mapRunArn=map_run)["itemCounts"]["succeeded"] == 3
    children = cli(environment, "stepfunctions", "list-executions", "--map-run-arn", map_run)["executions"]
    assert len(children) == 3 and all(c["mapRunArn"] == map_run for c in children), children

    # A worker takes an activity's task, and its token counts once.
    activity = states.create_activity(name=f"weigh-{run}")["activityArn"]
    weighing = create("weighing", machine(S={"Type": "Task", "Resource": activity, "HeartbeatSeconds": 60, "End": True}))
    made.append(weighing)
    execution = states.start_execution(stateMachineArn=weighing, input='{"kg": 3}')["executionArn"]
    taken = cli(environment, "stepfunctions", "get-activity-task", "--activity-arn", activity, "--worker-name", "ann")
    assert json.loads(taken["input"]) == {"kg": 3}, taken
    states.send_task_heartbeat(taskToken=taken["taskToken"])
    cli(environment, "stepfunctions", "send-task-success", "--task-token", taken["taskToken"], "--task-output", '"done"')
    assert over(states, execution)["output"] == '"done"'
    refused("TaskTimedOut", states.send_task_success, taskToken=taken["taskToken"], output="1")
    refused("InvalidToken", states.send_task_success, taskToken="x", output="1")

    states.delete_activity(activityArn=activity)
    for arn in made:
        states.delete_state_machine(stateMachineArn=arn)
    refused("StateMachineDoesNotExist", states.describe_state_machine, stateMachineArn=weighing)


def main(data):
    process = subprocess.Popen(
        [ROOT / "thermolake", "cloud", "--data", data, "--json", "--time-scale", "0.05"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        text = ""
        for line in process.stdout or ():
            text += line
            if line.startswith("}"):
                break
        check(json.loads(text), data)
        followup.check(json.loads(text), data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


if __name__ == "__main__":
    main(sys.argv[1])
