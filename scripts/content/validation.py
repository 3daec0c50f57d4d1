"""Checks a value from a file against its type: a record, a mapping, a list or a single value."""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Mapping
from typing import Any, NamedTuple

from scripts.content.fields import (
    Field,
    Iso,
    LeafValue,
    editable_fields,
    is_empty,
    is_iso_date,
    is_record,
    required_fields,
    resolve_type,
)
from scripts.content.markdown import plain
from scripts.content.yaml_file import RegisterFile, ValuePath
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean, nearest

# The quotation marks that a word processor makes, round a value: ”ord”. To YAML they are letters.
WORD_QUOTES = re.compile(r"\s*[“”„‟][^“”„‟]*[“”\"]\s*")
# [[fakta:frist]] without quotation marks: to YAML a list in a list.
UNQUOTED_MACRO = 'ska vara text. Sätt citattecken om makrot: "[[fakta:nyckel]]".'
NUMBER_TYPES = {bool: "true eller false", int: "ett heltal", float: "ett tal"}  # → Swedish name
MAX_SHOWN = 40  # characters of a value that a message has


class Violation(NamedTuple):
    """A fault of a value."""

    where: ValuePath  # path to the value in its file
    rule: str
    message: str  # Swedish: cause and cure


def validate(
    annotation: Any, value: Any, where: ValuePath = ()
) -> tuple[list[LeafValue], list[Violation]]:
    """Return the single values in ``value`` that fit their types, and the violations of the others.

    ``where``: the path to ``value`` in its file.
    """
    validator = _Validator()
    validator.validate_value(annotation, value, where, "")
    return validator.leaf_values, validator.violations


def validate_file(kind: Any, file: RegisterFile) -> tuple[LeafValue, ...]:
    """Return the single values of a file. Raises ContentError with a finding for each violation."""
    leaf_values, violations = validate(kind, file.value)
    if violations:
        findings = (
            Finding(*file.location(*where), rule, message) for where, rule, message in violations
        )
        raise ContentError(*findings)
    return tuple(leaf_values)


class _Validator:
    """Validates one value. Collects the single values in it, and the violations.

    Args of the methods:
        annotation: the type of the value, which may be ``Annotated``.
        kind: the same type without the annotation.
        where: the path to the value in its file.
        label: the key or id of the record around the value, for messages; "" in front matter.
    """

    def __init__(self) -> None:
        self.leaf_values: list[LeafValue] = []
        self.violations: list[Violation] = []

    def report(self, where: ValuePath, label: str, message: str, rule: str = "bad-field") -> None:
        """Add a violation."""
        message = f'"{label}": {message}' if label else message
        self.violations.append(Violation(where, rule, message))

    def validate_value(self, annotation: Any, value: Any, where: ValuePath, label: str) -> None:
        """Validate a value of any type, and the values in it."""
        kind, field, _ = resolve_type(annotation, value)
        origin = typing.get_origin(kind)
        if is_record(kind):
            self.validate_record(kind, value, where, label)
        elif origin is dict:
            self.validate_mapping(kind, value, where, label)
        elif origin is tuple and isinstance(value, list):
            for number, item in enumerate(value):
                self.validate_value(typing.get_args(kind)[0], item, (*where, number), label)
        elif origin is tuple:
            name = _field_name(where, label)
            self.report(where, label, f"{name}ska vara en lista: [ett, två].")
        else:
            self.validate_scalar(kind, field, value, where, label)

    def validate_record(self, kind: Any, value: Any, where: ValuePath, label: str) -> None:
        """Validate the fields of a record."""
        if not isinstance(value, Mapping):
            self.report(where, label, 'här ska stå rader med "fält: värde".')
            return
        label = str(value.get("id", label))
        # resolve_type returns a variant's own type. Here the field ``kind`` names no variant, so
        # which fields the record has is unknown.
        if "VARIANTS" in vars(kind):
            names = ", ".join(kind.VARIANTS)
            self.report((*where, "kind"), label, f"kind ska vara en av {names}.")
            return
        misspelt = self.report_unknown_fields(kind, value, where, label)
        for name, annotation in editable_fields(kind).items():
            if not is_empty(annotation, value.get(name)):
                self.validate_value(annotation, value[name], (*where, name), label)
            elif name in required_fields(kind) and name not in misspelt:
                state = "är tomt" if name in value else "saknas"
                message = f'fältet "{name}" {state}.'
                self.report((*where, name), label, message, "missing-field")

    def report_unknown_fields(
        self, kind: Any, value: Mapping[Any, Any], where: ValuePath, label: str
    ) -> set[str]:
        """Add a violation for each name in ``value`` that is no field of the record. Return the
        fields that are probably meant, so that they aren't reported as missing, too."""
        fields = editable_fields(kind)
        misspelt: set[str] = set()
        for name in value:
            if name in fields:
                continue
            near = nearest(str(name), fields)  # "" if no field resembles it
            misspelt.add(near)
            cure = f'Menade du "{near}"?' if near else f"Välj bland {', '.join(fields)}."
            message = f'fältet "{name}" finns inte. {cure}'
            self.report((*where, name), label, message, "unknown-field")
        return misspelt

    def validate_mapping(self, kind: Any, value: Any, where: ValuePath, label: str) -> None:
        """Validate the keys and the values of a mapping. The label of a value is its key, after the
        label of the record around the mapping: "barn-1"."""
        if not isinstance(value, Mapping):
            self.report(where, label, 'här ska stå rader med "nyckel: värde".')
            return
        key_annotation, item_annotation = typing.get_args(kind)
        key_type, field, _ = resolve_type(key_annotation, "")
        for key, item in value.items():
            error = _scalar_error(key_type, field, key)
            if error:
                rule, message = error
                self.report((*where, key), label, f'"{str(key)[:MAX_SHOWN]}" {message}', rule)
            if field.refers_to:  # a key of another register: checked as a value is
                self.leaf_values.append(LeafValue((*where, key), field, str(key), label))
            self.validate_value(
                item_annotation, item, (*where, key), f"{label}-{key}" if label else str(key)
            )

    def validate_scalar(
        self, kind: Any, field: Field, value: Any, where: ValuePath, label: str
    ) -> None:
        """Validate a single value with the limits of its ``field``."""
        error = _scalar_error(kind, field, value)
        if error is None:
            self.leaf_values.append(LeafValue(where, field, value, label))
            return
        rule, message = error
        shown = "värdet" if isinstance(value, list | Mapping) else f'"{str(value)[:MAX_SHOWN]}"'
        self.report(where, label, f"{_field_name(where, label)}{shown} {message}", rule)


def _field_name(where: ValuePath, label: str) -> str:
    """Return the name of the field at a path, and a space; "" if that is the record's key, with
    which a message begins anyway."""
    names = [name for name in where if isinstance(name, str)]
    return f"{names[-1]} " if names and names[-1] != label else ""


def _scalar_error(kind: Any, field: Field, value: Any) -> tuple[str, str] | None:
    """Return the rule that a single value breaks, and a Swedish message; None if it is right."""
    if kind is Iso:
        message = 'ska vara ett datum: "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'
        return None if is_iso_date(value) else ("bad-date", message)
    if kind is dt.date:
        # ``type``: to isinstance, a datetime is a date
        is_date = type(value) is dt.date and is_iso_date(value)
        return None if is_date else ("bad-date", "är inget datum som finns: ÅÅÅÅ-MM-DD.")
    if kind in NUMBER_TYPES:
        return _number_error(kind, field, value)
    return _text_error(field, value)


def _number_error(kind: Any, field: Field, value: Any) -> tuple[str, str] | None:
    """Return the rule that a number, or a true or false, breaks, and a Swedish message; None if it
    is right."""
    # ``type``: to isinstance, True is a whole number; and a whole number will do for a float
    if type(value) is not kind and (kind, type(value)) != (float, int):
        return "bad-field", f"ska vara {NUMBER_TYPES[kind]}."
    if field.choices and value not in field.choices:
        return "bad-field", f"ska vara {' eller '.join(map(str, field.choices))}."
    return None


def _text_error(field: Field, value: Any) -> tuple[str, str] | None:
    """Return the rule that a text breaks, and a Swedish message; None if it is right."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "bad-field", UNQUOTED_MACRO
    if isinstance(value, list | Mapping):
        return "bad-field", "ska vara text på en rad, ingen lista."
    if not isinstance(value, str):
        return "bad-field", "ska vara text. Sätt citattecken om det."
    if WORD_QUOTES.fullmatch(value):
        return "word-quotes", "har Words citattecken runt sig. Ta bort dem."
    if field.choices and value not in field.choices:
        choices = [str(choice) for choice in field.choices]
        near = did_you_mean(value, choices) or f" Välj bland {', '.join(choices)}."
        return "bad-field", f"går inte att välja.{near}"
    if field.max_length and len(plain(value)) > field.max_length:
        length = len(plain(value))
        return "long-text", f"har {length} tecken, högst {field.max_length} får plats. Korta det."
    if field.pattern and not re.fullmatch(field.pattern, value):
        return "bad-field", f"ska vara {field.pattern_help}."
    if field.is_regex:
        return _regex_error(value)
    return None


def _regex_error(value: str) -> tuple[str, str] | None:
    """Return a rule and a Swedish message if a text is no regular expression, else None."""
    try:
        re.compile(value)
    except re.error as error:
        return "bad-pattern", f"är inget giltigt mönster ({error})."
    return None
