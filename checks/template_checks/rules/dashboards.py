"""Rules on QuickSight: sources, data sets, dashboards, their owners and their refresh."""

import json

from .. import catalog
from ..machine_calls import literal
from ..model import as_list, walk
from .registry import on

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


@on("E9131", "AWS::QuickSight::DataSource",
    about="A data source is of the stacks' workgroup.")
def data_source(view, item, say):
    permissions(view, item, say)
    athena = (item.properties.get("DataSourceParameters") or {}).get("AthenaParameters")
    if athena is not None:
        if athena.get("RoleArn") not in {r.arn for r in view.roles()}:
            say("quicksight-role", "the data source reads by QuickSight's own role, which knows nothing of our bucket and key",
                "Write AthenaParameters.RoleArn with a role of ours")
        if athena.get("WorkGroup") not in {w.physical for w in view.of_type("AWS::Athena::WorkGroup")}:
            say("quicksight-workgroup", f"{athena.get('WorkGroup')} is no workgroup of the stacks", "Name ours")
    if (item.properties.get("SslProperties") or {}).get("DisableSsl") in (True, "true"):
        say("quicksight-tls", "the data source speaks without TLS", "Take DisableSsl out")
    if "Condition" not in item.raw and not _conditional(view, item):
        say("quicksight-condition", "an account that has no QuickSight cannot deploy the stack", "Put it behind a Condition")


def _conditional(view, item):
    for stack in view.stack.stacks():
        for name, raw in stack.template.resources.items():
            if stack.is_nested(name) and item.id.startswith(stack.prefix + name + ".") and "Condition" in raw:
                return True
    return False


@on("E9132", "AWS::QuickSight::DataSet", "AWS::QuickSight::Dashboard",
    about="Who may see a dashboard is named.")
def permissions(view, item, say):
    for one in as_list(item.properties.get("Permissions")):
        if str(one.get("Principal", "")).endswith(("*", ":namespace/default")):
            say("quicksight-everybody", "everybody of the account's QuickSight may use it", "Name a user or a group")
    for path, value in walk(item.properties):
        if path and path[-1] == "Credentials" and json.dumps(value).lower().find("password") >= 0:
            say("quicksight-credentials", "the data source has a password", "Name a secret")


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
    visuals, placed = ({str(n) for k, n in elements if k == one} for one in ("visual", "element"))
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
