#!/usr/bin/env python3
"""Counts a lake's raw records again, sharing no code with the product.

usage: count.py BUCKET_FOLDER NOW [LEAST GREATEST ERRORS]

Reads raw/live, raw/imported/external_db, raw/imported/history and raw/history as plain files and prints, as JSON, how many
records there are and what must become of each: clean, quarantined by reason, duplicates, conflicts. Good readings of the
history are counted from what was imported, bad records from the files as they came; it says "lost" where the two differ in
their good readings. NOW is the run's idea of the present, ISO 8601; LEAST and GREATEST are the bounds of a temperature,
ERRORS a list of error values with commas. Meant for a lake of one run: a record that a run before had kept would be a
duplicate.
"""
import collections
import csv
import datetime
import decimal
import io
import json
import math
import pathlib
import re
import sys
import zlib

ROOM = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
VALUE = re.compile(r"([-+\u2212]?)((?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)(?:[ \u00a0\u202f]?([°]?)([CF\u2103\u2109]))?\Z", re.ASCII)
EPOCH = re.compile(r"(\d{1,19})(?:\.\d*)?\Z", re.ASCII)
SCIENCE = re.compile(r"\d+(?:\.\d*)?[eE]\+?\d+\Z", re.ASCII)
TIME = re.compile(
    r"(\d{4})(?:([-/])(\d{1,2})\2(\d{1,2})(?:[Tt \u00a0\u202f](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(ZONE)?)?"
    r"|(\d\d)(\d\d)[Tt](\d\d)(\d\d)(?:(\d\d)(?:[.,]\d+)?)?(ZONE)?)\Z".replace(
        "ZONE", r"[ \u00a0\u202f]?(?:[Zz]|UTC|utc|GMT|gmt|[-+\u2212]\d\d(?::?\d\d)?)"), re.ASCII)
BLANKS = "".join(chr(c) for c in range(0x10000) if chr(c).isspace() and c != 0x85) + "\ufeff\u200b\u200c\u200d\u2060"
# The stack's own: MinTemperature, MaxTemperature, ErrorTemperatures.
DEFAULTS = (-90.0, 100.0, {85.0, -9999.0})
OLDEST = 946_684_800
LONGEST = 1 << 20
PACKED = (b"PK\x03\x04", b"BZh9\x31\x41\x59", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"PAR1")


def content(path):
    """What can be read of a file as text, whether it broke off, and whether it is no text at all."""
    raw, broken = path.read_bytes(), False
    if raw[:2] == b"\x1f\x8b":
        out, rest = b"", raw
        while rest and not broken:
            member = zlib.decompressobj(31)
            try:
                for at in range(0, len(rest), 1 << 12):
                    out += member.decompress(rest[at:at + (1 << 12)])
                    if member.eof:
                        break
                broken = not member.eof
                rest = rest[at + (1 << 12) - len(member.unused_data):] if member.eof else b""
            except zlib.error:
                broken = True
        raw = out
    if raw.startswith(PACKED):
        return "", True
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), broken
    return raw.decode("utf-8", "replace").removeprefix("\ufeff"), broken


def lines(text, broken):
    """The lines without blank ones, and without what a cut left of the last one."""
    all_lines = re.split("\r\n|\r|\n", text)
    return [line for line in (all_lines[:-1] if broken else all_lines) if line.strip(BLANKS)]


def objects(text):
    """Every JSON object of a line; None where the rest is none."""
    if len(text.encode("utf-8", "replace")) > LONGEST:
        yield None
        return
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    text, at = text.strip(BLANKS), 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield None
            return
        if not isinstance(value, dict):
            yield None
            return
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def rows(text):
    """Every row of a CSV file by its own header, for files whose quotes are all closed."""
    separator = ","
    first = re.match("\"?(?i:sep)=(.)\"?(\r\n|\r|\n)", text)
    if first:
        separator, text = first.group(1), text[first.end():]
    header = None
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True):
        cells = [cell.strip(BLANKS) for cell in row]
        if not any(cells) and len(cells) < 2:
            continue
        if header is None:
            header = cells
        elif len(cells) < len(header) or any(cells[len(header):]):
            yield None
        else:
            yield dict(zip(header, cells, strict=False))


def field(record, name):
    """A field's text by its exact name, else by one that differs in case alone; empty when there is none."""
    for key, value in sorted(record.items(), key=lambda f: f[0] != name):
        if key.lower() == name and value not in (None, ""):
            text = value if isinstance(value, str) else json.dumps(value)
            text = text.strip(BLANKS)
            if len(text) > 1 and text[0] == text[-1] == '"':
                text = text[1:-1].strip(BLANKS)
            if text:
                return text
    return ""


def second(text):
    """The lake's time of a record, whole seconds UTC, or None."""
    try:
        if EPOCH.match(text) or SCIENCE.match(text):
            value = int(decimal.Decimal(text))
            if SCIENCE.match(text) and value >= 10 ** 15:
                return None
            while value > 100_000_000_000:
                value //= 1000
            return value if value >= OLDEST else None
        match = TIME.match(text)
        if not match:
            return None
        g = match.groups()
        parts, zone = ([g[0], *g[2:7]], g[7]) if g[1] else ([g[0], *g[8:13]], g[13])
        year, month, day, hour, minute, second_ = (int(p or 0) for p in parts)
        time = datetime.datetime(year, month, day, hour, minute, second_, tzinfo=datetime.UTC)
        digits = re.sub(r"\D", "", zone or "")
        offset = int(digits[:2] or 0) * 60 + int(digits[2:] or 0)
        if offset > 18 * 60 or int(digits[2:] or 0) > 59:
            return None
        seconds = int(time.timestamp()) + (offset if "-" in (zone or "") or "\u2212" in (zone or "") else -offset) * 60
        return seconds if seconds >= OLDEST else None
    except (ValueError, OverflowError):
        return None


def celsius(text):
    """A finite number of degrees, or None."""
    match = VALUE.match(text)
    if not match or (match.group(4) in ("C", "F")) != bool(match.group(3)) or math.isinf(float(match.group(2))):
        return None
    value = float(match.group(2)) * (1 if match.group(1) in ("", "+") else -1)
    if match.group(4) in ("F", "\u2109"):
        value = float((decimal.Decimal(str(value)) - 32) * 5 / 9)
    return value + 0.0


def judge(record, latest, bounds):
    """The reading as (room, second, temperature), or the reason why it is none."""
    if record is None:
        return "malformed"
    room = field(record, "room_id")
    if not room:
        return "missing_room"
    if not ROOM.match(room):
        return "bad_room"
    if record.get("topic_room") not in (None, room):
        return "spoofed"
    stamp = field(record, "timestamp")
    if not stamp:
        return "missing_timestamp"
    time = second(stamp)
    if time is None:
        return "bad_timestamp"
    if time > latest:
        return "future"
    text = field(record, "temperature")
    if not text:
        return "missing_temperature"
    value = celsius(text)
    if value is None:
        return "bad_temperature"
    least, greatest, errors = bounds
    if value in errors:
        return "out_of_range"
    if value < -273.15:
        return "below_absolute_zero"
    return (room, time, value) if least <= value <= greatest else "out_of_range"


def data_files(bucket, source):
    """The files of a folder in the order of their keys, but for those whose names say that they are no data."""
    found = [(p.relative_to(bucket).as_posix(), p) for p in (bucket / source).rglob("*") if p.is_file() and p.stat().st_size]
    return [p for key, p in sorted(found) if not re.search(r"(^|/)[._]", key)]


def fates(bucket, source, as_csv, latest, bounds):
    """What becomes of each record of a folder by itself: a reading, or a reason."""
    for path in data_files(bucket, source):
        text, broken = content(path)
        if as_csv:
            for record in rows(text):
                yield judge(record, latest, bounds)
        else:
            for line in lines(text, broken):
                for record in objects(line):
                    yield judge(record, latest, bounds)
        if broken:
            yield "unreadable"


def count(bucket, now, bounds=DEFAULTS):
    latest = datetime.datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp() + 600
    kept, quarantined = {}, collections.Counter()
    read = duplicates = conflicts = 0
    imported, files = collections.Counter(), collections.Counter()
    for source, as_csv in (
            ("raw/imported/external_db", False), ("raw/imported/history", False), ("raw/history", True), ("raw/live", False)):
        for fate in fates(bucket, source, as_csv, latest, bounds):
            bad = isinstance(fate, str)
            if source == "raw/imported/history" and not bad:
                imported[fate] += 1
            if source == "raw/history" and not bad:
                files[fate] += 1
            if bad == (source == "raw/imported/history") and source.endswith("history"):
                continue
            read += 1
            if bad:
                quarantined[fate] += 1
            elif fate[:2] in kept:
                duplicates += 1
                conflicts += kept[fate[:2]] != fate[2]
            else:
                kept[fate[:2]] = fate[2]
    counts = {
        "read": read,
        "clean": len(kept),
        "quarantined": dict(sorted(quarantined.items())),
        "duplicates": duplicates,
        "conflicts": conflicts,
    }
    lost = sum((files - imported).values())
    return {**counts, "lost": lost} if lost else counts


if __name__ == "__main__":
    bounds = DEFAULTS
    if len(sys.argv) > 3:
        least, greatest, errors = sys.argv[3:6]
        bounds = float(least), float(greatest), {float(e) for e in errors.split(",") if e}
    print(json.dumps(count(pathlib.Path(sys.argv[1]), sys.argv[2], bounds)))
