"""What the editors say of the search: synonyms, and words and kinds for sections that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scripts.content.content import Content
from scripts.content.kinds import PAGE_KINDS
from scripts.content.records import TOP, Registers
from scripts.core.findings import UNUSED, Finding
from scripts.core.swedish import nearest
from scripts.publish.search.words import tokens

KINDS = PAGE_KINDS


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


def check_addresses(content: Content, known: Iterable[str]) -> Iterator[Finding]:
    """Yield each section that a page has search words or a kind for, and that no unit has."""
    known, named = set(known), {**content.searches, **content.kinds}
    for page in content.written:
        for field in ("searches", "section_kinds"):
            for section in getattr(page.meta, field):
                address = page.address + ("" if section == TOP else f"#{section}")
                if address in known:
                    continue
                # a section that has got another id takes its words along; what is gone leaves them
                ids = [
                    a.partition("#")[2]
                    for a in known - named.keys()
                    if a.startswith(f"{page.address}#")
                ]
                near = nearest(section, ids)
                cure = (
                    f'Har det bytt id till "{near}"?'
                    if near
                    else "Ta bort raden, eller flytta orden."
                )
                what = f'{field}: avsnittet "{section}" finns inte på sidan. {cure}'
                where = content.shown(page), page.line(field, section)
                severity = "error" if near else UNUSED
                yield Finding(*where, "dead-search", what, "", section, severity)
