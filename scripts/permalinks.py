"""Håller länklöftet: en adress som har publicerats fortsätter att leda till samma sak.

Jämför den byggda webbplatsen med docs/_data/permalinks.txt, där varje adress och varje ställe på
en sida står med vad det handlade om. Det som är borta, eller betyder något annat, är ett fel tills
docs/_data/redirects.yml säger vart det har flyttat eller varför det inte finns. Nya adresser är
inget fel: --accept skriver in dem. En adress som står där tas aldrig bort.

Utgång: 0 löftet hålls, 1 fel hittades, 2 kunde inte köras.
"""

# What is promised: every file but those below, and on a page each id in its content, since any
# of them may stand after # in somebody's link. Not promised, as they are made out of the text and
# change with it: the title's own id (its address is the page's, and a lost one still leads to the
# top), numbered notes and their list, explained words and boxes of doubt (their lasting addresses
# are those of om/kallor/, definitioner/ordlista/ and om/oppna-fragor/), form controls. A page with
# robots noindex is for visitors on their way, or another page in another dress: only its own
# address is promised.

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import posixpath
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.content.yaml_file import parse_yaml, read_text
from scripts.core.findings import ContentError, Finding, report
from scripts.links.place import Sources

CONTRACT = "_data/permalinks.txt"
REGISTER = "_data/redirects.yml"
HEADER = """\
# Löftet till dem som länkar hit: adresserna nedan fortsätter att fungera. En adress på varje rad,
# och vad den handlade om. "→": dit kortadressen leder. Filen skrivs av
#   python -m scripts.permalinks --accept         nya adresser
#   python -m scripts.permalinks --same ADRESS    rubriken har fått andra ord men betyder detsamma
# Ta aldrig bort en rad. Har något flyttat eller upphört: skriv det i redirects.yml.
"""
# Files no reader links to: parts of pages, copies and settings for servers, the error page.
UNLOCKED = re.compile(
    r"^(?:assets|sok)/|\.(?:gz|br)$|^404\.html$|^web\.config$|(?:^|/)[._](?!well-known/)[^/]*$"
)
DERIVED = re.compile(r"^(?:ref|kalla|ord|osakert|kryss)-")
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TECHNICAL = {"h1", "title", "desc", "input", "select", "textarea", "button", "output", "datalist"}
NOT_WORDS = "script, style, button, sup.cite, [aria-hidden=true], .headerlink"
# The size of a file, and that it isn't built: no part of what a row is about.
ABOUT_THE_FILE = re.compile(r"\s*\(PDF\b[^)]*\)")
LEADS = "→ "
MOVED_FIELDS = ("to", "since", "reason")
RETIRED_FIELDS = ("instead", "since", "reason")


def canonical(address: str) -> str:
    """Return an address in the one form that is compared: ``/a/#b``; decoded, composed (NFC)."""
    text = unicodedata.normalize("NFC", unquote(address)).replace(" ", "%20")
    page, mark, place = text.partition("#")
    return re.sub(r"(?<=/)index\.html$", "", page) + mark + place


def split(address: str) -> tuple[str, str]:
    """Return (page, id) of an address; the id may be empty."""
    page, _, place = address.partition("#")
    return page, place


def words(text: str) -> list[str]:
    """Return what two texts must share to mean the same: their words, not their punctuation."""
    return re.findall(r"\w+", text.casefold())


# ── What is published ──


def text_of(node: LexborNode) -> str:
    """Return a node's text on one line, without soft hyphens."""
    text = unicodedata.normalize("NFC", node.text()).replace("\u00ad", "")
    return " ".join(text.split())


def read_page(address: str, source: str | bytes) -> Iterator[tuple[str, str]]:
    """Yield (address, what it is about) of a page and of each public id on it.

    Knows HTML, not MkDocs: the content is #innehall, else <main>, else the body.
    """
    tree = LexborHTMLParser(source)
    if refresh := tree.css_first("meta[http-equiv=refresh]"):
        to = re.sub(r"^[^=]*=\s*", "", refresh.attributes.get("content") or "")
        path, mark, place = to.partition("#")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
        joined = joined.rstrip("/") + ("/" if path.endswith(("/", ".", "")) else "")
        if not path.endswith("/") and PurePosixPath(path).suffix:
            joined = joined.rstrip("/")
        yield address, LEADS + canonical(joined + mark + place)
        return
    robots = tree.css_first("meta[name=robots]")
    passing = robots is not None and "noindex" in (robots.attributes.get("content") or "")
    content = tree.css_first("#innehall") or tree.css_first("main") or tree.body
    title = (content and content.css_first("h1")) or tree.css_first("h1, title")
    if content is None or passing:
        yield address, text_of(title) if title else ""
        return
    found = [
        (node, name)
        for node in content.css("[id]")
        if (name := node.attributes.get("id") or "")
        and node.mem_id != content.mem_id  # "!=" compares their HTML, each time anew
        and node.tag not in TECHNICAL
        and (node.tag in HEADINGS or not DERIVED.match(name))
        and "moved" not in (node.attributes.get("class") or "").split()
    ]
    for junk in content.css(NOT_WORDS):
        junk.decompose()
    yield address, text_of(title) if title else ""
    for node, name in found:
        yield f"{address}#{canonical(name)}", about(node)


def about(node: LexborNode) -> str:
    """Return what a place on a page is about: its heading, label, link or first sentence."""
    if node.tag in HEADINGS or node.tag in ("dt", "td", "th"):
        return text_of(node)
    heading = node.css_first("h2, h3, h4, h5, h6, caption, summary, legend")
    lead = heading or node.css_first("label") or node.css_first("a, strong")
    text = node.attributes.get("aria-label") or text_of(lead or node)
    text = ABOUT_THE_FILE.sub("", text)
    return text if lead else text.split(". ")[0][:120]


def published(site: Path) -> dict[str, str]:
    """Return every address of the built site, with what it is about; "" for a file.

    Raises OSError.
    """
    found: dict[str, str] = {}
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if UNLOCKED.search(path) or not file.is_file():
            continue
        address = canonical(f"/{path}")
        if file.suffix == ".html":
            found.update(read_page(address, file.read_bytes()))
        else:
            found[address] = ""
    return found


# ── What is promised ──


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


# ── What has moved, or is gone ──


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


def read_register(docs: Path, today: dt.date) -> tuple[Register, list[Finding]]:
    """Return docs/_data/redirects.yml and what is wrong with its rows, one by one.

    ``today`` judges their dates. A missing file is an empty register.
    """
    file = docs / REGISTER
    shown = PurePosixPath(docs.name, REGISTER)
    register = Register(shown)
    if not file.is_file():
        return register, []
    try:
        text = read_text(file, shown)
        parts = parse_yaml(text, shown) if re.search(r"^[^\s#]", text, re.M) else {}
    except ContentError as error:
        return register, [error.finding]
    faults: list[Finding] = []

    def fault(key: object, message: str) -> None:
        faults.append(Finding(shown, _line(text, key), "bad-redirect", message))

    for part, rows in parts.items():
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
            rest = (address, there, row["since"], row["reason"].strip(), _line(text, key))
            if part == "moved":
                register.moved[address] = Moved(*rest)
            else:
                register.retired[address] = Retired(*rest)
    return register, faults


def _line(text: str, key: object) -> int:
    match = re.search(rf"^\s*[\"']?{re.escape(str(key))}[\"']?\s*:", text, re.M)
    return text.count("\n", 0, match.end()) + 1 if match else 1


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


def is_address(value: object) -> bool:
    """Whether a value is an address on the site, from its root: ``/a/#b``."""
    if not isinstance(value, str) or re.search(r"\s", value):
        return False
    # No "//": it would be another host. No "..": it would leave the site. Nothing that ends a
    # string or a line in a server's settings, encoded or not.
    text = unquote(value)
    return bool(re.fullmatch(r'/(?!/)(?:[^\s?\\"$]| )*', text)) and ".." not in text.split("/")


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


# ── Whether the promise holds ──


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
        if not self.promises:
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
                yield self._finding(promise, "lost-address", self._lost(promise))
                if not place:
                    lost.add(page)
            elif not self._same(promise.about, now):
                yield self._finding(promise, "changed-meaning", self._changed(promise, now))

    def _same(self, then: str, now: str) -> bool:
        if then.startswith(LEADS):
            return now == LEADS + self.register.end(then.removeprefix(LEADS))
        return words(then) == words(now)

    def _finding(self, promise: Promise, rule: str, text: str) -> Finding:
        shown = PurePosixPath(self.docs.name, CONTRACT)
        return Finding(shown, promise.line, rule, f"{promise.address} {text}")

    def _changed(self, promise: Promise, now: str) -> str:
        where = self._place(self.register.end(promise.address))
        return (
            f'hette "{promise.about}" och heter nu "{now}"{where}. Betyder det detsamma: '
            f"python3 scripts/build.py --same {promise.address}. Annars: ge det nya ett eget "
            f"namn, och skriv i {self.register.shown} vart den gamla adressen leder."
        )

    def _lost(self, promise: Promise) -> str:
        page, place = split(promise.address)
        what = (
            f'finns inte längre. Där stod "{promise.about}".'
            if promise.about
            else ("finns inte längre.")
        )
        if not place:
            ids = sum(1 for other in self.promises if other.startswith(page + "#"))
            what += f" Dit hör {ids} ställen som andra kan ha länkat till." if ids > 1 else ""
        there = self._moved_to(promise)
        if there is None:
            return (
                f"{what} Lägg tillbaka det, eller skriv under retired i {self.register.shown} "
                "varför det är borta och vad läsaren kan gå till."
            )
        return (
            f"{what} Har det flyttat? Skriv under moved i {self.register.shown}: "
            f"{promise.address}: {{to: {there}, since: {self.today}, reason: …}}"
        )

    def _moved_to(self, promise: Promise) -> str | None:
        """Return where the editor has probably put what stood at a lost address."""
        page, place = split(promise.address)
        new = [address for address in self.new() if ("#" in address) == bool(place)]
        alike = [a for a in new if words(self.addresses[a]) == words(promise.about) != []]
        named = [a for a in new if place and split(a)[1] == place]
        folded = [a for a in new if a.casefold() == promise.address.casefold()]
        for found in ([a for a in alike if a in named], folded, alike, named):
            if nearest := sorted(found, key=lambda a: (split(a)[0] != page, a)):
                return nearest[0]
        return None

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.docs)

    def _place(self, address: str) -> str:
        """Return where an address is written, in brackets, if it is in Markdown."""
        page, place = split(address)
        built = page.lstrip("/") + ("index.html" if page.endswith("/") else "")
        if (file := self._sources.by_page.get(built)) is None:
            return ""
        pattern = re.compile(rf"\{{[^}}]*#{re.escape(place)}(?=[\s}}])" if place else "^# ")
        for number, line in enumerate(self._sources.lines(file), 1):
            if pattern.search(line):
                return f" ({self._sources.shown(file)}:{number})"
        return ""  # written in a register


def compare(site: Path, docs: Path, today: dt.date, *, pdf: bool = True) -> Comparison:
    """Return the contract of ``docs`` beside ``site``.

    ``pdf``: whether the site was built with its PDF files. Raises OSError.
    """
    promises, faults = read_contract(docs)
    register, more = read_register(docs, today)
    return Comparison(promises, published(site), register, docs, today, pdf, (*faults, *more))


def accept(comparison: Comparison) -> int:
    """Write the site's new addresses into the contract; return how many they were."""
    new = comparison.new()
    kept = {promise.address: promise.about for promise in comparison.promises.values()}
    write_contract(comparison.docs, {**{a: comparison.addresses[a] for a in new}, **kept})
    return len(new)


def same(comparison: Comparison, addresses: Collection[str]) -> list[str]:
    """Give promises the words that stand there now; return the addresses that can't have it."""
    kept = {promise.address: promise.about for promise in comparison.promises.values()}
    known = [a for a in map(canonical, addresses) if a in kept and a in comparison.addresses]
    if len(known) == len(addresses):
        kept.update({address: comparison.addresses[address] for address in known})
        write_contract(comparison.docs, kept)
    return [a for a in addresses if canonical(a) not in known]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.permalinks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), metavar="MAPP")
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), help="mappen med sidornas källor"
    )
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date.today())
    writes = parser.add_mutually_exclusive_group()
    writes.add_argument("--accept", action="store_true", help="skriv in nya adresser")
    writes.add_argument(
        "--same", nargs="+", metavar="ADRESS", help="andra ord, samma betydelse: skriv in dem"
    )
    args = parser.parse_args(argv)
    for folder in (args.site, args.docs):
        if not folder.is_dir():
            print(f'Mappen "{folder}" finns inte. Bygg webbplatsen först.', file=sys.stderr)
            return 2
    pdf = any(args.site.rglob("*.pdf"))
    if not pdf:
        print("Sajten är byggd utan pdf-filer: deras adresser prövas inte.", file=sys.stderr)
    comparison = compare(args.site, args.docs, args.today, pdf=pdf)
    if comparison.unreadable or not (args.accept or args.same):
        return report(comparison.findings())
    if args.accept:
        count = accept(comparison)
        print(f"Nya adresser i {args.docs / CONTRACT}: {count}.", file=sys.stderr)
    elif wrong := same(comparison, args.same):
        print(f"Ingenting skrevs. Varken löftet eller sajten har: {', '.join(wrong)}")
        return 1
    return report(compare(args.site, args.docs, args.today, pdf=pdf).findings())


if __name__ == "__main__":
    raise SystemExit(main())
