"""The promise to those who link, docs/_data/permalinks.txt, beside what the built site has."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from scripts.content.content import CHECKLISTS, Content
from scripts.content.yaml_file import read_text
from scripts.core.findings import ContentError, Finding
from scripts.links.place import Sources
from scripts.publish.addresses import LEADS, canonical, split, subject, words
from scripts.publish.built import BuiltSite
from scripts.publish.moved import Register, check_register, read_register
from scripts.publish.published import published

CONTRACT = "_data/permalinks.txt"
HEADER = """\
# Löftet till dem som länkar hit: adresserna nedan fortsätter att fungera. En adress på varje rad,
# och vad den handlade om. "→": dit kortadressen leder. Filen skrivs av
#   python -m scripts.permalinks --accept         nya adresser
#   python -m scripts.permalinks --same ADRESS    rubriken har fått andra ord men betyder detsamma
# Ta aldrig bort en rad. Har något flyttat eller upphört: skriv det i redirects.yml.
"""


@dataclass(frozen=True)
class Promise:
    """One line of the contract."""

    address: str
    about: str
    line: int


def read_contract(docs: Path) -> tuple[dict[str, Promise], list[Finding]]:
    """Return the contract's lines by address, and what is wrong with them."""
    file = docs / CONTRACT
    shown = PurePosixPath(docs.name, CONTRACT)
    found: dict[str, Promise] = {}
    faults: list[Finding] = []
    if not file.is_file():
        return found, faults
    try:
        lines = read_text(file, shown).split("\n")
    except ContentError as error:
        return found, [error.finding]
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("# ") or line == "#":
            continue
        address, _, meaning = line.partition(" ")
        if not address.startswith("/"):
            text = (
                f'"{line[:40]}" är ingen adress. En rad börjar med "/". Är det rester av en '
                "sammanslagning i git: behåll raderna från båda sidor."
            )
            faults.append(Finding(shown, number, "bad-permalink", text))
        elif (first := found.get(canonical(address))) and first.about != meaning.strip():
            text = f'"{address}" står redan på rad {first.line}, med andra ord. Ta bort en av dem.'
            faults.append(Finding(shown, number, "bad-permalink", text))
        else:
            address = canonical(address)
            found.setdefault(address, Promise(address, meaning.strip(), number))
    return found, faults


def write_contract(docs: Path, promises: Mapping[str, str]) -> None:
    """Write the contract: address → what it is about."""
    rows = [f"{address} {promises[address]}".strip() for address in sorted(promises)]
    text = HEADER + "\n".join([*rows, ""])
    (docs / CONTRACT).write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class Comparison:
    """The contract beside the built site."""

    promises: Mapping[str, Promise]
    addresses: Mapping[str, str]  # of the site
    register: Register
    docs: Path
    today: dt.date
    pdf: bool = True
    unreadable: Sequence[Finding] = ()  # lines of either file

    def findings(self) -> list[Finding]:
        """Return all that is wrong, in order; if something can't be read, that alone."""
        if self.unreadable:
            return sorted(self.unreadable)
        if not self.promises and _was_promised(self.docs / CONTRACT):
            text = (
                "filen är borta eller tom, och då skyddar inget de adresser som andra länkar till. "
                "Hämta tillbaka den ur git."
            )
            return [Finding(PurePosixPath(self.docs.name, CONTRACT), 1, "lost-contract", text)]
        faults = check_register(self.register, self.addresses, pdf=self.pdf)
        return sorted({*faults, *self.check()})

    def new(self) -> list[str]:
        """Return the site's addresses that nobody has been promised yet."""
        return [
            address
            for address in self.addresses
            if address not in self.promises and not self.register.named(address)
        ]

    def check(self) -> Iterator[Finding]:
        """Yield each promise that the site breaks: one finding for a lost page, not for its ids.

        What an address's own row in the register says is judged by ``check_register``.
        """
        lost: set[str] = set()
        for promise in sorted(self.promises.values(), key=lambda p: p.address):
            address, (page, place) = promise.address, split(promise.address)
            end = self.register.end(address)
            if self.register.named(address) or self.register.is_retired(end) or page in lost:
                continue
            if not self.pdf and end.endswith(".pdf"):
                continue
            now = self.addresses.get(end)
            if now is None:
                there = self._moved_to(promise)
                text = self._lost(promise, there)
                yield self._finding(promise, "lost-address", text, there or end)
                if not place:
                    lost.add(page)
            elif not self._same(promise, now):
                text = self._changed(promise, now, self._place(end))
                yield self._finding(promise, "changed-meaning", text, end)

    def _same(self, promise: Promise, now: str) -> bool:
        then = promise.about
        if then.startswith(LEADS):
            return now == LEADS + self.register.end(then.removeprefix(LEADS))
        if words(then) == words(now):
            return True
        # Another time in the same words, unless those are what another place was promised with.
        return subject(then) == subject(now) != [] and (
            (split(promise.address)[0], tuple(words(now))) not in self._told
        )

    @cached_property
    def _told(self) -> set[tuple[str, tuple[str, ...]]]:
        """The page and the words of each promise."""
        return {(split(p.address)[0], tuple(words(p.about))) for p in self.promises.values()}

    def _finding(self, promise: Promise, rule: str, text: str, address: str) -> Finding:
        there = self._place(address) if split(address)[0] in self.addresses else None
        file, line = there or (PurePosixPath(self.docs.name, CONTRACT), promise.line)
        return Finding(file, line, rule, f"{promise.address} {text}")

    def _changed(self, promise: Promise, now: str, there: tuple[PurePosixPath, int] | None) -> str:
        flag = "" if self.pdf else "--no-pdf "
        ticked = " Är villkoret ett annat skriver du också dagens datum i radens changed."
        return (
            f'hette "{promise.about}" och heter nu "{now}". Betyder det detsamma: '
            f"python3 scripts/build.py {flag}--same {promise.address}. Annars: ge det nya ett eget "
            f"namn, och skriv i {self.register.shown} vart den gamla adressen leder."
            + (ticked if there and CHECKLISTS in there[0].parts else "")
        )

    def _lost(self, promise: Promise, there: str | None) -> str:
        page, place = split(promise.address)
        what = (
            f'finns inte längre. Där stod "{promise.about}".'
            if promise.about
            else ("finns inte längre.")
        )
        if not place:
            ids = sum(1 for other in self.promises if other.startswith(page + "#"))
            what += f" Dit hör {ids} ställen som andra kan ha länkat till." if ids > 1 else ""
        if there is None:
            return (
                f"{what} Lägg tillbaka det, eller skriv under retired i {self.register.shown} "
                "varför det är borta och vad läsaren kan gå till."
            )
        return (
            f"{what} Har det flyttat? Skriv under moved i {self.register.shown}: "
            f'{promise.address}: {{to: {there}, since: {self.today}, reason: "…"}}'
        )

    def _moved_to(self, promise: Promise) -> str | None:
        """Return where the editor has probably put what stood at a lost address."""
        page, place = split(promise.address)
        new = [address for address in self.new() if ("#" in address) == bool(place)]
        alike = [a for a in new if subject(self.addresses[a]) == subject(promise.about) != []]
        named = [a for a in new if place and split(a)[1] == place]
        folded = [a for a in new if a.casefold() == promise.address.casefold()]
        for found in ([a for a in alike if a in named], folded, alike, named):
            if nearest := sorted(found, key=lambda a: (split(a)[0] != page, a)):
                return nearest[0]
        return None

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.docs)

    def _place(self, address: str) -> tuple[PurePosixPath, int] | None:
        """Return the line, of a page or a register, that an address is written on."""
        page, place = split(address)
        built = page.lstrip("/") + ("index.html" if page.endswith("/") else "")
        if (file := self._sources.by_page.get(built)) is None:
            return None
        pattern = re.compile(rf"\{{[^}}]*#{re.escape(place)}(?=[\s}}])" if place else "^# ")
        row = re.compile(rf"^\s*(?:- )?id: {re.escape(place)}\s*$")
        for source in [file, *(self._sources.registers if place else ())]:
            sought = pattern if source == file else row
            for number, line in enumerate(self._sources.lines(source), 1):
                if sought.search(line):
                    return self._sources.shown(source), number
        return self._sources.shown(file), 1


def _was_promised(file: Path) -> bool:
    """Whether the project had a contract, as git remembers it: a new site has none to keep."""
    if file.is_file():
        return True
    try:
        done = subprocess.run(
            ["git", "-C", str(file.parent), "log", "-1", "--format=%H", "--", file.name],
            capture_output=True,
        )
    except OSError:
        return False
    return bool(done.stdout.strip())


def compare(site: BuiltSite, content: Content, today: dt.date, *, pdf: bool = True) -> Comparison:
    """Return the contract of ``content`` beside ``site``.

    ``pdf``: whether the site was built with its PDF files. Raises OSError.
    """
    promises, faults = read_contract(content.docs)
    register, more = read_register(content, today)
    unreadable = (*faults, *more)
    return Comparison(promises, published(site), register, content.docs, today, pdf, unreadable)


def accept(comparison: Comparison) -> int:
    """Write the site's new addresses into the contract; return how many they were."""
    new = comparison.new()
    kept = {promise.address: promise.about for promise in comparison.promises.values()}
    write_contract(comparison.docs, {**{a: comparison.addresses[a] for a in new}, **kept})
    return len(new)


def same(comparison: Comparison, addresses: Collection[str]) -> list[str]:
    """Give promises the words that stand there now; return the addresses that can't have it."""
    kept = {promise.address: promise.about for promise in comparison.promises.values()}
    # a finding's sentence ends with a full stop, which is easily copied along
    asked = {address: canonical(address.rstrip(".")) for address in addresses}
    wrong = [a for a, b in asked.items() if b not in kept or b not in comparison.addresses]
    if not wrong:
        kept.update({address: comparison.addresses[address] for address in asked.values()})
        write_contract(comparison.docs, kept)
    return wrong
