#!/usr/bin/env python3
"""Kills runs, runs again, and compares the published lake with one that was not killed.

usage: kills.py [--like DATA_FOLDER] [--in-turn] WORK_FOLDER [POINT ...]
       kills.py --random N [--seed S] WORK_FOLDER

The first kills a run on the sample with SIGKILL at named points:
PlanRun ExtractRooms CommitRun Training Promotion Examined Promoted Scoring
--like     the data folder of a run on the sample that was not killed; without it one is made first
--in-turn  kills one run after the other on one data folder, each at the next point, and lets the last one end: shorter

The second kills N runs on a small history at random: the command, its Spark worker, its function host, or all of them by
their group, mostly with SIGKILL, some of them while they write their class-data archives. Each point has a seed of its own,
S, S+1, ...; seed X alone is --random 1 --seed X. Ten seconds later no process of the run may live, and the next run must
leave nothing of it but the lake.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import signal
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
# What the first run of all leaves beside its jars.
ARCHIVES = ["functions/target/host.jsa", "local-spark/target/spark.jsa"]
MAINS = {"worker": "io.thermolake.spark.Worker", "host": "io.thermolake.local.functions.HostMain"}
# A run says about so many lines while it works.
LINES = 22
GONE_SECONDS = 10


def run(data, *options):
    done = subprocess.run([*COMMAND, "run", "--data", data, "--json", *options], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the run on {data} failed: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def digest(data):
    done = subprocess.run([*COMMAND, "verify", "--data", data, "--digest", "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the lake of {data} has no digest: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def same(expected, found, again):
    """Whether two digests are equal; prints the first difference."""
    if found.get("total") == expected["total"]:
        return True
    for a, b in zip(expected["entries"], found.get("entries", []), strict=False):
        if a != b:
            print("  ", a, b)
            break
    print("  ", len(expected["entries"]), len(found.get("entries", [])), found.get("problems"), again.get("cause"), again.get("reason"))
    return False


def killed(data, point):
    """Starts a run and kills it at the point; at DetectRoom's begin when it is none. @return the last line it said"""
    state = point if point in DELAYS else "DetectRoom"
    process = subprocess.Popen([*COMMAND, "run", "--data", data], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout or ():
        if f" {state} " in line and "started" in line:
            while point in LEFT and not any(data.glob(LEFT[point])):
                time.sleep(0.01)
            time.sleep(DELAYS.get(point, 0))
            process.kill()
            process.wait()
            return line.strip()
    raise SystemExit(f"the run ended before {state}")


def named(like, work, points, in_turn):
    clean = pathlib.Path(like or work / "clean")
    if not like:
        shutil.rmtree(clean, ignore_errors=True)
        run(clean)
    expected = digest(clean)
    points = points or [*DELAYS, *LEFT]
    return (turns if in_turn else apart)(expected, work, points)


def recovered(data, expected, what):
    """Runs again and compares. @return 1 when the lakes differ, else 0"""
    begun = time.time()
    again = run(data)
    equal = same(expected, digest(data), again)
    print(f"{what}, then {again['status']} in {time.time() - begun:.1f} s, digest {'equal' if equal else 'DIFFERS'}", flush=True)
    return 0 if equal else 1


def turns(expected, work, points):
    data = work / "turns"
    shutil.rmtree(data, ignore_errors=True)
    for point in points:
        print(f"{point}: killed at '{killed(data, point)}'", flush=True)
    return recovered(data, expected, f"killed {len(points)} times")


def apart(expected, work, points):
    bad = 0
    # The points within a room share the way to there, and with it a first kill.
    detecting = work / "detecting"
    shutil.rmtree(detecting, ignore_errors=True)
    for point in points:
        data = work / point
        shutil.rmtree(data, ignore_errors=True)
        if point in LEFT:
            if not detecting.exists():
                killed(detecting, "DetectRoom")
            shutil.copytree(detecting, data, symlinks=True)
        bad += recovered(data, expected, f"{point}: killed at '{killed(data, point)}'")
    return 1 if bad else 0


def history(file):
    """Three days of two rooms, a reading every two minutes."""
    rng = random.Random(1)
    lines = ["timestamp,temperature,room_id"]
    for room, usual in (("attic", 17.0), ("cellar", 11.0)):
        for minute in range(0, 3 * 24 * 60, 2):
            at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1767225600 + 60 * minute))
            lines.append(f"{at},{usual + rng.gauss(0, 0.1):.2f},{room}")
    file.write_text("\n".join(lines) + "\n")
    return file


def processes(data):
    """Living processes that name the data folder: pid to command line. Whoever is dead and not yet waited for is none."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (entry / "environ").read_bytes().decode(errors="replace")
            dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
        except OSError:
            continue
        if not dead and (f"{data}" in command or f"{data}" in environment):
            found[int(entry.name)] = command.rpartition(" -cp ")[2].partition(" ")[2] or command
    return found


class Watched:
    """A run whose lines are counted while it goes on."""

    def __init__(self, data, options):
        self.log = data.with_suffix(".log")
        with open(self.log, "w") as out:
            self.process = subprocess.Popen(
                [*COMMAND, "run", "--data", data, *options], stdout=out, stderr=out, start_new_session=True)
        self.data = data

    def over(self):
        return self.process.poll() is not None

    def wait_for(self, condition):
        """@return false when the run was over first"""
        while not condition():
            if self.over():
                return False
            time.sleep(0.02)
        return True

    def lines(self):
        return self.log.read_text().count("\n")

    def child(self, target):
        return next((pid for pid, command in processes(self.data).items() if MAINS[target] in command), None)

    def last(self):
        return (self.log.read_text().strip().splitlines() or ["nothing yet"])[-1].strip()


def strike(rng, going):
    """Kills something at a moment that the generator decides. @return what was done, for people"""
    target = rng.choice(["launcher", "command", "command", "worker", "host", "group"])
    how = rng.choice([signal.SIGKILL] * 4 + [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    if target in MAINS:
        how = signal.SIGKILL
    if target == "launcher":
        time.sleep(rng.uniform(0, 1.5))
    else:
        lines, delay = rng.randrange(LINES), rng.uniform(0, 3)
        going.wait_for(lambda: going.lines() >= lines)
        until = time.time() + delay
        going.wait_for(lambda: time.time() > until)
    if target in MAINS:
        going.wait_for(lambda: going.child(target))
    last = going.last()
    try:
        if target == "group":
            os.killpg(going.process.pid, how)
        elif target in MAINS:
            os.kill(going.child(target) or going.process.pid, how)
        else:
            going.process.send_signal(how)
    except (ProcessLookupError, TypeError):
        return f"{target} was gone before {how.name}"
    return f"{target} {how.name} at '{last}'"


def gone(data):
    """Waits until no process of the run lives. @return how long that took, and who lives after the time allowed"""
    begun = time.time()
    while True:
        left = processes(data)
        if not left or time.time() - begun > GONE_SECONDS:
            return time.time() - begun, left
        time.sleep(0.1)


def randomly(count, seed, work):
    # What is ignored here, under nohup or in the background, the runs would ignore, too.
    for heard in (signal.SIGINT, signal.SIGHUP):
        signal.signal(heard, signal.SIG_DFL)
    data = work / "clean"
    shutil.rmtree(data, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    options = ["--history", str(history(work / "history.csv"))]
    run(data, *options)
    expected = digest(data)
    bad = 0
    for point in range(seed, seed + count):
        rng = random.Random(point)
        data = work / f"seed{point}"
        shutil.rmtree(data, ignore_errors=True)
        archiving = rng.random() < 0.3
        for archive in ARCHIVES if archiving else []:
            (ROOT / archive).unlink(missing_ok=True)
        going = Watched(data, options)
        done = strike(rng, going)
        if done.split()[0] in MAINS:
            # The command lives, tries again or fails, and ends by itself.
            going.process.wait()
        # SIGTERM and the like let it end in its own way.
        seconds, left = gone(data)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        going.process.wait()
        again = run(data, *options)
        equal = same(expected, digest(data), again)
        kept = [p.name for p in (data / "scratch").iterdir() if p.name != "lock"]
        bad += bool(left or kept or not equal)
        print(
            f"seed {point}: {done}{', writing archives' if archiving else ''}; exit {going.process.returncode}, gone after "
            f"{seconds:.1f} s; then {again['status']}, digest {'equal' if equal else 'DIFFERS'}"
            f"{f', ORPHANS {left}' if left else ''}{f', scratch KEPT {kept}' if kept else ''}",
            flush=True)
        if equal and not left:
            shutil.rmtree(data, ignore_errors=True)
    return 1 if bad else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--like")
    parser.add_argument("--in-turn", action="store_true")
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("points", nargs="*")
    given = parser.parse_args()
    work = given.work.absolute()
    if given.random:
        print(f"seeds {given.seed} to {given.seed + given.random - 1}", flush=True)
        sys.exit(randomly(given.random, given.seed, work))
    sys.exit(named(given.like, work, given.points, given.in_turn))
