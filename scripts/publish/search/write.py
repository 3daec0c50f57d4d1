"""Writes the search into the built site: its index, its engine, the texts of its hits."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.built import BuiltSite
from scripts.publish.search.index import build_index, texts_of
from scripts.publish.search.pages import Page, addresses, read_site
from scripts.publish.search.registers import check_addresses, read_synonyms

INDEX = "assets/search-index.js"
ENGINE = "assets/search-engine.js"
TEXTS = "sok"  # not in assets/: what is there is kept for a year, by names with a checksum
# The engine's files, in the order they run: one language, then what works in any.
PARTS = ("swedish", "words", "vocabulary", "match", "rank")


def index_of(pages: list[Page], content: Content) -> dict[str, str]:
    """Return the index of ``pages`` with the words that ``content`` has for them."""
    synonyms = read_synonyms(content.registers)
    return build_index(pages, synonyms, content.searches, content.kinds)


def engine_of(assets: Path) -> str:
    """Return the engine: its files in ``assets``, one after the other."""
    return "".join((assets / f"search-{part}.js").read_text(encoding="utf-8") for part in PARTS)


def add_search(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
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
