"""Inserts pages' steps and situations into the registers that show them: checklists, the guide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scripts.content.fields import Iso
from scripts.content.guide import Outcome
from scripts.content.page import Page
from scripts.content.procedure import PageStep, steps_of
from scripts.content.records import Checklist, ChecklistGroup, ChecklistRow, Registers
from scripts.content.situations import FIRST, HEADING, Situation


def insert_steps(registers: Registers, pages: Collection[Page]) -> Registers:
    """Return the registers with the data of pages' steps.

    A checklist row that names a step gets its heading and first sentence; a checklist gets its
    situations as first rows; rows and outcomes of the guide get the sources of their steps.
    """
    steps = {step.key: step for page in pages for step in steps_of(page)}
    link_of = {  # checklist → link of the page that shows it
        argument: page.link
        for page in pages
        for _, name, argument in page.macros()
        if name == "checklista"
    }
    checklists = {}
    for name, checklist in registers.checklists.items():
        # in the order of situations.yml: the most urgent first
        first = [one for key, one in registers.situations.items() if key in checklist.first]
        checklists[name] = _checklist(checklist, first, steps, link_of.get(name, ""))
    sources = {step.link: step.sources for step in steps.values()}
    outcomes = {key: _outcome(one, sources) for key, one in registers.guide.outcomes.items()}
    return replace(
        registers,
        checklists=checklists,
        guide=replace(registers.guide, outcomes=outcomes),
    )


def _checklist(
    own: Checklist, first: list[Situation], steps: Mapping[str, PageStep], home: str
) -> Checklist:
    """Return a checklist with its situations and the text of its steps.

    Its version is the latest review date of the pages that give it text.
    """
    groups = [
        replace(group, rows=tuple(_row(row, steps.get(row.step)) for row in group.rows))
        for group in own.groups
    ]
    if first:
        rows = tuple(_question(one, home) for one in first)
        groups.insert(0, ChecklistGroup(id=FIRST, title=HEADING, rows=rows))
    pages = [steps[row.step].page for row in own.rows if row.step in steps]
    days = [page.meta.last_reviewed_on.isoformat() for page in pages]
    return replace(own, groups=tuple(groups), version=Iso(max([own.version, *days])))


def _row(own: ChecklistRow, step: PageStep | None) -> ChecklistRow:
    """Return a row with its step's text in the fields that the row leaves empty."""
    if step is None:
        return own
    return replace(
        own,
        text=own.text or f"{step.do}.",
        why=own.why or step.how,
        page=own.page or step.link,
        page_title=own.page_title or step.page.title,
        sources=step.sources,
    )


def _question(one: Situation, page: str) -> ChecklistRow:
    """Return a situation as a checklist row. ``page``: link of the page with the checklist."""
    return ChecklistRow(
        id=f"{FIRST}-{one.key}",
        text=one.question,
        why=one.then,
        page=one.link_from(page),
        page_title=one.link_text_from(page),
        changed=one.changed,
        sources=one.sources,
    )


def _outcome(own: Outcome, sources: Mapping[str, tuple[str, ...]]) -> Outcome:
    """Return an outcome whose links to steps have sources. ``sources``: by link of a step."""
    more = (replace(row, sources=sources.get(row.page, ())) for row in own.more)
    return replace(own, more=tuple(more))
