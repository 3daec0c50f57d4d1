"""docs/_data/redirects.yml: what has moved, and what is gone."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.addresses import LEADS, canonical, is_address, split, words

REGISTER = "redirects"
MOVED_FIELDS = ("to", "since", "reason")
RETIRED_FIELDS = ("instead", "since", "reason")


@dataclass(frozen=True)
class Moved:
    """An address that leads to another."""

    address: str
    to: str
    since: dt.date
    reason: str
    line: int


@dataclass(frozen=True)
class Retired:
    """An address that says what happened, and where to go instead."""

    address: str
    instead: str
    since: dt.date
    reason: str
    line: int


Row: TypeAlias = Moved | Retired


@dataclass(frozen=True)
class Register:
    """docs/_data/redirects.yml."""

    shown: PurePosixPath
    moved: dict[str, Moved] = field(default_factory=dict)
    retired: dict[str, Retired] = field(default_factory=dict)

    def rows(self) -> dict[str, Row]:
        """Return every row by its address, sorted."""
        rows: dict[str, Row] = {**self.moved, **self.retired}
        return dict(sorted(rows.items()))

    def named(self, address: str) -> bool:
        """Whether the register has a row for this very address."""
        return address in self.moved or address in self.retired

    def leads(self, address: str) -> str | None:
        """Return where an address leads by its own row or its page's, or None if by neither.

        A page that has moved keeps what stands after #.
        """
        page, place = split(address)
        if row := self.moved.get(address):
            return row.to
        if place and address not in self.retired and (row := self.moved.get(page)):
            return f"{split(row.to)[0]}#{place}"
        return None

    def path(self, address: str) -> list[str]:
        """Return the addresses a reader passes, this one first; a ring ends with one of them."""
        passed = [address]
        while onward := self.leads(passed[-1]):
            passed.append(onward)
            if onward in passed[:-1]:
                break
        return passed

    def end(self, address: str) -> str:
        """Return where a reader of an address ends up."""
        return self.path(address)[-1]

    def is_retired(self, address: str) -> bool:
        """Whether an address, or its page, is retired and doesn't lead elsewhere."""
        page = split(address)[0]
        return address in self.retired or (page in self.retired and address not in self.moved)


def read_register(content: Content, today: dt.date) -> tuple[Register, list[Finding]]:
    """Return docs/_data/redirects.yml and what is wrong with its rows, one by one.

    ``today`` judges their dates. A missing file is an empty register.
    """
    shown = PurePosixPath(content.docs.name, f"_data/{REGISTER}.yml")
    register = Register(shown)
    faults = [fault for fault in content.faults if fault.path == shown]

    def fault(key: object, message: str) -> None:
        line = content.line(REGISTER, str(key))
        faults.append(Finding(shown, line, "bad-redirect", message))

    file = content.files.get(REGISTER)
    for part, rows in file.value.items() if file else ():
        if part not in ("moved", "retired"):
            fault(part, f'"{part}" är okänt. Filen har två delar: moved och retired.')
            continue
        fields = MOVED_FIELDS if part == "moved" else RETIRED_FIELDS
        if not isinstance(rows, dict | None):
            fault(part, f'under "{part}" ska varje rad börja med en adress: "/sidan/:".')
            continue
        for key, row in (rows or {}).items():
            if problem := _problem(key, row, fields, today):
                fault(key, f'"{key}": {problem}')
                continue
            address, there = canonical(key), canonical(row[fields[0]])
            if register.named(address):
                fault(key, f'"{key}" står både under moved och retired. Ta bort en av dem.')
                continue
            line = content.line(REGISTER, str(key))
            rest = (address, there, row["since"], row["reason"].strip(), line)
            if part == "moved":
                register.moved[address] = Moved(*rest)
            else:
                register.retired[address] = Retired(*rest)
    return register, faults


def register_of(content: Content) -> Register:
    """Return the register for those who don't judge it."""
    return read_register(content, dt.date.max)[0]


def _problem(key: object, row: Any, fields: Sequence[str], today: dt.date) -> str:
    if not is_address(key):
        return 'en adress börjar med "/" och har varken värdnamn eller ? " $ \\: "/om/#sidan".'
    if not isinstance(row, dict):
        return f"här ska stå {', '.join(fields)}."
    for name in fields:
        if not row.get(name):
            return f'raden "{name}" saknas. Här ska stå {", ".join(fields)}.'
    if unknown := [str(name) for name in row if name not in fields]:
        return f'raden "{unknown[0]}" används inte. Här ska stå {", ".join(fields)}.'
    if not is_address(row[fields[0]]):
        return f'"{fields[0]}" ska vara en adress på sajten, som "/om/#sidan".'
    if type(row["since"]) is not dt.date:
        return '"since" ska vara ett datum: ÅÅÅÅ-MM-DD.'
    if row["since"] > today:
        return f'"since" ligger i framtiden ({row["since"]}). Skriv dagen då det hände.'
    if not isinstance(row["reason"], str) or not words(row["reason"]):
        return '"reason" ska vara en mening som säger varför.'
    return ""


def check_register(
    register: Register, addresses: Mapping[str, str], *, pdf: bool = True
) -> Iterator[Finding]:
    """Yield rows that lead nowhere, to another row, or round in a ring.

    ``addresses``: the whole built site. ``pdf``: whether it has its PDF files.
    """
    for row in register.rows().values():
        there = row.to if isinstance(row, Moved) else row.instead
        path = register.path(there)
        rule = "redirect-target"
        if row.address in path or path[-1] in path[:-1]:
            rule = "redirect-loop"
            text = "leder tillbaka till sig själv. Låt den leda till en sida som finns."
        elif len(path) > 1:
            rule = "redirect-chain"
            text = f'leder till "{there}", som själv har flyttat. Skriv "{path[-1]}" i stället.'
        elif register.is_retired(there):
            text = f'leder till "{there}", som inte finns kvar. Välj en sida som finns.'
        elif there not in addresses and (pdf or not there.endswith(".pdf")):
            text = f'leder till "{there}", som inte finns.{_nearest(there, addresses)}'
        elif addresses.get(there, "").startswith(LEADS):
            rule = "redirect-chain"
            text = f'leder till kortadressen "{there}". Skriv "{addresses[there][2:]}" i stället.'
        else:
            continue
        yield Finding(register.shown, row.line, rule, f'"{row.address}" {text}')


def _nearest(wanted: str, among: Iterable[str]) -> str:
    near = difflib.get_close_matches(wanted, list(among), 1, 0.75)
    return f' Menade du "{near[0]}"?' if near else ""
