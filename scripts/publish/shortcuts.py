"""The short addresses, /p/KEY/: the keys of shortcuts.yml and of handouts.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.addresses import LEADS, canonical, is_address

SHORTCUTS = "shortcuts"
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Short(NamedTuple):
    """A short address and what it opens."""

    key: str
    to: str
    title: str  # of the handout; "" when it is the page's own

    @property
    def address(self) -> str:
        return f"/p/{self.key}/"


def short_addresses(content: Content) -> list[Short]:
    """Return every short address, by key: the handouts' and those of shortcuts.yml."""
    registers = content.registers
    found = [
        Short(key, canonical(f"/{row.get('page', '')}"), str(row.get("title", "")))
        for key, row in registers.handouts.items()
    ]
    found += [
        Short(str(key), canonical(str(to)), "")
        for key, to in registers.shortcuts.items()
        if key not in registers.handouts
    ]
    return sorted(found)


def check_shortcuts(content: Content, addresses: Mapping[str, str]) -> Iterator[Finding]:
    """Yield keys of shortcuts.yml that can't be, and those that lead nowhere."""
    registers = content.registers
    shown = PurePosixPath(content.docs.name, f"_data/{SHORTCUTS}.yml")
    for key, to in registers.shortcuts.items():
        if not KEY.fullmatch(str(key)):
            text = "en kortadress har små bokstäver a–z, siffror och bindestreck."
        elif key in registers.handouts:
            text = "kortadressen finns redan i handouts.yml. Välj en annan."
        elif not is_address(to):
            text = 'skriv en adress på sajten, som "/om/#sidan".'
        elif canonical(to) not in addresses or addresses[canonical(to)].startswith(LEADS):
            text = f'"{to}" finns inte. Skriv en sida, eller ett ställe på en sida.'
        else:
            continue
        line = content.line(SHORTCUTS, str(key))
        yield Finding(shown, line, "bad-shortcut", f"{key}: {text}")
