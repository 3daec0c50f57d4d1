"""A municipality's supplements, tillagg/: lines of its own on a national page. Each supplement is
shown in a box after one section of the page. Nothing national is changed or taken away.

    ---
    owner: Socialjouren
    reviewed_on: 2026-11-28
    review_by: 2027-05-28
    ---
    ## Skicka blanketten {#skicka beside=3f2a9c01}

    Hos oss ligger blanketten i …

The file has the name of its page, and the heading the id of its section. ``beside`` is the hash of
the section when the lines were written: another hash means that somebody should read them again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.content.fields import construct
from scripts.content.files import SourceFile, find_similar_page
from scripts.content.markdown import HEADING, without_code
from scripts.content.page import Page, Supplement, SupplementFront, address_of, split_front_matter
from scripts.content.validation import validate_file
from scripts.core.findings import ContentError, Finding
from scripts.core.templates import template_renderer

SUPPLEMENTS_FOLDER = "tillagg"  # beside docs/ in a municipality's folder
render_template = template_renderer(__file__)
WRONG_HEADING = 'skriv rubriken som "## Orden där {#id}": id för avsnittet det står efter.'
NO_SECTION = "texten hör inte till något avsnitt. Skriv rubriken först: ## Orden {#id}."
OWN_STEP = (
    "ett eget steg eller en egen rubrik får inte stå på en ärvd sida: stegen är numrerade, och "
    "andra sidor och checklistor leder till dem. Skriv raderna utan rubrik, eller gör en egen sida "
    "i docs/."
)
# "## Skicka blanketten {#skicka beside=3f2a9c01}": the heading without its closing brace, the id of
# the section, and the hash if there is one.
HEADING_WITH_HASH = re.compile(r"(## .+?\{\s*#([^\s}]+))(?:\s+beside=([^\s}]+))?\s*\}\s*")


@dataclass
class _Part:
    """The lines below one heading of a file in tillagg/."""

    heading: str  # without its closing brace
    section: str  # the id of the national section
    base_hash: str
    line: int
    body: list[str]


def national_page_of(
    source: SourceFile, pages: Mapping[PurePosixPath, Page], moved: Mapping[str, str]
) -> Page:
    """Return the national page that a file in tillagg/ is about: it has the same path.

    ``moved``: old address → new address, from redirects.yml. Raises ContentError if there is no
    such page, with the page that it has become or the one with the most similar name.
    """
    page = pages.get(source.path)
    if page:
        return page
    new_address = moved.get(f"/{address_of(source.path)}", "").partition("#")[0]
    targets = [page.path for page in pages.values() if new_address == f"/{page.address}"]
    similar = find_similar_page(source.path, pages)
    suggestion = ""
    if targets:
        suggestion = f' Sidan har flyttat. Flytta filen till "{targets[0]}".'
    elif similar:
        suggestion = f' Menade du "{similar}"?'
    message = (
        f"{source.path} finns inte i den ärvda docs/.{suggestion} Rader till en sida ligger i en "
        "fil med sidans namn. Är sidan borttagen: välj en annan sida för raderna."
    )
    raise ContentError(Finding(source.display_path, 1, "unknown-page", message))


def parse_supplements(
    text: str, page: Page, shown: PurePosixPath, sender: str
) -> tuple[Supplement, ...]:
    """Return the supplements in the text of the file ``shown``, in order.

    Args:
        page: the national page of the same path.
        sender: the municipality's name, for the boxes' titles.

    Raises ContentError with a finding for each fault.
    """
    file, body = split_front_matter(text, shown)
    validate_file(SupplementFront, file)
    front = construct(SupplementFront, file.value)
    first_line = text.count("\n") - body.count("\n") + 1
    head = render_template("head", sender=sender, front=front)
    foot = render_template("foot", front=front)
    return tuple(
        Supplement(
            path=page.path,
            meta=page.meta,
            body="\n".join(part.body),
            body_line=part.line + 1,
            file=file,
            section=part.section,
            heading=part.heading,
            heading_line=part.line,
            base_hash=part.base_hash,
            front=front,
            box="\n".join([head, *part.body, foot]),
        )
        for part in _split_by_heading(body, first_line, shown)
    )


def _split_by_heading(body: str, first_line: int, shown: PurePosixPath) -> list[_Part]:
    """Return the parts of a file's body, which begins on ``first_line`` of the file ``shown``.

    Raises ContentError with a finding for each heading that isn't about a national section, and for
    text without a heading or a heading without text.
    """
    parts: list[_Part] = []
    findings: list[Finding] = []

    def report(line: int, message: str) -> None:
        findings.append(Finding(shown, line, "bad-addition", message))

    # a line that looks like a heading may be code
    lines = zip(body.split("\n"), without_code(body).split("\n"), strict=True)
    for number, (line, line_without_code) in enumerate(lines, first_line):
        heading = HEADING_WITH_HASH.fullmatch(line_without_code)
        other_heading = HEADING.match(line_without_code)
        if heading:
            parts.append(_Part(heading[1], heading[2], heading[3] or "", number, []))
        elif other_heading:
            report(number, WRONG_HEADING if other_heading[1] == "##" else OWN_STEP)
        elif parts:
            parts[-1].body.append(line)
        elif line.strip():
            report(number, NO_SECTION)
    for part in parts:
        if not any(line.strip() for line in part.body):
            report(part.line, "här står ingen text. Skriv den, eller ta bort.")
    if findings:
        raise ContentError(*findings)
    return parts


def example_supplement(words: str, section: str, today: dt.date) -> str:
    """Return the text of a first file in tillagg/, an example for editors to change. It is about
    the section with the id ``section``, whose heading has the words ``words``."""
    return render_template("example", words=words, section=section, today=today) + "\n"
