"""What the editors say of the search: words, synonyms, and what each page is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from scripts.content.choices import PAGE_KINDS
from scripts.content.content import Content
from scripts.content.registers import RegisterFile
from scripts.core.findings import UNUSED, ContentError, Finding
from scripts.core.near import nearest
from scripts.publish.search.words import tokens

KINDS = PAGE_KINDS
TOP = "topp"  # the page itself, among its sections


def _file(docs: Path, name: str) -> RegisterFile:
    """Return a register; one that isn't there is empty. Raises ContentError if it can't be read.
    That its fields are right, the checks have seen (content/records.py)."""
    content = Content.read(docs)
    shown = PurePosixPath(docs.name, f"_data/{name}.yml")
    for fault in content.faults:
        if fault.path == shown:
            raise ContentError(fault)
    return content.files.get(name) or RegisterFile(shown, "", {})


def read_synonyms(docs: Path) -> list[tuple[str, str]]:
    """Return (what a reader writes, what the pages say), from synonyms.yml and the glossary.

    The glossary's `also` leads to its term, an abbreviation and its term to each other.
    """
    pairs = [(str(key), to) for key, tos in _file(docs, "synonyms").value.items() for to in tos]
    for entry in _file(docs, "glossary").value.values():
        term, short = entry["term"], entry.get("abbr")
        pairs += [(word, term) for word in entry.get("also", ())]
        if short:
            pairs += [(short, term), (term, short)]
    return sorted({(a, b) for a, b in pairs if list(tokens(a)) != list(tokens(b))})


def read_searches(docs: Path) -> dict[str, list[str]]:
    """Return what readers write when a section is the answer, by its address: "om/#kallor".

    In the file a block a page ("/" is the start page), in it a line a section: its id, or "topp"
    for the page itself.
    """
    return {
        page.removeprefix("/") + ("" if name == TOP else f"#{name}"): words.split(", ")
        for page, sections in _file(docs, "searches").value.items()
        for name, words in sections.items()
    }


def read_kinds(docs: Path) -> dict[str, str]:
    """Return what pages are for, one of `KINDS`, by address: "om/*" is all pages below om/."""
    rows = _file(docs, "kinds").value.items()
    return {address.removeprefix("/"): kind for address, kind in rows}


def kind_of(place: str, kinds: Mapping[str, str]) -> str:
    """Return the kind of a unit's address: its own, its page's, or its nearest folder's; or ""."""
    page = place.partition("#")[0]
    folders = [page[: match.end()] + "*" for match in re.finditer("/", page)]
    for key in (place, page, *reversed(folders)):
        if key in kinds:
            return kinds[key]
    return ""


def check_addresses(docs: Path, known: Iterable[str]) -> Iterator[Finding]:
    """Yield each address in searches.yml and kinds.yml that no unit has."""
    known = set(known)
    below = {place[: m.end()] + "*" for place in known for m in re.finditer("/", place)}
    for name, rows in (("searches", read_searches(docs)), ("kinds", read_kinds(docs))):
        file = _file(docs, name)
        for address in rows:
            if address in known or address in below:
                continue
            page, _, section = address.partition("#")
            # a section that has got another id takes its words along; what is gone leaves them
            ids = [a.partition("#")[2] for a in known - rows.keys() if a.startswith(f"{page}#")]
            near = nearest(section, ids)
            cure = (
                f'Har det bytt id till "{near}"?' if near else "Ta bort raden, eller flytta orden."
            )
            what = f'avsnittet "{address}" finns inte på webbplatsen. {cure}'
            key = page if name == "searches" else address
            key = key if key in file.value else f"/{key}"
            where = [key, section or TOP] if name == "searches" else [key]
            severity = "error" if near else UNUSED
            line = file.line(*where)
            yield Finding(file.shown, line, "dead-search", what, "", where[-1], severity)
