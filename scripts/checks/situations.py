"""Kontrollerar stegen, och frågorna före dem: ställda en gång, och på checklistorna också."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.records import Checklist
from scripts.content.situations import FIRST, address_of
from scripts.core.findings import UNUSED, Finding

STEPS = "gor-sa-har"  # the heading that the questions stand above
MOST = 8  # questions on a page: more aren't read
LONGEST = 8  # words of a step's heading: it is read as a list


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield questions in the wrong place, steps that aren't told as steps, checklists that don't
    ask what their steps' pages do, and situations that nobody asks."""
    for page in content.written:
        yield from _page(page, content)
    for step in content.page_steps.values():
        where = content.shown(step.page), step.line
        if step.do.rstrip().endswith("?"):
            message = f'steget "{step.do}" är en fråga. Börja med det läsaren gör.'
            yield Finding(*where, "bad-step", message)
        if (count := len(step.do.split())) > LONGEST:
            message = f'steget "{step.do}" har {count} ord i rubriken, högst {LONGEST}.'
            yield Finding(*where, "bad-step", message)
    for name, checklist in content.registers.checklists.items():
        yield from _checklist(name, checklist, content)
    yield from _unused(content)


def _page(page: Page, content: Content) -> Iterator[Finding]:
    shown, asked = content.shown(page), [row for row in page.macros() if row[1] == FIRST]
    steps = next((line for line, text in page.lines() if f"{{#{STEPS}}}" in text), None)
    for line, _, argument in asked:
        if (steps is not None and line > steps) or line != asked[0][0]:
            message = f"frågorna ställs en gång, före rubriken {{#{STEPS}}}. Flytta raden dit."
            yield Finding(shown, line, "misplaced-situations", message)
        keys = argument.split(",")
        if len(keys) > MOST:
            message = f"{len(keys)} frågor, högst {MOST} blir lästa. Gör ett steg av någon."
            yield Finding(shown, line, "many-situations", message)
        for key in keys:
            one = content.registers.situations.get(key)
            if one and one.link_from(page.link) == page.link:
                message = (
                    f'frågan "{key}" leder till sidan som ställer den. Ta bort den här, eller led '
                    f'till en rubrik: skriv {address_of(page.link)}: "#rubrik" under pages i '
                    "situations.yml."
                )
                yield Finding(shown, line, "misplaced-situations", message)


def _checklist(name: str, checklist: Checklist, content: Content) -> Iterator[Finding]:
    """Yield each row whose step's page asks what the list neither asks nor has answered."""
    settled, met = {*checklist.first, *checklist.answered}, set[str]()
    for row in checklist.rows:
        step = content.page_steps.get(row.step)
        asked = content.asked.get(step.page.address, []) if step else []
        met.update(asked)
        if step and (lacking := [key for key in asked if key not in settled]):
            message = (
                f'raden "{row.id}" hör till en sida som först frågar om {", ".join(lacking)}. '
                "Ställ frågorna i listans first, eller skriv dem i answered."
            )
            yield Finding(*content.at(f"checklists/{name}", row.id), "unasked-situation", message)
    for key in checklist.answered:
        if key not in met:
            message = f'answered: ingen av radernas sidor frågar om "{key}". Ta bort den.'
            line = content.files[f"checklists/{name}"].line("answered")
            where = content.files[f"checklists/{name}"].shown, line
            yield Finding(*where, "unused-situation", message, "", key, UNUSED)


def _unused(content: Content) -> Iterator[Finding]:
    asked = {key for keys in content.asked.values() for key in keys}
    asked |= {key for one in content.registers.checklists.values() for key in one.first}
    for key in content.registers.situations.keys() - asked:
        message = f'situationen "{key}" frågar ingen sida om. Fråga, eller ta bort den.'
        where = content.at("situations", key)
        yield Finding(*where, "unused-situation", message, "", key, UNUSED)
