"""Page step: writes the search index, the engine and the hits' texts into the built site.

It also checks that the sections with search words or a kind in front matter exist.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.front_matter import TOP
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.core.findings import Finding, unused
from scripts.core.swedish import nearest
from scripts.site.html_site import HtmlSite
from scripts.site.search.index import build_index, sentences_by_id
from scripts.site.search.pages import IndexedPage, read_site, unit_addresses
from scripts.site.search.words import tokens

INDEX = "assets/search-index.js"
ENGINE = "assets/search-engine.js"
TEXTS = "sok"  # not in assets/: files there have hashes in their names, and are cached for a year
# The engine's files, in the order they run: the language first, then what works in any language.
PARTS = ("swedish", "words", "vocabulary", "match", "rank")


def read_synonyms(registers: Registers) -> list[tuple[str, str]]:
    """Return the synonyms of synonyms.yml and the glossary: (the words that a reader writes, the
    words of the pages).

    In the glossary, `also` leads to the term, and an abbreviation and its term to each other.
    """
    pairs = []
    for written, words in registers.synonyms.items():
        pairs += [(written, word) for word in words]
    for entry in registers.glossary.values():
        pairs += [(word, entry.term) for word in entry.also]
        if entry.abbr:
            pairs += [(entry.abbr, entry.term), (entry.term, entry.abbr)]
    # "LVU" and "lvu" are the same word to the search
    different = {(a, b) for a, b in pairs if list(tokens(a)) != list(tokens(b))}
    return sorted(different)


def check_sections(content: Content, existing: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each section in a page's ``searches`` or ``section_kinds`` that doesn't
    exist. ``existing``: the addresses of all units, "a/" and "a/#id"."""
    unnamed = set(existing) - content.search_phrases.keys() - content.page_kinds.keys()
    for page in content.authored_pages:
        prefix = f"{page.address}#"
        # the new id of a section whose id was changed is among those that front matter doesn't name
        candidates = [a.removeprefix(prefix) for a in unnamed if a.startswith(prefix)]
        for field in ("searches", "section_kinds"):
            for section in getattr(page.meta, field):
                address = page.address if section == TOP else prefix + section
                if address not in existing:
                    yield _missing_section_finding(page, field, section, candidates)


def _missing_section_finding(
    page: Page, field: str, section: str, candidates: list[str]
) -> Finding:
    """Return the finding of a row in front matter whose section isn't on the page: an error if one
    of ``candidates`` has a similar id, which may be the section's new one, else a note that nothing
    uses the row.

    Args:
        field: "searches" or "section_kinds".
        section: the id in the row.
        candidates: ids on the page that front matter doesn't name.
    """
    path = page.display_path
    line = page.line(field, section)
    message = f'{field}: avsnittet "{section}" finns inte på sidan.'
    similar = nearest(section, candidates)
    if similar:
        return Finding(path, line, "dead-search", f'{message} Har det bytt id till "{similar}"?')
    message += " Ta bort raden, eller flytta orden."
    return unused(path, line, "dead-search", message)


def search_index(pages: list[IndexedPage], content: Content) -> dict[str, str]:
    """Return the index of ``pages``, with the synonyms, search words and kinds in ``content``: text
    by key, as ``build_index`` describes it."""
    synonyms = read_synonyms(content.registers)
    return build_index(pages, synonyms, content.search_phrases, content.page_kinds)


def engine_script(assets: Path) -> str:
    """Return the engine as one script: its files in the folder ``assets``, joined."""
    return "".join((assets / f"search-{part}.js").read_text(encoding="utf-8") for part in PARTS)


def add_search(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Page step: write the index, the engine, and for each page a script with its sentences. Return
    findings on sections in front matter that don't exist."""
    pages = read_site(site)
    assets = site.root / "assets"
    site.write(INDEX, f"self.searchIndex={_json(search_index(pages, content))};\n")
    site.write(ENGINE, engine_script(assets))
    for page in pages:
        text = f"searchText({_json(page.address)},{_json(sentences_by_id(page))});\n"
        site.write(f"{TEXTS}/{page.address.rstrip('/') or 'index'}.js", text)
    return list(check_sections(content, set(unit_addresses(pages))))


def _json(value: object) -> str:
    """Return compact JSON, which is also JavaScript."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
