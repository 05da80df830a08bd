#!/usr/bin/env python3
"""Judges two runs on the sample: the first did everything, the second found nothing to do, and the counts are right.

usage: runs.py FIRST.json SECOND.json DATA_FOLDER
"""
import json
import pathlib
import sys

import count


def main(first, second, data):
    first, second = (json.loads(pathlib.Path(f).read_text()) for f in (first, second))
    sample = json.loads((pathlib.Path(data) / "sample.json").read_text())
    problems = []

    def hold(what, fact):
        if not fact:
            problems.append(what)

    hold("the first run did not succeed", first["status"] == "SUCCEEDED")
    hold("a step of the first run was skipped", all(s["status"] == "SUCCEEDED" for s in first["steps"]))
    counts = first["counts"]
    total = counts["clean"] + sum(counts["quarantined"].values()) + counts["duplicates"] + counts["outOfScope"]
    hold(f"the counts do not add up: {counts}", counts["read"] == total)
    again = count.count(pathlib.Path(first["bucket"]), sample["now"])
    hold(f"counted again: {again}, the run says {counts}", all(counts[k] == again[k] for k in again))
    hold("the report is missing", pathlib.Path(first["report"] or "").is_file())
    hold("not every room has a model", all(r["model"] for r in first["rooms"]))
    hold("a reading was not scored", all(r["scored"] == r["readings"] for r in first["rooms"]))
    for fault in sample["faults"]:
        alarms = next(r["alarms"] for r in first["rooms"] if r["room_id"] == fault["room"])
        begin, end = (fault[k].replace("T", " ").rstrip("Z") for k in ("start", "end"))
        hold(f"no alarm for {fault}", any(a["start"] <= end and a["end"] >= begin for a in alarms))
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
