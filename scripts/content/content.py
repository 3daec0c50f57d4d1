"""docs/ as a whole, read once: pages, registers, and what could not be read.

The only place that knows how content lies on disk. Reading never guesses and never raises: what
can't be read is a finding that says where it is and how to mend it.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content.config import local_numbers, own_numbers
from scripts.content.facts import (
    facts_in,
    insert_in_page,
    insert_in_value,
    unknown_in_page,
    unknown_in_register,
    words_of_contacts,
    words_of_facts,
)
from scripts.content.fields import Given, build, checked, is_iso_date
from scripts.content.files import DATA, LAW, Entry, listed
from scripts.content.generated_pages import guide_pages, statute_pages
from scripts.content.guide import More
from scripts.content.macros import used_sources
from scripts.content.page import MadePage, Page, parse_page
from scripts.content.procedure import PageStep, steps_of
from scripts.content.records import (
    CHECKLISTS,
    TOP,
    ChecklistRow,
    Frame,
    Registers,
    type_of,
)
from scripts.content.rules import Rule, rules_of
from scripts.content.shown_steps import with_steps
from scripts.content.situations import FIRST, Situation
from scripts.content.sources import flatten
from scripts.content.statutes import HEADING as STATUTE_HEADING
from scripts.content.statutes import Statute, read_act
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core import phone
from scripts.core.findings import ContentError, Finding
from scripts.core.swedish import did_you_mean

FACTS, CONTACTS = "facts.yml", "contacts.yml"
# Registers that may have a date at their head, for all records that have none of their own.
DATED, HEAD = ("questions", "law_changes"), "checked_on"


@dataclass(frozen=True, eq=False)
class Content:
    """What docs/ says. A page or register that isn't there, or can't be read, is left out."""

    docs: Path  # as it is read
    pages: Mapping[PurePosixPath, Page]  # by their path in docs/, sorted
    registers: Registers
    files: Mapping[str, RegisterFile]  # by name in docs/_data/: "contacts", "checklists/barn"
    faults: tuple[Finding, ...] = ()  # what could not be read, or isn't as its type says
    # What stands in the registers' files, by name in ``files``, for those without faults.
    given: Mapping[str, tuple[Given, ...]] = field(default_factory=dict)
    law: Mapping[str, Statute] = field(default_factory=dict)  # by name in docs/_data/law/
    facts_named: frozenset[str] = frozenset()  # the keys of those that a text prints
    home: Path = Path()  # where a promise is kept: ``docs``, or the docs/ of a folder laid over it

    @staticmethod
    def read(docs: Path, home: Path | None = None) -> Content:
        """Return what the folder ``docs`` says; from memory while no file in it has changed."""
        docs = docs.absolute()  # one name: the build and the extension share it
        entries, faults = listed(docs)
        local = tuple(local_numbers(docs.parent).items())
        return _read(
            docs, home or docs, tuple(entries), tuple(faults), own_numbers(docs.parent), local
        )

    def shown(self, page: Page) -> PurePosixPath:
        """Return a page's file as findings name it: ``docs/odla/tomat.md``; of a page that a record
        gives, the register's."""
        return page.file.shown

    @property
    def written(self) -> list[Page]:
        """The pages that have a file of their own."""
        return [page for page in self.pages.values() if not isinstance(page, MadePage)]

    def page_with(self, macro: str, argument: str = "") -> Page | None:
        """Return the first page by path with ``[[macro:argument]]``, or with any argument where
        none is given: the page that shows a register is its home. None where there is none."""
        return self._homes.get((macro, argument))

    def folder_of(self, macro: str) -> str:
        """Return the address of the page with ``[[macro]]``: files that it lists lie beside it.
        "", the site's root, where there is no such page."""
        page = self.page_with(macro)
        return page.address if page else ""

    def words_of(self, link: str) -> str:
        """Return what a link to ``/page.md`` or ``/page.md#id`` is called: the page's title, or
        the heading there; "" for what isn't there, or has its words from a macro."""
        path, _, anchor = link.partition("#")
        page = self.pages.get(PurePosixPath(path.lstrip("/")))
        if page is None:
            return ""
        return page.headings.get(anchor, "") if anchor else page.title

    def words_for(self, row: ChecklistRow | More | Situation) -> str:
        """Return what a register's link to a page is called: its own words, or the page's."""
        return row.page_title or self.words_of(row.page)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each place is for that says so: "a/", "a/#id", and "a/*" for all in a folder. See
        ``kind_of``."""
        found: dict[str, str] = {}
        for page in self.pages.values():
            here, meta = page.address, page.meta
            if meta.kind:
                found[here] = meta.kind
                if here and page.path.stem == "index":
                    found[f"{here}*"] = meta.kind
            found |= {f"{here}#{anchor}": kind for anchor, kind in meta.section_kinds.items()}
        return found

    @cached_property
    def searches(self) -> dict[str, list[str]]:
        """What readers write when a page or a section is the answer, by its address."""
        return {
            page.address + ("" if anchor == TOP else f"#{anchor}"): words.split(", ")
            for page in self.pages.values()
            for anchor, words in page.meta.searches.items()
        }

    @cached_property
    def shortcuts(self) -> dict[str, str]:
        """Short addresses' keys → where they lead: "/a/#b"."""
        named = ((*p.meta.short.partition("#"), p.address) for p in self.pages.values())
        return {key: f"/{address}{mark}{anchor}" for key, mark, anchor, address in named if key}

    @cached_property
    def frames(self) -> dict[str, Frame]:
        """What other sites may show, by the page's address."""
        return {p.address: p.meta.embed for p in self.pages.values() if p.meta.embed}

    @cached_property
    def steps(self) -> list[tuple[str, str]]:
        """The steps of the work, in order: (the page's link, the step's name)."""
        found = sorted((p.meta.step, p.link) for p in self.pages.values() if p.meta.step)
        return [(link, step.title) for step, link in found]

    @cached_property
    def _homes(self) -> dict[tuple[str, str], Page]:
        homes: dict[tuple[str, str], Page] = {}
        for page in self.pages.values():
            for _, name, argument in page.macros():
                homes.setdefault((name, argument), page)
                homes.setdefault((name, ""), page)
        return homes

    def line(self, register: str, key: str, field: str = "") -> int:
        """Return the line where a record stands in its file, or a field of it; 1 for what isn't
        there. ``register``: the name in ``files``; ``key``: the record's, or its id."""
        file = self.files.get(register)
        if file is None:
            return 1
        return file.line(*file.ways.get(key, ()), *filter(None, [field]))

    def at(self, register: str, key: str, field: str = "") -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the ``line`` of a record or its field."""
        return self.files[register].shown, self.line(register, key, field)

    def source_at(self, key: str) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line where a source stands; of a paragraph
        those of its wording."""
        source = self.registers.sources[key]
        place = key.removeprefix(f"{source.act}-") if source.place else ""
        for name, act in self.law.items():
            if act.sfs == source.sfs and place in act.paragraphs:
                return self.law_file(name), act.paragraphs[place].line
        return self.at("sources", key)

    def law_file(self, name: str) -> PurePosixPath:
        """Return the file of an act's wording, as findings name it."""
        return PurePosixPath(self.docs.name, DATA, LAW, f"{name}.md")

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules by their headings' ids, in the order of their pages."""
        return {rule.key: rule for page in self.pages.values() for rule in rules_of(page)}

    @cached_property
    def page_steps(self) -> dict[str, PageStep]:
        """The pages' own steps by what a checklist calls them: "odla/tomat#vattna"."""
        return {step.key: step for page in self.pages.values() for step in steps_of(page)}

    def asked_at(self, link: str) -> list[str]:
        """Return the situations that the page of a link asks at its top."""
        page = self.pages.get(PurePosixPath(link.partition("#")[0].lstrip("/")))
        return self.asked.get(page.address, []) if page else []

    @cached_property
    def asked(self) -> dict[str, list[str]]:
        """The situations that each page asks at its top, by the page's address."""
        return {
            page.address: argument.split(",")
            for page in self.pages.values()
            for _, name, argument in page.macros()
            if name == FIRST
        }

    @cached_property
    def resting_steps(self) -> dict[str, list[PageStep]]:
        """Source key → the steps that cite it, by page and place."""
        found: dict[str, list[PageStep]] = {}
        for step in self.page_steps.values():
            for key in step.sources:
                found.setdefault(key, []).append(step)
        return found

    @cached_property
    def resting(self) -> dict[str, list[Page]]:
        """Source key → the pages that use it, each once, by path."""
        found: dict[str, list[Page]] = {}
        for page in self.pages.values():
            for key in dict.fromkeys(used_sources(page, self.registers)):
                found.setdefault(key, []).append(page)
        return found


@functools.lru_cache(maxsize=4)
def _read(
    docs: Path,
    home: Path,
    entries: tuple[Entry, ...],
    wrong: tuple[Finding, ...],
    numbers: tuple[str, ...],
    local: tuple[tuple[str, str], ...],
) -> Content:
    pages: dict[PurePosixPath, Page] = {}
    files: dict[str, RegisterFile] = {}
    given: dict[str, tuple[Given, ...]] = {}
    made: dict[str, Any] = {CHECKLISTS: {}}
    faults = list(wrong)
    law: dict[str, Statute] = {}
    local_words = {
        f"nummer:{key}": number[0]  # without its hours
        for key, text in local
        if (number := phone.number_in_field(text))
    }
    words = dict(local_words)
    named: set[str] = set()
    # the words of these are inserted in the others
    first = [one for one in entries if one[0].name in (FACTS, CONTACTS)]
    first.sort(key=lambda one: one[0].name != FACTS)
    # … as long as these can't be read, nobody knows what a text with a macro says
    unread = {file.name for file, *_ in first} | {fault.path.name for fault in wrong}
    unread &= {FACTS, CONTACTS}
    for file, *_ in (*first, *(one for one in entries if one not in first)):
        path = PurePosixPath(*file.relative_to(docs).parts)
        shown = PurePosixPath(docs.name) / path
        is_register = file.suffix == ".yml" and path.parts[0] == DATA
        try:
            text = read_text(file, shown)
            value = parse_yaml(text, shown) if is_register else {}
            if file.name == FACTS:
                words |= words_of_facts(value)
                unread.discard(FACTS)
            elif file.name == CONTACTS:  # its own texts may have its numbers in them
                words |= words_of_contacts(value) | local_words
                unread.discard(CONTACTS)
            if "[[" in text and file.name != FACTS:
                if unread:
                    continue
                named |= facts_in(text)
            register, unknown = _insert_words(RegisterFile(shown, text, value, words=words))
            faults += unknown
            if file.suffix == ".md" and path.parts[0] != DATA:
                pages[path] = parse_page(register.text, path, shown)
            elif file.suffix == ".md" and path.parts[:2] == (DATA, LAW):
                law[path.stem] = _act(text, shown)
            elif is_register:
                name = path.relative_to(DATA).with_suffix("").as_posix()
                files[name] = _without_head(register) if name in DATED else register
                if (kind := type_of(name)) is not None:
                    given[name] = checked(kind, files[name])
                    folder, _, own = name.rpartition("/")
                    (made[folder] if folder else made)[own] = build(kind, files[name].value, own)
        except ContentError as error:
            faults += error.findings
    listing = next(
        (p for p in pages.values() if ("lagar", "") in (m[1:] for m in p.macros())), None
    )
    if "sources" in made:
        folder = listing.link.removesuffix(listing.path.name) if listing else ""
        made["sources"] = flatten(made["sources"], law, folder, made.get("law_read", {}))
    if "changes" in made:  # a municipality's own stand last in the file
        newest = sorted(made["changes"].items(), key=lambda one: one[1].date, reverse=True)
        made["changes"] = dict(newest)
    found = Registers(**made, numbers=numbers)
    others = list(statute_pages(found.sources, listing, docs)) if listing else []
    if "guide" in made:
        others += guide_pages(found.guide, files["guide"], list(pages.values()))
    pages = dict(sorted({**{page.path: page for page in others}, **pages}.items()))
    wrong = tuple(sorted(faults))
    found = with_steps(found, list(pages.values()))
    return Content(docs, pages, found, files, wrong, given, law, frozenset(named), home)


def _insert_words(file: RegisterFile) -> tuple[RegisterFile, list[Finding]]:
    """Return a register or a page with its words inserted, and a finding for each macro that has
    none. facts.yml is left: its own words have no macros."""
    if file.shown.name == FACTS:
        return file, []
    if file.shown.suffix == ".yml":
        unknown = unknown_in_register(file)
        inserted = replace(file, value=insert_in_value(file.value, file.words))
    else:
        unknown = unknown_in_page(file.text, file.words)
        inserted = replace(file, text=insert_in_page(file.text, file.words))
    return inserted, [_unknown(file.shown, line, name, file.words) for line, name in unknown]


def _act(text: str, shown: PurePosixPath) -> Statute:
    """Return an act's wording. Raises ContentError for a file without one."""
    # all that stands there has begun: a wording to come stands nowhere in docs/
    act = read_act(text, dt.date.max)
    if act is None or not act.paragraphs:
        message = (
            'filen ska ha raden "- **SFS-nummer:** 2005:716" och rubriker som "### 5 kap. 15 §". '
            "Gör som i en annan lag."
        )
        raise ContentError(Finding(shown, 1, "bad-law", message))
    lines: dict[str, int] = {}
    for heading in STATUTE_HEADING.finditer(text):
        place, line = heading[0].strip("# \n"), text.count("\n", 0, heading.start()) + 1
        if lines.setdefault(place, line) != line:
            message = f"{place} står redan på rad {lines[place]}. Behåll den lydelse som gäller."
            raise ContentError(Finding(shown, line, "bad-law", message))
    return act


def _unknown(shown: PurePosixPath, line: int, name: str, words: Mapping[str, str]) -> Finding:
    macro, _, name = name.partition(":")
    near = did_you_mean(name, [key.partition(":")[2] for key in words if key.startswith(macro)])
    if macro == "nummer":
        message = (
            f'"{name}" har inget nummer i contacts.yml, eller under local i mkdocs.yml.{near} '
            "Rätta namnet, eller skriv numret där."
        )
        return Finding(shown, line, "unknown-contact", message)
    message = f'uppgiften "{name}" finns inte i facts.yml.{near} Rätta namnet, eller skriv orden.'
    return Finding(shown, line, "unknown-fact", message)


def _without_head(file: RegisterFile) -> RegisterFile:
    """Return the register with the date at its head in each record that has none. Raises
    ContentError where it isn't a date."""
    rows = dict(file.value)
    if (head := rows.pop(HEAD, None)) is None:
        return file
    if not is_iso_date(head):
        message = f'{HEAD} överst ska vara ett datum: "ÅÅÅÅ-MM-DD".'
        raise ContentError(Finding(file.shown, file.line(HEAD), "bad-date", message))
    made = {k: {HEAD: head, **row} if isinstance(row, dict) else row for k, row in rows.items()}
    return replace(file, value=made)
