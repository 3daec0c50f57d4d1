"""Kontrollerar tal: varje tid, ålder, andel och summa i en text har en källa i sitt stycke, eller
står i facts.yml.

Övningar, sidor om sajten och sidans beskrivning undantas: de påstår inget som texten inte säger.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Set

from scripts.content.content import Content
from scripts.content.field_types import page_kind_of
from scripts.content.prose import Document, documents
from scripts.core.findings import Finding, unused

# Digits, "90 000" or "2,5", or a word.
NUMBER = (
    r"\d{1,3}(?:[ \u00a0]\d{3})*(?:,\d+)?|(?:ett|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv"
    r"|tretton|fjorton|femton|sexton|arton|tjugo|trettio|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|fourteen|eighteen|thirty)"
)
UNIT = (
    r"timm\w*|dygn|(?:arbets)?dag(?:ar\w*)?|veck(?:a|or\w*)|månad(?:er\w*)?|år(?:en|s)?|procent|%|"
    r"kronor|kr|euro|hours?|days?|weeks?|months?|years?|per ?cent"
)
# A time, age, share or sum: "30 dagar", "2–10 år", "tre till fem veckor", "44 %", "dag 40".
QUANTITY = re.compile(
    rf"(?<![\w.,:/–-])(?:{NUMBER})(?:(?:\s?[–-]\s?|\s(?:till|eller|och|to|or)\s)(?:{NUMBER}))?"
    rf"[\s\u00a0-]?(?:{UNIT})(?!\w)|\bdag \d+\b",
    re.I,
)
# Kinds of page without statements of fact about the law or the subject: exercises, about the site.
EXEMPT_KINDS = ("lär", "om")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each quantity without a source, except on pages of EXEMPT_KINDS, and a
    note for each unused fact."""
    fact_texts: set[str] = set()
    for fact in content.registers.facts.values():
        fact_texts.add(fact.value.lower())
        fact_texts.update(form.lower() for form in fact.forms.values())
    exempt = {
        page.display_path
        for page in content.pages_and_supplements
        if page_kind_of(page.address, content.page_kinds) in EXEMPT_KINDS
    }
    for document in documents(content):
        if document.path not in exempt:
            yield from uncited_quantities(document, fact_texts)
    yield from unused_facts(content)


def uncited_quantities(document: Document, fact_texts: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each time, age, share or sum in a block without a citation, except in
    blocks whose numbers need no source.

    ``fact_texts``: the facts' values and forms, in lower case; these need no citation.
    """
    for block in document.blocks:
        if block.cited or not block.needs_source:
            continue
        for match in QUANTITY.finditer(block.text):
            if match[0].lower() not in fact_texts:
                message = (
                    f'"{match[0]}" har ingen källa i sitt stycke. Hänvisa till den, [@nyckel], '
                    "eller skriv talet ur facts.yml: [[fakta:nyckel]]."
                )
                line = block.line_at(match.start())
                yield Finding(document.path, line, "uncited-number", message)


def unused_facts(content: Content) -> Iterator[Finding]:
    """Yield a note for each fact that no text, figure or rule for dates uses."""
    registers = content.registers
    used = set(content.facts_used)
    for figure in registers.figures.values():
        used.update(figure.fact_keys)
    if registers.dates:
        used.update(rule.time for rule in registers.dates.days.values())
    for key in registers.facts.keys() - used:
        message = f'"{key}": ingen text skriver uppgiften. Ta bort den.'
        path, line = content.location("facts", key)
        yield unused(path, line, "unused-fact", message)
