"""docs/_data/audit/tasks.toml: what readers come for, and what the way there costs.

Only what she sees is pressed and counted. A reader who skims reads fewer words: the figures are for
comparing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.audit.budget import Budget, exceeded_limits, finding_at, read_text, read_toml
from scripts.audit.visit import DESK, PHONE, inject_script, resize
from scripts.core.findings import Finding

NAME = "tasks.toml"
SCREENS_BELOW = "e => Math.max(0, e.getBoundingClientRect().bottom - innerHeight) / innerHeight"
RANK_OF_NO_HIT = 99  # the place of an answer that is not among the hits


@dataclass(frozen=True)
class Task:
    """What somebody wants, the way there from the start page, and the answer.

    ``answer``: an address with an id, "odla/tomat/#vattna", or else words that are seen.
    """

    wants: str
    answer: str
    way: list[str]  # links by their names, in order
    urgent: bool = False  # the budget is for these
    search: str = ""  # her own words
    hits: tuple[str, ...] = ()  # pages that answer it, by the beginning of their address


def read_tasks(docs: Path) -> list[Task]:
    """Return the tasks of ``docs``. Raises ContentError."""

    def made(tasks: list[dict[str, Any]]) -> list[Task]:
        return [
            Task(**{**row, "way": row.get("way", []), "hits": tuple(row.get("hits", ()))})
            for row in tasks
        ]

    rows: list[Task] = read_toml(made, docs, NAME)
    return rows


def first_visible(*found: Any) -> Any:
    """Return the first of what was found that a reader sees, or None."""
    return next((one for locator in found for one in locator.all() if one.is_visible()), None)


def answer_locators(page: Any, base: str, answer: str) -> list[Any]:
    """Return the locators of what answers a task: none on another page than the answer's own."""
    content = page.locator("#innehall")
    address, hash_, anchor = answer.partition("#")
    if not hash_:
        return [content.get_by_text(answer), content.get_by_role("button", name=answer)]
    here = page.url.partition("#")[0]
    return [content.locator(f"id={anchor}")] if here == base + address else []


def follow_task(page: Any, base: str, task: Task) -> tuple[dict[str, float], str]:
    """Go the task's way by pressing what is seen, and read on to the answer.

    Returns what it cost, and the first thing that wasn't to be seen on the way.
    """
    cost = {"presses": 0.0, "screens": 0.0, "words": 0.0}
    page.goto(base)
    content = page.locator("#innehall")
    for name in (*task.way, None):
        if name is None:
            target = first_visible(*answer_locators(page, base, task.answer))
        else:
            links = [place.get_by_role("link", name=name, exact=True) for place in (content, page)]
            target = first_visible(*links)
        if target is None:
            return cost, name or task.answer
        inject_script(page)
        cost["words"] += target.evaluate("target => audit.passed(target)")
        cost["screens"] += target.evaluate(SCREENS_BELOW)
        if name is not None:
            target.click()
            page.wait_for_load_state()
            cost["presses"] += 1
    return cost, ""


def rank_of_answer(page: Any, base: str, task: Task) -> int:
    """Return the place among the hits of the first that answers, from 1."""
    page.goto(base)
    page.keyboard.press("Control+k")
    page.keyboard.type(task.search)
    status = page.get_by_role("search").get_by_role("status")
    status.filter(has_text=f"”{task.search}”").wait_for()
    links = page.get_by_role("option").evaluate_all("all => all.map(e => e.href || '')")
    found = (n for n, link in enumerate(links, 1) if link.removeprefix(base).startswith(task.hits))
    return next(found, RANK_OF_NO_HIT)


def check(page: Any, base: str, docs: Path, budget: Budget) -> Iterator[Finding]:
    """Yield what is wrong with the ways to what readers come for."""
    text = read_text(docs, NAME).split("\n")
    for task in read_tasks(docs):
        line = next(number for number, row in enumerate(text, 1) if task.wants in row)
        told = []
        for window in (PHONE, DESK):
            resize(page, window)
            cost, missing = follow_task(page, base, task)
            if missing:
                told.append(("task", f'"{missing}" syns inte på vägen.'))
            elif task.urgent:
                told += exceeded_limits(cost, budget.task)
        if task.urgent and task.search:
            told += exceeded_limits({"place": rank_of_answer(page, base, task)}, budget.task)
        for rule, words in dict.fromkeys(told):
            yield finding_at(docs, NAME, line, rule, f"{task.wants}: {words}")
