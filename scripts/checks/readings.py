"""Kontrollerar att varje paragraf i docs/_data/law/ har den lydelse som någon läste.

Är orden, eller den ändrande lagen, en annan står "läs igen" vid varje uppgift, regel och sida som
bygger på paragrafen, tills någon har läst dem: --read utl-5-15 skriver lydelsens märke och dagen.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from scripts.content.content import Content
from scripts.content.fields import Iso
from scripts.content.files import DATA
from scripts.content.markdown import cited
from scripts.content.sources import Reading, Source, wording_mark
from scripts.core.environment import say
from scripts.core.findings import Finding, report, unused
from scripts.core.swedish import did_you_mean

REGISTER = "law_read"
HEAD = """\
# yaml-language-server: $schema=schemas/law_read.json
# Läst lagtext: märket (mark) av den lydelse som någon läste, för varje paragraf i law/. Är lydelsen
# en annan nu säger bygget "läs igen" vid allt som bygger på den. read_on står där dagen är en annan
# än lagens i sources.yml. Raderna skrivs av programmet, aldrig för hand:
#   python3 scripts/check.py readings --read utl-5-15
"""
Place: TypeAlias = tuple[PurePosixPath, int, str]  # file, line, what stands there in Swedish


def paragraphs(content: Content) -> dict[str, Source]:
    """Return citation key → paragraph, of those whose wording is in the house."""
    return {key: source for key, source in content.registers.sources.items() if source.place}


def unread(content: Content) -> list[str]:
    """Return the paragraphs that nobody has marked as read: their keys."""
    return [key for key in paragraphs(content) if key not in content.registers.law_read]


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield what to read again, and the marks of paragraphs that are no longer in the house."""
    own, marks = paragraphs(content), content.registers.law_read
    for key, reading in marks.items():
        if key not in own:
            message = f'"{key}" står inte i law/ längre. Ta bort raden.'
            yield unused(*content.location(REGISTER, key), "unused-reading", message, key)
        elif reading.mark != wording_mark(own[key].wording):
            yield from _read_again(content, key, own[key])


def _read_again(content: Content, key: str, source: Source) -> Iterator[Finding]:
    """Yield a finding for the paragraph, and for each place that rests on it."""
    paragraph = f"{source.place} {source.name}, SFS {source.amended_by},"
    message = (
        f"läs igen: {paragraph} har andra ord än när den lästes {source.read_on}. Läs också det "
        "som bygger på den. Stämmer allt, skriv: "
        f"python3 scripts/check.py readings --read {key}"
    )
    yield Finding(*content.source_location(key), "read-again", message)
    for path, line, what in resting(content, key):
        message = f"läs igen{what}: {paragraph} har andra ord än när den lästes {source.read_on}."
        yield Finding(path, line, "read-again", message)


def resting(content: Content, key: str) -> Iterator[Place]:
    """Yield each place that rests on a source: citations in pages and registers, and the fields
    that name it."""
    for page in content.texts:
        rules = [rule for rule in content.rules.values() if rule.link.startswith(f"{page.link}#")]
        for line, cites in page.citations():
            if cites == key:
                above = [rule for rule in rules if rule.line <= line and key in rule.sources]
                rule = f' regeln "{above[-1].key}"' if above else ""
                yield page.display_path, line, rule
    for name, given in content.leaf_values.items():
        for one in given:
            names = one.field.refers_to == "sources" and one.value == key
            if names or (one.field.text_kind and key in cited(str(one.value))):
                where = content.files[name].location_with(key, *one.where)
                yield *where, f' "{one.label}"'


def confirm(content: Content, keys: Collection[str], day: dt.date) -> int:
    """Mark paragraphs as read on a day, in law_read.yml; return how many.

    ``keys``: citation keys; an act's key stands for all its paragraphs. Raises ValueError for an
    unknown one, with a Swedish text.
    """
    own, acts = paragraphs(content), {source.act for source in paragraphs(content).values()}
    for key in keys:
        if key not in own and key not in acts:
            raise ValueError(f'"{key}" står inte i law/.{did_you_mean(key, [*own, *acts])}')
    chosen = [key for key, source in own.items() if key in keys or source.act in keys]
    _write(content, dict.fromkeys(chosen, day.isoformat()))
    return len(chosen)


def mark_new(content: Content) -> int:
    """Mark the paragraphs that have no mark as read on the day that their act was; return how
    many."""
    new = unread(content)
    _write(content, dict.fromkeys(new, ""))
    return len(new)


def _write(content: Content, read: dict[str, str]) -> None:
    """Write law_read.yml in the order of the law, with new marks for the paragraphs in ``read``.

    ``read``: citation key → the day (ISO 8601); "" for the act's.
    """
    marks = dict(content.registers.law_read)
    for key, day in read.items():
        wording = content.registers.sources[key].wording
        marks[key] = Reading(mark=wording_mark(wording), read_on=Iso(day) if day else None)
    rows = [_row(key, marks[key]) for key in paragraphs(content) if key in marks]
    file = content.docs / DATA / f"{REGISTER}.yml"
    file.write_text(HEAD + "\n" + "".join(rows), encoding="utf-8", newline="\n")


def _row(key: str, reading: Reading) -> str:
    day = f', read_on: "{reading.read_on}"' if reading.read_on else ""
    return f'{key}: {{mark: "{reading.mark}"{day}}}\n'


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what this check asks for."""
    parser.add_argument(
        "--read", action="append", default=[], metavar="NYCKEL",
        help="paragrafen är läst idag, och allt som bygger på den stämmer: utl-5-15, eller en hel "
        "lag: utl",
    )  # fmt: skip
    parser.add_argument("--new", action="store_true", help="märk de paragrafer som saknar märke")


def run(content: Content, args: argparse.Namespace) -> int:
    """Mark what has been read, or show what to read again; return the exit code."""
    if not args.read and not args.new:
        return report(check(content, args.today))
    if len(content.roots) > 1:
        say("Paragraferna hör till den nationella texten. Kör kommandot där, utan --sajt.")
        return 2
    try:
        count = confirm(content, args.read, args.today) if args.read else 0
    except ValueError as error:
        say(str(error))
        return 2
    if args.new:
        count += mark_new(Content.read(content.docs))
    say(f"{count} paragrafer är märkta som lästa i {DATA}/{REGISTER}.yml.")
    return 0
