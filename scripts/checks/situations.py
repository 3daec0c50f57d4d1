"""Kontrollerar frågorna som ställs före stegen: på en plats, få och korta, och på checklistorna."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.markdown import plain, sections
from scripts.content.page import Page
from scripts.content.prose import WORD
from scripts.content.records import Checklist
from scripts.content.situations import FIRST, address_of
from scripts.core.findings import Finding, unused

STEPS = "gor-sa-har"  # the heading that the questions stand above
MOST = 8  # questions on a page, where it says no other number: more aren't read
LONGEST = 18  # words of a question, and of what follows from it
ITEM = re.compile(r"[-*+] +(.*)")
LINK_ALONE = re.compile(r"(?:^|(?<=[.!?]) )\[[^\]]*\]\([^)]*\)[.]?$")  # a sentence of its own, last


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield questions in the wrong place, too many or too long; checklists whose rows say nothing
    or that don't ask what their steps' pages do; and situations that nobody asks."""
    for page in content.authored_pages:
        yield from _page(page, content)
    for key, situation in content.registers.situations.items():
        for field, text in (("question", situation.question), ("then", situation.then)):
            if message := _too_long(text):
                where = content.location("situations", key, field)
                yield Finding(*where, "bad-situation", f'"{key}": {message}')
    for name, checklist in content.registers.checklists.items():
        yield from _checklist(name, checklist, content)
    yield from _unused(content)


def _page(page: Page, content: Content) -> Iterator[Finding]:
    """Yield what is wrong with the questions of a page."""
    shown = page.display_path
    asked = [(line, argument) for line, name, argument in page.macros() if name == FIRST]
    steps = next((line for line, text in page.lines() if f"{{#{STEPS}}}" in text), None)
    own = list(own_questions(page))
    for line, argument in asked:
        if (steps is not None and line > steps) or line != asked[0][0]:
            message = f"frågorna ställs en gång, före rubriken {{#{STEPS}}}. Flytta raden dit."
            yield Finding(shown, line, "misplaced-situations", message)
        part = sections(page.text.split("\n")).get(FIRST)
        if part is None or not part.start < line - page.body_line < part.stop:
            message = f"frågorna ska stå under en egen rubrik med id {{#{FIRST}}}. Skriv den."
            yield Finding(shown, line, "misplaced-situations", message)
        count = len(argument.split(",")) + len(own)
        most = page.meta.questions or MOST
        if count > most:
            message = f"{count} frågor, högst {most} blir lästa. Gör ett steg av någon."
            yield Finding(shown, line, "many-situations", message)
        for key in argument.split(","):
            one = content.registers.situations.get(key)
            if one and one.link_from(page.link) == page.link:
                message = (
                    f'frågan "{key}" leder till sidan som ställer den. Ta bort den här, eller led '
                    f'till en rubrik: skriv {address_of(page.link)}: "#rubrik" under pages i '
                    "situations.yml."
                )
                yield Finding(shown, line, "misplaced-situations", message)
    for line, question, then in own:
        for text in (question, then):
            if message := _too_long(text):
                yield Finding(shown, line, "bad-situation", message)


def own_questions(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the questions that a page asks itself, beside the register's: (line, the question, what
    a yes means), in plain words."""
    lines = page.text.split("\n")
    part = sections(lines).get(FIRST, slice(0, 0))
    for number in range(part.start, part.stop):
        if match := ITEM.match(lines[number]):
            text = plain(LINK_ALONE.sub("", match[1]))
            question, mark, then = text.partition("?")
            yield page.body_line + number, question + mark, then.strip()


def _too_long(text: str) -> str:
    """Return what is wrong with a question, or what follows from it; "" for nothing."""
    count = len(WORD.findall(plain(text)))
    return f'"{text}" har {count} ord, högst {LONGEST}. Korta det.' if count > LONGEST else ""


def _checklist(name: str, checklist: Checklist, content: Content) -> Iterator[Finding]:
    """Yield rows that say nothing, rows whose step's page asks what the list neither asks nor has
    answered, and too many questions."""
    register = f"checklists/{name}"
    file = content.files[register]
    if len(checklist.first) > MOST:
        message = f"{len(checklist.first)} frågor, högst {MOST} blir lästa. Ta bort någon ur first."
        yield Finding(*file.location("first"), "many-situations", message)
    settled, met = {*checklist.first, *checklist.answered}, set[str]()
    for row in checklist.rows:
        if not row.text and not row.step:
            message = f'raden "{row.id}" säger inget. Skriv step eller text.'
            yield Finding(*content.location(register, row.id), "missing-field", message)
        step = content.page_steps.get(row.step)
        asked = content.situations_by_page.get(step.page.address, []) if step else []
        met.update(asked)
        if lacking := [key for key in asked if key not in settled]:
            message = (
                f'raden "{row.id}" är ett steg på en sida som frågar om {", ".join(lacking)}. '
                "Ställ frågan i listans first, eller säg varför den inte behövs: "
                f"answered: {{{lacking[0]}: varför}}."
            )
            yield Finding(*content.location(register, row.id), "unasked-situation", message)
    for key in checklist.answered:
        if key not in met:
            message = f'answered: ingen av radernas sidor frågar om "{key}". Ta bort den.'
            where = file.location("answered", key)
            yield unused(*where, "unused-situation", message, key)


def _unused(content: Content) -> Iterator[Finding]:
    """Yield situations that nobody asks, and ways of theirs from pages that don't ask them."""
    asking = {key: set[str]() for key in content.registers.situations}  # key → addresses
    for address, keys in content.situations_by_page.items():
        for key in keys:
            asking.setdefault(key, set()).add(address.strip("/"))
    for name, checklist in content.registers.checklists.items():
        home = content.page_with("checklista", name)
        for key in checklist.first:
            asking.setdefault(key, set()).add(home.address.strip("/") if home else name)
    for key, situation in content.registers.situations.items():
        if not asking[key]:
            message = f'situationen "{key}" frågar ingen sida om. Fråga, eller ta bort den.'
            where = content.location("situations", key)
            yield unused(*where, "unused-situation", message, key)
        for address in situation.pages.keys() - asking[key]:
            message = f'"{key}": sidan "{address}" frågar inte om det. Ta bort raden ur pages.'
            where = content.files["situations"].location(key, "pages", address)
            yield unused(*where, "unused-situation", message, address)
