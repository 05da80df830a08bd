#!/usr/bin/env python3
"""Unmodified AWS clients against ./thermolake cloud: boto3 and the AWS CLI.

usage: clients.py DATA_FOLDER (of a run on the sample)
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import boto3

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
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": cloud["endpoint"],
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "laptop",
        "AWS_SECRET_ACCESS_KEY": "laptop",
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
    events = [e["type"] for e in states.get_execution_history(executionArn=execution)["events"]]
    assert events[0] == "ExecutionStarted" and events[-1] == "ExecutionSucceeded", events

    assert cli(environment, "s3api", "list-objects-v2", "--bucket", cloud["bucket"], "--prefix", "reports/")["Contents"]
    assert cli(environment, "glue", "get-table", "--database-name", "thermolake", "--name", "scores")["Table"]
    listed = cli(environment, "stepfunctions", "list-executions", "--state-machine-arn", cloud["pipeline"])
    assert "from-boto3" in [e["name"] for e in listed["executions"]]
    history = cli(environment, "stepfunctions", "get-execution-history", "--execution-arn", execution)
    assert [e["type"] for e in history["events"]] == events
    assert cli(environment, "sts", "get-caller-identity")["Account"] == "000000000000"
    print(f"clients: boto3 and the AWS CLI agree, {len(events)} events")


def main(data):
    process = subprocess.Popen(
        [ROOT / "thermolake", "cloud", "--data", data, "--json", "--time-scale", "0.05"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        text = ""
        for line in process.stdout:
            text += line
            if line.startswith("}"):
                break
        check(json.loads(text), data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


if __name__ == "__main__":
    main(sys.argv[1])
