"""Own rules for what is looked at: queries and views, QuickSight's data sets and dashboard over them, the Glue Studio graph, the page."""

import json
import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from . import catalog
from .machine_calls import literal
from .model import as_list, walk

KINDS = {"string": "varchar", "timestamp": "timestamp", "double": "double", "bigint": "bigint", "boolean": "boolean", "int": "integer"}
# Athena's engine keeps these for itself; the parser is kinder.
RESERVED = set("""ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE END ESCAPE
EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE LOCALTIME
LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN TRIM TRUE UESCAPE UNION
UNNEST USING VALUES WHEN WHERE WITH""".split())
# QuickSight's types of a column, by Athena's.
COLUMNS = {"VARCHAR": "STRING", "TEXT": "STRING", "BIGINT": "INTEGER", "INT": "INTEGER", "DOUBLE": "DECIMAL", "TIMESTAMP": "DATETIME",
           "DATE": "DATETIME", "BOOLEAN": "BIT"}
# Each kind's set of an owner's actions: QuickSight refuses a set that is none of its own.
OWNER = {
    "AWS::QuickSight::DataSource": {"DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource", "UpdateDataSource",
                                    "DeleteDataSource", "UpdateDataSourcePermissions"},
    "AWS::QuickSight::DataSet": {"DescribeDataSet", "DescribeDataSetPermissions", "PassDataSet", "DescribeIngestion", "ListIngestions",
                                 "UpdateDataSet", "DeleteDataSet", "CreateIngestion", "CancelIngestion", "UpdateDataSetPermissions"},
    "AWS::QuickSight::Dashboard": {"DescribeDashboard", "ListDashboardVersions", "UpdateDashboardPermissions", "QueryDashboard",
                                   "UpdateDashboard", "DeleteDashboard", "DescribeDashboardPermissions", "UpdateDashboardPublishedVersion"},
}


def rules(view, model, say):
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


def owners(item, say):
    for one in as_list(item.properties.get("Permissions")):
        given = {str(a).removeprefix("quicksight:") for a in as_list(one.get("Actions"))}
        wanted = OWNER[item.type]
        if given != wanted:
            say("the actions are no set that QuickSight takes: " + ", ".join(sorted(given ^ wanted)) + " differs from an owner's",
                "Write all of an owner's actions")


def data_set(view, item, views, say):
    """Its columns; told is what the view does not have."""
    p = item.properties
    columns = {}
    sources = {d.arn for d in view.of_type("AWS::QuickSight::DataSource")}
    databases = {d.physical for d in view.of_type("AWS::Glue::Database")}
    for one in (p.get("PhysicalTableMap") or {}).values():
        table = one.get("RelationalTable") or {}
        name = table.get("Name")
        given = {c.get("Name"): c.get("Type") for c in as_list(table.get("InputColumns"))}
        columns.update(given)
        if table.get("DataSourceArn") not in sources:
            say(f"{table.get('DataSourceArn')} is no data source of the stacks", "Name ours")
        if table.get("Catalog") != "AwsDataCatalog" or table.get("Schema") not in databases:
            say(f"{table.get('Catalog')}.{table.get('Schema')} is not the lake's database", "Write AwsDataCatalog and the database")
        if views and name not in views:
            say(f"there is no view {name}", "Name one of " + ", ".join(sorted(views)))
            continue
        for column, kind in given.items():
            known = views.get(name, {}).get(column)
            if views and known is None:
                say(f"the view {name} has no column {column}", "Name one of " + ", ".join(views[name]))
            elif known not in ("?", None) and kind != known:
                say(f"{name}.{column} is {known} and is read as {kind}", f"Write {known}")
    if p.get("ImportMode") != "SPICE":
        say("every look at the dashboard would be a query", "Write ImportMode: SPICE")
    if (p.get("IngestionWaitPolicy") or {}).get("WaitForSpiceIngestion") not in (False, "false"):
        say("the deployment would wait for data that the first run only makes", "Write WaitForSpiceIngestion: false")
    return columns


def dashboard(item, sets, say):
    definition = item.properties.get("Definition") or {}
    shape = catalog.service_model("quicksight").shape_for("DashboardVersionDefinition")
    for problem in literal(shape, definition, "Definition"):
        say(problem, "Correct it after QuickSight's model")
    declared = {d.get("Identifier"): d.get("DataSetArn") for d in as_list(definition.get("DataSetIdentifierDeclarations"))}
    for name, arn in declared.items():
        if arn not in sets:
            say(f"{name} is {arn}, which is no data set of the stacks", "Name ours")
    fields, elements = [], set()
    for path, value in walk(definition):
        if not isinstance(value, dict):
            continue
        column = value.get("Column") if isinstance(value.get("Column"), dict) else None
        if column:
            known = sets.get(declared.get(column.get("DataSetIdentifier")))
            kind = (known or {}).get(column.get("ColumnName"))
            if column.get("DataSetIdentifier") not in declared:
                say(f"there is no data set {column.get('DataSetIdentifier')}", "Declare it")
            elif known is not None and kind is None:
                say(f"the data set {column['DataSetIdentifier']} has no column {column.get('ColumnName')}", "Correct its name")
            wanted = {"NumericalMeasureField": {"INTEGER", "DECIMAL"}, "NumericalDimensionField": {"INTEGER", "DECIMAL"},
                      "DateDimensionField": {"DATETIME"}, "DateMeasureField": {"DATETIME"}, "CategoricalDimensionField": {"STRING"},
                      "CategoricalMeasureField": {"STRING"}}.get(path[-1] if path else "")
            if kind and wanted and kind not in wanted:
                say(f"{column.get('ColumnName')} is {kind}, no column for a {path[-1]}", "Take another field, or column")
            if value.get("FieldId"):
                fields.append(value["FieldId"])
        if path and path[-1] in ("SelectedFieldOptions", "FieldSort") or (len(path) > 1 and path[-2] == "SelectedFieldOptions"):
            elements.add(("field", value.get("FieldId")))
        if "VisualId" in value:
            elements.add(("visual", value["VisualId"]))
        if "ElementId" in value:
            elements.add(("element", value["ElementId"]))
            if int(value.get("ColumnIndex", 0)) + int(value.get("ColumnSpan", 1)) > 36:
                say(f"{value['ElementId']} does not fit into the grid of 36 columns", "Correct ColumnIndex and ColumnSpan")
    for twice in {f for f in fields if fields.count(f) > 1}:
        say(f"two fields are called {twice}", "Give each its own FieldId")
    for kind, name in sorted(elements, key=str):
        if kind == "field" and name is not None and name not in fields:
            say(f"there is no field {name}", "Correct FieldId")
    visuals, placed = ({n for k, n in elements if k == one} for one in ("visual", "element"))
    for name in sorted(visuals ^ placed):
        say(f"{name} is {'nowhere on the sheet' if name in visuals else 'no visual'}", "Name each visual once in the layout")


def refreshed(view, say):
    """A run refreshes every data set."""
    known = {d.physical for d in view.of_type("AWS::QuickSight::DataSet")}
    for item in view.of_type("AWS::StepFunctions::StateMachine") if known else ():
        given = (item.properties.get("DefinitionSubstitutions") or {}).get("DashboardDataSets")
        if given is not None and set(str(given).split(",")) != known:
            say("quicksight-refresh", item, f"a run refreshes {given}, and the data sets are {', '.join(sorted(known))}",
                "List every DataSetId, with commas")


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
        return
    known = model.facts.literals()
    for hole in sorted(set(re.findall(r"\{\{(\w+)\}\}", path.read_text()))):
        if hole not in known:
            say("page", ("bi/report.html", "-", 0), f"no class fills {{{{{hole}}}}}", "Correct its name")
