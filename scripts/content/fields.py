"""Records: their fields' types, and the validator that checks a file's value against them.

A type is a ``Record``; a field without a default must be there. What the annotation can't say, a
``Field`` in it does: who sees the text, which register a key is in, what it may be.

    name: Annotated[str, Field(seen=LABEL)]
    sources: list[Annotated[str, Field(refers="sources")]]
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, dataclass_transform

from scripts.content.markdown import plain
from scripts.content.yaml_file import RegisterFile, ValuePath
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean, nearest

# A block's kinds. Only running text is measured: short labels and cells would flatter a page. A
# note is about a source, and many sources may have the same. What is spoken is said in other
# languages, too: its numbers must be right, its words nobody here can judge.
TEXT, ITEM, LABEL, CELL, NOTE, SPOKEN = "text", "item", "label", "cell", "note", "spoken"

ISO_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
MILLION = 1_000_000
YEARS = range(1700, 2200)
HAS_TAG = re.compile(r"<[A-Za-z/!?]")
# What a word processor makes of the quotation marks round a value: YAML takes them for letters.
QUOTED = re.compile(r"\s*[“”„‟][^“”„‟]*[“”\"]\s*")
WORD_QUOTES = "har Words citattecken runt sig. Ta bort dem."
# To YAML a value that begins with two brackets is a list in a list.
UNQUOTED_MACRO = 'ska vara text. Sätt citattecken om makrot: "[[fakta:nyckel]]".'
Form: TypeAlias = Literal["map", "list", "scalar"]  # of a value in YAML
Violation: TypeAlias = tuple[ValuePath, str, str]  # the way there, rule, Swedish message


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record:
    """A record of a register, of a page's front matter or of the settings: a frozen dataclass whose
    fields are given by name."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    def __init_subclass__(cls, *, order: bool = False) -> None:
        dataclass(frozen=True, kw_only=True, order=order)(cls)


class Iso(str):
    """A date in a register: "2026", "2026-02" or "2026-02-03", with quotation marks or without."""


@dataclass(frozen=True)
class Field:
    """The limits of a field's value, and who sees it."""

    text_kind: str = ""  # the kind of block readers see it as; "" for what they don't see
    facts: bool = True  # whether its numbers must stand in facts.yml
    phones: bool = True  # whether a telephone number in it must be a contact's
    refers_to: str = ""  # the register that has it as a key
    counts_as_use: bool = True  # whether to refer to a source is to use it
    dangling_ok: bool = False  # whether a key that is no longer there is only to be tidied away
    choices: tuple[str, ...] = ()
    allowed_numbers: tuple[
        int, ...
    ] = ()  # those that a whole number may be; any where there are none
    max_length: int = 0  # characters as a reader sees them; 0 for no limit
    pattern: str = ""  # a pattern for all of it
    empty_ok: bool = False  # whether "" is an answer
    pattern_help: str = ""  # that pattern in Swedish
    is_regex: bool = False  # the text is a regular expression
    computed: bool = False  # ``build`` and what comes after it give it; no editor may write it


@dataclass(frozen=True)
class LeafValue:
    """A value in a register, with the path to it and its Field."""

    where: ValuePath
    field: Field
    value: Any
    label: str  # the name of its record


def is_iso_date(value: Any) -> bool:
    """Whether ``value`` is a date in YEARS, or text of one: "2026-05-01", "2026-05" or "2026"."""
    if isinstance(value, dt.date):
        return value.year in YEARS
    if not ISO_DATE.match(str(value)):
        return False
    numbers = [int(part) for part in str(value).split("-")]
    year, month, day = [*numbers, 1, 1][:3]  # of a month or a year: its first day
    try:
        return dt.date(year, month, day).year in YEARS
    except ValueError:
        return False


def _is_record(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind)


@functools.cache
def editable_fields(kind: Any) -> dict[str, Any]:
    """Return a record type's fields that an editor may write, with their types."""
    types_of = typing.get_type_hints(kind, include_extras=True)
    named = {field.name: types_of[field.name] for field in dataclasses.fields(kind)}
    return {
        name: inner for name, inner in named.items() if not _resolve_union(inner, None)[1].computed
    }


@functools.cache
def required_fields(kind: type[Any]) -> list[str]:
    """Return the fields that a record must have."""
    given = inspect.signature(kind).parameters.values()
    return [one.name for one in given if one.default is one.empty]


def unwrap_annotated(kind: Any) -> tuple[Any, Field, str]:
    """Return a type without its annotation, its Field, and the Swedish sentence on what editors
    write there; an empty Field and "" where it has none."""
    if typing.get_origin(kind) is not Annotated:
        return kind, Field(), ""
    bare, *metadata = typing.get_args(kind)
    field = next((one for one in metadata if isinstance(one, Field)), Field())
    description = next((one for one in metadata if isinstance(one, str)), "")
    return bare, field, description


def resolve_type(kind: Any, value: Any) -> tuple[Any, Field]:
    """Return the bare type that ``value`` is to have, and its Field.

    Of a union: the type with the value's form. Of a record type with VARIANTS: the variant that
    the value's ``kind`` names.
    """
    form: Form = "scalar"
    if isinstance(value, Mapping):
        form = "map"
    elif type(value) is list:
        form = "list"
    kind, field = _resolve_union(kind, form)
    if isinstance(value, Mapping) and (variants := getattr(kind, "VARIANTS", None)):
        named = value.get("kind")
        kind = variants.get(named, kind) if isinstance(named, str) else kind
    return kind, field


@functools.cache
def _resolve_union(kind: Any, form: Form | None) -> tuple[Any, Field]:
    """Return a type without its annotation, and its Field; of a union, the first type with the
    ``form`` of the value, or the first of all."""
    kind, field, _ = unwrap_annotated(kind)
    if not (isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union):
        return kind, field
    arms = [arm for arm in typing.get_args(kind) if arm is not types.NoneType]

    def fits(arm: Any) -> bool:
        """Whether a type of the union has the form of the value."""
        if form is None:
            return True
        bare = typing.get_args(arm)[0] if typing.get_origin(arm) is Annotated else arm
        if form == "map":
            return _is_record(bare) or typing.get_origin(bare) is dict
        is_list = typing.get_origin(bare) in (list, tuple)
        return is_list == (form == "list")

    inner, more = _resolve_union(next((arm for arm in arms if fits(arm)), arms[0]), form)
    return inner, more if more != Field() else field


def validate(
    kind: Any, value: Any, where: ValuePath = (), label: str = ""
) -> Iterator[LeafValue | Violation]:
    """Yield each leaf value of ``value``, and an error for each violation of its type."""
    kind, field = resolve_type(kind, value)
    origin = typing.get_origin(kind)
    if _is_record(kind):
        yield from _validate_record(kind, value, where, label)
    elif origin is dict:
        if not isinstance(value, Mapping):
            yield where, "bad-field", _with_label(label, 'här ska stå rader med "nyckel: värde".')
            return
        names, inner = typing.get_args(kind)
        for key, one in value.items():
            if fault := _scalar_error(*resolve_type(names, key), key):
                yield (*where, key), fault[0], _with_label(label, f'"{str(key)[:40]}" {fault[1]}')
            if resolve_type(names, key)[1].refers_to:
                yield LeafValue((*where, key), resolve_type(names, key)[1], str(key), label)
            yield from validate(inner, one, (*where, key), f"{label}-{key}" if label else str(key))
    elif origin in (list, tuple):
        if not isinstance(value, list):
            yield (
                where,
                "bad-field",
                _with_label(label, f"{_field_prefix(where)}ska vara en lista: [ett, två]."),
            )
            return
        for number, one in enumerate(value):
            yield from validate(typing.get_args(kind)[0], one, (*where, number), label)
    elif fault := _scalar_error(kind, field, value):
        shown = "värdet" if isinstance(value, (list, Mapping)) else f'"{str(value)[:40]}"'
        yield where, fault[0], _with_label(label, f"{_field_prefix(where)}{shown} {fault[1]}")
    else:
        yield LeafValue(where, field, value, label)


def _field_prefix(where: ValuePath) -> str:
    """Return the field on a way, where it is one of a record's."""
    names = [name for name in where if isinstance(name, str)]
    return f"{names[-1]} " if len(names) > 1 else ""


def _with_label(label: str, message: str) -> str:
    return f'"{label}": {message}' if label else message


def _validate_record(
    kind: Any, value: Any, where: ValuePath, label: str
) -> Iterator[LeafValue | Violation]:
    if not isinstance(value, Mapping):
        yield where, "bad-field", _with_label(label, 'här ska stå rader med "fält: värde".')
        return
    label = str(value.get("id", label))
    if "VARIANTS" in vars(kind):  # none of them: which fields it may have, nobody can say
        kinds = ", ".join(kind.VARIANTS)
        yield (*where, "kind"), "bad-field", _with_label(label, f"kind ska vara en av {kinds}.")
        return
    known, needed = editable_fields(kind), required_fields(kind)
    for name in value:
        if name not in known:
            missing = [field for field in needed if field not in value]
            near = nearest(str(name), missing) or nearest(str(name), known)
            needed = [field for field in needed if field != near]  # told of here, once
            cure = f'Menade du "{near}"?' if near else f"Välj bland {', '.join(known)}."
            message = _with_label(label, f'fältet "{name}" finns inte. {cure}')
            yield (*where, name), "unknown-field", message
    for name, inner in known.items():
        given = value.get(name)
        if given is None or (given in ("", []) and not resolve_type(inner, given)[1].empty_ok):
            if name in needed:
                gone = "är tomt" if name in value else "saknas"
                yield (
                    (*where, name),
                    "missing-field",
                    _with_label(label, f'fältet "{name}" {gone}.'),
                )
        else:
            yield from validate(inner, value[name], (*where, name), label)


# Type → its Swedish name in messages.
NUMBERS = {bool: "true eller false", int: "ett heltal", float: "ett tal"}


def _scalar_error(kind: Any, field: Field, value: Any) -> tuple[str, str] | None:
    """Return (rule, message) if a single value isn't what its type and field ask for."""
    if kind is Any:
        return None
    if kind in (Iso, dt.date):
        return _date_error(kind, value)
    if kind in NUMBERS:
        return _number_error(kind, field, value)
    return _text_error(field, value)


def _date_error(kind: Any, value: Any) -> tuple[str, str] | None:
    if isinstance(value, str) and QUOTED.fullmatch(value):
        return "word-quotes", WORD_QUOTES
    if kind is Iso:
        message = 'ska vara ett datum: "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'
        return None if is_iso_date(value) else ("bad-date", message)
    if type(value) is not dt.date or value.year not in YEARS:
        return "bad-date", "är inget datum som finns: ÅÅÅÅ-MM-DD."
    return None


def _number_error(kind: Any, field: Field, value: Any) -> tuple[str, str] | None:
    right = (int, float) if kind is float else (kind,)
    if type(value) not in right:
        return "bad-field", f"ska vara {NUMBERS[kind]}."
    if field.allowed_numbers and value not in field.allowed_numbers:
        return "bad-field", f"ska vara {' eller '.join(map(str, field.allowed_numbers))}."
    if not -MILLION < value < MILLION:
        return "bad-field", "är för stort. Skriv ett mindre tal."
    return None


def _text_error(field: Field, value: Any) -> tuple[str, str] | None:
    if isinstance(value, (list, Mapping)):
        is_macro = isinstance(value, list) and value and isinstance(value[0], list)
        return "bad-field", UNQUOTED_MACRO if is_macro else "ska vara text på en rad, ingen lista."
    if not isinstance(value, str):
        return "bad-field", "ska vara text. Sätt citattecken om det."
    if QUOTED.fullmatch(value):
        return "word-quotes", WORD_QUOTES
    if field.choices and value not in field.choices:
        near = did_you_mean(value, field.choices) or f" Välj bland {', '.join(field.choices)}."
        return "bad-field", f"går inte att välja.{near}"
    if field.max_length and (length := len(plain(value))) > field.max_length:
        return "long-text", f"har {length} tecken, högst {field.max_length} får plats. Korta det."
    if field.pattern and not re.fullmatch(field.pattern, value):
        return "bad-field", f"ska vara {field.pattern_help}."
    if field.is_regex:
        return _regex_error(value)
    if not field.text_kind and HAS_TAG.search(value):
        return "unsafe-html", "ska vara ren text, utan HTML."
    return None


def _regex_error(value: str) -> tuple[str, str] | None:
    """Return (rule, message) for a regular expression that can't be used."""
    try:
        if re.search(value, ""):
            return "bad-pattern", "är ett mönster som passar också en tom text."
    except re.error as error:
        return "bad-pattern", f"är inget giltigt mönster ({error})."
    return None


def validate_file(kind: Any, file: RegisterFile) -> tuple[LeafValue, ...]:
    """Return the texts of a file. Raises ContentError where it isn't as its type says: with a
    finding for each fault."""
    found, wrong = list[LeafValue](), list[Finding]()
    for one in validate(kind, file.value):
        if isinstance(one, LeafValue):
            found.append(one)
            continue
        where, rule, message = one
        wrong.append(Finding(*file.location(*where), rule, message))
    if wrong:
        raise ContentError(*wrong)
    return tuple(found)


def construct(kind: Any, value: Any, key: str = "") -> Any:
    """Return a value without faults as what its type says: records, tuples for lists, text without
    space around it, dates as text. A record with a field ``key`` is given its own."""
    kind, _ = resolve_type(kind, value)
    origin = typing.get_origin(kind)
    if _is_record(kind):
        inner = editable_fields(kind)
        given = {
            name: construct(inner[name], one)
            for name, one in value.items()
            if one is not None
            and (one not in ("", []) or resolve_type(inner[name], one)[1].empty_ok)
        }
        named = "key" not in inner and any(one.name == "key" for one in dataclasses.fields(kind))
        return kind(**given, **({"key": key} if named else {}))
    if origin is dict:
        inner = typing.get_args(kind)[1]
        return {str(name): construct(inner, one, str(name)) for name, one in value.items()}
    if origin in (list, tuple):
        return tuple(construct(typing.get_args(kind)[0], one) for one in value)
    if kind is Iso:
        return Iso(value)
    return value.strip() if isinstance(value, str) else value
