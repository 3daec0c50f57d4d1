"""Records, and the annotations of their fields.

A type of a register is a ``Record``; a field without a default must be there. A ``Field`` in the
annotation says what Python's types can't: who sees the text, which register a key is in, what a
value may be. A Swedish sentence there explains the field to editors.

    name: Annotated[str, Field(LABEL), "Platsens namn."]
    sources: tuple[Annotated[str, Field(refers_to="sources")], ...] = ()

``validation.validate`` checks a value from a file against such a type, and ``construct`` makes the
records of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import inspect
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeAlias, dataclass_transform

from scripts.content.yaml_file import ValuePath

# A block's kinds. Only running text is measured: short labels and cells would flatter a page. A
# note is about a source, and many sources may have the same. What is spoken is said in other
# languages, too: its numbers must be right, its words nobody here can check.
TEXT, ITEM, LABEL, CELL, NOTE, SPOKEN = "text", "item", "label", "cell", "note", "spoken"

ISO_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")  # "2026", "2026-05" or "2026-05-01"
YEARS = range(1700, 2200)  # of a date: another year is a slip, such as 2206 for 2026
Form: TypeAlias = Literal["mapping", "list", "scalar"]  # of a value in YAML


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record:
    """A record of a register, of a page's front matter or of the settings: a frozen dataclass whose
    fields are given by name."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    def __init_subclass__(cls, *, order: bool = False) -> None:
        """Make a subclass such a dataclass. ``order``: whether its records can be sorted."""
        dataclass(frozen=True, kw_only=True, order=order)(cls)


class Iso(str):
    """A date in a register: "2026", "2026-02" or "2026-02-03", with quotation marks or without."""


@dataclass(frozen=True)
class Field:
    """The limits of a field's value, and who sees it."""

    text_kind: str = ""  # the kind of block that readers see it as; "" if they don't see it
    needs_source: bool = True  # whether its quantities must have a source, or be in facts.yml
    known_phones_only: bool = True  # whether a telephone number in it must be a contact's
    refers_to: str = ""  # the register that has it as a key
    counts_as_use: bool = True  # whether referring to a source is using it
    dangling_ok: bool = False  # whether a key that no longer exists is a note, not an error
    choices: tuple[str | int, ...] = ()  # the only values; () for any
    max_length: int = 0  # characters as a reader sees them; 0 for no limit
    pattern: str = ""  # regular expression for the whole text
    pattern_help: str = ""  # the same in Swedish, after "ska vara"
    empty_ok: bool = False  # whether "" and [] are values; else they are as a missing field
    is_regex: bool = False  # whether the text is a regular expression
    computed: bool = False  # whether the program sets it; no editor may write it


@dataclass(frozen=True)
class LeafValue:
    """A single value of a file: a text, a number, a date, or a mapping's key that refers to a
    register."""

    where: ValuePath
    field: Field
    value: Any
    label: str  # the key or id of its record; "" in front matter


class FieldType(NamedTuple):
    """The parts of a field's annotation."""

    type: Any  # str, tuple[str, ...], a Record; without ``Annotated``
    field: Field
    description: str  # the Swedish sentence for editors; "" if there is none


def parse_annotation(annotation: Any) -> FieldType:
    """Return the parts of ``Annotated[str, Field(LABEL), "Rubriken."]``, or of a bare type."""
    if typing.get_origin(annotation) is not Annotated:
        return FieldType(annotation, Field(), "")
    bare, *metadata = typing.get_args(annotation)
    field = next((item for item in metadata if isinstance(item, Field)), Field())
    description = next((item for item in metadata if isinstance(item, str)), "")
    return FieldType(bare, field, description)


def is_record(kind: Any) -> bool:
    """Whether a type is a Record."""
    return dataclasses.is_dataclass(kind)


@functools.cache
def editable_fields(record: Any) -> dict[str, Any]:
    """Return the fields of a record type that an editor may write: name → annotation."""
    annotations = typing.get_type_hints(record, include_extras=True)
    return {
        field.name: annotations[field.name]
        for field in dataclasses.fields(record)
        if not parse_annotation(annotations[field.name]).field.computed
    }


@functools.cache
def required_fields(record: type[Any]) -> list[str]:
    """Return the names of the fields that have no default."""
    parameters = inspect.signature(record).parameters.values()
    return [parameter.name for parameter in parameters if parameter.default is parameter.empty]


def union_members(kind: Any) -> list[Any]:
    """Return the types of a union, without None; [] if ``kind`` is no union."""
    is_union = isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union
    if not is_union:
        return []
    return [member for member in typing.get_args(kind) if member is not types.NoneType]


def resolve_type(annotation: Any, value: Any) -> FieldType:
    """Return the type that ``value`` must have.

    Of a union it is the first member with the value's form: for ``str | Section`` a mapping must be
    a Section. Of a record with VARIANTS it is the variant that the value's ``kind`` names, or the
    record itself if ``kind`` names none.
    """
    if not isinstance(value, Mapping):
        return _resolve_union(annotation, "list" if isinstance(value, list) else "scalar")
    resolved = _resolve_union(annotation, "mapping")
    variants = getattr(resolved.type, "VARIANTS", {})
    return resolved._replace(type=variants.get(str(value.get("kind")), resolved.type))


@functools.cache
def _resolve_union(annotation: Any, form: Form) -> FieldType:
    """Return the type of a value with the given form. Of a union that is the first member whose
    values have this form; if none has, the first member, whose validation reports the value."""
    parsed = parse_annotation(annotation)
    members = union_members(parsed.type)
    if not members:
        return parsed
    for member in members:
        if _form_of_type(parse_annotation(member).type) == form:
            return _resolve_union(member, form)
    return _resolve_union(members[0], form)


def _form_of_type(kind: Any) -> Form:
    """Return the form that values of a type have in YAML."""
    origin = typing.get_origin(kind)
    if is_record(kind) or origin is dict:
        return "mapping"
    return "list" if origin is tuple else "scalar"


def is_empty(annotation: Any, value: Any) -> bool:
    """Whether a field counts as missing: it has no value, or "" or [] without ``empty_ok``."""
    return value is None or (
        value in ("", []) and not resolve_type(annotation, value).field.empty_ok
    )


def is_iso_date(value: Any) -> bool:
    """Whether a value in YAML is a date in YEARS: "2026-05-01", "2026-05" or "2026"."""
    text = str(value)  # YAML reads 2026 as a number, and 2026-05-01 as a date
    if not ISO_DATE.match(text):
        return False
    first_day = (text + "-01-01")[: len("2026-05-01")]  # of the year or the month, or the day
    try:
        return dt.date.fromisoformat(first_day).year in YEARS
    except ValueError:
        return False


def construct(annotation: Any, value: Any, key: str = "") -> Any:
    """Return a value from YAML, which has no violations, as its type says: a record for a mapping,
    a tuple for a list, text without space around it, an ``Iso`` for a date of that type.

    ``key``: the key that the value has in the mapping around it; a record with a computed field
    ``key`` gets it there.
    """
    kind = resolve_type(annotation, value).type
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_record(kind):
        return _construct_record(kind, value, key)
    if origin is dict:
        return {str(name): construct(arguments[1], item, str(name)) for name, item in value.items()}
    if origin is tuple:
        return tuple(construct(arguments[0], item) for item in value)
    if kind is Iso:
        return Iso(value)
    return value.strip() if isinstance(value, str) else value


def _construct_record(record: Any, value: Mapping[str, Any], key: str) -> Any:
    """Return a record with the fields in ``value``; see ``construct``. An empty field gets its
    default."""
    annotations = editable_fields(record)
    given = {
        name: construct(annotations[name], inner)
        for name, inner in value.items()
        if not is_empty(annotations[name], inner)
    }
    has_key = any(field.name == "key" for field in dataclasses.fields(record))
    if has_key and "key" not in annotations:  # some records have a ``key`` that editors write
        given["key"] = key
    return record(**given)
