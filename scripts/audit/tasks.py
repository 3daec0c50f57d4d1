"""docs/_data/audit/tasks.toml: readers' tasks, and the cost of the way to the answer.

Only visible links are pressed and visible words counted. A reader who skims reads fewer words: the
measures are for comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.audit.budget import Budget, exceeded_limits, finding_at, read_text, read_toml
from scripts.audit.visit import DESK, PHONE, inject_script, resize
from scripts.core.findings import Finding

NAME = "tasks.toml"
# JavaScript: how far below the first view of the page an element ends, in heights of the window.
SCREENS_BELOW = "e => Math.max(0, e.getBoundingClientRect().bottom - innerHeight) / innerHeight"
RANK_OF_NO_HIT = 99  # the rank of an answer that is not among the hits


@dataclass(frozen=True)
class Task:
    """A task of a reader.

    Attributes:
        wants: the task, in Swedish.
        answer: an address with an id ("odla/tomat/#vattna"), or a text on the page.
        way: names of the links to press, from the start page.
        urgent: whether the budget's limits apply.
        search: the reader's query, or "".
        hits: beginnings of the addresses of pages that answer the query.
    """

    wants: str
    answer: str
    way: Sequence[str] = ()
    urgent: bool = False
    search: str = ""
    hits: Sequence[str] = ()


def read_tasks(docs: Path) -> list[Task]:
    """Return the tasks in tasks.toml in ``docs``. Raises ContentError."""

    def construct(tasks: list[dict[str, Any]]) -> list[Task]:
        return [Task(**row) for row in tasks]

    tasks: list[Task] = read_toml(construct, docs, NAME)
    return tasks


def first_visible(*locators: Any) -> Any:
    """Return the first visible element of the locators, or None."""
    for locator in locators:
        for element in locator.all():
            if element.is_visible():
                return element
    return None


def answer_locators(page: Any, base: str, answer: str) -> list[Any]:
    """Return the locators of a task's answer on the open page.

    Args:
        base: URL of the site.
        answer: a text, which is in the page's text or the name of a button; or an address with an
            id ("odla/#ordning"), which is an element of that page: [] if another page is open.
    """
    content = page.locator("#innehall")
    address, separator, anchor = answer.partition("#")
    if not separator:  # a text
        return [content.get_by_text(answer), content.get_by_role("button", name=answer)]
    is_open = page.url.partition("#")[0] == base + address
    return [content.locator(f"id={anchor}")] if is_open else []


def follow_task(page: Any, base: str, task: Task) -> tuple[dict[str, float], str]:
    """Press the links of a task's way, and read on to the answer.

    Returns:
        Measure → cost: "presses", and "screens" and "words" read.
        The first link or answer that isn't visible, "" if all are.
    """
    cost = {"presses": 0.0, "screens": 0.0, "words": 0.0}

    def read_to(target: Any) -> None:
        """Add the cost of reading from the top of the open page to ``target``."""
        inject_script(page)
        cost["words"] += target.evaluate("target => audit.wordsTo(target)")
        cost["screens"] += target.evaluate(SCREENS_BELOW)

    page.goto(base)
    for name in task.way:
        # a link in the text goes before one of the same name in the menu
        parts = (page.locator("#innehall"), page)
        link = first_visible(*(part.get_by_role("link", name=name, exact=True) for part in parts))
        if link is None:
            return cost, name
        read_to(link)
        link.click()
        page.wait_for_load_state()
        cost["presses"] += 1
    answer = first_visible(*answer_locators(page, base, task.answer))
    if answer is None:
        return cost, task.answer
    read_to(answer)
    return cost, ""


def rank_of_answer(page: Any, base: str, task: Task) -> int:
    """Type a task's query in the search of the start page; return the rank of the first hit that
    answers it, from 1, or RANK_OF_NO_HIT if no hit does."""
    page.goto(base)
    page.keyboard.press("Control+k")  # opens the search
    page.keyboard.type(task.search)
    status = page.get_by_role("search").get_by_role("status")
    status.filter(has_text=f"”{task.search}”").wait_for()  # it names the query whose hits are shown
    links = page.get_by_role("option").evaluate_all("all => all.map(e => e.href || '')")
    for rank, link in enumerate(links, 1):
        if link.removeprefix(base).startswith(tuple(task.hits)):
            return rank
    return RANK_OF_NO_HIT


def check(page: Any, base: str, docs: Path, budget: Budget) -> Iterator[Finding]:
    """Yield a finding for each task whose way has an invisible link or costs too much, on a phone
    or a desktop, and each whose answer is too far down among the hits.

    Args:
        page: an open page of the browser.
        base: URL of the site.
    """
    lines = read_text(docs, NAME).split("\n")
    for task in read_tasks(docs):
        line = next(number for number, row in enumerate(lines, 1) if task.wants in row)
        violations: list[tuple[str, str]] = []  # (rule, Swedish message)
        for window in (PHONE, DESK):
            resize(page, window)
            cost, missing = follow_task(page, base, task)
            if missing:
                violations.append(("task", f'"{missing}" syns inte på vägen.'))
            elif task.urgent:
                violations += exceeded_limits(cost, budget.task)
        if task.urgent and task.search:
            violations += exceeded_limits({"place": rank_of_answer(page, base, task)}, budget.task)
        for rule, message in dict.fromkeys(violations):  # the same in both windows: once
            yield finding_at(docs, NAME, line, rule, f"{task.wants}: {message}")
