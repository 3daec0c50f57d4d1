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
from pathlib import Path, PurePosixPath

from scripts.content.fields import construct
from scripts.content.files import find_similar_page
from scripts.content.markdown import HEADING, without_code
from scripts.content.page import Page, Supplement, SupplementFront, address_of, split_front_matter
from scripts.content.validation import validate_file
from scripts.core.findings import ContentError, Finding
from scripts.core.templates import template_renderer

SUPPLEMENTS_FOLDER = "tillagg"  # beside docs/ in a municipality's folder
render_template = template_renderer(__file__)
WRONG_HEADING = 'skriv rubriken som "## Orden där {#id}": id för avsnittet det står efter.'
OWN_STEP = (
    "ett eget steg eller en egen rubrik får inte stå på en ärvd sida: stegen är numrerade, och "
    "andra sidor och checklistor leder till dem. Skriv raderna utan rubrik, eller gör en egen sida "
    "i docs/."
)
HEADING_WITH_HASH = re.compile(r"(## .+?\{\s*#([^\s}]+))(?:\s+beside=([^\s}]+))?\s*\}\s*")


@dataclass
class _Part:
    """The lines below one heading of a file in tillagg/."""

    heading: str
    section: str
    base_hash: str
    line: int
    body: list[str]


def supplement_files(root: Path) -> list[Path]:
    """Return the files in tillagg/ of the folder ``root``, sorted."""
    files = sorted((root / SUPPLEMENTS_FOLDER).rglob("*"))
    return [file for file in files if file.is_file() and not file.name.startswith(".")]


def national_page_of(
    path: PurePosixPath, pages: Mapping[PurePosixPath, Page], moved: Mapping[str, str]
) -> Page:
    """Return the page that the file ``path``, from the municipality's folder, is about.

    ``moved``: redirects.yml's addresses that have moved, each with its new one. Raises ContentError
    where there is no such page.
    """
    name = path.relative_to(SUPPLEMENTS_FOLDER)
    page = pages.get(name)
    if page is None:
        to = moved.get(f"/{address_of(name)}", "").partition("#")[0]
        new = [str(one.path) for one in pages.values() if to == f"/{one.address}"]
        near = new[0] if new else find_similar_page(name, pages)
        suggestion = ""
        if new:
            suggestion = f' Sidan har flyttat. Flytta filen till "{near}".'
        elif near:
            suggestion = f' Menade du "{near}"?'
        message = (
            f"{name} finns inte i den ärvda docs/.{suggestion} Rader till en sida ligger i en fil "
            "med sidans namn. Är sidan borttagen: välj en annan sida för raderna."
        )
        raise ContentError(Finding(path, 1, "unknown-page", message))
    return page


def parse_supplements(
    text: str, page: Page, shown: PurePosixPath, sender: str
) -> tuple[Supplement, ...]:
    """Return the supplements in the file ``shown`` with the content ``text``, in order.

    Args:
        page: the national page of the same path.
        sender: the municipality's name, for the boxes' titles.

    Raises ContentError: with a finding for each fault.
    """
    file, body = split_front_matter(text, shown)
    validate_file(SupplementFront, file)
    front = construct(SupplementFront, file.value)
    first_line = text.count("\n") - body.count("\n") + 1
    parts, faults = _parts(body, first_line, shown)
    if faults:
        raise ContentError(*faults)
    head = render_template("head", sender=sender, front=front)
    foot = render_template("foot", front=front)
    return tuple(
        Supplement(
            page.path,
            page.meta,
            "\n".join(part.body),
            part.line + 1,
            file,
            section=part.section,
            heading=part.heading,
            heading_line=part.line,
            base_hash=part.base_hash,
            front=front,
            box="\n".join([head, *part.body, foot]),
        )
        for part in parts
    )


def _parts(body: str, first_line: int, shown: PurePosixPath) -> tuple[list[_Part], list[Finding]]:
    """Return the parts of a file's body, and a finding for each line that can't be read.

    ``first_line``: the line in the file where ``body`` begins.
    """
    parts: list[_Part] = []
    faults: list[Finding] = []

    def fault(line: int, message: str) -> None:
        faults.append(Finding(shown, line, "bad-addition", message))

    pairs = zip(body.split("\n"), without_code(body).split("\n"), strict=True)
    for number, (line, plain) in enumerate(pairs, first_line):
        if match := HEADING_WITH_HASH.fullmatch(plain):
            parts.append(_Part(match[1], match[2], match[3] or "", number, []))
        elif heading := HEADING.match(plain):
            fault(number, WRONG_HEADING if heading[1] == "##" else OWN_STEP)
        elif parts:
            parts[-1].body.append(line)
        elif plain.strip():
            fault(
                number, "texten hör inte till något avsnitt. Skriv rubriken först: ## Orden {#id}."
            )
    for part in parts:
        if not any(line.strip() for line in part.body):
            fault(part.line, "här står ingen text. Skriv den, eller ta bort.")
    return parts, faults


def example(words: str, section: str, today: dt.date) -> str:
    """Return the text of a file in tillagg/ to begin with, for a section and the words of its
    heading."""
    return render_template("example", words=words, section=section, today=today) + "\n"
