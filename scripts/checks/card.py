"""Kontrollerar kortet till personen, docs/_data/card.yml: varje språk som visas har varje rad.

Ett språk ska säga vem som skrev det, eller vem som översatte, vem annan som granskade och när.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from scripts.content.card import languages, shown
from scripts.content.content import Content
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield every finding of the register."""
    card = content.registers.card
    if not card:
        return
    file = content.files["card"]

    def finding(rule: str, message: str, *where: str | int) -> Finding:
        return Finding(file.shown, file.line(*where), rule, message)

    known = languages(card)
    rows: list[tuple[tuple[str | int, ...], Any]] = []
    for n, part in enumerate(card["parts"]):
        rows.append((("parts", n, "title"), part["title"]))
        rows += [(("parts", n, "lines", m), line) for m, line in enumerate(part["lines"])]
    for code, language in known.items():
        where = ("languages", code)
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            yield finding("card-language", f"{code} är ingen språkkod.", *where)
        if language.checked_on and language.checked_on > today:
            message = f"{code}: checked_on ska vara en dag som har varit."
            yield finding("card-language", message, *where)
    for at, texts in rows:
        for code in texts:
            if code not in known:
                yield finding("card-language", f"språket {code} finns inte i languages.", *at)
        for language in shown(card):
            if not str(texts.get(language.code) or "").strip():
                message = f"raden saknas på {language.name} ({language.code}), som visas."
                yield finding("card-line", message, *at)
