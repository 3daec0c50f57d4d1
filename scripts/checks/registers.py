"""Kontrollerar att det som registren i docs/_data/ hänvisar till finns, och att id står en gång."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.markdown import PAGE_LINK, cited
from scripts.content.missing import cure
from scripts.content.records import OTHERS, known_files, type_of
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import Finding, unused
from scripts.core.swedish import did_you_mean

# Register → what one of its records is called, the rule for a key that it doesn't have, its file.
NAMES = {
    "sources": ("källan", "unknown-source", "sources"),
    "contacts": ("kontakten", "unknown-contact", "contacts"),
    "questions": ("frågan", "unknown-question", "questions"),
    "regions": ("regionen", "unknown-region", "regions"),
    "counties": ("länet", "unknown-county", "regions"),
    "facts": ("uppgiften", "unknown-fact", "facts"),
    "dates": ("datumet", "unknown-date", "dates"),
    "date fields": ("fältet", "unknown-date-field", "dates"),
    "situations": ("situationen", "unknown-situation", "situations"),
    "steps": ("steget", "unknown-step", ""),
    "rules": ("regeln", "unknown-rule", ""),
    "pages": ("sidan", "unknown-page", ""),
    "addresses": ("sidan", "unknown-page", ""),
    "files": ("sidan", "unknown-page", ""),
}
# What to do about a page that isn't there.
MOVED = " Har den flyttat? Skriv den nya platsen. Är den borta? Ta bort den här."


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield what a register or a page's head refers to that isn't there, rows with the id of
    another, and files that nobody reads.

    What refers to a file that has faults of its own isn't judged: one fault, one finding.
    """
    for name, file in content.files.items():
        if type_of(name) is None and name not in OTHERS:
            near = did_you_mean(name, known_files())
            message = f"det här registret läser ingen.{near} Byt namn på filen eller ta bort den."
            yield Finding(file.display_path, 1, "unknown-register", message)
    broken = {fault.path.stem if fault.path.suffix == ".yml" else "" for fault in content.faults}
    known = {
        register: keys
        for register, keys in known_keys(content).items()
        if NAMES[register][2] not in broken
    }
    for name, values in content.leaf_values.items():
        yield from _same_ids(content.files[name], values)
        yield from _references(content, content.files[name], values, known)
    for page in content.authored_pages:
        yield from _references(content, page.file, page.leaf_values, known)


def known_keys(content: Content) -> dict[str, Iterable[str]]:
    """Return register → the keys that others may refer to; pages as links and as files."""
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


def _references(
    content: Content,
    file: RegisterFile,
    values: Iterable[LeafValue],
    known: Mapping[str, Iterable[str]],
) -> Iterator[Finding]:
    """Yield each key that isn't in the register it refers to. ``known``: register → its keys."""
    for given in values:
        wanted = [(given.field.refers_to, given.value)] if given.field.refers_to else []
        if given.field.text_kind:
            wanted += [("sources", key) for key in cited(str(given.value))]
            wanted += [("pages", link) for link in PAGE_LINK.findall(str(given.value))]
        for register, key in wanted:
            if register == "pages":
                key = key.partition("#")[0]
                if not key:  # "#id": a heading on the page itself; the link validator looks there
                    continue
            if key not in known.get(register, (key,)):
                noun, rule, home = NAMES[register]
                if home:
                    what = f" i {home}.yml.{did_you_mean(key, known[register])}"
                elif register in ("pages", "files"):
                    what = "." + cure(content, PurePosixPath(key.lstrip("/")), _link(key), MOVED)
                else:
                    what = f".{did_you_mean(key, known[register]) or MOVED}"
                message = f'"{given.label}": {noun} "{key}" finns inte{what}'
                where = file.location_with(key, *given.where)
                if given.field.dangling_ok:
                    yield unused(*where, rule, message, str(given.value))
                else:
                    yield Finding(*where, rule, message)


def _link(key: str) -> Callable[[str], str]:
    """Return what writes a page's path as ``key`` is written, within quotation marks."""
    slash = "/" if key.startswith("/") else ""
    return lambda path: f'"{slash}{path}"'


def _same_ids(file: RegisterFile, values: Iterable[LeafValue]) -> Iterator[Finding]:
    """Yield each row whose id an earlier row of the file has: the new one is to be changed."""
    places: dict[str, tuple[PurePosixPath, int]] = {}
    for given in values:
        if given.where[-1:] == ("id",):
            shown, line = file.location(*given.where)
            if first := places.get(given.value):
                other = f"rad {first[1]}" if first[0] == shown else f"{first[0]}:{first[1]}"
                message = (
                    f'id "{given.value}" står redan på {other}. Ge den nya raden ett eget, och '
                    "låt den gamla ha sitt: det är en adress."
                )
                yield Finding(shown, line, "duplicate-id", message)
            places.setdefault(given.value, (shown, line))


def sources_named(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield (register file, record, source) for every source that a register uses."""
    for name, values in content.leaf_values.items():
        for given in values:
            if given.field.refers_to == "sources" and given.field.counts_as_use:
                yield name, given.label, given.value
            elif given.field.text_kind:
                yield from ((name, given.label, key) for key in cited(str(given.value)))
