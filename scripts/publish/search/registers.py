"""What the editors say of the search: words, synonyms, and what each page is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scripts.content.content import Content
from scripts.content.kinds import PAGE_KINDS
from scripts.content.records import Registers
from scripts.core.findings import UNUSED, Finding
from scripts.core.near import nearest
from scripts.publish.search.words import tokens

KINDS = PAGE_KINDS
TOP = "topp"  # the page itself, among its sections


def read_synonyms(registers: Registers) -> list[tuple[str, str]]:
    """Return (what a reader writes, what the pages say), from synonyms.yml and the glossary.

    The glossary's `also` leads to its term, an abbreviation and its term to each other.
    """
    pairs = [(key, to) for key, tos in registers.synonyms.items() for to in tos]
    for entry in registers.glossary.values():
        pairs += [(word, entry.term) for word in entry.also]
        if entry.abbr:
            pairs += [(entry.abbr, entry.term), (entry.term, entry.abbr)]
    return sorted({(a, b) for a, b in pairs if list(tokens(a)) != list(tokens(b))})


def read_searches(registers: Registers) -> dict[str, list[str]]:
    """Return what readers write when a section is the answer, by its address: "om/#kallor".

    In the file a block a page ("/" is the start page), in it a line a section: its id, or "topp"
    for the page itself.
    """
    return {
        page.removeprefix("/") + ("" if name == TOP else f"#{name}"): words.split(", ")
        for page, sections in registers.searches.items()
        for name, words in sections.items()
    }


def read_kinds(registers: Registers) -> dict[str, str]:
    """Return what pages are for, one of `KINDS`, by address: "om/*" is all pages below om/."""
    rows = registers.kinds.items()
    return {address.removeprefix("/"): kind for address, kind in rows}


def check_addresses(content: Content, known: Iterable[str]) -> Iterator[Finding]:
    """Yield each address in searches.yml and kinds.yml that no unit has."""
    known, registers = set(known), content.registers
    below = {place[: m.end()] + "*" for place in known for m in re.finditer("/", place)}
    for name, rows in (("searches", read_searches(registers)), ("kinds", read_kinds(registers))):
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
            file = content.files[name]
            key = page if name == "searches" else address
            key = key if key in file.value else f"/{key}"
            where = [key, section or TOP] if name == "searches" else [key]
            severity = "error" if near else UNUSED
            line = file.line(*where)
            yield Finding(file.shown, line, "dead-search", what, "", where[-1], severity)
