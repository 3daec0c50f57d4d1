"""Kontrollerar det CONTRIBUTING lovar om raderna överst på en sida: description och keywords."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.core.findings import Finding

DESCRIPTION = range(90, 161)  # characters: what search engines and lists have room for
KEYWORDS = 6  # nobody can answer for more


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield descriptions that are too short or too long, and pages with too many keywords."""
    for page in content.written:
        shown, meta = content.shown(page), page.meta
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
