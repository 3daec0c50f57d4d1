"""Kontrollerar att det som registren i docs/_data/ hänvisar till finns, och att id står en gång."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.markdown import PAGE_LINK, cited_keys
from scripts.content.missing import suggest_cure
from scripts.content.records import UNTYPED_REGISTERS, register_names, register_type
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import Finding, unused
from scripts.core.swedish import did_you_mean


class Target(NamedTuple):
    """A register or list that a field's value may refer to."""

    noun: str  # Swedish, with the article: what an editor calls the thing referred to
    rule: str  # of the finding for an unknown key
    file: str  # the register that has the keys; "" if pages have them


TARGETS = {
    "sources": Target("källan", "unknown-source", "sources"),
    "contacts": Target("kontakten", "unknown-contact", "contacts"),
    "questions": Target("frågan", "unknown-question", "questions"),
    "regions": Target("regionen", "unknown-region", "regions"),
    "counties": Target("länet", "unknown-county", "regions"),
    "facts": Target("uppgiften", "unknown-fact", "facts"),
    "dates": Target("datumet", "unknown-date", "dates"),
    "date fields": Target("fältet", "unknown-date-field", "dates"),
    "situations": Target("situationen", "unknown-situation", "situations"),
    "steps": Target("steget", "unknown-step", ""),
    "rules": Target("regeln", "unknown-rule", ""),
    "pages": Target("sidan", "unknown-page", ""),
    "addresses": Target("sidan", "unknown-page", ""),
    "files": Target("sidan", "unknown-page", ""),
}
# The cure for a reference to a page that doesn't exist.
MOVED = " Har den flyttat? Skriv den nya platsen. Är den borta? Ta bort den här."


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each reference to an unknown key in registers and front matter, each
    duplicate id, and each file that is no register.

    References to a register that has findings of its own aren't checked, so that one error gives
    one finding.
    """
    for name, file in content.files.items():
        if register_type(name) is None and name not in UNTYPED_REGISTERS:
            near = did_you_mean(name, register_names())
            message = f"det här registret läser ingen.{near} Byt namn på filen eller ta bort den."
            yield Finding(file.display_path, 1, "unknown-register", message)
    # names of files with findings; "" for pages, which give rules, steps and addresses
    invalid = {fault.path.stem if fault.path.suffix == ".yml" else "" for fault in content.faults}
    known = {
        target: keys
        for target, keys in known_keys(content).items()
        if TARGETS[target].file not in invalid
    }
    for name, values in content.leaf_values.items():
        yield from _check_ids(content.files[name], values)
        yield from _check_references(content, content.files[name], values, known)
    for page in content.authored_pages:
        yield from _check_references(content, page.file, page.leaf_values, known)


def known_keys(content: Content) -> dict[str, Iterable[str]]:
    """Return target → the keys that a field may refer to. A page has a key in three targets:
    "pages" (its link, "/a/b.md"), "addresses" ("a/b") and "files" ("a/b.md")."""
    registers = content.registers
    fields = registers.dates.fields if registers.dates else {}
    days = registers.dates.days if registers.dates else {}
    return {
        "pages": {page.link for page in content.pages.values()},
        "addresses": {page.address.strip("/") for page in content.pages.values()},
        "files": {*map(str, content.pages), *(f"_data/{name}.yml" for name in content.files)},
        "rules": content.rules,
        "situations": registers.situations,
        "steps": content.page_steps,
        "sources": registers.sources,
        "contacts": registers.contacts,
        "questions": registers.questions,
        "regions": registers.regions.regions,
        "counties": registers.regions.counties,
        "facts": registers.facts,
        "dates": {**fields, **days},
        "date fields": fields,
    }


def _check_references(
    content: Content,
    file: RegisterFile,
    values: Iterable[LeafValue],
    known: Mapping[str, Iterable[str]],
) -> Iterator[Finding]:
    """Yield a finding for each reference to a key that doesn't exist.

    Args:
        file: the file that has the values.
        known: target → its keys; references to other targets aren't checked.
    """
    for value in values:
        for target_name, key in _references(value):
            if target_name not in known or key in known[target_name]:
                continue
            target = TARGETS[target_name]
            message = f'"{value.label}": {target.noun} "{key}" finns inte'
            if target.file:
                message += f" i {target.file}.yml.{did_you_mean(key, known[target_name])}"
            elif target_name in ("pages", "files"):
                message += f".{_cure_for_page(content, key)}"
            else:
                message += f".{did_you_mean(key, known[target_name]) or MOVED}"
            where = file.location_with(key, *value.where)
            if value.field.dangling_ok:
                yield unused(*where, target.rule, message)
            else:
                yield Finding(*where, target.rule, message)


def _cure_for_page(content: Content, key: str) -> str:
    """Return, in Swedish, what to do about the reference ``key`` ("/a/b.md" or "a/b.md") to a page
    that doesn't exist. A suggested page is written in the same form as ``key``."""
    slash = "/" if key.startswith("/") else ""
    path = PurePosixPath(key.removeprefix("/"))
    return suggest_cure(content, path, lambda page: f'"{slash}{page}"', MOVED)


def _references(value: LeafValue) -> Iterator[tuple[str, str]]:
    """Yield (target, key) for each reference in a value: the field's own, and the citations and
    links of its text. A link is without its anchor: the link validator checks anchors."""
    references: list[tuple[str, str]] = []
    if value.field.refers_to:
        references.append((value.field.refers_to, value.value))
    if value.field.text_kind:
        references += [("sources", key) for key in cited_keys(str(value.value))]
        references += [("pages", link) for link in PAGE_LINK.findall(str(value.value))]
    for target, key in references:
        if target == "pages":
            key = key.partition("#")[0]
        if key:  # a link "#id" to the page itself has no page
            yield target, key


def _check_ids(file: RegisterFile, values: Iterable[LeafValue]) -> Iterator[Finding]:
    """Yield a finding for each row of a register whose id an earlier row has."""
    first_places: dict[str, tuple[PurePosixPath, int]] = {}
    for value in values:
        if value.where[-1:] != ("id",):
            continue
        path, line = file.location(*value.where)
        if value.value in first_places:
            first_path, first_line = first_places[value.value]
            other = f"rad {first_line}" if first_path == path else f"{first_path}:{first_line}"
            message = (
                f'id "{value.value}" står redan på {other}. Ge den nya raden ett eget, och '
                "låt den gamla ha sitt: det är en adress."
            )
            yield Finding(path, line, "duplicate-id", message)
        first_places.setdefault(value.value, (path, line))


def sources_used(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield (name of the register, label of the record, key of the source) for each source that a
    record uses."""
    for name, values in content.leaf_values.items():
        for value in values:
            if value.field.refers_to == "sources" and value.field.counts_as_use:
                yield name, value.label, value.value
            elif value.field.text_kind:
                for key in cited_keys(str(value.value)):
                    yield name, value.label, key
