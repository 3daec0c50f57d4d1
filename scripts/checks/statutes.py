"""Jämför paragraferna i docs/_data/law/ med en mapp med lagtext, och visar vad som har ändrats.

Mappen har en Markdown-fil för varje lag. En paragraf som är ändrad eller borta är ett fel. En som
ska ändras, eller som inte finns i mappen, är bra att känna till.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping

from scripts.checks.registers import sources_named
from scripts.content.content import Content
from scripts.content.sources import Source
from scripts.content.statutes import Statute, read_folder
from scripts.core.arguments import as_day, as_folder
from scripts.core.environment import say
from scripts.core.findings import Finding, report


def compare(content: Content, acts: Mapping[str, Statute]) -> Iterator[Finding]:
    """Yield what has become of the register's paragraphs. ``acts``: by SFS number, as they read on
    the day."""
    used = cited_by(content)
    for key, source in content.registers.sources.items():
        if not source.place or not source.sfs:
            continue
        act, place = acts.get(source.sfs), key.removeprefix(f"{source.act}-")
        rule, words = judge(source, place, act)
        if act and (later := act.later.get(place, "")):
            words += f" Paragrafen {later}."
        if not words:
            continue
        fault = rule in ("statute-changed", "statute-gone")
        words += _older(act, source) if act and fault else ""
        pages = used.get(key, ())
        words += f" Används på: {', '.join(dict.fromkeys(pages))}." if pages else ""
        message = f"{source.place} {source.name}: {words.strip()}"
        where = content.source_location(key)
        yield Finding(*where, rule, message, severity="error" if fault else "note")


def judge(source: Source, place: str, act: Statute | None) -> tuple[str, str]:
    """Return the rule of what has become of a paragraph, and words for it; none if it is as the
    register says."""
    if act is None:
        return "statute-missing", f"SFS {source.sfs} finns inte i mappen."
    if now := act.paragraphs.get(place):
        if now.amended_by != source.amended_by:
            words = f"lydelsen är nu enligt SFS {now.amended_by} (hos oss {source.amended_by})."
            return "statute-changed", words
        if now.text.split() != source.wording.split():
            words = f"SFS {now.amended_by}, men orden är inte desamma som hos oss."
            return "statute-changed", words
        return "statute-coming", ""
    if place in act.gone:
        return "statute-gone", f"{act.gone[place]}."
    if act.whole:
        return "statute-gone", "paragrafen finns inte i lagen längre."
    return "statute-missing", "filen har bara en del av lagen, utan paragrafen."


def _older(act: Statute, source: Source) -> str:
    """Say that it is the folder that is old, where its text ends before ours."""
    if not act.updated or act.updated >= (source.as_of or ""):
        return ""
    return f" Mappens text är äldre ({act.updated}) än vår ({source.as_of})."


def cited_by(content: Content) -> dict[str, list[str]]:
    """Return source key → the pages that cite it, themselves or through a register they show, and
    then the registers that do, as findings name them."""
    found = {
        k: [str(p.display_path) for p in pages] for k, pages in content.pages_by_source.items()
    }
    for file, _, key in sources_named(content):
        found.setdefault(key, []).append(str(content.files[file].display_path))
    return found


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what this check asks for."""
    parser.add_argument("dir", type=as_folder, help="mappen med lagtext, en .md-fil för varje lag")
    day = "dagen då lagen ska gälla; annars idag"
    parser.add_argument(
        "--on", type=as_day, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD", help=day
    )


def run(content: Content, args: argparse.Namespace) -> int:
    """Compare and print; return the exit code."""
    if not args.dir.is_dir():
        say(f'Mappen "{args.dir}" finns inte.')
        return 2
    try:
        acts = read_folder(args.dir, args.on)
    except ValueError as error:
        say(f"Kan inte köras: {error}.")
        return 2
    if not acts:
        form = 'En lag är en .md-fil med raden "- **SFS-nummer:** 2005:716".'
        say(f'Mappen "{args.dir}" har ingen lag. {form}')
        return 2
    return report(compare(content, acts))
