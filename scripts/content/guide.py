"""The guide in docs/_data/guide.yml: questions, outcomes, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scripts.content.choices import AHEAD


@dataclass(frozen=True)
class Walk:
    """One reader's way: (question, the choice's title) in order, and every node passed."""

    choices: tuple[tuple[str, str], ...]
    nodes: tuple[str, ...]


def node(guide: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return the question or outcome ``key``. Raises KeyError."""
    found = guide["questions"].get(key) or guide["outcomes"][key]
    return dict(found)


def leads_to(guide: Mapping[str, Any], key: str) -> list[str]:
    """Return the nodes that follow ``key``; an outcome that ends the guide has none."""
    here = node(guide, key)
    if "choices" in here:
        return [choice["to"] for choice in here["choices"]]
    return [here["then"]] if here.get("then") else []


def order(guide: Mapping[str, Any]) -> list[str]:
    """Return every node that can be reached, each after all that lead to it. Raises ValueError.

    Depth first, so that a loop is found: a node that is met again before it is finished.
    """
    done: list[str] = []
    open_: set[str] = set()

    def visit(key: str) -> None:
        if key in done:
            return
        if key in open_:
            raise ValueError(key)
        open_.add(key)
        for following in reversed(leads_to(guide, key)):
            visit(following)
        done.append(key)

    visit(guide["start"])
    return done[::-1]


def places(guide: Mapping[str, Any]) -> dict[str, int]:
    """Return question → how many questions a way to it has, itself among them: the longest way."""
    before = {guide["start"]: 0}
    for key in order(guide):
        passed = before[key] + (key in guide["questions"])
        for following in leads_to(guide, key):
            before[following] = max(before.get(following, 0), passed)
    return {key: before[key] + 1 for key in order(guide) if key in guide["questions"]}


def behind(guide: Mapping[str, Any], key: str) -> str:
    """Return the question that a reader of ``key`` answered last; "" before the first one."""
    asked = places(guide)
    leading = [question for question in asked if key in leads_to(guide, question)]
    return max(leading, key=lambda question: asked[question], default="")


def way_to(guide: Mapping[str, Any], key: str) -> list[tuple[str, list[str]]]:
    """Return the questions that decide whether a reader comes to ``key``, in order, each with the
    answers that lead on. Left out is a question that any answer leads on from, and an answer that
    sends the reader to find out more first."""
    ahead = {key}
    for before in reversed(order(guide)):
        if ahead.intersection(leads_to(guide, before)):
            ahead.add(before)
    way = []
    for question in order(guide):
        choices = guide["questions"].get(question, {}).get("choices", ())
        if any(choice["to"] in ahead for choice in choices) and not all(
            choice["to"] in ahead for choice in choices
        ):
            straight = {key, *guide["questions"]} & ahead
            way.append((question, [c["title"] for c in choices if c["to"] in straight]))
    return way


def walks(guide: Mapping[str, Any]) -> Iterator[Walk]:
    """Yield every way through the guide. It has no loop (see ``order``)."""

    def walk(key: str, choices: tuple[tuple[str, str], ...], nodes: tuple[str, ...]) -> Any:
        here, nodes = node(guide, key), (*nodes, key)
        if "choices" in here:
            for choice in here["choices"]:
                yield from walk(choice["to"], (*choices, (key, choice["title"])), nodes)
        elif here.get("then"):
            yield from walk(here["then"], choices, nodes)
        else:
            yield Walk(choices, nodes)

    yield from walk(guide["start"], (), ())


def texts(guide: Mapping[str, Any], key: str) -> Iterator[str]:
    """Yield every text of a node that may cite a source."""
    here = node(guide, key)
    yield here.get("text", "")
    yield here.get("help", "")
    yield from here.get("why", [])
    yield from here.get("do", [])
    if here.get("verdict") == "kanske":
        yield guide.get("conditions") or ""
        yield guide.get("child") or ""
    elif "verdict" in here and here["verdict"] not in AHEAD:
        yield guide.get("child_short") or ""
