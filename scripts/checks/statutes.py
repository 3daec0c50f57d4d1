"""Jämför paragraferna i docs/_data/law/ med en mapp med lagtext, och visar vad som har ändrats.

Mappen har en Markdown-fil för varje lag. Varje paragraf som vi har är lika, ändrad, borta eller
finns inte i mappen. Bara ändrade och borta är fel.

Utgång: 0 inget är ändrat eller borta, 1 något är det, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.checks.registers import sources_named
from scripts.content.content import Content
from scripts.content.sources import Source
from scripts.content.statutes import Statute, read_folder

SAME, CHANGED, GONE, MISSING = "lika", "ändrade", "borta", "finns inte i mappen"
STATES = (CHANGED, GONE, MISSING, SAME)  # in the order of the report


@dataclass(frozen=True)
class Row:
    """What became of one paragraph."""

    key: str  # its citation key: "utl-5-15"
    state: str  # SAME, CHANGED, GONE or MISSING
    words: str  # what a person is told of it, in Swedish
    later: str = ""  # what the text says of days to come: "ändras 2026-07-01"


def compare(sources: Mapping[str, Source], acts: Mapping[str, Statute]) -> Iterator[Row]:
    """Yield what became of each of our paragraphs, in their order.

    ``sources``: by citation key. ``acts``: by SFS number, as they read on the day.
    """
    for key, source in sources.items():
        if not source.place or not source.sfs:
            continue
        name, known = f"{source.place} {source.name}", source.amended_by
        act = acts.get(source.sfs)
        if act is None:
            yield Row(key, MISSING, f"{name}: SFS {source.sfs} finns inte i mappen.")
            continue
        place = key.removeprefix(f"{source.act}-")
        later = act.later.get(place, "")
        now = act.paragraphs.get(place)
        if now and now.amended_by != known:
            words = f"{name}: lydelsen är nu enligt SFS {now.amended_by} (hos oss {known})."
            yield Row(key, CHANGED, words + _older(act, source), later)
        elif now and now.text.split() != source.wording.split():
            words = f"{name}: SFS {known}, men orden är inte desamma som hos oss."
            yield Row(key, CHANGED, words + _older(act, source), later)
        elif now:
            yield Row(key, SAME, f"{name}: lika, SFS {known}.", later)
        elif place in act.gone:
            yield Row(key, GONE, f"{name}: {act.gone[place]}." + _older(act, source), later)
        elif act.whole:
            words = f"{name}: paragrafen finns inte i lagen längre."
            yield Row(key, GONE, words + _older(act, source), later)
        else:
            yield Row(key, MISSING, f"{name}: filen har bara en del av lagen, utan paragrafen.")


def _older(act: Statute, source: Source) -> str:
    """Say that it is the folder that is old, where its text ends before ours."""
    if not act.updated or act.updated >= (source.as_of or ""):
        return ""
    return f" Mappens text är äldre ({act.updated}) än vår ({source.as_of})."


def cited_by(content: Content) -> dict[str, list[str]]:
    """Return source key → the pages that cite it, themselves or through a register they show, and
    then the registers that do, as findings name them."""
    found = {k: [str(content.shown(p)) for p in pages] for k, pages in content.resting.items()}
    for file, _, key in sources_named(content):
        shown = str(content.files[file].shown)
        if shown not in (names := found.setdefault(key, [])):
            names.append(shown)
    return found


def lines_of(
    rows: Sequence[Row],
    content: Content,
    used: Mapping[str, Sequence[str]],
    everything: bool = False,
) -> Iterator[str]:
    """Yield the report, line by line: a heading for each group, its rows, and the sum.

    ``used``: key → pages.
    """

    def line(row: Row, words: str) -> str:
        pages = ", ".join(used.get(row.key, ()))
        rest = f" Används på: {pages}." if pages and row.state != MISSING else ""
        where, number = content.source_at(row.key)
        return f"{where}:{number}: {words}{rest}"

    groups = {state: [row for row in rows if row.state == state] for state in STATES}
    for state in STATES if everything else STATES[:-1]:
        if groups[state]:
            yield f"{state[0].upper()}{state[1:]}:"
        for row in groups[state]:
            yield line(row, row.words + (f" Paragrafen {row.later}." if row.later else ""))
    if not everything and (coming := [row for row in groups[SAME] if row.later]):
        yield "Lika än så länge:"
        yield from (line(row, f"{row.words[:-1]}, {row.later}.") for row in coming)
    yield ", ".join(f"{len(groups[state])} {state}" for state in (SAME, CHANGED, GONE, MISSING))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what this check asks for."""
    parser.add_argument("dir", type=Path, help="mappen med lagtext, en .md-fil för varje lag")
    parser.add_argument(
        "--on", type=dt.date.fromisoformat, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD",
        help="dagen då lagen ska gälla; annars idag",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="visa också de paragrafer som är lika")


def run(content: Content, args: argparse.Namespace) -> int:
    """Compare and print; return the exit code."""
    if not args.dir.is_dir():
        print(f'Mappen "{args.dir}" finns inte.', file=sys.stderr)
        return 2
    try:
        acts = read_folder(args.dir, args.on)
    except OSError as error:
        print(f"Kan inte läsa {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"Kan inte köras: {error}.", file=sys.stderr)
        return 2
    if not acts:
        print(
            f'Mappen "{args.dir}" har ingen lag. En lag är en .md-fil med raden '
            '"- **SFS-nummer:** 2005:716".',
            file=sys.stderr,
        )
        return 2
    rows = list(compare(content.registers.sources, acts))
    for text in lines_of(rows, content, cited_by(content), args.all):
        print(text)
    return 1 if any(row.state in (CHANGED, GONE) for row in rows) else 0
