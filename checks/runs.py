#!/usr/bin/env python3
"""Judges two runs on the sample: the first did everything, the second found nothing to do, the counts are right, and
the room faults are found with at most one false alarm.

usage: runs.py FIRST.json SECOND.json DATA_FOLDER [DETECTOR]
"""
import json
import pathlib
import sys

import count


def during(alarm, fault):
    """A heated room needs some hours to cool down."""
    begin, end = (fault[k].replace("T", " ").rstrip("Z") for k in ("start", "end"))
    return alarm["start"] <= end and alarm["end"] >= begin


def main(first, second, data, detector="sagemaker"):
    first, second = (json.loads(pathlib.Path(f).read_text()) for f in (first, second))
    sample = json.loads((pathlib.Path(data) / "sample.json").read_text())
    problems = []

    def hold(what, fact):
        if not fact:
            problems.append(what)

    hold("the first run did not succeed", first["status"] == "SUCCEEDED")
    skipped = {s["name"] for s in first["steps"] if s["status"] != "SUCCEEDED"}
    hold(f"steps of the first run were skipped: {skipped}", skipped == ({"StartEndpoint"} if detector == "embedded" else set()))
    counts = first["counts"]
    total = counts["clean"] + sum(counts["quarantined"].values()) + counts["duplicates"] + counts["outOfScope"]
    hold(f"the counts do not add up: {counts}", counts["read"] == total)
    again = count.count(pathlib.Path(first["bucket"]), sample["now"])
    hold(f"counted again: {again}, the run says {counts}", all(counts.get(k) == again[k] for k in again))
    hold("the report is missing", pathlib.Path(first["report"] or "").is_file())
    hold("not every room has a model", all(r["model"] for r in first["rooms"]))
    hold("a reading was not scored", all(r["scored"] == r["readings"] for r in first["rooms"]))
    days = 30
    false = []
    for room in first["rooms"]:
        faults = [f for f in sample["faults"] if f["room"] == room["room_id"]]
        false += [(room["room_id"], a) for a in room["alarms"] if not any(during(a, f) for f in faults)]
    hold(f"{len(false)} false alarms in {days} days: {false}", len(false) <= 1)
    hold(f"an alarm has no kind: {first['rooms']}", all(a["kind"] for r in first["rooms"] for a in r["alarms"]))
    page = pathlib.Path(first["report"]).read_text() if first["report"] else ""
    for fault in sample["faults"]:
        alarms = next(r["alarms"] for r in first["rooms"] if r["room_id"] == fault["room"])
        hold(f"no alarm for {fault}", any(during(a, fault) for a in alarms))
        hold(f"the report tells of no alarm of {fault['room']}", f"<li><strong>{fault['room']}</strong>, " in page)
    hold("the second run did not succeed", second["status"] == "SUCCEEDED")
    did = [s["name"] for s in second["steps"] if s["status"] != "SKIPPED"]
    hold(f"the second run did {did}", did == ["PlanRun", "Finish"])
    hold("a skipped step gives no reason", all(s["reason"] for s in second["steps"] if s["status"] == "SKIPPED"))
    for problem in problems:
        print("runs.py:", problem, file=sys.stderr)
    print(f"runs: {len(problems)} problems; counted again: {again}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
