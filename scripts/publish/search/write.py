"""Bygger sökindexet ur den färdiga webbplatsens HTML.

Läser varje sida i mappen, delar den vid rubrikerna och skriver ett index som sökrutan läser. Sidor
och delar av sidor med attributet data-search-exclude lämnas utanför.

Utgång: 0 skrivet, 1 fel i registren, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.records import Registers
from scripts.core.findings import Finding, report
from scripts.publish.built import BuiltSite
from scripts.publish.search.index import build_index, texts_of
from scripts.publish.search.pages import NO_PAGE, Page, addresses, read_site, read_tree
from scripts.publish.search.registers import (
    check_addresses,
    read_kinds,
    read_searches,
    read_synonyms,
)

INDEX = "assets/search-index.js"
ENGINE = "assets/search-engine.js"
TEXTS = "sok"  # not in assets/: what is there is kept for a year, by names with a checksum
# The engine's files, in the order they run: one language, then what works in any.
PARTS = ("swedish", "words", "vocabulary", "match", "rank")


def index_of(pages: list[Page], words: Registers) -> dict[str, str]:
    """Return the index of ``pages`` with the words of the registers."""
    return build_index(pages, read_synonyms(words), read_searches(words), read_kinds(words))


def engine_of(assets: Path) -> str:
    """Return the engine: its files in ``assets``, one after the other."""
    return "".join((assets / f"search-{part}.js").read_text(encoding="utf-8") for part in PARTS)


def add_search(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Write the index of the built site into it; return what is wrong with its registers."""
    pages = (
        read_tree(page.tree, address)
        for address, page in sorted(site.pages.items())
        if address != NO_PAGE
    )
    return write(site.root, content, list(filter(None, pages)))


def write(site: Path, content: Content | None, pages: list[Page] | None = None) -> list[Finding]:
    """Write the index of ``site`` into it, with the words of ``content``; return what they lack.

    ``pages``: those of the site, where they are read already.
    Beside it goes the engine, where its files are, and a script a page with its units' texts, of
    which hits show a part.
    """
    pages = read_site(site) if pages is None else pages
    faults = list(check_addresses(content, addresses(pages))) if content else []
    target = site / INDEX
    target.parent.mkdir(parents=True, exist_ok=True)
    index = index_of(pages, content.registers if content else Registers())
    target.write_text(f"self.searchIndex={_json(index)};\n", encoding="utf-8")
    if (target.parent / f"search-{PARTS[0]}.js").is_file():
        (site / ENGINE).write_text(engine_of(target.parent), encoding="utf-8")
    for page in pages:
        file = site / TEXTS / f"{page.address.rstrip('/') or 'index'}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = f"searchText({_json(page.address)},{_json(texts_of(page))});\n"
        file.write_text(text, encoding="utf-8")
    return faults


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.publish.search.write",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path, help="den färdiga webbplatsens mapp")
    parser.add_argument("--docs", type=Path, help="mappen med _data/, för orden")
    args = parser.parse_args(argv)
    if not args.site.is_dir():
        print(f'Mappen "{args.site}" finns inte.', file=sys.stderr)
        return 2
    content = Content.read(args.docs) if args.docs else None
    faults = [*(content.faults if content else ()), *write(args.site, content)]
    print(args.site / INDEX)
    return report(faults)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
