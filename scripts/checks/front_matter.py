"""Kontrollerar det CONTRIBUTING lovar om raderna överst på en sida: description och searches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.core.findings import Finding

DESCRIPTION = range(90, 161)  # characters: what search engines and lists have room for
KEYWORDS = 6  # an editor can answer for
SEARCHES = 12  # words or phrases for a place: nobody can answer for more
TOGETHER = (
    30_000  # bytes of all pages' searches and keywords: each reader who searches fetches them
)


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield descriptions that are too short or too long, and too many search words for a place: a
    page, a section, an answer of the guide."""
    for page in content.authored_pages:
        shown, meta = page.display_path, page.meta
        if (length := len(meta.description)) not in DESCRIPTION:
            message = (
                f"description har {length} tecken. Skriv {DESCRIPTION[0]} till {DESCRIPTION[-1]}: "
                "vad läsaren får på sidan."
            )
            yield Finding(shown, page.line("description"), "bad-description", message)
        if (count := len(meta.keywords)) > KEYWORDS:
            message = (
                f"keywords har {count} ord, högst {KEYWORDS}. Ta bort dem som läsare sällan "
                "skriver, och dem som texten redan har."
            )
            yield Finding(shown, page.line("keywords"), "many-keywords", message)
        for anchor, words in meta.searches.items():
            yield from _searches(words, shown, page.line("searches", anchor))
    for key, outcome in content.registers.guide.outcomes.items():
        yield from _searches(outcome.searches, *content.location("guide", key, "searches"))
    sizes = {path: _size(page) for path, page in content.pages.items()}
    if (total := sum(sizes.values())) > TOGETHER:
        largest = content.pages[max(sizes, key=lambda path: sizes[path])]
        message = (
            f"alla sidors searches och keywords är {total / 1000:.1f} kB, högst "
            f"{TOGETHER // 1000}. Stryk ord: den här sidan har flest."
        )
        yield Finding(largest.display_path, largest.line("keywords"), "many-searches", message)


def _size(page: Page) -> int:
    """Return how many bytes a page's search words and keywords are."""
    return len(", ".join([*page.meta.keywords, *page.meta.searches.values()]).encode())


def _searches(words: str, shown: PurePosixPath, line: int) -> Iterator[Finding]:
    if (count := len(words.split(","))) > SEARCHES:
        message = (
            f"searches har {count} ord eller fraser, högst {SEARCHES}. Ta bort dem som läsare "
            "sällan skriver, och dem som texten redan har."
        )
        yield Finding(shown, line, "many-searches", message)
