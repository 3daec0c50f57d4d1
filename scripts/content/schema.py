"""JSON Schema (draft 7) of the registers and of pages' front matter, and a table of their fields.

Both are made from the records' types, by which `validation.validate` checks the same files. An
editor with a YAML language server completes and explains fields, and underlines slips, by the file
that a register names in its first line. What only our own check knows isn't in a schema: whether a
key is in another register, how long a text is as readers see it, and whether a date exists.
"""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Iterator
from typing import Any, TypeAlias

from scripts.content.fields import (
    ISO_DATE,
    YEARS,
    Field,
    Iso,
    editable_fields,
    is_record,
    parse_annotation,
    required_fields,
    union_members,
)
from scripts.content.front_matter import Front
from scripts.content.records import CHECKLISTS, DATED_REGISTERS, DEFAULT_DATE_FIELD, Registers

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
FRONT_MATTER = "front-matter"  # the name of its schema, beside those of the registers
# JSON Schema has the patterns of ECMA-262, where a backslash before one of these is an error.
NEEDLESS_BACKSLASH = re.compile(r"\\(?=[#\"'`])")
TABLE_HEAD = """\
# Alla fält

<!-- Skrivs av python3 scripts/check.py schemas --write, ur fältens typer. Ändra inte här. -->

Fälten i registren, och överst på en sida. De som ska finnas är märkta med ●."""


def schemas() -> dict[str, Schema]:
    """Return name → schema of each register ("contacts"), of front matter, and of a checklist."""
    annotations = {**editable_fields(Registers), FRONT_MATTER: Front}
    found = {}
    for name, annotation in annotations.items():
        schema = schema_of(annotation)
        if name == CHECKLISTS:  # a folder, so a mapping: the schema is that of one file in it
            schema = {**schema["additionalProperties"], "description": schema["description"]}
        if name in DATED_REGISTERS:
            schema = _with_default_date(schema)
        found[name] = {"$schema": DRAFT, **schema}
    return found


def schema_of(annotation: Any) -> Schema:
    """Return the schema of a type, with its Swedish description."""
    kind, field, description = parse_annotation(annotation)
    schema = _schema_of_type(kind, field)
    return {**schema, "description": description} if description else schema


def _schema_of_type(kind: Any, field: Field) -> Schema:
    """Return the schema of a type without its annotation. ``field``: the limits of a value."""
    members = [schema_of(member) for member in union_members(kind)]
    if members:
        return members[0] if len(members) == 1 else {"anyOf": members}
    if is_record(kind):
        variants = vars(kind).get("VARIANTS", {})  # the value of ``kind`` → the record's type
        if variants:
            return {"oneOf": [_record_schema(variant, word) for word, variant in variants.items()]}
        return _record_schema(kind)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return {"type": "array", "items": schema_of(typing.get_args(kind)[0])}
    if origin is dict:
        return _mapping_schema(*typing.get_args(kind))
    return _value_schema(kind, field)


def _mapping_schema(key_annotation: Any, value_annotation: Any) -> Schema:
    """Return the schema of a mapping. Keys must match the pattern of their type, if it has one."""
    key_pattern = schema_of(key_annotation).get("pattern")
    rows = schema_of(value_annotation)
    if key_pattern is None:
        return {"type": "object", "additionalProperties": rows}
    return {
        "type": "object",
        "patternProperties": {key_pattern: rows},
        "additionalProperties": False,
    }


def _record_schema(record: Any, variant: str = "") -> Schema:
    """Return the schema of a record. ``variant``: the only valid value of its field ``kind``; "" if
    the record is no variant."""
    required = required_fields(record)
    properties = {name: schema_of(inner) for name, inner in editable_fields(record).items()}
    for name in properties.keys() - required:
        properties[name] = _or_empty(properties[name])
    if variant:
        properties["kind"] = {**properties["kind"], "const": variant}
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _or_empty(schema: Schema) -> Schema:
    """Return a schema that also accepts a field without a value, which counts as missing."""
    # With "enum", null isn't one of the values; with "anyOf" there is no "type" to add it to.
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    bare = dict(schema)
    description = bare.pop("description", None)  # about the field: outside the alternatives
    either = {"anyOf": [bare, {"type": "null"}]}
    return {**either, "description": description} if description else either


def _value_schema(kind: Any, field: Field) -> Schema:
    """Return the schema of a single value."""
    if kind is Iso:  # "2026", "2026-02" or "2026-02-03"; a year needs no quotation marks
        year = {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1}
        return {"anyOf": [{"type": "string", "pattern": ISO_DATE.pattern}, year]}
    if kind is dt.date:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    schema: Schema = {"type": TYPES[kind]}
    if field.choices:
        schema["enum"] = list(field.choices)
    if field.pattern:
        schema["pattern"] = f"^(?:{NEEDLESS_BACKSLASH.sub('', field.pattern)})$"
    return schema


def _with_default_date(schema: Schema) -> Schema:
    """Return the schema of a register that may have a date at its head, for the records without a
    date of their own."""
    ((key_pattern, record),) = schema["patternProperties"].items()
    required = [name for name in record["required"] if name != DEFAULT_DATE_FIELD]
    rows = {key_pattern: {**record, "required": required}}
    head = {DEFAULT_DATE_FIELD: record["properties"][DEFAULT_DATE_FIELD]}
    return {**schema, "properties": head, "patternProperties": rows}


def field_table() -> str:
    """Return Markdown: a section for front matter and for each register, with a table of the fields
    of each type of record in the register."""
    annotations = {FRONT_MATTER: Front, **editable_fields(Registers)}
    sections = [_section(name, annotation) for name, annotation in sorted(annotations.items())]
    return "\n\n".join([TABLE_HEAD, *sections]) + "\n"


def _section(name: str, annotation: Any) -> str:
    """Return the section of a register in the table of all fields."""
    file = f"{name}/*.yml" if name == CHECKLISTS else f"{name}.yml"
    title = "Överst på en sida" if name == FRONT_MATTER else f"`{file}`"
    parts = [f"## {title}", parse_annotation(annotation).description]
    for place, record in records_in(annotation):
        parts += [place, _record_table(record)]
    return "\n\n".join(part for part in parts if part)


def records_in(annotation: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the type of each record in a type, outermost first, with Swedish words for its place:
    "" for the outermost, "Under `groups → rows`:", or "När `kind` är `steg`:" for a variant.

    ``path``: the fields that lead to ``annotation``, "groups → rows".
    """
    kind = parse_annotation(annotation).type
    if not is_record(kind):  # a list, a mapping or a union may have records in it
        for inner in typing.get_args(kind):
            yield from records_in(inner, path)
        return
    variants = vars(kind).get("VARIANTS", {})
    places = {f"När `kind` är `{word}`:": variant for word, variant in variants.items()}
    if not places:
        places = {f"Under `{path}`:" if path else "": kind}
    for place, record in places.items():
        yield place, record
        for name, inner in editable_fields(record).items():
            yield from records_in(inner, f"{path} → {name}" if path else name)


def _record_table(record: Any) -> str:
    """Return a record's fields as a Markdown table."""
    rows = ["| Fält | | Betyder |", "|---|---|---|"]
    for name, annotation in editable_fields(record).items():
        _, field, description = parse_annotation(annotation)
        mark = "●" if name in required_fields(record) else ""
        rows.append(f"| `{name}` | {mark} | {description}{_limits(field)} |")
    return "\n".join(rows)


def _limits(field: Field) -> str:
    """Return a Swedish sentence on the valid values of a field; "" if any text is valid."""
    if field.choices:
        return " Välj bland " + ", ".join(f"`{choice}`" for choice in field.choices) + "."
    if field.pattern_help:
        return f" Ska vara {field.pattern_help}.".replace("|", "\\|")  # "|" would end the cell
    return ""
