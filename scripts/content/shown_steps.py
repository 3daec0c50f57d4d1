"""Inserts pages' steps and situations into the registers that show them: checklists, the guide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scripts.content.fields import Iso
from scripts.content.guide import Outcome
from scripts.content.page import Page
from scripts.content.procedure import PageStep, steps_of
from scripts.content.records import Checklist, ChecklistGroup, ChecklistRow, Registers
from scripts.content.situations import HEADING, QUESTIONS_ID, Situation


def insert_steps(registers: Registers, pages: Collection[Page]) -> Registers:
    """Return the registers with the data of pages' steps.

    A checklist row that names a step gets its heading and first sentence; a checklist gets its
    situations as first rows; rows and outcomes of the guide get the sources of their steps.
    """
    steps = {step.key: step for page in pages for step in steps_of(page)}
    page_links: dict[str, str] = {}  # name of a checklist → link of the page that shows it
    for page in pages:
        for _, macro, argument in page.macros():
            if macro == "checklista":
                page_links[argument] = page.link
    checklists = {}
    for name, checklist in registers.checklists.items():
        # in the order of situations.yml: the most urgent first
        situations = [row for key, row in registers.situations.items() if key in checklist.first]
        checklist = _insert_in_rows(checklist, steps)
        checklists[name] = _insert_situations(checklist, situations, page_links.get(name, ""))
    sources = {step.link: step.sources for step in steps.values()}
    outcomes = {
        key: _insert_sources(outcome, sources) for key, outcome in registers.guide.outcomes.items()
    }
    return replace(
        registers, checklists=checklists, guide=replace(registers.guide, outcomes=outcomes)
    )


def _insert_in_rows(checklist: Checklist, steps: Mapping[str, PageStep]) -> Checklist:
    """Return a checklist with the texts of the steps that its rows name. If the page of one of the
    steps was reviewed later than the checklist's version, that day is the new version."""
    groups = []
    versions = [checklist.version]
    for group in checklist.groups:
        rows = []
        for row in group.rows:
            step = steps.get(row.step)
            if step:
                row = _row_of_step(row, step)
                versions.append(Iso(step.page.meta.last_reviewed_on.isoformat()))
            rows.append(row)
        groups.append(replace(group, rows=tuple(rows)))
    return replace(checklist, groups=tuple(groups), version=max(versions))


def _row_of_step(row: ChecklistRow, step: PageStep) -> ChecklistRow:
    """Return a row with its step's text in the fields that the row leaves empty."""
    return replace(
        row,
        text=row.text or f"{step.do}.",
        why=row.why or step.how,
        page=row.page or step.link,
        page_title=row.page_title or step.page.title,
        sources=step.sources,
    )


def _insert_situations(
    checklist: Checklist, situations: Collection[Situation], page_link: str
) -> Checklist:
    """Return a checklist with its situations, if it has any, as a first group of rows.
    ``page_link``: the link to the page that shows the checklist."""
    if not situations:
        return checklist
    rows = []
    for situation in situations:
        rows.append(
            ChecklistRow(
                id=f"{QUESTIONS_ID}-{situation.key}",
                text=situation.question,
                why=situation.then,
                page=situation.link_asked_on(page_link),
                page_title=situation.link_text_asked_on(page_link),
                changed=situation.changed,
                sources=situation.sources,
            )
        )
    first = ChecklistGroup(id=QUESTIONS_ID, title=HEADING, rows=tuple(rows))
    return replace(checklist, groups=(first, *checklist.groups))


def _insert_sources(outcome: Outcome, sources: Mapping[str, tuple[str, ...]]) -> Outcome:
    """Return an outcome with the sources of the steps that the outcome links to. ``sources``: link
    of a step → keys of the sources that the step cites."""
    links = [replace(link, sources=sources.get(link.page, ())) for link in outcome.more]
    return replace(outcome, more=tuple(links))
