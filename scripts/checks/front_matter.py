"""Kontrollerar det CONTRIBUTING lovar om raderna överst på en sida: description och searches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.core.findings import Finding

# Characters of a description: search engines and lists have room for no more.
MIN_DESCRIPTION = 90
MAX_DESCRIPTION = 160
MAX_KEYWORDS = 6  # of a page
MAX_SEARCHES = 12  # words or phrases for one section
# Bytes of all pages' searches and keywords: each reader who searches downloads them.
MAX_TOTAL_BYTES = 30_000


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each page whose description is too short or too long, each page with too
    many keywords, and each section or outcome of the guide with too many search words; and one if
    the search words and keywords of all pages together are more than MAX_TOTAL_BYTES."""
    for page in content.authored_pages:
        yield from _check_page(page)
    for key, outcome in content.registers.guide.outcomes.items():
        path, line = content.location("guide", key, "searches")
        yield from _check_searches(outcome.searches, path, line)
    yield from _check_total(content.pages.values())


def _check_page(page: Page) -> Iterator[Finding]:
    """Yield the findings of one page's description, keywords and search words."""
    path = page.display_path
    length = len(page.meta.description)
    if not MIN_DESCRIPTION <= length <= MAX_DESCRIPTION:
        message = (
            f"description har {length} tecken. Skriv {MIN_DESCRIPTION} till "
            f"{MAX_DESCRIPTION}: vad läsaren får på sidan."
        )
        yield Finding(path, page.line("description"), "bad-description", message)
    count = len(page.meta.keywords)
    if count > MAX_KEYWORDS:
        message = (
            f"keywords har {count} ord, högst {MAX_KEYWORDS}. Ta bort dem som läsare sällan "
            "skriver, och dem som texten redan har."
        )
        yield Finding(path, page.line("keywords"), "many-keywords", message)
    for anchor, searches in page.meta.searches.items():
        yield from _check_searches(searches, path, page.line("searches", anchor))


def _check_searches(searches: str, path: PurePosixPath, line: int) -> Iterator[Finding]:
    """Yield a finding, at ``line``, if ``searches`` has more than MAX_SEARCHES words or phrases,
    which commas separate."""
    count = len(searches.split(","))
    if count > MAX_SEARCHES:
        message = (
            f"searches har {count} ord eller fraser, högst {MAX_SEARCHES}. Ta bort dem som läsare "
            "sällan skriver, och dem som texten redan har."
        )
        yield Finding(path, line, "many-searches", message)


def _check_total(pages: Collection[Page]) -> Iterator[Finding]:
    """Yield a finding if the search words and keywords of all pages are more than MAX_TOTAL_BYTES.
    It is on the page with the most bytes of search words and keywords."""
    total = sum(map(_search_bytes, pages))
    if total > MAX_TOTAL_BYTES:
        largest = max(pages, key=_search_bytes)
        message = (
            f"alla sidors searches och keywords är {total / 1000:.1f} kB, högst "
            f"{MAX_TOTAL_BYTES // 1000}. Stryk ord: den här sidan har flest."
        )
        yield Finding(largest.display_path, largest.line("keywords"), "many-searches", message)


def _search_bytes(page: Page) -> int:
    """Return the size of a page's search words and keywords, in bytes of UTF-8."""
    return len(", ".join([*page.meta.keywords, *page.meta.searches.values()]).encode())
