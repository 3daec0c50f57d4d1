"""Permalink contract: every address in docs/_data/permalinks.txt must keep resolving.

It begins with the first ``--accept`` of a site that has an address on the net: until the file is
there every address may change. From then on an address in it resolves to what it resolved to, or
has a row of its own in redirects.yml. A page's new address doesn't settle those of its anchors: the
new page may have another section with the same id.
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
from scripts.site.addresses import nearest_existing_parent, published, split
from scripts.site.redirects import REGISTER, RedirectTable

CONTRACT = "_data/permalinks.txt"
HEADER = """\
# Löftet till dem som länkar hit: varje adress nedan fortsätter att leda rätt. Bygget skriver filen
# (--accept). Ta aldrig bort en rad: det som flyttar eller upphör får en rad i redirects.yml.
"""


def read_contract(docs: Path) -> tuple[dict[str, int], list[Finding]]:
    """Return address → line of permalinks.txt, and findings; {} while no address is registered."""
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
    if not found and not faults and _has_committed_permalinks(file):
        text = "är borta eller tom, men någon har fått adresserna. Hämta tillbaka filen ur git."
        faults.append(Finding(shown, 1, "lost-contract", text))
    return found, faults


def _has_committed_permalinks(file: Path) -> bool:
    """Whether permalinks.txt has addresses in the last commit."""
    show = ["git", "-C", str(file.parent), "show", f"HEAD:./{file.name}"]
    try:
        return b"\n/" in subprocess.run(show, capture_output=True).stdout
    except OSError:
        return False


@dataclass(frozen=True)
class PermalinkContract:
    """The registered addresses, and those that docs/ has now."""

    content: Content
    registered: Mapping[str, int]  # address → line of the contract
    faults: tuple[Finding, ...] = ()  # of the contract itself

    @classmethod
    def of(cls, content: Content) -> PermalinkContract:
        registered, faults = read_contract(content.docs)
        return cls(content, registered, tuple(faults))

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Address → heading or title, of all that can be linked to now."""
        return published(self.content)

    @cached_property
    def redirects(self) -> RedirectTable:
        return RedirectTable.of(self.content)

    @cached_property
    def unregistered(self) -> dict[str, str]:
        """Address → heading or title, of those that aren't in permalinks.txt."""
        return {a: words for a, words in self.addresses.items() if a not in self.registered}

    @cached_property
    def broken(self) -> dict[str, str]:
        """Each registered address that doesn't resolve → its likely new one, or "".

        The anchors of a retired page are retired with it.
        """
        found: dict[str, str] = {}
        for address in sorted(self.registered):
            page, place = split(address)
            kept = address in self.addresses or address in self.redirects
            if kept or self.redirects.retired_entry(address) or (place and found.get(page) == ""):
                continue
            found[address] = self._suggested_target(address, found.get(page) or page)
        # Two pages that became one had each a section of that name: which one it is, nobody knows.
        shared = Counter(to for address, to in found.items() if "#" in address)
        return {a: "" if "#" in a and shared[to] > 1 else to for a, to in found.items()}

    def missing_redirects(self) -> dict[str, dict[str, str]]:
        """Return the rows that redirects.yml lacks: moved or retired → address → value as YAML."""
        moved = {a: to for a, to in self.broken.items() if to}
        gone = {a: f"{{instead: {self._parent_of(a)}}}" for a, to in self.broken.items() if not to}
        return {name: rows for name, rows in (("moved", moved), ("retired", gone)) if rows}

    def register_new(self) -> int:
        """Write the new addresses into permalinks.txt; return their number."""
        lines = sorted({*self.registered, *self.unregistered})
        text = HEADER + "\n".join([*lines, ""])
        file = self.content.docs / CONTRACT
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return len(self.unregistered)

    def _suggested_target(self, address: str, page: str) -> str:
        """Return the one new address with the name of a broken one, or else the most similar; ""
        for none, or several. ``page``: the address of its page now."""
        name = _name(address)
        named = [a for a in self.unregistered if _name(a) == name]
        if "#" not in address:
            return named[0] if len(named) == 1 else self._page_with_anchors_of(address)
        home = split(self.redirects.final_target(page))[0]
        here = {split(a)[1]: a for a in self.unregistered if a.startswith(f"{home}#")}
        if name in here or len(named) == 1:
            return here.get(name) or named[0]
        return here.get(nearest(name, here), "")

    def _page_with_anchors_of(self, page: str) -> str:
        """Return the page that has most of a broken page's anchors, or ""."""
        places = {split(a)[1] for a in self.registered if a.startswith(f"{page}#")}
        shares = Counter(split(a)[0] for a in self.unregistered if split(a)[1] in places)
        there, share = max(shares.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        return there if 2 * share > len(places) else ""

    def _parent_of(self, address: str) -> str:
        """Return where the redirect of a removed address leads: its page, else the folder above."""
        page, place = split(address)
        page = split(self.redirects.final_target(page))[0] if place else page
        return nearest_existing_parent(split(self.broken.get(page) or page)[0], self.addresses)

    def location_of(self, address: str) -> tuple[PurePosixPath, int]:
        """Return the file and line where an editor mends a broken address: its page, or the list
        on it; else the row of permalinks.txt."""
        here = split(address)[0]
        page = next((p for p in self.content.pages.values() if f"/{p.address}" == here), None)
        if page is None:
            return PurePosixPath(self.content.docs.name, CONTRACT), self.registered[address]
        lists = [argument for _, name, argument in page.macros() if name == "checklista"]
        file = self.content.files.get(f"{CHECKLISTS}/{lists[0]}") if lists else None
        return file.display_path if file else page.display_path, 1


def missing_redirect_rows(contract: PermalinkContract) -> str:
    """Return the rows that redirects.yml lacks, ready to paste, and what to do with them, in
    Swedish; "" where it lacks none."""
    parts = contract.missing_redirects()
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
    """Yield registered addresses that don't resolve, and rows of redirects.yml and short addresses
    that lead nowhere."""
    contract = PermalinkContract.of(content)
    yield from contract.faults
    for address, to in contract.broken.items():
        page, place = split(address)
        if place and page in contract.broken:
            continue  # one finding for the page covers its anchors
        ids = sum(a.startswith(f"{page}#") for a in contract.registered) if not place else 0
        more = f" Dit hör {ids} ställen som andra kan ha länkat till." if ids else ""
        now = f" Nu finns {to}: är det dit den ska leda?" if to else ""
        text = f"{address} är utlovad men finns inte.{more}{now}"
        yield Finding(*contract.location_of(address), "lost-address", text)
    yield from _broken_redirects(contract)
    yield from _broken_short_addresses(contract)


def _broken_redirects(contract: PermalinkContract) -> Iterator[Finding]:
    """Yield rows of redirects.yml that lead nowhere, round in a ring, or from what is there."""
    redirects = contract.redirects
    for part in ("moved", "retired"):
        for address in getattr(redirects, part):
            path, page = redirects.chain(address), split(address)[0]
            if not re.fullmatch(ADDRESS, address):
                text = 'är ingen adress. Skriv den som "/om/#sidan".'
            elif part == "moved" and address in redirects.retired:
                text = "står både under moved och retired. Ta bort en av raderna."
            elif address in contract.addresses:
                text = "finns. Ta bort raden."
            elif path[-1] in path[:-1]:
                text = "leder tillbaka till sig själv. Låt den leda till en sida som finns."
            elif path[-1] not in {*contract.addresses, *contract.registered}:
                near = _near(path[-1], contract.addresses)
                text = f'leder till "{path[-1]}", som inte finns.{near}'
            elif page not in contract.addresses and page not in redirects:
                text = "hör till en sida som inte finns. Skriv en rad för sidan, också."
            else:
                continue
            file = contract.content.files[REGISTER]
            yield Finding(*file.location(part, address), "bad-redirect", f'"{address}" {text}')


def _near(address: str, addresses: Iterable[str]) -> str:
    """Return `` Menade du "/a/b/"?`` for the address that was likely meant: another place on its
    page, or a page whose name is a slip of the hand away; "" where there is none."""
    page, place = split(address)
    if place:
        return did_you_mean(address, [one for one in addresses if split(one)[0] == page])
    pages = [PurePosixPath(one.strip("/")) for one in addresses if "#" not in one]
    near = near_page(PurePosixPath(page.strip("/")), pages)
    return f' Menade du "/{near}/"?' if near else ""


def _broken_short_addresses(contract: PermalinkContract) -> Iterator[Finding]:
    """Yield short addresses of two things, and those that lead nowhere."""
    content, handouts = contract.content, contract.content.registers.handouts
    for page in content.authored_pages:
        key = page.meta.short.partition("#")[0]
        gone = key and content.shortcuts[key] not in contract.addresses
        if gone or key in handouts:
            text = "rubriken finns inte" if gone else "finns redan i handouts.yml"
            message = f"short: {page.meta.short}: {text}. Välj en annan."
            where = page.display_path, page.line("short")
            yield Finding(*where, "bad-shortcut", message)
    for key, handout in handouts.items():
        if f"/{handout.page}" not in contract.addresses:
            text = f'"/{handout.page}" finns inte. Skriv en sida som finns, eller ta bort raden.'
            shown, line = content.location("handouts", key)
            yield Finding(shown, line, "bad-shortcut", f"{key}: {text}")
