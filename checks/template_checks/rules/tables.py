"""Rules on tables: where they lie, what their columns and partitions are, who writes them."""

import re

from ..facts import UnknownFact
from .registry import on, once, over

CLOCK = {"MM": (1, 12), "dd": (1, 31), "HH": (0, 23)}


@over
def layout(view, model, say):
    """Tables lie where the lake's layout says, with its partitions."""
    known = sorted([*model.facts.keys.values(), *model.facts.constants.values()], key=len, reverse=True)
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        location = str((given.get("StorageDescriptor") or {}).get("Location", ""))
        prefix = location.removeprefix("s3://").partition("/")[2]
        if given.get("TableType") == "VIRTUAL_VIEW" or not prefix:
            continue
        forms = [k for k in known if k.startswith(prefix)]
        if not forms:
            say("table-location", item, f"the layout knows no folder {prefix}", "Write a folder of LakeLayout")
            continue
        wanted = next((keys for keys in ([k for k in re.findall(r"(\w+)=\{", f[len(prefix):]) if k not in ("run", "attempt")]
                                         for f in forms) if keys), None)
        keys = [k.get("Name") for k in given.get("PartitionKeys") or []]
        if wanted and keys != wanted:
            say("table-partitions", item, f"the partition keys are {', '.join(keys)}, and the folders are {', '.join(wanted)}",
                "Write the keys of the folders, in their order")


@once
def lake_tables(view, model, say):
    """Each table of the lake's layout is in the catalog, at its folder: the functions bring its partitions up to date by that name."""
    constants = model.facts.constants
    names = [name for name in constants if name.endswith("_TABLE")]
    if not names:
        raise UnknownFact("facts.json has no constant of LakeLayout that ends in _TABLE; correct what names it")
    tables = {}
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        tables[given.get("Name")] = (item, str((given.get("StorageDescriptor") or {}).get("Location", "")))
    for name in sorted(names):
        folder = constants[name.removesuffix("_TABLE")]
        if constants[name] not in tables:
            say("table-missing", ("stacks/lake.yaml", constants[name], 0), f"LakeLayout.{name} is no table of the catalog",
                f"Make a table {constants[name]} at {folder}")
        elif not tables[constants[name]][1].endswith("/" + folder):
            item, location = tables[constants[name]]
            say("table-missing", item, f"it lies at {location}, and LakeLayout has it at {folder}", "Write the layout's folder")


@on("E9031", "AWS::Glue::Table",
    about="A table reads the format that is written, with types that Athena knows.")
def table(view, item, say):
    given = item.properties.get("TableInput") or {}
    parameters = given.get("Parameters") or {}
    storage = given.get("StorageDescriptor") or {}
    keys = [k.get("Name") for k in given.get("PartitionKeys") or []]
    columns = [c.get("Name") for c in storage.get("Columns") or []]
    location = str(storage.get("Location", ""))
    name = str(given.get("Name", ""))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        say("table-name", f"the name {name!r} is none that Athena reads without quotes", "Small letters, digits and _ only")
    if given.get("TableType") == "VIRTUAL_VIEW":
        return
    if given.get("TableType") != "EXTERNAL_TABLE":
        say("table-type", "without TableType EXTERNAL_TABLE Athena answers FAILED: null", "Write it")
    for twice in {c for c in columns + keys if (columns + keys).count(c) > 1}:
        say("table-columns", f"the column {twice} is there twice", "Name a column or a partition key, not both")
    for column in storage.get("Columns") or []:
        if not re.match(r"^(string|double|float|bigint|int|smallint|tinyint|boolean|timestamp|date|binary|decimal\(\d+,\d+\)"
                        r"|varchar\(\d+\)|char\(\d+\)|array<.*>|map<.*>|struct<.*>)$", str(column.get("Type"))):
            say("table-columns", f"{column.get('Name')} has no type of Hive: {column.get('Type')}", "Correct it")
    if not location.startswith("s3://") or not location.endswith("/"):
        say("table-location", f"Location {location!r} is no folder of S3", "Write s3://…/ with the / at its end")
    formats = {"parquet": ("ParquetHiveSerDe", "MapredParquetInputFormat"), "json": ("JsonSerDe", "TextInputFormat"),
               "csv": ("SerDe", "TextInputFormat")}
    kind = parameters.get("classification")
    if kind not in formats:
        say("table-format", f"no rule knows the classification {kind}", "Write " + ", ".join(sorted(formats)))
    serde = str((storage.get("SerdeInfo") or {}).get("SerializationLibrary", ""))
    if kind in formats and (not serde.endswith(formats[kind][0]) or not str(storage.get("InputFormat", "")).endswith(formats[kind][1])
                            or (kind == "csv" and "Parquet" in serde)):
        say("table-format", f"classification {kind} is read by {serde} and {storage.get('InputFormat')}", "Take those of one format")
    if str(parameters.get("projection.enabled", "")).lower() == "true":
        template = str(parameters.get("storage.location.template", ""))
        for one in keys:
            if f"projection.{one}.type" not in parameters:
                say("projection", f"the partition key {one} has no projection", f"Write projection.{one}.type")
            kind_of = str(parameters.get(f"projection.{one}.type"))
            needs = {"integer": "range", "date": "range", "enum": "values"}.get(kind_of)
            if kind_of not in ("integer", "date", "enum", "injected"):
                say("projection", f"there is no type of projection {kind_of}", "Write integer, date, enum or injected")
            if needs and f"projection.{one}.{needs}" not in parameters:
                say("projection", f"projection.{one}.{needs} is missing", "Add it")
            if kind_of == "date" and f"projection.{one}.format" not in parameters:
                say("projection", f"projection.{one}.format is missing", "Add it")
            if template and "${" + one + "}" not in template:
                say("projection", f"storage.location.template has no ${{{one}}}", "Add it")
        for one in re.findall(r"\$\{(\w+)\}", template):
            if one not in keys:
                say("projection", f"storage.location.template names {one}, which is no partition key", "Correct it")
        for one in {k.split(".")[1] for k in parameters if k.startswith("projection.") and k != "projection.enabled"}:
            if one not in keys:
                say("projection", f"the projection names {one}, which is no partition key", "Correct it")
        if template and not template.startswith(location):
            say("projection", f"storage.location.template lies outside of {location}", "Begin it with the table's Location")


@over
def csv_tables(view, model, say):
    """CSV tables have the columns of the header that a class writes, in its order; what is typed twice is typed alike."""
    headers = {t.strip() for t in model.facts.literals() if re.fullmatch(r"[a-z_]+(,[a-z_]+)+\n?", t)}
    written = {column: kind for columns in model.facts.schemas.values() for column, kind in columns.items()}
    kinds = {"double": {"double"}, "string": {"string"}, "long": {"bigint"}, "integer": {"int"}, "boolean": {"boolean"}}
    for column, kind in written.items():
        if kind not in kinds:
            raise UnknownFact(f"facts.json has the column {column} of type {kind}, which no rule on tables knows; teach tables.py")
    forms = {((t.properties.get("TableInput") or {}).get("Parameters") or {}).get("classification") for t in view.of_type("AWS::Glue::Table")}
    for kind in sorted({"csv", "parquet"} - forms):
        say("idle", ("stacks/lake.yaml", "-", 0), f"rules look at tables of {kind}, and there is none", "Correct the classification, or the rules")
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        storage, parameters = given.get("StorageDescriptor") or {}, given.get("Parameters") or {}
        columns = [str(c.get("Name")) for c in storage.get("Columns") or []]
        if parameters.get("classification") == "csv":
            if ",".join(columns) not in headers:
                say("table-columns", item, f"no class writes a CSV file with the columns {', '.join(columns)}", "Write those of the header")
            if str(parameters.get("skip.header.line.count")) != "1":
                say("table-format", item, "the header is read as a row", "Write skip.header.line.count: '1'")
            delimiter = ((storage.get("SerdeInfo") or {}).get("Parameters") or {}).get("field.delim")
            if delimiter != ",":
                say("table-format", item, f"field.delim is {delimiter!r} and the files have commas", "Write ','")
        for column in storage.get("Columns") or []:
            wanted = kinds.get(str(written.get(str(column.get("Name")))))
            if parameters.get("classification") == "parquet" and wanted and str(column.get("Type")) not in wanted:
                say("table-columns", item, f"{column.get('Name')} is written as {', '.join(wanted)} and read as {column.get('Type')}",
                    "Read the type that the files have")
        if parameters.get("classification") == "json" and is_streamed(view, storage) and str(
                ((storage.get("SerdeInfo") or {}).get("Parameters") or {}).get("ignore.malformed.json")).lower() != "true":
            say("table-format", item, "one broken line of a sensor fails every query", "Write ignore.malformed.json: 'true'")


def _streams(view):
    for item in view.of_type("AWS::KinesisFirehose::DeliveryStream"):
        target = item.properties.get("ExtendedS3DestinationConfiguration") or {}
        bucket = str(target.get("BucketARN", "")).removeprefix("arn:aws:s3:::")
        yield item, bucket, str(target.get("Prefix", ""))


def is_streamed(view, storage):
    location = str(storage.get("Location", ""))
    return any(location == f"s3://{bucket}/{prefix.split('!{')[0].rpartition('/')[0]}/" for _, bucket, prefix in _streams(view))


@over
def projections(view, model, say):
    """A projection makes the folders that Firehose makes: every number of the clock, with its zeros."""
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        parameters = given.get("Parameters") or {}
        if str(parameters.get("projection.enabled", "")).lower() != "true" or not is_streamed(view, given.get("StorageDescriptor") or {}):
            continue
        prefix = next(p for _, b, p in _streams(view))
        for key, form in re.findall(r"(\w+)=!\{timestamp:(\w+)\}", prefix):
            low_high = re.findall(r"-?\d+", str(parameters.get(f"projection.{key}.range", "")))
            low, high = (int(low_high[0]), int(low_high[1])) if len(low_high) == 2 else (0, 0)
            if form in CLOCK and (low, high) != CLOCK[form]:
                say("projection", item, f"projection.{key}.range is {low},{high}", "Write {},{}".format(*CLOCK[form]))
            if form in CLOCK and str(parameters.get(f"projection.{key}.digits")) != "2":
                say("projection", item, f"the folders have two digits and projection.{key}.digits is not '2'", "Write '2'")
            if form == "yyyy" and not (low <= 2025 and high >= 2035):
                say("projection", item, f"projection.{key}.range is {low},{high}: readings outside of it are seen by no query",
                    "Begin before the first reading, and end in many years")
