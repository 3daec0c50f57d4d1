"""Where registers show pages' steps, and situations: in checklists and the guide's answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scripts.content.fields import Iso
from scripts.content.guide import Outcome
from scripts.content.page import Page
from scripts.content.procedure import PageStep, steps_of
from scripts.content.records import Checklist, ChecklistGroup, ChecklistRow, Registers
from scripts.content.situations import FIRST, HEADING, Situation


def with_steps(registers: Registers, pages: Collection[Page]) -> Registers:
    """Return the registers with pages' words in the rows of checklists that name a step, with the
    questions that a checklist asks first as rows at its top, and with a step's sources in each row
    of a checklist and answer of the guide that shows it."""
    steps = {step.key: step for page in pages for step in steps_of(page)}
    homes = {  # checklist → the page that shows it, as a link target
        argument: page.link
        for page in pages
        for _, name, argument in page.macros()
        if name == "checklista"
    }
    checklists = {}
    for name, checklist in registers.checklists.items():
        # in the register's order: the most urgent first
        first = [one for key, one in registers.situations.items() if key in checklist.first]
        checklists[name] = _checklist(checklist, first, steps, homes.get(name, ""))
    sources = {step.link: step.sources for step in steps.values()}
    outcomes = {key: _outcome(one, sources) for key, one in registers.guide.outcomes.items()}
    return replace(
        registers,
        checklists=checklists,
        guide=replace(registers.guide, outcomes=outcomes),
        steps={key: step.sources for key, step in steps.items()},
    )


def _checklist(
    own: Checklist, first: list[Situation], steps: Mapping[str, PageStep], home: str
) -> Checklist:
    """Return a checklist with its questions and its steps' words. It is as new as the newest page
    that gives it words: that day is the version that a reader sees."""
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
    """Return a row with its step's words where it has none of its own."""
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
    """Return a situation as a row of the checklist that ``page`` shows."""
    return ChecklistRow(
        id=f"{FIRST}-{one.key}",
        text=one.question,
        why=one.then,
        page=one.link_from(page),
        page_title=one.words_from(page),
        changed=one.changed,
        sources=one.sources,
    )


def _outcome(own: Outcome, sources: Mapping[str, tuple[str, ...]]) -> Outcome:
    """Return an answer whose links to steps have their sources: by link."""
    more = (replace(row, sources=sources.get(row.page, ())) for row in own.more)
    return replace(own, more=tuple(more))
