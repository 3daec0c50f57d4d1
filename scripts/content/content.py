"""docs/ as a whole, read once: pages, registers, and findings for files that can't be read.

Reading never raises: a file that can't be read is left out, with a finding that says how to mend
it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from scripts.content.fields import LeafValue
from scripts.content.files import display_path
from scripts.content.front_matter import TOP, Frame
from scripts.content.generated_pages import guide_pages, statute_pages
from scripts.content.guide import More
from scripts.content.macros import used_sources
from scripts.content.page import GeneratedPage, Page
from scripts.content.procedure import PageStep, steps_of
from scripts.content.read import FileList, list_files, read_files
from scripts.content.records import ChecklistRow, Registers
from scripts.content.rules import Rule, rules_of
from scripts.content.settings_files import Publisher, read_publisher
from scripts.content.shown_steps import insert_steps
from scripts.content.situations import FIRST, Situation
from scripts.content.sources import expand_sections
from scripts.content.statutes import Statute
from scripts.content.supplements import SUPPLEMENTS_FOLDER
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import Finding


@dataclass(frozen=True, eq=False)
class Content:
    """The pages and registers of docs/. One that is missing or can't be read is left out."""

    roots: tuple[Path, ...]  # each docs/: the national one first, the project's own last
    pages: Mapping[PurePosixPath, Page]  # by their path in docs/, sorted
    registers: Registers
    files: Mapping[str, RegisterFile]  # by name in docs/_data/: "contacts", "checklists/barn"
    faults: tuple[Finding, ...] = ()  # unreadable files, and violations of the types
    # The values in the registers' files, by name in ``files``, for those without faults.
    leaf_values: Mapping[str, tuple[LeafValue, ...]] = field(default_factory=dict)
    statutes: Mapping[str, Statute] = field(default_factory=dict)  # by name in docs/_data/law/
    statute_files: Mapping[str, PurePosixPath] = field(
        default_factory=dict
    )  # as findings name them
    facts_used: frozenset[str] = frozenset()  # the keys of those that a text prints
    publisher: Publisher = field(default_factory=Publisher)

    @staticmethod
    def read(docs: Path, national: Path | None = None) -> Content:
        """Return the content of the folder ``docs``; from memory while no file in it has changed.

        ``national``: the docs/ that a municipality's folder adds to. Its mkdocs.yml, like that of
        ``docs``, is beside it.
        """
        own = docs.absolute()  # one name: the build and the extension share it
        roots = (national.absolute(), own) if national else (own,)
        publisher = read_publisher([docs.parent for docs in roots])
        return _read(roots, list_files(roots), publisher)

    @property
    def docs(self) -> Path:
        """The project's own docs/: its permalinks are there."""
        return self.roots[-1]

    @property
    def project(self) -> Path:
        """The folder that findings' paths begin in."""
        return self.docs.parent

    @property
    def more_sources(self) -> tuple[Path, ...]:
        """The folders beside ``docs`` that pages are made of: the national docs/, and tillagg/."""
        return (*self.roots[:-1], self.project / SUPPLEMENTS_FOLDER) if len(self.roots) > 1 else ()

    def display_path(self, file: Path) -> PurePosixPath:
        """Return a file as findings name it."""
        return display_path(file, self.project)

    @property
    def authored_pages(self) -> list[Page]:
        """The pages that have a file of their own."""
        return [page for page in self.pages.values() if not isinstance(page, GeneratedPage)]

    @property
    def texts(self) -> list[Page]:
        """The pages that have a file of their own, each with its supplements."""
        return [text for page in self.authored_pages for text in page.texts]

    def page_with(self, macro: str, argument: str = "") -> Page | None:
        """Return the first page by path with ``[[macro:argument]]``, or with any argument where
        none is given. None where there is none."""
        return self._page_by_macro.get((macro, argument))

    def folder_of(self, macro: str) -> str:
        """Return the address of the page with ``[[macro]]``, where the files that it lists are. ""
        (the site's root) where there is no such page."""
        page = self.page_with(macro)
        return page.address if page else ""

    def link_text(self, link: str) -> str:
        """Return the text of a link to ``/page.md`` or ``/page.md#id``: the page's title, or the
        heading; "" where there is none, or where a macro makes the heading."""
        path, _, anchor = link.partition("#")
        page = self.pages.get(PurePosixPath(path.lstrip("/")))
        if page is None:
            return ""
        return page.headings.get(anchor, "") if anchor else page.title

    def link_text_for(self, row: ChecklistRow | More | Situation) -> str:
        """Return the text of a register's link to a page: the row's own, or the page's."""
        return row.page_title or self.link_text(row.page)

    @cached_property
    def page_kinds(self) -> dict[str, str]:
        """Page kinds by address: page "a/", section "a/#id", folder default "a/*". See
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
    def search_phrases(self) -> dict[str, list[str]]:
        """Search phrases of readers, by the address of the page or section that answers them."""
        return {
            page.address + ("" if anchor == TOP else f"#{anchor}"): words.split(", ")
            for page in self.pages.values()
            for anchor, words in page.meta.searches.items()
        }

    @cached_property
    def shortcuts(self) -> dict[str, str]:
        """Short addresses' keys → their targets: "/a/#b"."""
        targets = {}
        for page in self.pages.values():
            key, mark, anchor = page.meta.short.partition("#")
            if key:
                targets[key] = f"/{page.address}{mark}{anchor}"
        return targets

    @cached_property
    def embeds(self) -> dict[str, Frame]:
        """Pages that other sites may show in a frame, by address."""
        return {p.address: p.meta.embed for p in self.pages.values() if p.meta.embed}

    @cached_property
    def stages(self) -> list[tuple[str, str]]:
        """The steps of the work, in order: (the page's link, the step's name)."""
        pages = sorted(
            (page.meta.step, page.link) for page in self.pages.values() if page.meta.step
        )
        return [(link, step.title) for step, link in pages]

    @cached_property
    def _page_by_macro(self) -> dict[tuple[str, str], Page]:
        found: dict[tuple[str, str], Page] = {}
        for page in self.pages.values():
            for text in page.texts:
                for _, name, argument in text.macros():
                    found.setdefault((name, argument), page)
                    found.setdefault((name, ""), page)
        return found

    def line(self, register: str, key: str, field: str = "") -> int:
        """Return the line of a record or its field, as ``location`` does; 1 if there is no such
        register."""
        return self.location(register, key, field)[1] if register in self.files else 1

    def location(self, register: str, key: str, field: str = "") -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a record or its field.

        ``register``: the name in ``files``; ``key``: the record's, or its id. Of what isn't there
        it is line 1.
        """
        return self.files[register].record_location(key, *filter(None, [field]))

    def source_location(self, key: str) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a source; of a statute's section,
        those of its wording."""
        source = self.registers.sources[key]
        place = key.removeprefix(f"{source.statute}-") if source.section else ""
        for name, statute in self.statutes.items():
            if statute.sfs == source.sfs and place in statute.sections:
                return self.statute_files[name], statute.sections[place].line
        return self.location("sources", key)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules by their headings' ids, in the order of their pages."""
        return {rule.key: rule for page in self.pages.values() for rule in rules_of(page)}

    @cached_property
    def page_steps(self) -> dict[str, PageStep]:
        """The pages' own steps by their keys in checklists: "odla/tomat#vattna"."""
        return {step.key: step for page in self.pages.values() for step in steps_of(page)}

    def situations_at(self, link: str) -> list[str]:
        """Return the situations that the page of a link asks at its top."""
        page = self.pages.get(PurePosixPath(link.partition("#")[0].lstrip("/")))
        return self.situations_by_page.get(page.address, []) if page else []

    @cached_property
    def situations_by_page(self) -> dict[str, list[str]]:
        """The situations that each page asks at its top, by the page's address."""
        return {
            page.address: argument.split(",")
            for page in self.pages.values()
            for _, name, argument in page.macros()
            if name == FIRST
        }

    @cached_property
    def steps_by_source(self) -> dict[str, list[PageStep]]:
        """Source key → the steps that cite it, by page and place."""
        found: dict[str, list[PageStep]] = {}
        for step in self.page_steps.values():
            for key in step.sources:
                found.setdefault(key, []).append(step)
        return found

    @cached_property
    def pages_by_source(self) -> dict[str, list[Page]]:
        """Source key → the pages that use it, each once, by path."""
        found: dict[str, list[Page]] = {}
        for page in self.pages.values():
            for key in dict.fromkeys(used_sources(page, self.registers)):
                found.setdefault(key, []).append(page)
        return found


@functools.lru_cache(maxsize=4)
def _read(roots: tuple[Path, ...], file_list: FileList, publisher: Publisher) -> Content:
    files = read_files(file_list, publisher)
    records = files.records
    listing = next((p for p in files.pages.values() if _has_macro(p, "lagar")), None)
    if "sources" in records:
        folder = listing.link.removesuffix(listing.path.name) if listing else ""
        read = records.get("law_read", {})
        records["sources"] = expand_sections(records["sources"], files.statutes, folder, read)
    if "changes" in records:  # a municipality's own are last in the file
        newest = sorted(records["changes"].items(), key=lambda one: one[1].date, reverse=True)
        records["changes"] = dict(newest)
    registers = Registers(**records, numbers=publisher.numbers)
    pages = list(files.pages.values())
    if listing:
        pages += statute_pages(registers.sources, listing, files.statute_files)
    if "guide" in records:
        pages += guide_pages(registers.guide, files.registers["guide"], pages)
    by_path = {page.path: page for page in pages} | files.pages
    by_path = dict(sorted(by_path.items()))
    return Content(
        roots,
        by_path,
        insert_steps(registers, list(by_path.values())),
        files.registers,
        tuple(sorted(set(files.faults))),
        files.leaf_values,
        files.statutes,
        files.statute_files,
        frozenset(files.facts_used),
        publisher,
    )


def _has_macro(page: Page, macro: str) -> bool:
    """Whether a page has ``[[macro]]`` without an argument."""
    return any(name == macro and not argument for _, name, argument in page.macros())
