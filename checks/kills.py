#!/usr/bin/env python3
"""Kills a run with SIGKILL at eight points, runs again, and compares the published lake with one that was not killed.

usage: kills.py [--like DATA_FOLDER] WORK_FOLDER [POINT ...]

--like    the data folder of a run on the sample that was not killed; without it one is made first

Points: PlanRun ExtractRooms CommitRun Training Promotion Examined Promoted Scoring
"""
import json
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = [str(ROOT / "thermolake")]
DELAYS = {"PlanRun": 0.4, "ExtractRooms": 2.5, "CommitRun": 0.05}
# Within a room: as soon as the first room has left this.
LEFT = {
    "Training": "s3/*/models/*/*/recipe.json",
    "Promotion": "s3/*/models/*/*/*/output/model.tar.gz",
    "Examined": "s3/*/models/*/*/model.json",
    "Promoted": "s3/*/models/*/current.json",
    "Scoring": "s3/*/scores/*/*/*/scores.csv",
}


def run(data):
    done = subprocess.run([*COMMAND, "run", "--data", data, "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the run on {data} failed: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def digest(data):
    done = subprocess.run([*COMMAND, "verify", "--data", data, "--digest", "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def killed(data, point):
    """Starts a run and kills it at the point. @return the last line it said"""
    state = point if point in DELAYS else "DetectRoom"
    process = subprocess.Popen([*COMMAND, "run", "--data", data], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        if f" {state} " in line and "started" in line:
            while point in LEFT and not any(data.glob(LEFT[point])):
                time.sleep(0.01)
            time.sleep(DELAYS.get(point, 0))
            process.kill()
            process.wait()
            return line.strip()
    raise SystemExit(f"the run ended before {state}")


def main(like, work, points):
    work = pathlib.Path(work)
    clean = pathlib.Path(like or work / "clean")
    if not like:
        shutil.rmtree(clean, ignore_errors=True)
        run(clean)
    expected = digest(clean)
    bad = 0
    for point in points or [*DELAYS, *LEFT]:
        data = work / point
        shutil.rmtree(data, ignore_errors=True)
        last = killed(data, point)
        begun = time.time()
        again = run(data)
        found = digest(data)
        same = found["total"] == expected["total"]
        bad += not same
        print(f"{point}: killed at '{last}', then {again['status']} in {time.time() - begun:.1f} s, digest {'equal' if same else 'DIFFERS'}")
        if not same:
            for a, b in zip(expected["entries"], found["entries"]):
                if a != b:
                    print("  ", a, b)
                    break
            print("  ", len(expected["entries"]), len(found["entries"]), again.get("cause"), again.get("reason"))
    return 1 if bad else 0


if __name__ == "__main__":
    like, arguments = None, sys.argv[1:]
    if arguments[:1] == ["--like"]:
        like, arguments = arguments[1], arguments[2:]
    sys.exit(main(like, arguments[0], arguments[1:]))
