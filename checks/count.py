#!/usr/bin/env python3
"""Counts a lake's raw records again, sharing no code with the product.

usage: count.py BUCKET_FOLDER NOW

Reads raw/live, raw/imported/external_db and raw/imported/history as plain files and prints, as JSON, how many records there
are and what must become of each: clean, quarantined by reason, duplicates, conflicts. NOW is the run's idea of the present,
ISO 8601. Meant for a lake of one run: a record that a run before had kept would be a duplicate.
"""
import collections
import datetime
import gzip
import json
import math
import pathlib
import re
import sys

ROOM = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\Z")


def lines(path):
    """The lines that can be read, and whether the file broke off."""
    opener = gzip.open if path.read_bytes()[:2] == b"\x1f\x8b" else open
    out = []
    try:
        with opener(path, "rb") as file:
            for raw in file:
                text = raw.decode("utf-8", "replace").strip()
                if text:
                    out.append(text)
    except (EOFError, OSError):
        return out, True
    return out, False


def objects(text):
    """Every JSON object of a line; None where the rest is none."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError:
            yield None
            return
        if not isinstance(value, dict):
            yield None
            return
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def second(text):
    """The lake's time of a record, whole seconds UTC, or None."""
    try:
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            value = math.floor(float(text))
            return None if value < 0 else value // 1000 if value > 100_000_000_000 else value
        time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        if len(text) <= 10:
            return None
    except ValueError:
        return None
    if time.tzinfo is None:
        time = time.replace(tzinfo=datetime.timezone.utc)
    return math.floor(time.timestamp())


def judge(record, latest):
    """The reading as (room, second, temperature), or the reason why it is none."""
    if record is None:
        return "malformed"
    room = record.get("room_id")
    if room is None or room == "":
        return "missing_room"
    if not isinstance(room, str) or not ROOM.match(room):
        return "bad_room"
    if record.get("topic_room") not in (None, room):
        return "spoofed"
    stamp = record.get("timestamp")
    if stamp is None or stamp == "":
        return "missing_timestamp"
    time = second(str(stamp))
    if time is None:
        return "bad_timestamp"
    if time > latest:
        return "future"
    value = record.get("temperature")
    if value is None or value == "":
        return "missing_temperature"
    if not isinstance(value, str) or not NUMBER.match(value) or math.isinf(float(value)):
        return "bad_temperature"
    if float(value) < -273.15:
        return "below_absolute_zero"
    return room, time, float(value)


def count(bucket, now):
    latest = datetime.datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp() + 600
    sources = ["raw/imported/external_db", "raw/imported/history", "raw/live"]
    kept, quarantined = {}, collections.Counter()
    read = duplicates = conflicts = 0
    for source in sources:
        files = sorted(p for p in (bucket / source).rglob("*") if p.is_file() and not p.name.startswith((".", "_")))
        for path in sorted(files, key=lambda p: p.relative_to(bucket).as_posix()):
            texts, broken = lines(path)
            for text in texts:
                for record in objects(text):
                    read += 1
                    fate = judge(record, latest)
                    if isinstance(fate, str):
                        quarantined[fate] += 1
                    elif fate[:2] in kept:
                        duplicates += 1
                        conflicts += kept[fate[:2]] != fate[2]
                    else:
                        kept[fate[:2]] = fate[2]
            if broken:
                read += 1
                quarantined["unreadable"] += 1
    return {
        "read": read,
        "clean": len(kept),
        "quarantined": dict(sorted(quarantined.items())),
        "duplicates": duplicates,
        "conflicts": conflicts,
    }


if __name__ == "__main__":
    print(json.dumps(count(pathlib.Path(sys.argv[1]), sys.argv[2])))
