"""Writes the search into the built site: its index, its engine, the texts of its hits; and reads
what the editors say of it: synonyms, and words and kinds for sections that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.front_matter import TOP
from scripts.content.records import Registers
from scripts.core.findings import Finding, unused
from scripts.core.swedish import nearest
from scripts.site.html_site import HtmlSite
from scripts.site.search.index import build_index, texts_of
from scripts.site.search.pages import Page, addresses, read_site
from scripts.site.search.words import tokens

INDEX = "assets/search-index.js"
ENGINE = "assets/search-engine.js"
TEXTS = "sok"  # not in assets/: what is there is kept for a year, by names with a checksum
# The engine's files, in the order they run: one language, then what works in any.
PARTS = ("swedish", "words", "vocabulary", "match", "rank")


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
    known, named = set(known), {**content.search_phrases, **content.page_kinds}
    for page in content.authored_pages:
        for field in ("searches", "section_kinds"):
            for section in getattr(page.meta, field):
                address = page.address + ("" if section == TOP else f"#{section}")
                if address in known:
                    continue
                # a section that has got another id takes its words along; what is gone leaves them
                free, start = known - named.keys(), f"{page.address}#"
                ids = [a.removeprefix(start) for a in free if a.startswith(start)]
                near = nearest(section, ids)
                message = f'{field}: avsnittet "{section}" finns inte på sidan.'
                where = page.display_path, page.line(field, section)
                if near:
                    message += f' Har det bytt id till "{near}"?'
                    yield Finding(*where, "dead-search", message)
                else:
                    message += " Ta bort raden, eller flytta orden."
                    yield unused(*where, "dead-search", message, section)


def index_of(pages: list[Page], content: Content) -> dict[str, str]:
    """Return the index of ``pages`` with the words that ``content`` has for them."""
    synonyms = read_synonyms(content.registers)
    return build_index(pages, synonyms, content.search_phrases, content.page_kinds)


def engine_of(assets: Path) -> str:
    """Return the engine: its files in ``assets``, one after the other."""
    return "".join((assets / f"search-{part}.js").read_text(encoding="utf-8") for part in PARTS)


def add_search(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Write the index of the built site into it; return what names a section that is gone.

    Beside it go the engine, where its files are, and a script a page with its units' texts, of
    which hits show a part.
    """
    pages, assets = read_site(site), site.root / "assets"
    site.write(INDEX, f"self.searchIndex={_json(index_of(pages, content))};\n")
    if (assets / f"search-{PARTS[0]}.js").is_file():
        site.write(ENGINE, engine_of(assets))
    for page in pages:
        text = f"searchText({_json(page.address)},{_json(texts_of(page))});\n"
        site.write(f"{TEXTS}/{page.address.rstrip('/') or 'index'}.js", text)
    return list(check_addresses(content, addresses(pages)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
