"""History's starts while a run is on: each is skipped and leaves its mark, and one follow-up makes all of them good.

clients.py calls it, on the laptop cloud that it has started for the data of a run on the sample.
"""
import datetime
import json
import pathlib
import time

import boto3

MARK = "runs/pending.json"


def until(what, state, bound=300):
    for _ in range(bound * 20):
        value = state()
        if value:
            return value
        time.sleep(0.05)
    raise SystemExit(f"followup: {what} did not come within {bound} s")


def arrival(bucket, minutes_ago):
    """The queue's batch for one file that arrived, as Lambda hands it over."""
    at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=minutes_ago)
    event = {"source": "aws.s3", "detail-type": "Object Created", "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
             "detail": {"bucket": {"name": bucket}, "object": {"key": "raw/history/more.csv", "size": 7}}}
    return json.dumps({"Records": [{"messageId": str(minutes_ago), "body": json.dumps(event)}]})


def check(cloud, data):
    states, s3, functions = (boto3.client(name) for name in ("stepfunctions", "s3", "lambda"))
    now = json.loads((pathlib.Path(data) / "sample.json").read_text())["now"]

    def keys(prefix):
        return [o["Key"] for o in s3.list_objects_v2(Bucket=cloud["bucket"], Prefix=prefix).get("Contents", [])]

    def executions(prefix):
        found = states.get_paginator("list_executions").paginate(stateMachineArn=cloud["pipeline"])
        return [e for page in found for e in page["executions"] if e["name"].startswith(prefix)]

    def start(name, **given):
        return states.start_execution(stateMachineArn=cloud["pipeline"], name=f"{name}-{time.time_ns()}", input=json.dumps(given))[
            "executionArn"]

    def over(arn):
        execution = until(f"the end of {arn}", lambda: (
            lambda e: e["status"] != "RUNNING" and e)(states.describe_execution(executionArn=arn)))
        assert execution["status"] == "SUCCEEDED", execution
        return json.loads(execution["output"])

    def arrived(minutes_ago):
        answer = functions.invoke(FunctionName="StartOnHistory", Payload=arrival(cloud["bucket"], minutes_ago))
        return json.loads(answer["Payload"].read())["batchItemFailures"]

    earlier = {e["name"] for e in executions("followup-")}
    before = {e["name"] for e in executions("history-")}
    on = start("long", now=now, force=True)
    until("the run's lock", lambda: keys("locks/"))
    # A window that is over starts its run once, whoever asks again; one that is not comes back to the queue.
    assert arrived(10) == arrived(10) == [], "a window that is over was refused"
    assert arrived(0) == [{"itemIdentifier": "0"}], "a window that is not over was taken"
    by_window = [e for e in executions("history-") if e["name"] not in before]
    assert len(by_window) == 1, by_window
    assert over(by_window[0]["executionArn"])["outcome"] == "SKIPPED"
    assert over(start("by-hand", startedBy="history", now=now))["reason"].endswith("a follow-up starts when it is over")
    assert keys(MARK), "a skipped start left no mark"
    assert states.describe_execution(executionArn=on)["status"] == "RUNNING", "the long run was over too early for this check"
    assert over(on)["outcome"] == "SUCCEEDED"
    until("the follow-up", lambda: [e for e in executions("followup-") if e["name"] not in earlier])
    until("the end of all runs", lambda: not keys("locks/") and all(e["status"] != "RUNNING" for e in executions("")))
    followers = [e for e in executions("followup-") if e["name"] not in earlier]
    assert len(followers) == 1, followers
    assert over(followers[0]["executionArn"])["outcome"] == "SUCCEEDED"
    assert not keys(MARK), "the mark is left"
    print("followup: 2 starts by history were skipped while a run was on, and one follow-up ran")
