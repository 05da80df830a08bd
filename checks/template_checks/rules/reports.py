"""Rules on queries, views and pages of reports, and the visual job's graph."""

import json
import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from .. import catalog
from ..machine_calls import literal
from ..model import as_list, walk
from .dashboards import COLUMNS, OWNER, dashboard, data_set, owners, refreshed
from .registry import once, over

WORDS = set("""select from where group by order having as and or not in is null like between case when then else end distinct on join
left right inner outer full cross union all limit offset asc desc with cast try_cast date timestamp interval day hour minute
second month year true false over partition rows range current row preceding following unbounded filter within exists using
values array nulls first last double varchar bigint integer boolean string at time zone coalesce""".split())
KINDS = {"string": "varchar", "timestamp": "timestamp", "double": "double", "bigint": "bigint", "boolean": "boolean", "int": "integer"}
# Athena's engine keeps these for itself; the parser is kinder.
RESERVED = set("""ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE END ESCAPE
EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE LOCALTIME
LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN TRIM TRUE UESCAPE UNION
UNNEST USING VALUES WHEN WHERE WITH""".split())


@once
def report_sql(view, model, say):
    """Queries read tables and columns that the catalog has."""
    tables = {}
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        columns = [c.get("Name") for c in (given.get("StorageDescriptor") or {}).get("Columns") or []]
        tables[given.get("Name")] = set(columns) | {k.get("Name") for k in given.get("PartitionKeys") or []}
    folder = model.root / "bi"
    if not tables or not folder.is_dir():
        return
    for path in sorted(folder.rglob("*.sql")):
        place = (str(path.relative_to(model.root)), "-", 0)
        text = re.sub(r"--[^\n]*|/\*.*?\*/", " ", path.read_text(), flags=re.S)
        text = re.sub(r"'[^']*'", " ", text)
        named = set(re.findall(r"(?i)\b(?:from|join)\s+\"?(\w+)", text))
        made = {w.lower() for w in re.findall(r"(?i)\bas\s+\"?(\w+)", text)} | {
            w.lower() for w in re.findall(r"(?i)(?:with|,)\s*\"?(\w+)\"?\s+as\s*\(", text)}
        made |= {w.lower() for w in re.findall(r"(?i)\b(?:from|join)\s+\"?\w+\"?\s+(?:as\s+)?(\w+)", text)}
        known = set()
        for name in named:
            if name.lower() in tables:
                known |= tables[name.lower()]
            elif name.lower() not in made:
                say("query", place, f"there is no table {name}", "Name one of " + ", ".join(sorted(t for t in tables if t)))
        if not all(n.lower() in tables for n in named if n.lower() not in made):
            continue
        for word in re.findall(r"\b([A-Za-z_]\w*)\b(?!\s*\()", text):
            low = word.lower()
            if low not in WORDS and low not in made and low not in known and low not in tables:
                say("query", place, f"no table of the query has a column {word}", "Correct its name")


def _tables(view):
    found = {}
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        columns = as_list((given.get("StorageDescriptor") or {}).get("Columns")) + as_list(given.get("PartitionKeys"))
        found[str(given.get("Name"))] = {str(c.get("Name")): KINDS.get(str(c.get("Type")), str(c.get("Type"))) for c in columns}
    return found


def query(text, tables, say):
    """The columns of a query with QuickSight's types, or None where it cannot be read."""
    try:
        statements = [s for s in sqlglot.parse(text, dialect="athena") if s is not None]
    except SqlglotError as problem:
        say("Athena could not read it: " + str(problem).split("\n")[0], "Correct the SQL")
        return None
    if len(statements) != 1 or ";" in re.sub(r"--[^\n]*|'[^']*'", "", text):
        say("a file holds one SELECT, without a semicolon: it becomes a view, too", "Take the rest out")
        return None
    statement = statements[0]
    for name in statement.find_all(exp.Identifier):
        if not name.args.get("quoted") and name.name.upper() in RESERVED:
            say(f"{name.name} is a word of SQL's own", f'Write "{name.name}"')
    for function in statement.find_all(exp.Anonymous):
        say(f"there is no function {function.name}", "Correct its name")
    for grouped in statement.find_all(exp.Select):
        keys = {k.sql().lower() for k in (grouped.args.get("group") or exp.Group()).expressions}
        keys |= {k.sql().lower().rpartition(".")[2].strip('"') for k in (grouped.args.get("group") or exp.Group()).expressions}
        if not keys and not any(s.find(exp.AggFunc) for s in grouped.selects):
            continue
        for one in grouped.selects:
            inner = one.unalias()
            if not inner.find(exp.AggFunc) and inner.sql().lower() not in keys and inner.sql().lower().rpartition(".")[2].strip('"') not in keys:
                say(f"{inner.sql()} is neither counted nor in GROUP BY", "Add it to GROUP BY")
    try:
        done = annotate_types(qualify(statement, schema=tables, dialect="athena"), schema=tables, dialect="athena")
    except SqlglotError as problem:
        say(str(problem).split("\n")[0], "Correct the name")
        return None
    return {one.alias_or_name: COLUMNS.get(_type(one.unalias()), "?") for one in done.selects}


def _type(node):
    """What the annotator does not know is as its first argument."""
    kind = node.type.this.name if node.type is not None else "UNKNOWN"
    if kind in ("UNKNOWN", "NULL"):
        if isinstance(node, (exp.DateTrunc, exp.TimestampTrunc)):
            return "TIMESTAMP"
        inner = node.args.get("this")
        return _type(inner) if isinstance(inner, exp.Expression) else "?"
    return kind


def graph(model, item, say):
    """The Glue Studio job: what Glue's model takes, from the history to where the room job reads."""
    path = model.root / "glue" / str(item.properties.get("Graph"))
    if not path.is_file():
        return  # the check names tells
    try:
        nodes = json.loads(path.read_text())["CodeGenConfigurationNodes"]
    except (ValueError, KeyError, TypeError):
        say(f"{path.name} is no graph", "Write {\"CodeGenConfigurationNodes\": {…}}")
        return
    for place, value in walk(nodes):
        if value is None:
            say(f"{'.'.join(map(str, place))} is null, which is no value of Glue's", "Leave the member out")
    shape = catalog.service_model("glue").shape_for("CodeGenConfigurationNode")
    made = {}
    folders = model.facts.constants
    for name, node in nodes.items():
        for problem in literal(shape, node, name):
            say(problem, "Correct it after Glue's model")
        (kind, inner), = node.items()
        for source in as_list(inner.get("Inputs")):
            if source not in nodes:
                say(f"{name} reads {source}, which is no node", "Correct Inputs")
        made[name] = (kind, inner)
    columns = set()
    for name, (kind, inner) in made.items():
        columns |= {c.get("Name") for s in as_list(inner.get("OutputSchemas")) for c in as_list(s.get("Columns"))}
        if kind == "S3CsvSource":
            for one in as_list(inner.get("Paths")):
                if one != "s3://${Bucket}/" + folders["HISTORY"]:
                    say(f"{name} reads {one}", "Read the folder of the history")
            for key, wanted in (("Recurse", True), ("WithHeader", True), ("SkipFirst", False), ("Separator", "comma"), ("QuoteChar", "quote")):
                if inner.get(key) != wanted:
                    say(f"{name} has {key} {inner.get(key)!r}", f"Write {json.dumps(wanted)}, as the files are")
        if kind == "S3DirectTarget":
            if inner.get("Path") != "s3://${Bucket}/" + folders["IMPORTED_HISTORY"]:
                say(f"{name} writes {inner.get('Path')}", "Write the folder of the imported history")
            if (inner.get("Format"), inner.get("Compression")) != ("json", "gzip"):
                say(f"{name} writes {inner.get('Format')}, {inner.get('Compression')}", "Write json and gzip, which the room job reads")
    for name, (kind, inner) in made.items():
        mapping = as_list(inner.get("Mapping")) if kind == "ApplyMapping" else []
        kept = {m.get("ToKey") for m in mapping if not m.get("Dropped")}
        if mapping and kept != {"timestamp", "room_id", "temperature"}:
            say(f"{name} hands on {', '.join(sorted(map(str, kept)))}", "Hand on timestamp, room_id and temperature")
        for one in mapping:
            if columns and (one.get("FromPath") or [None])[0] not in columns:
                say(f"{name} maps {one.get('FromPath')}, which no source has", "Correct FromPath")
            if (one.get("FromType"), one.get("ToType")) != ("string", "string"):
                say(f"{name} casts {one.get('ToKey')}: what is no {one.get('ToType')} would be lost before it is quarantined", "Keep text")


def page(model, say):
    """The report's page has no hole that no class fills."""
    path = model.root / "bi" / "report.html"
    if not path.is_file():
        say("idle", ("bi/report.html", "-", 0), "the page is not there, whose holes are held against the classes", "Correct the rule's path")
        return
    known = model.facts.literals()
    for hole in sorted(set(re.findall(r"\{\{(\w+)\}\}", path.read_text()))):
        if hole not in known:
            say("page", ("bi/report.html", "-", 0), f"no class fills {{{{{hole}}}}}", "Correct its name")


@over
def reports(view, model, say):
    views = {}
    tables = _tables(view)
    if tables and (model.root / "bi").is_dir():
        for path in sorted((model.root / "bi").rglob("*.sql")):
            place = (str(path.relative_to(model.root)), "-", 0)
            columns = query(path.read_text(), tables, lambda what, todo, p=place: say("query", p, what, todo))
            if columns is not None:
                views["report_" + path.stem] = columns
    page(model, say)
    for item in view.of_type("Custom::GlueStudioJob"):
        graph(model, item, lambda what, todo, i=item: say("graph", i, what, todo))
    for item in view.of_type(*OWNER):
        owners(item, lambda what, todo, i=item: say("quicksight-owner", i, what, todo))
    sets = {}
    for item in view.of_type("AWS::QuickSight::DataSet"):
        sets[item.arn] = data_set(view, item, views, lambda what, todo, i=item: say("quicksight-data", i, what, todo))
    for item in view.of_type("AWS::QuickSight::Dashboard"):
        dashboard(item, sets, lambda what, todo, i=item: say("quicksight-dashboard", i, what, todo))
    refreshed(view, say)
