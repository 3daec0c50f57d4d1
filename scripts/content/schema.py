"""JSON Schema (draft 7) of the registers and of pages' front matter, and a table of their fields.

Both are derived from the records' types, which `fields.checked` validates the same files by. An
editor with a YAML language server completes and explains fields, and underlines slips, by the file
that a register names in its first line. What only our own check knows isn't in a schema: whether a
key is in another register, how long a text is as readers see it, and whether a date exists.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from scripts.content.fields import (
    ISO_DATE,
    YEARS,
    Field,
    Iso,
    editable_fields,
    required_fields,
    unwrap_annotated,
)
from scripts.content.front_matter import Front
from scripts.content.records import CHECKLISTS, DATED_REGISTERS, DEFAULT_DATE_FIELD, Registers

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
FRONT_MATTER = "front-matter"  # the name of its schema, beside those of the registers
# A backslash before these is a fault in a pattern of ECMA-262, which JSON Schema has.
NEEDLESS_BACKSLASH = re.compile(r"\\(?=[#\"'`])")


def schemas() -> dict[str, Schema]:
    """Return the schema of each register by its name, "contacts", and of front matter; one schema
    for all checklists."""
    kinds = {**editable_fields(Registers), FRONT_MATTER: Front}
    # of the folder of checklists: of one file there
    kinds[CHECKLISTS] = typing.get_args(unwrap_annotated(kinds[CHECKLISTS])[0])[1]
    found = {}
    for name, kind in kinds.items():
        schema = schema_of(kind)
        if name in DATED_REGISTERS:
            schema = _with_head(schema)
        description = unwrap_annotated(editable_fields(Registers).get(name, kind))[2]
        heading = {"description": description} if description else {}
        found[name] = {"$schema": DRAFT, **schema, **heading}
    return found


def schema_of(annotated: Any) -> Schema:
    """Return the schema of a field's or a register's type, with its Swedish description."""
    kind, field, description = unwrap_annotated(annotated)
    schema = _schema_of_bare(kind, field)
    return {**schema, "description": description} if description else schema


def _schema_of_bare(kind: Any, field: Field) -> Schema:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        arms = [schema_of(arm) for arm in args if arm is not types.NoneType]
        return arms[0] if len(arms) == 1 else {"anyOf": arms}
    if dataclasses.is_dataclass(kind):
        variants = vars(kind).get("VARIANTS", {})
        if variants:
            return {"oneOf": [_record_schema(one, name) for name, one in variants.items()]}
        return _record_schema(kind)
    if origin is dict:
        key_pattern = schema_of(args[0]).get("pattern")
        rows = schema_of(args[1])
        if key_pattern is None:
            return {"type": "object", "additionalProperties": rows}
        patterns = {key_pattern: rows}
        return {"type": "object", "patternProperties": patterns, "additionalProperties": False}
    if origin in (list, tuple):
        return {"type": "array", "items": schema_of(args[0])}
    return _value_schema(kind, field)


def _record_schema(kind: Any, variant: str = "") -> Schema:
    """Return the schema of a record. ``variant``: the word that its ``kind`` is."""
    needed = required_fields(kind)
    properties = {}
    for name, inner in editable_fields(kind).items():
        properties[name] = schema_of(inner) if name in needed else _or_empty(schema_of(inner))
    if variant:
        properties["kind"] = {**properties["kind"], "const": variant}
    return {
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _or_empty(schema: Schema) -> Schema:
    """Return a schema that takes a field left empty, too: that is as if it weren't there."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    description = {"description": schema["description"]} if "description" in schema else {}
    bare = {key: value for key, value in schema.items() if key != "description"}
    return {"anyOf": [bare, {"type": "null"}], **description}


def _value_schema(kind: Any, field: Field) -> Schema:
    """Return the schema of a single value."""
    if kind is Iso:  # "2026", "2026-02" or "2026-02-03"; a year needs no quotation marks
        year = {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1}
        return {"anyOf": [{"type": "string", "pattern": ISO_DATE.pattern}, year]}
    if kind is dt.date:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    schema: Schema = {"type": TYPES[kind]}
    if field.choices or field.allowed_numbers:
        schema["enum"] = [*field.choices, *field.allowed_numbers]
    if field.pattern:
        schema["pattern"] = f"^(?:{NEEDLESS_BACKSLASH.sub('', field.pattern)})$"
    return schema


def _with_head(schema: Schema) -> Schema:
    """Return the schema of a register of records with a date at its head instead of in each."""
    ((key_pattern, record),) = schema["patternProperties"].items()
    needed = [name for name in record["required"] if name != DEFAULT_DATE_FIELD]
    rows = {key_pattern: {**record, "required": needed}}
    head = {DEFAULT_DATE_FIELD: record["properties"][DEFAULT_DATE_FIELD]}
    return {**schema, "properties": head, "patternProperties": rows}


def field_table() -> str:
    """Return Markdown: a section for each register, and in it a table for each of its records with
    what their fields are, must be and may be."""
    kinds = {FRONT_MATTER: Front, **editable_fields(Registers)}
    sections = [_section(name, kind) for name, kind in sorted(kinds.items())]
    return "\n\n".join([TABLE_HEAD, *sections]) + "\n"


TABLE_HEAD = """\
# Alla fält

<!-- Skrivs av python3 scripts/check.py schemas --write, ur fältens typer. Ändra inte här. -->

Fälten i registren, och överst på en sida. De som ska finnas är märkta med ●."""


def _section(name: str, kind: Any) -> str:
    file = f"{name}/*.yml" if name == CHECKLISTS else f"{name}.yml"
    title = "Överst på en sida" if name == FRONT_MATTER else f"`{file}`"
    parts = [f"## {title}", unwrap_annotated(kind)[2]]
    for path, record in records_in(kind):
        if path and path != CHECKLISTS:
            parts.append(f"Under `{path}`:" if path[0] != "=" else f"När `kind` är `{path[1:]}`:")
        parts.append(_rows(record))
    return "\n\n".join(filter(None, parts))


def records_in(annotated: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each record in a type with the names of the fields that lead to it, "groups → rows";
    of a record with variants "=" and each variant's word, and the variant."""
    kind = unwrap_annotated(annotated)[0]
    if not dataclasses.is_dataclass(kind):
        for inner in typing.get_args(kind):
            yield from records_in(inner, path)
        return
    variants: Mapping[str, Any] = vars(kind).get("VARIANTS", {})
    for word, variant in variants.items():
        yield f"={word}", variant
        yield from _records_below(variant, path)
    if not variants:
        yield path, kind
        yield from _records_below(kind, path)


def _records_below(kind: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name, inner in editable_fields(kind).items():
        yield from records_in(inner, f"{path} → {name}" if path else name)


def _rows(record: Any) -> str:
    """Return a record's fields as a Markdown table."""
    needed = required_fields(record)
    rows = ["| Fält | | Betyder |", "|---|---|---|"]
    for name, inner in editable_fields(record).items():
        _, field, description = unwrap_annotated(inner)
        mark = "●" if name in needed else ""
        rows.append(f"| `{name}` | {mark} | {description}{_limits(field)} |")
    return "\n".join(rows)


def _limits(field: Field) -> str:
    """Return a Swedish sentence on the valid values of a field; "" where any text is valid."""
    if field.choices:
        return " Välj bland " + ", ".join(f"`{choice}`" for choice in field.choices) + "."
    if field.pattern_help:
        return f" Ska vara {field.pattern_help}.".replace("|", "\\|")
    return ""
