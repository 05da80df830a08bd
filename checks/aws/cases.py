"""States of the machines, what they are given, and where they must go: for TestState, with the tasks' answers mocked."""

RUN = {"id": "r1", "executionArn": "a", "now": "2026-03-31T00:00:00Z", "base": 0}
CONTEXT = {
    "Execution": {
        "Id": "arn:aws:states:eu-central-1:111122223333:execution:thermolake-pipeline:r1",
        "Name": "r1",
        "StartTime": "2026-03-31T00:00:00Z",
        "RedriveCount": 0,
        "Input": {},
    },
    "StateMachine": {"Id": "arn:aws:states:eu-central-1:111122223333:stateMachine:thermolake-pipeline", "Name": "thermolake-pipeline"},
}
AFTER_PLAN = {"run": RUN, "rooms": ["lab"], "queries": {}, "detected": [], "report": None, "warnings": [], "attempt": 1, "extracted": True}


def answered(payload):
    return {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": payload}


CASES = [
    {"machine": "pipeline", "state": "PlanRun", "context": CONTEXT,
     "result": answered({"outcome": "SKIPPED", "reason": "run r0 is on"}), "status": "SUCCEEDED", "next": "IsPlanned"},
    {"machine": "pipeline", "state": "PlanRun", "context": CONTEXT,
     "error": "Lambda.TooManyRequestsException", "status": "RETRIABLE"},
    {"machine": "pipeline", "state": "IsPlanned", "input": {"outcome": "SKIPPED"}, "status": "SUCCEEDED", "next": "Skipped"},
    {"machine": "pipeline", "state": "IsPlanned", "input": {"outcome": "PLANNED"}, "status": "SUCCEEDED", "next": "StartFrom"},
    {"machine": "pipeline", "state": "StartFrom", "variables": {"startFrom": "Detect"}, "status": "SUCCEEDED", "next": "DetectAndQuery"},
    {"machine": "pipeline", "state": "StartFrom", "variables": {"startFrom": "Nowhere"}, "status": "SUCCEEDED", "next": "NoSuchStep"},
    {"machine": "pipeline", "state": "CommitRun", "context": CONTEXT, "variables": AFTER_PLAN,
     "error": "io.thermolake.finish.CountsException", "status": "CAUGHT_ERROR", "next": "Data Pipeline Failure"},
    {"machine": "pipeline", "state": "PublishReport", "context": CONTEXT, "variables": AFTER_PLAN,
     "result": answered({"report": "reports/r1/report.html"}), "status": "SUCCEEDED", "next": "RefreshDashboards"},
    {"machine": "pipeline", "state": "StartIngestion", "context": CONTEXT,
     "variables": {"account": "111122223333", "dataSet": "thermolake-daily", "ingestion": "r1-0", "polls": 0},
     "error": "QuickSight.ResourceExistsException", "status": "CAUGHT_ERROR", "next": "WaitForIngestion"},
    {"machine": "pipeline", "state": "IsIngested", "input": {"IngestionStatus": "RUNNING"},
     "variables": {"dataSet": "thermolake-daily", "polls": 89}, "status": "SUCCEEDED", "next": "WaitForIngestion"},
    {"machine": "pipeline", "state": "IsIngested", "input": {"IngestionStatus": "RUNNING"},
     "variables": {"dataSet": "thermolake-daily", "polls": 90}, "status": "SUCCEEDED", "next": "NotIngested"},
    {"machine": "pipeline", "state": "Finish", "context": CONTEXT, "variables": AFTER_PLAN,
     "result": answered({"summary": "runs/r1/summary.json"}), "status": "SUCCEEDED", "next": "Done"},
    {"machine": "await", "state": "IsItDone", "input": {"state": "RUNNING"}, "variables": {"polls": 3}, "status": "SUCCEEDED",
     "next": "WaitABit"},
    {"machine": "await", "state": "IsItDone", "input": {"state": "RUNNING"}, "variables": {"polls": 1500}, "status": "SUCCEEDED",
     "next": "GiveUp"},
]
