"""Kontrollerar att varje paragraf i docs/_data/law/ har den lydelse som någon läste.

Är orden, eller den ändrande lagen, en annan står "läs igen" vid varje uppgift, regel och sida som
bygger på paragrafen, tills någon har läst dem: --read utl-5-15 skriver lydelsens märke och dagen.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.fields import Iso
from scripts.content.files import DATA
from scripts.content.markdown import cited_keys
from scripts.content.sources import Reading, Source, wording_hash
from scripts.core.environment import log
from scripts.core.findings import Finding, report, unused
from scripts.core.swedish import did_you_mean

REGISTER = "law_read"
FILE_HEADER = """\
# yaml-language-server: $schema=schemas/law_read.json
# Läst lagtext: märket (mark) av den lydelse som någon läste, för varje paragraf i law/. Är lydelsen
# en annan nu säger bygget "läs igen" vid allt som bygger på den. read_on står där dagen är en annan
# än lagens i sources.yml. Raderna skrivs av programmet, aldrig för hand:
#   python3 scripts/check.py readings --read utl-5-15
"""


class Place(NamedTuple):
    """A place in a page or register that builds on a source."""

    path: PurePosixPath  # as findings name it
    line: int
    name: str  # Swedish: 'regeln "barn"', the label of a record; "" for other text of a page


def statute_sections(content: Content) -> dict[str, Source]:
    """Return citation key → source of each statute section whose text is in docs/_data/law/."""
    return {key: source for key, source in content.registers.sources.items() if source.section}


def unread_sections(content: Content) -> list[str]:
    """Return the citation keys of the statute sections that aren't in law_read.yml."""
    return [key for key in statute_sections(content) if key not in content.registers.law_read]


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield findings for each statute section whose text has changed since it was read, and a note
    for each row of law_read.yml whose section is gone."""
    sections = statute_sections(content)
    for key, reading in content.registers.law_read.items():
        if key not in sections:
            message = f'"{key}" står inte i law/ längre. Ta bort raden.'
            yield unused(*content.location(REGISTER, key), "unused-reading", message)
        elif reading.mark != wording_hash(sections[key].wording):
            yield from _read_again_findings(content, key, sections[key])


def _read_again_findings(content: Content, key: str, source: Source) -> Iterator[Finding]:
    """Yield a finding for a statute section whose text has changed, and one for each place that
    cites the section."""
    paragraph = f"{source.section} {source.name}, SFS {source.amended_by},"
    message = (
        f"läs igen: {paragraph} har andra ord än när den lästes {source.read_on}. Läs också det "
        "som bygger på den. Stämmer allt, skriv: "
        f"python3 scripts/check.py readings --read {key}"
    )
    yield Finding(*content.source_location(key), "read-again", message)
    for place in places_citing(content, key):
        task = f"läs igen {place.name}".strip()
        message = f"{task}: {paragraph} har andra ord än när den lästes {source.read_on}."
        yield Finding(place.path, place.line, "read-again", message)


def places_citing(content: Content, key: str) -> Iterator[Place]:
    """Yield each place in pages and registers that cites the source ``key`` or refers to it."""
    for page in content.pages_and_supplements:
        rules_on_page = [
            rule for rule in content.rules.values() if rule.link.startswith(f"{page.link}#")
        ]
        for line, cited_key in page.citations():
            if cited_key == key:
                rules_above = [
                    rule for rule in rules_on_page if rule.line <= line and key in rule.sources
                ]
                # the line is in the rule that begins last above it
                name = f'regeln "{rules_above[-1].key}"' if rules_above else ""
                yield Place(page.display_path, line, name)
    for register, values in content.leaf_values.items():
        for value in values:
            refers_to_key = value.field.refers_to == "sources" and value.value == key
            cites_key = value.field.text_kind and key in cited_keys(str(value.value))
            if refers_to_key or cites_key:
                path, line = content.files[register].location_with(key, *value.where)
                yield Place(path, line, f'"{value.label}"')


def mark_as_read(content: Content, keys: Collection[str], day: dt.date) -> int:
    """Mark statute sections as read on a day, in law_read.yml; return the number of sections.

    ``keys``: citation keys of sections, or of a statute for all its sections. Raises ValueError
    with a Swedish message for an unknown key.
    """
    sections = statute_sections(content)
    statutes = {source.statute for source in sections.values()}
    for key in keys:
        if key not in sections and key not in statutes:
            near = did_you_mean(key, [*sections, *statutes])
            raise ValueError(f'"{key}" står inte i law/.{near}')
    chosen = [key for key, source in sections.items() if key in keys or source.statute in keys]
    _write_readings(content, dict.fromkeys(chosen, day.isoformat()))
    return len(chosen)


def mark_new(content: Content) -> int:
    """Mark the sections that aren't in law_read.yml as read on the day that their statute was read;
    return the number of sections."""
    new = unread_sections(content)
    _write_readings(content, dict.fromkeys(new, ""))  # "": the statute's own date
    return len(new)


def _write_readings(content: Content, read: dict[str, str]) -> None:
    """Write law_read.yml in the order of the statutes, with new hashes for sections in ``read``.

    ``read``: citation key → date of reading (ISO 8601), or "" for the statute's own date.
    """
    readings = dict(content.registers.law_read)
    for key, day in read.items():
        wording = content.registers.sources[key].wording
        readings[key] = Reading(mark=wording_hash(wording), read_on=Iso(day) if day else None)
    rows = [_format_row(key, readings[key]) for key in statute_sections(content) if key in readings]
    file = content.docs / DATA / f"{REGISTER}.yml"
    file.write_text(FILE_HEADER + "\n" + "".join(rows), encoding="utf-8", newline="\n")


def _format_row(key: str, reading: Reading) -> str:
    """Return the row of law_read.yml for a reading of the section ``key``."""
    day = f', read_on: "{reading.read_on}"' if reading.read_on else ""
    return f'{key}: {{mark: "{reading.mark}"{day}}}\n'


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this check."""
    parser.add_argument(
        "--read", action="append", default=[], metavar="NYCKEL",
        help="paragrafen är läst idag, och allt som bygger på den stämmer: utl-5-15, eller en hel "
        "lag: utl",
    )  # fmt: skip
    parser.add_argument("--new", action="store_true", help="märk de paragrafer som saknar märke")


def run(content: Content, args: argparse.Namespace) -> int:
    """Mark statute sections as read: those of ``--read`` as of today; with ``--new`` those that
    have no mark. Without the options print the findings. Return the exit code."""
    if not args.read and not args.new:
        return report(check(content, args.today))
    if len(content.roots) > 1:
        log("Paragraferna hör till den nationella texten. Kör kommandot där, utan --sajt.")
        return 2
    try:
        count = mark_as_read(content, args.read, args.today) if args.read else 0
    except ValueError as error:
        log(str(error))
        return 2
    if args.new:
        count += mark_new(Content.read(content.docs))  # read again: mark_as_read changed the file
    log(f"{count} paragrafer är märkta som lästa i {DATA}/{REGISTER}.yml.")
    return 0
