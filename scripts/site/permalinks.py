"""Permalink contract: every address in docs/_data/permalinks.txt must keep resolving.

The contract begins with the first ``--accept`` of a site with a public URL: until permalinks.txt
exists, every address may change. From then on an address in it exists, or has a row of its own in
redirects.yml. A redirect of a page doesn't cover the page's anchors: the new page may have another
section with the same id.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.yaml_file import read_text
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import nearest
from scripts.site.addresses import (
    anchor_of,
    linkable_addresses,
    nearest_existing_parent,
    page_of,
    split_address,
)
from scripts.site.redirects import REGISTER, RedirectTable

CONTRACT = "_data/permalinks.txt"
HEADER = """\
# Löftet till dem som länkar hit: varje adress nedan fortsätter att leda rätt. Bygget skriver filen
# (--accept). Ta aldrig bort en rad: det som flyttar eller upphör får en rad i redirects.yml.
"""


def read_contract(docs: Path) -> tuple[dict[str, int], list[Finding]]:
    """Return (address → line of permalinks.txt, findings). There are no addresses if there is no
    file: a finding only if the file can't be read, or if git has addresses that are lost."""
    file = docs / CONTRACT
    path = PurePosixPath(docs.name, CONTRACT)
    lines: list[str] = []
    if file.is_file():
        try:
            lines = read_text(file, path).split("\n")
        except ContentError as error:
            return {}, list(error.findings)
    registered = {}
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            registered[line.strip()] = number
    if not registered and _has_committed_permalinks(file):
        message = "är borta eller tom, men någon har fått adresserna. Hämta tillbaka filen ur git."
        return {}, [Finding(path, 1, "lost-contract", message)]
    return registered, []


def _has_committed_permalinks(file: Path) -> bool:
    """Whether permalinks.txt has addresses in the last commit; False without git."""
    show = ["git", "-C", str(file.parent), "show", f"HEAD:./{file.name}"]
    try:
        # a line that begins with "/" is an address
        return b"\n/" in subprocess.run(show, capture_output=True).stdout
    except OSError:
        return False


@dataclass(frozen=True)
class PermalinkContract:
    """The registered addresses, compared with those that docs/ has now."""

    content: Content
    registered: Mapping[str, int]  # address → line of permalinks.txt
    faults: tuple[Finding, ...] = ()  # of permalinks.txt itself

    @classmethod
    def from_content(cls, content: Content) -> PermalinkContract:
        """Return the contract of the content's docs/."""
        registered, faults = read_contract(content.docs)
        return cls(content, registered, tuple(faults))

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Each address that can be linked to now → the title or text of its target."""
        return linkable_addresses(self.content)

    @cached_property
    def redirects(self) -> RedirectTable:
        """The rows of redirects.yml."""
        return RedirectTable.from_content(self.content)

    @cached_property
    def unregistered(self) -> dict[str, str]:
        """Each of ``addresses`` that isn't in permalinks.txt → the title or text of its target."""
        return {a: text for a, text in self.addresses.items() if a not in self.registered}

    @cached_property
    def broken(self) -> dict[str, str]:
        """Each registered address that neither exists nor is redirected → its likely new address;
        "" if there is none.

        If a page is gone and has no likely new address, its anchors are left out: the page needs a
        row under ``retired``, which covers them.
        """
        suggestions: dict[str, str] = {}
        for address in sorted(self.registered):  # "/a/" before "/a/#b", whose page it is
            page, anchor = split_address(address)
            if address in self.addresses or address in self.redirects:
                continue
            if self.redirects.retired_row_in_chain(address):  # an anchor on a retired page
                continue
            if not anchor:
                suggestions[page] = self._likely_new_page(page)
            elif page not in suggestions:  # the page still exists, or is redirected
                suggestions[address] = self._likely_new_anchor(page, anchor)
            elif suggestions[page]:  # the page has probably moved there
                suggestions[address] = self._likely_new_anchor(suggestions[page], anchor)
        return suggestions

    def _likely_new_page(self, page: str) -> str:
        """Return the likely new address of a page: the only new address with the same name, else
        the page that has got most of its anchors, if more than half; "" if there is none."""
        same_name = self._new_addresses_named(_last_part(page))
        if len(same_name) == 1:
            return same_name[0]
        anchors = {anchor_of(a) for a in self.registered if a.startswith(f"{page}#")}
        counts = Counter(page_of(a) for a in self.unregistered if anchor_of(a) in anchors)
        if not counts:
            return ""
        candidate, count = counts.most_common(1)[0]
        return candidate if count > len(anchors) / 2 else ""

    def _likely_new_anchor(self, page: str, anchor: str) -> str:
        """Return the likely new address of an anchor: the same id among the new ones on its page,
        else the only new address with the id as its name, else a similar id among the new ones on
        its page; "" if there is none.

        ``page``: the page's address, its likely new one if it has moved without a redirect.
        """
        new_page = page_of(self.redirects.final_target(page))
        on_page = {anchor_of(a): a for a in self.unregistered if a.startswith(f"{new_page}#")}
        if anchor in on_page:
            return on_page[anchor]
        same_name = self._new_addresses_named(anchor)
        if len(same_name) == 1:
            return same_name[0]
        return on_page.get(nearest(anchor, on_page), "")

    def _new_addresses_named(self, name: str) -> list[str]:
        """Return the unregistered pages "/…/name/" and anchors "/…/#name"."""
        return [address for address in self.unregistered if _last_part(address) == name]

    def missing_redirects(self) -> dict[str, dict[str, str]]:
        """Return the rows that redirects.yml lacks, by its parts "moved" and "retired": address →
        value as YAML. A part that lacks none is left out."""
        moved: dict[str, str] = {}
        retired: dict[str, str] = {}
        for address, target in self.broken.items():
            if target:
                moved[address] = target
            else:
                retired[address] = f"{{instead: {self._nearest_page(address)}}}"
        parts = {"moved": moved, "retired": retired}
        return {part: rows for part, rows in parts.items() if rows}

    def register_new(self) -> int:
        """Write the new addresses into permalinks.txt; return their number."""
        lines = sorted({*self.registered, *self.unregistered})
        text = HEADER + "\n".join([*lines, ""])
        file = self.content.docs / CONTRACT
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return len(self.unregistered)

    def _nearest_page(self, address: str) -> str:
        """Return the address that the redirect of a removed address should lead to: the page of an
        anchor where it is now, else the nearest existing page above."""
        page, anchor = split_address(address)
        if anchor:
            page = page_of(self.redirects.final_target(page))
            # gone without a redirect: its likely new address, if there is one
            page = page_of(self.broken.get(page) or page)
        return nearest_existing_parent(page, self.addresses)

    def location_of(self, address: str) -> tuple[PurePosixPath, int]:
        """Return (path, line) where an editor mends a broken address: its page's file, or its line
        in permalinks.txt if the page is gone."""
        for page in self.content.pages.values():
            if f"/{page.address}" == page_of(address):
                return page.display_path, 1
        return PurePosixPath(self.content.docs.name, CONTRACT), self.registered[address]


def _last_part(address: str) -> str:
    """Return the last part of an address: "id" of "/a/b/#id", "b" of "/a/b/"."""
    return re.split("[/#]", address.rstrip("/"))[-1]


def missing_redirect_rows(contract: PermalinkContract) -> str:
    """Return an instruction in Swedish with the rows that redirects.yml lacks, ready to paste; ""
    if it lacks none."""
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


def check(content: Content) -> Iterator[Finding]:
    """Yield findings on permalinks.txt, on registered addresses that don't resolve, on rows of
    redirects.yml that can't be right, and on short addresses with a bad target or used twice."""
    contract = PermalinkContract.from_content(content)
    yield from contract.faults
    for address, target in contract.broken.items():
        page, anchor = split_address(address)
        if anchor and page in contract.broken:
            continue  # mended with its page, which has a finding
        text = f"{address} är utlovad men finns inte."
        if target:
            text += f" Nu finns {target}: är det dit den ska leda?"
        yield Finding(*contract.location_of(address), "lost-address", text)
    yield from _broken_redirects(contract)
    yield from _broken_short_addresses(contract)


def _broken_redirects(contract: PermalinkContract) -> Iterator[Finding]:
    """Yield a finding for each row of redirects.yml that can't be right."""
    for part in ("moved", "retired"):
        for address in getattr(contract.redirects, part):
            fault = _redirect_fault(contract, part, address)
            if fault:
                path, line = contract.content.files[REGISTER].location(part, address)
                yield Finding(path, line, "bad-redirect", f'"{address}" {fault}')


def _redirect_fault(contract: PermalinkContract, part: str, address: str) -> str:
    """Return what is wrong with a row of redirects.yml and the cure, as the end of a Swedish
    sentence; "" if nothing is.

    ``part``: "moved" or "retired".
    """
    redirects = contract.redirects
    chain = redirects.chain(address)
    target = chain[-1]
    page = page_of(address)
    if part == "moved" and address in redirects.retired:
        return "står både under moved och retired. Ta bort en av raderna."
    if address in contract.addresses:
        return "finns. Ta bort raden."
    if target in chain[:-1]:
        return "leder tillbaka till sig själv. Låt den leda till en sida som finns."
    # a registered target that is gone has a finding of its own
    if target not in {*contract.addresses, *contract.registered}:
        return f'leder till "{target}", som inte finns. Skriv en adress som finns.'
    # an anchor alone isn't enough: a page at its address has to answer with the redirect
    if page not in contract.addresses and page not in redirects:
        return "hör till en sida som inte finns. Skriv en rad för sidan, också."
    return ""


def _broken_short_addresses(contract: PermalinkContract) -> Iterator[Finding]:
    """Yield a finding for each short address that a page and a handout share, or whose target
    doesn't exist: on the page's front matter, or on the handout's row."""
    content = contract.content
    handouts = content.registers.handouts
    for page in content.authored_pages:
        key = page.meta.short.partition("#")[0]
        if key and content.shortcuts[key] not in contract.addresses:
            text = "rubriken finns inte"
        elif key in handouts:
            text = "finns redan i handouts.yml"
        else:
            continue
        message = f"short: {page.meta.short}: {text}. Välj en annan."
        yield Finding(page.display_path, page.line("short"), "bad-shortcut", message)
    for key, handout in handouts.items():
        if f"/{handout.page}" not in contract.addresses:
            text = f'"/{handout.page}" finns inte. Skriv en sida som finns, eller ta bort raden.'
            yield Finding(*content.location("handouts", key), "bad-shortcut", f"{key}: {text}")
