"""Läser och kontrollerar vägledningen i docs/_data/guide.yml: frågor, svar och vägarna mellan dem.

En väg är de val en läsare gör från första frågan till ett svar som inte leder vidare. Ingen väg får
sakna slut eller gå i ring, varje fråga har "Vet inte", och varje fråga och svar har en egen sida.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from scripts.content.content import Content
from scripts.core.findings import Finding

FOLDER = "betanketid/vagledning"
UNSURE = "Vet inte"
# What an outcome says in one word. After AHEAD the questions go on; the others are the end.
VERDICTS = {
    "akut": "Gör det här nu",
    "forst": "Gör det här först",
    "nej": "Betänketid är inte rätt väg nu",
    "kanske": "Betänketid kan bli aktuellt",
    "oklart": "Det går inte att svara än",
}
AHEAD = ("akut", "forst")


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


def page_path(guide: Mapping[str, Any], key: str) -> str:
    """Return the node's page in docs/."""
    return f"{FOLDER}/{'index' if key == guide['start'] else key}.md"


def texts(guide: Mapping[str, Any], key: str) -> Iterator[str]:
    """Yield every text of a node that may cite a source."""
    here = node(guide, key)
    yield here.get("text", "")
    yield from here.get("why", [])
    yield from here.get("do", [])
    if here.get("verdict") == "kanske":
        yield guide["conditions"]
        yield guide["child"]
    elif "verdict" in here and here["verdict"] not in AHEAD:
        yield guide["child_short"]


def check_guide(
    guide: Mapping[str, Any], contacts: Mapping[str, Any], doubts: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield (node, message) for each fault of the tree itself."""
    known = {**guide["questions"], **guide["outcomes"]}
    broken = False
    for key, here in known.items():
        if not here.get("title"):
            yield key, 'fältet "title" saknas.'
        if key in guide["questions"]:
            targets = [choice["to"] for choice in here.get("choices", [])]
            if not any(c["title"].startswith(UNSURE) for c in here.get("choices", [])):
                yield key, f'frågan saknar valet "{UNSURE}".'
        else:
            targets = [here["then"]] if here.get("then") else []
            yield from ((key, m) for m in _check_outcome(here, contacts, doubts))
        for target in targets:
            if target not in known:
                broken = True
                yield key, f'leder till "{target}", som inte finns.'
    if broken:
        return
    try:
        reached = order(guide)
    except ValueError as loop:
        yield str(loop), "frågorna går i ring. Låt svaret leda framåt."
        return
    for key in known.keys() - set(reached):
        yield key, "ingen fråga leder hit. Ta bort den eller låt ett svar leda hit."


def _check_outcome(
    here: Mapping[str, Any], contacts: Mapping[str, Any], doubts: Mapping[str, Any]
) -> Iterator[str]:
    if here.get("verdict") not in VERDICTS:
        yield f"verdict ska vara {', '.join(VERDICTS)}."
    elif (here["verdict"] in AHEAD) != bool(here.get("then")):
        yield f'"then" ska stå där verdict är {" eller ".join(AHEAD)}, och ingen annanstans.'
    for field in ("why", "do", "call", "more"):
        if not here.get(field):
            yield f'fältet "{field}" saknas. Ett svar säger varför, vad du gör, vem du ringer.'
    for key in here.get("call", []):
        if key not in contacts:
            yield f'kontakten "{key}" finns inte i contacts.yml.'
    for key in here.get("doubt", []):
        if key not in doubts:
            yield f'frågan "{key}" finns inte i questions.yml.'


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding of the guide and its pages."""
    registers = content.registers
    guide = registers.guide
    if not guide:
        return

    def finding(key: str, message: str) -> Finding:
        shown = content.files["guide"].shown
        return Finding(shown, content.line("guide", key), "guide", f'"{key}": {message}')

    for key, message in check_guide(guide, registers.contacts, registers.questions):
        yield finding(key, message)
    for key in [*guide["questions"], *guide["outcomes"]]:
        path = page_path(guide, key)
        page = content.pages.get(PurePosixPath(path))
        if page is None:
            yield finding(key, f"sidan docs/{path} finns inte. Kopiera en annan och byt ord.")
            continue
        if [(name, argument) for _, name, argument in page.macros()] != [("vagledning", key)]:
            yield finding(key, f'sidan docs/{path} ska ha raden "[[vagledning: {key}]]".')
        if key != guide["start"] and page.title != node(guide, key)["title"]:
            yield finding(key, f'sidan docs/{path} heter "{page.title}". Skriv samma som här.')
