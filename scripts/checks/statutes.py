"""Jämför paragraferna i docs/_data/law/ med en mapp med lagtext, och visar vad som har ändrats.

Mappen har en Markdown-fil för varje lag. En paragraf som är ändrad eller borta är ett fel. En som
ska ändras, eller som inte finns i mappen, är bra att känna till.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping

from scripts.checks.registers import sources_used
from scripts.content.content import Content
from scripts.content.sources import Source
from scripts.content.statutes import Statute, read_statutes
from scripts.core.arguments import as_date, as_folder
from scripts.core.environment import log
from scripts.core.findings import Finding, report


def compare(content: Content, statutes: Mapping[str, Statute]) -> Iterator[Finding]:
    """Yield a finding for each statute section in docs/_data/law/ that has changed or is gone, and
    a note for each that will change or isn't in ``statutes``.

    ``statutes``: the statutes of the folder that is compared with docs/_data/law/, each as it reads
    on the day of the comparison; by SFS number.
    """
    users_by_source = users_of_sources(content)
    for key, source in content.registers.sources.items():
        if not source.section or not source.sfs:  # no section of a statute
            continue
        statute = statutes.get(source.sfs)
        place = key.removeprefix(f"{source.statute}-")
        difference = compare_section(source, place, statute)
        rule, text = difference or ("statute-coming", "")
        later = statute.future_changes.get(place, "") if statute else ""
        if later:
            text += f" Paragrafen {later}."
        if not text:
            continue
        is_error = rule in ("statute-changed", "statute-gone")
        if statute and is_error:
            text += _note_if_older_than_ours(statute, source)
        users = dict.fromkeys(users_by_source.get(key, ()))
        if users:
            text += f" Används på: {', '.join(users)}."
        message = f"{source.section} {source.name}: {text.strip()}"
        path, line = content.source_location(key)
        yield Finding(path, line, rule, message, severity="error" if is_error else "note")


def compare_section(source: Source, place: str, statute: Statute | None) -> tuple[str, str] | None:
    """Return (rule, Swedish text) about the difference between ``source``, a section in
    docs/_data/law/, and the same section of ``statute``; None if there is no difference.

    Args:
        place: the section's place in the statute, "5-15".
        statute: as found in the folder that is compared with docs/_data/law/; None if the folder
            doesn't have the statute.
    """
    if statute is None:
        return "statute-missing", f"SFS {source.sfs} finns inte i mappen."
    section = statute.sections.get(place)
    if section:
        if section.amended_by != source.amended_by:
            text = f"lydelsen är nu enligt SFS {section.amended_by} (hos oss {source.amended_by})."
            return "statute-changed", text
        if section.text.split() != source.wording.split():
            text = f"SFS {section.amended_by}, men orden är inte desamma som hos oss."
            return "statute-changed", text
        return None
    if place in statute.not_in_force:
        return "statute-gone", f"{statute.not_in_force[place]}."
    if statute.is_complete:
        return "statute-gone", "paragrafen finns inte i lagen längre."
    return "statute-missing", "filen har bara en del av lagen, utan paragrafen."


def _note_if_older_than_ours(statute: Statute, source: Source) -> str:
    """Return a Swedish sentence if the text of ``statute``, as found in the folder that is compared
    with docs/_data/law/, is older than our text, that of ``source``; else ""."""
    if not statute.updated or statute.updated >= (source.as_of or ""):
        return ""
    return f" Mappens text är äldre ({statute.updated}) än vår ({source.as_of})."


def users_of_sources(content: Content) -> dict[str, list[str]]:
    """Return key of a source → the files, as findings name them, of the pages that cite it (also
    through a register that they show), and then of the registers."""
    users: dict[str, list[str]] = {}
    for key, pages in content.pages_by_source.items():
        users[key] = [str(page.display_path) for page in pages]
    for name, _, key in sources_used(content):
        users.setdefault(key, []).append(str(content.files[name].display_path))
    return users


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this check."""
    parser.add_argument("dir", type=as_folder, help="mappen med lagtext, en .md-fil för varje lag")
    day = "dagen då lagen ska gälla; annars idag"
    parser.add_argument(
        "--on", type=as_date, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD", help=day
    )


def run(content: Content, args: argparse.Namespace) -> int:
    """Print the findings; return the exit code."""
    if not args.dir.is_dir():
        log(f'Mappen "{args.dir}" finns inte.')
        return 2
    try:
        statutes = read_statutes(args.dir, args.on)
    except ValueError as error:
        log(f"Kan inte köras: {error}.")
        return 2
    if not statutes:
        form = 'En lag är en .md-fil med raden "- **SFS-nummer:** 2005:716".'
        log(f'Mappen "{args.dir}" har ingen lag. {form}')
        return 2
    return report(compare(content, statutes))
