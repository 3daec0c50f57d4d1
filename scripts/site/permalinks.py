"""The promise to those who link, docs/_data/permalinks.txt, beside what docs/ has now.

It begins with the first ``--accept`` of a site that has an address on the net: until the file is
there every address is free. From then on an address in it leads to what it led to, or has a row of
its own in redirects.yml. A page's new place says nothing of the places on it: the new page may have
another section with the same id.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.field_types import ADDRESS
from scripts.content.files import near_page
from scripts.content.records import CHECKLISTS
from scripts.content.yaml_file import read_text
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean, nearest
from scripts.site.addresses import above, published, split
from scripts.site.redirects import REGISTER, Redirects

CONTRACT = "_data/permalinks.txt"
HEADER = """\
# Löftet till dem som länkar hit: varje adress nedan fortsätter att leda rätt. Bygget skriver filen
# (--accept). Ta aldrig bort en rad: det som flyttar eller upphör får en rad i redirects.yml.
"""


def read_contract(docs: Path) -> tuple[dict[str, int], list[Finding]]:
    """Return address → line, and what is wrong with the file. Empty: nothing is promised yet."""
    file, shown = docs / CONTRACT, PurePosixPath(docs.name, CONTRACT)
    found: dict[str, int] = {}
    faults: list[Finding] = []
    try:
        rows = read_text(file, shown).split("\n") if file.is_file() else []
    except ContentError as error:
        return found, list(error.findings)
    for number, row in enumerate(rows, 1):
        if re.fullmatch(ADDRESS, row.strip()):
            found.setdefault(row.strip(), number)
        elif row.strip() and not re.match("#( |$)", row):
            text = f'"{row[:40]}" är ingen adress. Skriv som "/om/#sidan", eller ta bort raden.'
            faults.append(Finding(shown, number, "bad-permalink", text))
    if not found and not faults and _had_promises(file):
        text = "är borta eller tom, men någon har fått adresserna. Hämta tillbaka filen ur git."
        faults.append(Finding(shown, 1, "lost-contract", text))
    return found, faults


def _had_promises(file: Path) -> bool:
    """Whether the last commit has promises."""
    show = ["git", "-C", str(file.parent), "show", f"HEAD:./{file.name}"]
    try:
        return b"\n/" in subprocess.run(show, capture_output=True).stdout
    except OSError:
        return False


@dataclass(frozen=True)
class Promise:
    """What is promised, and what there is."""

    content: Content
    promised: Mapping[str, int]  # address → line of the contract
    faults: tuple[Finding, ...] = ()  # of the contract itself

    @classmethod
    def of(cls, content: Content) -> Promise:
        promised, faults = read_contract(content.docs)
        return cls(content, promised, tuple(faults))

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Address → words, of all that may be linked to now."""
        return published(self.content)

    @cached_property
    def redirects(self) -> Redirects:
        return Redirects.of(self.content)

    @cached_property
    def new(self) -> dict[str, str]:
        """Address → words, of what nobody has been promised."""
        return {a: words for a, words in self.addresses.items() if a not in self.promised}

    @cached_property
    def lost(self) -> dict[str, str]:
        """Each promised address that leads nowhere → what is likely to be its new one, or "".

        The places on a page that is retired go with it.
        """
        found: dict[str, str] = {}
        for address in sorted(self.promised):
            page, place = split(address)
            kept = address in self.addresses or address in self.redirects
            if kept or self.redirects.gone(address) or (place and found.get(page) == ""):
                continue
            found[address] = self._now(address, found.get(page) or page)
        # Two pages that became one had each a section of that name: which one it is, nobody knows.
        shared = Counter(to for address, to in found.items() if "#" in address)
        return {a: "" if "#" in a and shared[to] > 1 else to for a, to in found.items()}

    def rows(self) -> dict[str, dict[str, str]]:
        """Return the rows that redirects.yml lacks: its part → address → the value, as YAML."""
        moved = {a: to for a, to in self.lost.items() if to}
        gone = {a: f"{{instead: {self._near(a)}}}" for a, to in self.lost.items() if not to}
        return {name: rows for name, rows in (("moved", moved), ("retired", gone)) if rows}

    def accept(self) -> int:
        """Promise what is new; return how many addresses that is."""
        lines = sorted({*self.promised, *self.new})
        text = HEADER + "\n".join([*lines, ""])
        file = self.content.docs / CONTRACT
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return len(self.new)

    def _now(self, address: str, page: str) -> str:
        """Return the one new address with a lost one's name, or else what is most like it; "" for
        none, or several. ``page``: where its page stands now."""
        name = _name(address)
        named = [a for a in self.new if _name(a) == name]
        if "#" not in address:
            return named[0] if len(named) == 1 else self._with_places_of(address)
        home = split(self.redirects.end(page))[0]
        here = {split(a)[1]: a for a in self.new if a.startswith(f"{home}#")}
        if name in here or len(named) == 1:
            return here.get(name) or named[0]
        return here.get(nearest(name, here), "")

    def _with_places_of(self, page: str) -> str:
        """Return the one page that has most of a lost page's places, or ""."""
        places = {split(a)[1] for a in self.promised if a.startswith(f"{page}#")}
        shares = Counter(split(a)[0] for a in self.new if split(a)[1] in places)
        there, share = max(shares.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        return there if 2 * share > len(places) else ""

    def _near(self, address: str) -> str:
        """Return where a reader of what is gone is best off: its page, else the folder above."""
        page, place = split(address)
        page = split(self.redirects.end(page))[0] if place else page
        return above(split(self.lost.get(page) or page)[0], self.addresses)

    def place(self, address: str) -> tuple[PurePosixPath, int]:
        """Return the file and line where an editor mends a lost address: its page, or the list
        there; else where it is promised."""
        docs, page = self.content.docs.name, split(address)[0]
        written = next((p for p in self.content.pages.values() if f"/{p.address}" == page), None)
        if written is None:
            return PurePosixPath(docs, CONTRACT), self.promised[address]
        lists = [argument for _, name, argument in written.macros() if name == "checklista"]
        if lists and (file := self.content.files.get(f"{CHECKLISTS}/{lists[0]}")):
            return file.shown, 1
        return self.content.shown(written), 1


def missing_rows(promise: Promise) -> str:
    """Return the rows that redirects.yml lacks, ready to paste, and what to do with them, in
    Swedish; "" where it lacks none."""
    parts = promise.rows()
    if not parts:
        return ""
    lines = [
        f"De här raderna saknas i docs/_data/{REGISTER}.yml. Klistra in dem under moved och "
        "retired, som de står här, och läs dem: leder varje adress rätt?"
    ]
    for part, rows in parts.items():
        lines += [f"{part}:", *(f"  {address}: {value}" for address, value in rows.items())]
    return "\n".join(lines)


def _name(address: str) -> str:
    """Return the last part of an address: its id, or its page's name."""
    return re.split("[/#]", address.rstrip("/"))[-1]


def check(content: Content) -> Iterator[Finding]:
    """Yield promises that are broken, and rows of redirects.yml and short addresses that lead
    nowhere."""
    promise = Promise.of(content)
    yield from promise.faults
    for address, to in promise.lost.items():
        page, place = split(address)
        if place and page in promise.lost:
            continue  # a page is told once, its places with it
        ids = sum(a.startswith(f"{page}#") for a in promise.promised) if not place else 0
        more = f" Dit hör {ids} ställen som andra kan ha länkat till." if ids else ""
        now = f" Nu finns {to}: är det dit den ska leda?" if to else ""
        text = f"{address} är utlovad men finns inte.{more}{now}"
        yield Finding(*promise.place(address), "lost-address", text)
    yield from _rows(promise)
    yield from _short(promise)


def _rows(promise: Promise) -> Iterator[Finding]:
    """Yield rows of redirects.yml that lead nowhere, round in a ring, or from what is there."""
    redirects = promise.redirects
    for part in ("moved", "retired"):
        for address in getattr(redirects, part):
            path, page = redirects.path(address), split(address)[0]
            if not re.fullmatch(ADDRESS, address):
                text = 'är ingen adress. Skriv den som "/om/#sidan".'
            elif part == "moved" and address in redirects.retired:
                text = "står både under moved och retired. Ta bort en av raderna."
            elif address in promise.addresses:
                text = "finns. Ta bort raden."
            elif path[-1] in path[:-1]:
                text = "leder tillbaka till sig själv. Låt den leda till en sida som finns."
            elif path[-1] not in {*promise.addresses, *promise.promised}:
                near = _near(path[-1], promise.addresses)
                text = f'leder till "{path[-1]}", som inte finns.{near}'
            elif page not in promise.addresses and page not in redirects:
                text = "hör till en sida som inte finns. Skriv en rad för sidan, också."
            else:
                continue
            file = promise.content.files[REGISTER]
            yield Finding(*file.at(part, address), "bad-redirect", f'"{address}" {text}')


def _near(address: str, addresses: Iterable[str]) -> str:
    """Return `` Menade du "/a/b/"?`` for the address that was likely meant: another place on its
    page, or a page whose name is a slip of the hand away; "" where there is none."""
    page, place = split(address)
    if place:
        return did_you_mean(address, [one for one in addresses if split(one)[0] == page])
    pages = [PurePosixPath(one.strip("/")) for one in addresses if "#" not in one]
    near = near_page(PurePosixPath(page.strip("/")), pages)
    return f' Menade du "/{near}/"?' if near else ""


def _short(promise: Promise) -> Iterator[Finding]:
    """Yield short addresses of two things, and those that lead nowhere."""
    content, handouts = promise.content, promise.content.registers.handouts
    for page in content.written:
        key = page.meta.short.partition("#")[0]
        gone = key and content.shortcuts[key] not in promise.addresses
        if gone or key in handouts:
            text = "rubriken finns inte" if gone else "finns redan i handouts.yml"
            message = f"short: {page.meta.short}: {text}. Välj en annan."
            where = content.shown(page), page.line("short")
            yield Finding(*where, "bad-shortcut", message)
    for key, handout in handouts.items():
        if f"/{handout.page}" not in promise.addresses:
            text = f'"/{handout.page}" finns inte. Skriv en sida som finns, eller ta bort raden.'
            shown, line = content.at("handouts", key)
            yield Finding(shown, line, "bad-shortcut", f"{key}: {text}")
