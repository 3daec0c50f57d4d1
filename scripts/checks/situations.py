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
from scripts.content.situations import QUESTIONS_ID, QUESTIONS_MACRO, page_key
from scripts.core.findings import Finding, unused

MAIN_STEPS = "gor-sa-har"  # id of the heading of the steps; those before the box have another
MAX_QUESTIONS = 8  # on a page whose front matter sets no other limit: more aren't read
MAX_WORDS = 18  # of a question, and of its consequence
ITEM = re.compile(r"[-*+] +(.*)")  # "- Är du trött? Vila."; group 1: the text
# A last sentence that is only a link: "[Vattna](#vattna)."
LINK_ALONE = re.compile(r"(?:^|(?<=[.!?]) )\[[^\]]*\]\([^)]*\)[.]?$")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each question in the wrong place or too long, for too many questions, for
    each checklist that lacks a question of its steps' pages, and for unused situations."""
    for page in content.authored_pages:
        yield from _check_page(page, content)
    for key, situation in content.registers.situations.items():
        for field, text in (("question", situation.question), ("then", situation.then)):
            message = _length_violation(text)
            if message:
                path, line = content.location("situations", key, field)
                yield Finding(path, line, "bad-situation", f'"{key}": {message}')
    for name, checklist in content.registers.checklists.items():
        yield from _check_checklist(name, checklist, content)
    yield from _check_unused(content)


def _check_page(page: Page, content: Content) -> Iterator[Finding]:
    """Yield the findings of the macros in a page that ask situations, and of the page's own
    questions."""
    path = page.display_path
    own = list(own_questions(page))
    macros = [(line, argument) for line, name, argument in page.macros() if name == QUESTIONS_MACRO]
    for number, (line, argument) in enumerate(macros):
        for message in _placement_violations(page, line, is_repeated=number > 0):
            yield Finding(path, line, "misplaced-situations", message)
        keys = argument.split(",")
        count = len(keys) + len(own)
        limit = page.meta.questions or MAX_QUESTIONS
        if count > limit:
            message = f"{count} frågor, högst {limit} blir lästa. Gör ett steg av någon."
            yield Finding(path, line, "many-situations", message)
        for key in keys:
            situation = content.registers.situations.get(key)
            if situation and situation.link_asked_on(page.link) == page.link:
                message = (
                    f'frågan "{key}" leder till sidan som ställer den. Ta bort den här, eller led '
                    f'till en rubrik: skriv {page_key(page.link)}: "#rubrik" under pages i '
                    "situations.yml."
                )
                yield Finding(path, line, "misplaced-situations", message)
    for line, question, consequence in own:
        for text in (question, consequence):
            message = _length_violation(text)
            if message:
                yield Finding(path, line, "bad-situation", message)


def _placement_violations(page: Page, line: int, *, is_repeated: bool) -> Iterator[str]:
    """Yield a Swedish message if the macro on ``line``, which asks situations, is below the steps
    or a repetition, and one if the macro isn't under the heading of the questions.

    ``is_repeated``: whether the page has another such macro above it.
    """
    steps_line = next(
        (number for number, text in page.lines() if f"{{#{MAIN_STEPS}}}" in text), None
    )
    is_after_steps = steps_line is not None and line > steps_line
    if is_after_steps or is_repeated:
        yield f"frågorna ställs en gång, före rubriken {{#{MAIN_STEPS}}}. Flytta raden dit."
    section = sections(page.text.split("\n")).get(QUESTIONS_ID)
    body_index = line - page.body_line  # a section is a slice of the body's lines
    if section is None or not section.start < body_index < section.stop:
        yield f"frågorna ska stå under en egen rubrik med id {{#{QUESTIONS_ID}}}. Skriv den."


def own_questions(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield (line, question, consequence of a yes) in plain text, for each question that a page
    itself has: a list item under the heading of its questions, "- Är du trött? Vila."."""
    lines = page.text.split("\n")
    section = sections(lines).get(QUESTIONS_ID, slice(0, 0))
    for body_index in range(section.start, section.stop):
        match = ITEM.match(lines[body_index])
        if match:
            text = plain(LINK_ALONE.sub("", match[1]))
            question, mark, consequence = text.partition("?")
            yield page.body_line + body_index, question + mark, consequence.strip()


def _length_violation(text: str) -> str:
    """Return a message if a question or a consequence is too long, else ""."""
    count = len(WORD.findall(plain(text)))
    if count <= MAX_WORDS:
        return ""
    return f'"{text}" har {count} ord, högst {MAX_WORDS}. Korta det.'


def _check_checklist(name: str, checklist: Checklist, content: Content) -> Iterator[Finding]:
    """Yield a finding if a checklist asks too many questions, for each row without text, and for
    each row whose step is on a page with a question that the list neither asks nor answers; and a
    note for each question in ``answered`` that no page of a row's step asks."""
    register = f"checklists/{name}"
    file = content.files[register]
    count = len(checklist.first)
    if count > MAX_QUESTIONS:
        message = f"{count} frågor, högst {MAX_QUESTIONS} blir lästa. Ta bort någon ur first."
        yield Finding(*file.location("first"), "many-situations", message)
    settled = {*checklist.first, *checklist.answered}
    asked_by_pages: set[str] = set()  # keys of situations
    for row in checklist.rows:
        if not row.text and not row.step:
            message = f'raden "{row.id}" säger inget. Skriv step eller text.'
            yield Finding(*content.location(register, row.id), "missing-field", message)
        step = content.page_steps.get(row.step)
        # keys of the situations that the page of the row's step asks
        asked = content.situations_by_page.get(step.page.address, []) if step else []
        asked_by_pages.update(asked)
        missing = [key for key in asked if key not in settled]
        if missing:
            message = (
                f'raden "{row.id}" är ett steg på en sida som frågar om {", ".join(missing)}. '
                "Ställ frågan i listans first, eller säg varför den inte behövs: "
                f"answered: {{{missing[0]}: varför}}."
            )
            yield Finding(*content.location(register, row.id), "unasked-situation", message)
    for key in checklist.answered:
        if key not in asked_by_pages:
            message = f'answered: ingen av radernas sidor frågar om "{key}". Ta bort den.'
            path, line = file.location("answered", key)
            yield unused(path, line, "unused-situation", message)


def _check_unused(content: Content) -> Iterator[Finding]:
    """Yield a note for each situation that no page or checklist asks, and for each entry in a
    situation's ``pages`` whose page doesn't ask the situation."""
    # key of a situation → addresses ("a/b") of the pages that ask it; for a checklist that no page
    # shows, the checklist's name
    askers = {key: set[str]() for key in content.registers.situations}
    for address, keys in content.situations_by_page.items():
        for key in keys:
            askers.setdefault(key, set()).add(address.strip("/"))
    for name, checklist in content.registers.checklists.items():
        page = content.page_with("checklista", name)
        for key in checklist.first:
            askers.setdefault(key, set()).add(page.address.strip("/") if page else name)
    for key, situation in content.registers.situations.items():
        if not askers[key]:
            message = f'situationen "{key}" frågar ingen sida om. Fråga, eller ta bort den.'
            path, line = content.location("situations", key)
            yield unused(path, line, "unused-situation", message)
        for address in situation.pages.keys() - askers[key]:
            message = f'"{key}": sidan "{address}" frågar inte om det. Ta bort raden ur pages.'
            path, line = content.files["situations"].location(key, "pages", address)
            yield unused(path, line, "unused-situation", message)
