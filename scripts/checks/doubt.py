"""Kontrollerar tvivlet: varje fråga har en nivå och står på ett ställe, och få står öppna.

Öppna rutor (nivå 1) är till för det som ändrar vad läsaren ska göra nu; är de många hörs ingen.
Kontrollerar också att ingen källnot står tätt efter ett telefonnummer: den som kopierar numret
får annars med notens siffra.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.content.contacts import contacts_by_number
from scripts.content.content import Content
from scripts.content.field_types import LEVELS
from scripts.content.records import Registers
from scripts.core.findings import Finding
from scripts.core.phone import known_pattern

MAX_OPEN = 12  # boxes of level 1 on the whole site
MAX_LINE = 220  # characters of the instruction in a box of level 1


def check_questions(content: Content) -> Iterator[Finding]:
    """Yield a finding for each answered question with a level, and for each open question without
    ``settles``, ``ask`` or a level, or with level 1 and too long an instruction."""
    for key, question in content.registers.questions.items():
        where = content.location("questions", key)
        level = question.level
        if question.settled:
            if level:
                message = f'"{key}": en besvarad fråga har ingen nivå. Ta bort "level".'
                yield Finding(*where, "bad-level", message)
            continue
        missing = [field for field in ("settles", "ask") if not getattr(question, field)]
        if missing:
            yield Finding(*where, "missing-field", f'"{key}": fältet "{missing[0]}" saknas.')
        elif not level:
            words = "; ".join(f"{number} – {text}" for number, text in LEVELS.items())
            message = f'"{key}": fältet "level" saknas. Välj {words}.'
            yield Finding(*where, "missing-level", message)
        elif level == 1 and len(question.do) > MAX_LINE:
            message = (
                f'"{key}": "do" har mer än {MAX_LINE} tecken. Säg på en rad vad läsaren ska göra.'
            )
            yield Finding(*where, "long-check-first", message)


def check_boxes(content: Content) -> Iterator[Finding]:
    """Yield a finding for each box, ``[[osakert:KEY]]``, whose question is answered or has a box
    already, and one for the box of level 1 that is number MAX_OPEN + 1 on the site."""
    first_places: dict[str, str] = {}  # key of a question → "path:line" of its first box
    open_boxes = 0
    for page in content.pages_and_supplements:
        path = page.display_path
        for line, name, key in page.macros():
            question = content.registers.questions.get(key)
            if name != "osakert" or question is None:  # checks/sources.py reports unknown keys
                continue
            if question.settled:
                message = f'frågan "{key}" är besvarad. Skriv svaret i texten och ta bort rutan.'
                yield Finding(path, line, "settled-doubt", message)
            elif key in first_places:
                message = (
                    f'frågan "{key}" står redan på {first_places[key]}. Säg varje tvivel en '
                    "gång; länka dit."
                )
                yield Finding(path, line, "repeated-doubt", message)
            first_places.setdefault(key, f"{path}:{line}")
            if question.level != 1:
                continue
            open_boxes += 1
            if open_boxes == MAX_OPEN + 1:  # the next ones would only repeat the finding
                message = (
                    f"det här är öppen ruta nummer {open_boxes}; högst {MAX_OPEN} får plats på "
                    "hela sajten. Sänk nivån på en fråga som inte ändrar vad läsaren ska göra nu."
                )
                yield Finding(path, line, "too-many-open-doubts", message)


def number_before_citation(registers: Registers) -> re.Pattern[str]:
    """Return a pattern of a contact's number (group 1) with a citation, "[@", right after it."""
    return re.compile(known_pattern(contacts_by_number(registers.contacts)) + r"[*_]*\s?\[@")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the findings of questions and boxes, of answered questions that the guide refers to,
    and of citations right after a telephone number."""
    yield from check_questions(content)
    yield from check_boxes(content)
    yield from check_guide(content)
    yield from check_citations(content)


def check_guide(content: Content) -> Iterator[Finding]:
    """Yield a finding for each answered question that an outcome of the guide says is open."""
    for key, outcome in content.registers.guide.outcomes.items():
        for question_key in outcome.doubt:
            question = content.registers.questions.get(question_key)
            if question and question.settled:
                message = f'"{key}": frågan "{question_key}" är besvarad. Ta bort den ur doubt.'
                yield Finding(*content.location("guide", key), "settled-doubt", message)


def check_citations(content: Content) -> Iterator[Finding]:
    """Yield a finding for each line of a page with a citation right after a telephone number."""
    pattern = number_before_citation(content.registers)
    for page in content.pages_and_supplements:
        for line, text in page.lines():
            match = pattern.search(text)
            if match:
                message = (
                    f"källan står tätt efter numret {match[1]} och följer med när någon kopierar "
                    "det. Sätt den efter orden, till exempel efter meningens punkt."
                )
                yield Finding(page.display_path, line, "cite-after-number", message)
