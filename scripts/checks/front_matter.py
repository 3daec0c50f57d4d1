"""Kontrollerar det CONTRIBUTING lovar om raderna överst på en sida: description och searches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.core.findings import Finding

DESCRIPTION_LENGTH = range(90, 161)  # characters: what search engines and lists have room for
MAX_SEARCHES = 12  # words or phrases for a place: nobody can answer for more
MAX_TOTAL_BYTES = (
    30_000  # bytes of all pages' searches and keywords: each reader who searches fetches them
)


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield descriptions that are too short or too long, and too many search words for a place: a
    page, a section, an answer of the guide."""
    for page in content.authored_pages:
        shown, meta = content.shown(page), page.meta
        if (length := len(meta.description)) not in DESCRIPTION_LENGTH:
            message = (
                f"description har {length} tecken. Skriv {DESCRIPTION_LENGTH[0]} till "
                f"{DESCRIPTION_LENGTH[-1]}: vad läsaren får på sidan."
            )
            yield Finding(shown, page.line("description"), "bad-description", message)
        for anchor, words in meta.searches.items():
            yield from _check_searches(words, shown, page.line("searches", anchor))
    for key, outcome in content.registers.guide.outcomes.items():
        yield from _check_searches(outcome.searches, *content.at("guide", key, "searches"))
    sizes = {path: _search_bytes(page) for path, page in content.pages.items()}
    if (total := sum(sizes.values())) > MAX_TOTAL_BYTES:
        largest = content.pages[max(sizes, key=lambda path: sizes[path])]
        message = (
            f"alla sidors searches och keywords är {total / 1000:.1f} kB, högst "
            f"{MAX_TOTAL_BYTES // 1000}. Stryk ord: den här sidan har flest."
        )
        yield Finding(content.shown(largest), largest.line("keywords"), "many-searches", message)


def _search_bytes(page: Page) -> int:
    """Return how many bytes a page's search words and keywords are."""
    return len(", ".join([*page.meta.keywords, *page.meta.searches.values()]).encode())


def _check_searches(words: str, shown: PurePosixPath, line: int) -> Iterator[Finding]:
    if (count := len(words.split(","))) > MAX_SEARCHES:
        message = (
            f"searches har {count} ord eller fraser, högst {MAX_SEARCHES}. Ta bort dem som läsare "
            "sällan skriver, och dem som texten redan har."
        )
        yield Finding(shown, line, "many-searches", message)
