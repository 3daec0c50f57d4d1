"""Writes the search into the built site: its index, its engine, and the texts that hits quote.

Reads the synonyms, and checks that each section with a kind of its own exists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.records import Registers
from scripts.core.findings import UNUSED, Finding
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
    """Return pairs (reader's words, site's words), from synonyms.yml and the glossary.

    The glossary's `also` leads to its term, an abbreviation and its term to each other.
    """
    pairs = [(key, to) for key, tos in registers.synonyms.items() for to in tos]
    for entry in registers.glossary.values():
        pairs += [(word, entry.term) for word in entry.also]
        if entry.abbr:
            pairs += [(entry.abbr, entry.term), (entry.term, entry.abbr)]
    return sorted({(a, b) for a, b in pairs if list(tokens(a)) != list(tokens(b))})


def check_section_kinds(content: Content, known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each id in a page's ``section_kinds`` that no section has.

    Args:
        known: the address of each section of the site, "odla/tomat/#vattna".
    """
    known = set(known)
    for page in content.written:
        start = f"{page.address}#"
        for anchor in page.meta.section_kinds:
            if start + anchor in known:
                continue
            # a renamed section takes its kind along; one that is gone leaves it behind
            free = known - content.kinds.keys()
            ids = [address.removeprefix(start) for address in free if address.startswith(start)]
            near, cure = nearest(anchor, ids), "Ta bort raden."
            cure = f'Har det bytt id till "{near}"?' if near else cure
            message = f'section_kinds: avsnittet "{anchor}" finns inte på sidan. {cure}'
            line = page.line("section_kinds", anchor)
            severity = "error" if near else UNUSED
            yield Finding(content.shown(page), line, "dead-search", message, "", anchor, severity)


def index_of(pages: list[Page], content: Content) -> dict[str, str]:
    """Return the search index of ``pages``, with the synonyms and page kinds of ``content``."""
    return build_index(pages, read_synonyms(content.registers), content.kinds)


def engine_of(assets: Path) -> str:
    """Return the engine: its files in ``assets``, one after the other."""
    return "".join((assets / f"search-{part}.js").read_text(encoding="utf-8") for part in PARTS)


def add_search(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Write the search index, the engine and each page's texts into the built site.

    Returns a finding for each section with a kind that is gone. The engine is written only where
    its files are in assets/. A page's texts are a script of their own: a hit quotes a part.
    """
    pages, assets = read_site(site), site.root / "assets"
    site.write(INDEX, f"self.searchIndex={_json(index_of(pages, content))};\n")
    if (assets / f"search-{PARTS[0]}.js").is_file():
        site.write(ENGINE, engine_of(assets))
    for page in pages:
        text = f"searchText({_json(page.address)},{_json(texts_of(page))});\n"
        site.write(f"{TEXTS}/{page.address.rstrip('/') or 'index'}.js", text)
    return list(check_section_kinds(content, addresses(pages)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
