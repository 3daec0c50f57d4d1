"""Which sources a page uses, itself or through what it shows of a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from scripts.content.page import Page
from scripts.content.registers import Registers

# A contact's fields that readers see and that may cite sources.
CONTACT_TEXTS = ("for_whom", "hours", "what_happens", "not_for", "note", "doubt")


def used_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the keys a page uses, itself or through a register that it shows."""
    yield from (key for _, key in page.citations())
    for _, name, argument in page.macros():
        if name == "checklista":
            for group in registers.checklists.get(argument, {}).get("groups", []):
                for row in group["rows"]:
                    probe = Page(page.path, {}, row.get("why") or "", 1)
                    yield from (key for _, key in probe.citations())
        elif name == "kontakter":
            for contact in registers.contacts.values():
                if argument in contact["group"]:
                    yield contact["source"]
                    texts = " ".join(str(contact.get(name) or "") for name in CONTACT_TEXTS)
                    yield from (key for _, key in Page(page.path, {}, texts, 1).citations())
        elif name in ("vagledning", "hela-vagledningen"):
            parts = registers.guide.get("questions", {}) | registers.guide.get("outcomes", {})
            nodes = [argument] if name == "vagledning" else list(parts)
            shown = [parts.get(key, {}) for key in nodes]
            text = str([*shown, registers.guide.get("child"), registers.guide.get("conditions")])
            yield from (key for _, key in Page(page.path, {}, text, 1).citations())
        elif name == "lan":
            for county in registers.regions["counties"].values():
                yield county["source"]
        elif name == "regioner":
            yield from (region["source"] for region in registers.regions["regions"].values())
        elif name == "lagandringar":
            for change in registers.law_changes.values():
                yield from (change.get("sources") or ()) if isinstance(change, dict) else ()
        elif name == "figur":
            yield from figure_sources(registers, argument)


def figure_sources(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources of a figure: what it cites, and where its bars' numbers are from."""
    row = registers.figures.get(key, {})
    text = Page(PurePosixPath(), {}, str(row), 1)
    yield from (source for _, source in text.citations())
    for fact in figure_facts(row):
        found = registers.facts.get("facts", {}).get(fact, {}).get("source") or []
        yield from found if isinstance(found, list) else [found]


def figure_facts(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys in facts.yml that a figure's bars show."""
    for group in row.get("groups", ()) if row.get("kind") == "staplar" else ():
        yield from (bar["fact"] for bar in group.get("bars", ()) if bar.get("fact"))
        yield from filter(None, [group.get("of")])
