"""Registers for tests: what a record must have is filled in, so that a test says what it is about."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import yaml

from scripts.content.fields import Iso, construct, editable_fields, required_fields, resolve_type
from scripts.content.records import CHECKLISTS, Checklist, Registers, register_type
from scripts.content.sources import expand_sections, format_section
from scripts.content.statutes import parse_statute

KEY = "nyckel"
FORMS = {  # how a pattern's form begins, in Swedish → what has it
    "en hel webbadress": "https://example.se/x",
    "ett SFS-nummer": "2005:716",
    "en eller två": "M",
    "små bokstäver": KEY,
    "ett språk": "sv",
    "en adress på sajten": "/a/",
    "ett märke": "3f2a9c01",
}
VALUES = {Iso: "2026", dt.date: dt.date(2026, 11, 1), int: 1, float: 1.0, bool: True}


def example(kind: Any, whole: bool = False, form: str = "") -> Any:
    """Return a value without faults: what a record must have, or all it may have (``whole``)."""
    bare, field, _ = resolve_type(kind, {"kind": form} if form else "")
    origin, args = typing.get_origin(bare), typing.get_args(bare)
    if dataclasses.is_dataclass(bare):
        names = editable_fields(bare) if whole else required_fields(bare)
        made = {name: example(editable_fields(bare)[name], whole) for name in names}
        if "id" in made:
            made["id"] = bare.__name__.lower()
        return {**made, "kind": form} if form else made
    if origin is dict:
        named = resolve_type(args[0], "").field
        key = example(args[0]) if named.pattern or named.refers_to else KEY
        return {key: example(args[1], whole, form)}
    if origin in (list, tuple):
        return [example(args[0], whole)]
    if field.refers_to:
        return {"pages": "/a.md", "files": "a.md", "steps": f"a#{KEY}", "addresses": "a"}.get(
            field.refers_to, KEY
        )
    if field.choices:
        return field.choices[0]
    if field.pattern:
        return next(
            (text for form, text in FORMS.items() if field.pattern_help.startswith(form)), "/a.md"
        )
    return VALUES.get(bare, "ord" if field.is_regex else "T")


def filled(kind: Any, value: Any) -> Any:
    """Return ``value`` with what it must have and hasn't."""
    bare = resolve_type(kind, value).type
    args = typing.get_args(bare)
    if dataclasses.is_dataclass(bare) and isinstance(value, dict):
        known = editable_fields(bare)
        made = {
            name: filled(known[name], one) if name in known else one for name, one in value.items()
        }
        return made | {n: example(known[n]) for n in required_fields(bare) if n not in made}
    if typing.get_origin(bare) is dict and isinstance(value, dict):
        return {key: filled(args[1], one) for key, one in value.items()}
    if typing.get_origin(bare) in (list, tuple) and isinstance(value, list):
        return [filled(args[0], one) for one in value]
    return value


class _Plain(yaml.SafeDumper):
    """Says a value again where it stands again, as an editor does."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)


def whole(name: str, rows: Any) -> str:
    """Return a register's file, ``name`` as in docs/_data/: rows, or YAML, filled in."""
    rows = yaml.safe_load(rows) if isinstance(rows, str) else rows
    return dump(filled(register_type(name), rows))


def statute(sfs: str, *places: str, **worded: str) -> str:
    """Return an act's file in docs/_data/law/: its paragraphs, "5-15" or ``p5_15="Ord."``, in the
    register's form of a place."""
    own = {name[1:].replace("_", "-"): text for name, text in worded.items()}
    rows = {**dict.fromkeys(places, "Ord."), **own}
    parts = (f"### {format_section(place)}\n\n{text}\n" for place, text in rows.items())
    return "\n".join([f"- **SFS-nummer:** {sfs}\n", *parts])


def record(kind: type, **given: Any) -> Any:
    """Return a record with these fields, and what it must have."""
    made = {name: given.pop(name) for name in ("key",) if name in given}
    return construct(kind, filled(kind, given), made.get("key", ""))


def registers(law: Mapping[str, str] = MappingProxyType({}), **rows: Any) -> Registers:
    """Return registers with these rows, filled in: as they would be read from files. ``law``: by
    name, the acts' files."""
    made = {
        name: construct(register_type(name), filled(register_type(name), value))
        for name, value in rows.items()
        if name != CHECKLISTS
    }
    if "sources" in made:
        texts = {name: parse_statute(text, dt.date.max) for name, text in law.items()}
        made["sources"] = expand_sections(made["sources"], texts, "", made.get("law_read", {}))
    lists = {
        k: construct(Checklist, filled(Checklist, v), k)
        for k, v in rows.get(CHECKLISTS, {}).items()
    }
    return Registers(**made, checklists=lists)
