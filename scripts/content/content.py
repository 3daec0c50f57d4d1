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
from scripts.content.page import GeneratedPage, Page
from scripts.content.procedure import PageStep, steps_of
from scripts.content.read import FileList, Files, list_files, read_files
from scripts.content.records import ChecklistRow, Registers
from scripts.content.rules import Rule, rules_of
from scripts.content.settings_files import Publisher, read_publisher
from scripts.content.shown_steps import insert_steps
from scripts.content.situations import QUESTIONS_MACRO, Situation
from scripts.content.sources import expand_sections
from scripts.content.statutes import Statute
from scripts.content.supplements import SUPPLEMENTS_FOLDER
from scripts.content.used_sources import used_sources
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import Finding


@dataclass(frozen=True, eq=False)
class Content:
    """The pages and registers of docs/. A page or register that is missing or can't be read is left
    out."""

    roots: tuple[Path, ...]  # each docs/: the national one first, the project's own last
    pages: Mapping[PurePosixPath, Page]  # by their path in docs/, sorted
    registers: Registers
    files: Mapping[str, RegisterFile]  # by name in docs/_data/: "contacts", "checklists/barn"
    faults: tuple[Finding, ...] = ()  # unreadable files, and violations of the types
    # Leaf values of each register without faults, by name in ``files``.
    leaf_values: Mapping[str, tuple[LeafValue, ...]] = field(default_factory=dict)
    statutes: Mapping[str, Statute] = field(default_factory=dict)  # by name in docs/_data/law/
    # The files of ``statutes``, by the same names, as findings name them.
    statute_files: Mapping[str, PurePosixPath] = field(default_factory=dict)
    facts_used: frozenset[str] = frozenset()  # keys of the facts whose words a text has
    publisher: Publisher = field(default_factory=Publisher)

    @staticmethod
    def read(docs: Path, national: Path | None = None) -> Content:
        """Return the content of the folder ``docs``, from memory if no file in it has changed.

        ``national``: the docs/ that a municipality's folder adds to. Its mkdocs.yml, like that of
        ``docs``, is beside it.
        """
        own = docs.absolute()  # the cache of ``_read`` compares paths
        roots = (national.absolute(), own) if national else (own,)
        publisher = read_publisher([docs.parent for docs in roots])
        return _read(roots, list_files(roots), publisher)

    @property
    def docs(self) -> Path:
        """The project's own docs/, with its permalinks."""
        return self.roots[-1]

    @property
    def project(self) -> Path:
        """The folder that findings' paths are relative to."""
        return self.docs.parent

    @property
    def folders_beside_docs(self) -> tuple[Path, ...]:
        """The folders other than ``docs`` that a municipality's site is made of: the national
        docs/, and tillagg/. None for the national site."""
        if len(self.roots) == 1:
            return ()
        return (*self.roots[:-1], self.project / SUPPLEMENTS_FOLDER)

    def display_path(self, file: Path) -> PurePosixPath:
        """Return the path of a file as findings show it."""
        return display_path(file, self.project)

    @property
    def authored_pages(self) -> list[Page]:
        """The pages that have a file of their own."""
        return [page for page in self.pages.values() if not isinstance(page, GeneratedPage)]

    @property
    def pages_and_supplements(self) -> list[Page]:
        """The pages that have a file of their own, each followed by a municipality's supplements to
        the page: every text in Markdown that someone has written."""
        return [text for page in self.authored_pages for text in page.with_supplements]

    def page_with(self, macro: str, argument: str = "") -> Page | None:
        """Return the first page by path with ``[[macro:argument]]``, or None. Without ``argument``
        the macro may have any argument."""
        return self._page_by_macro.get((macro, argument))

    def address_of_page_with(self, macro: str) -> str:
        """Return the address of the page with ``[[macro]]``, a list of files: the build writes the
        files at this address. "" (the site's root) if there is no such page."""
        page = self.page_with(macro)
        return page.address if page else ""

    def link_text(self, link: str) -> str:
        """Return the text of a link to ``/page.md`` or ``/page.md#id``: the page's title, or the
        heading. "" if there is no such page, or no such heading in its Markdown."""
        page = self.page_of_link(link)
        anchor = link.partition("#")[2]
        if page is None:
            return ""
        return page.headings.get(anchor, "") if anchor else page.title

    def page_of_link(self, link: str) -> Page | None:
        """Return the page of a link, ``/page.md`` or ``/page.md#id``; None if there is none."""
        return self.pages.get(PurePosixPath(link.partition("#")[0].lstrip("/")))

    def link_text_for(self, row: ChecklistRow | More | Situation) -> str:
        """Return the text of the link to ``row.page``: the row's own text, or else what
        ``link_text`` returns."""
        return row.page_title or self.link_text(row.page)

    @cached_property
    def page_kinds(self) -> dict[str, str]:
        """Address → kind of page. The address is a page's, "a/", a section's, "a/#id", or "a/*" for
        every page below a folder: an index.md gives its folder its kind. See ``page_kind_of``."""
        kinds: dict[str, str] = {}
        for page in self.pages.values():
            if page.meta.kind:
                kinds[page.address] = page.meta.kind
                # the start page's kind isn't that of the whole site
                if page.address and page.path.stem == "index":
                    kinds[f"{page.address}*"] = page.meta.kind
            for anchor, kind in page.meta.section_kinds.items():
                kinds[f"{page.address}#{anchor}"] = kind
        return kinds

    @cached_property
    def search_phrases(self) -> dict[str, list[str]]:
        """The address of a page or section → the phrases that readers search for it with."""
        phrases = {}
        for page in self.pages.values():
            for anchor, text in page.meta.searches.items():
                address = page.address if anchor == TOP else f"{page.address}#{anchor}"
                phrases[address] = text.split(", ")
        return phrases

    @cached_property
    def shortcuts(self) -> dict[str, str]:
        """Key of a short address, "akut" for /p/akut/ → the address that it leads to: "/a/" or
        "/a/#b"."""
        targets = {}
        for page in self.pages.values():
            key, hash_sign, anchor = page.meta.short.partition("#")
            if key:
                targets[key] = f"/{page.address}{hash_sign}{anchor}"
        return targets

    @cached_property
    def embeds(self) -> dict[str, Frame]:
        """Address of a page that other sites may embed → the settings of its iframe."""
        return {page.address: page.meta.embed for page in self.pages.values() if page.meta.embed}

    @cached_property
    def stage_links(self) -> list[str]:
        """Links, "/a.md", to the pages that are stages of the work, in the order of the stages."""
        stages = [(page.meta.step, page.link) for page in self.pages.values() if page.meta.step]
        return [link for _, link in sorted(stages)]

    @cached_property
    def _page_by_macro(self) -> dict[tuple[str, str], Page]:
        """The first page by path with each macro: by (name, argument), and by (name, "")."""
        pages: dict[tuple[str, str], Page] = {}
        for page in self.pages.values():
            for text in page.with_supplements:
                for _, name, argument in text.macros():
                    pages.setdefault((name, argument), page)
                    pages.setdefault((name, ""), page)
        return pages

    def location(self, register: str, key: str, *field: str) -> tuple[PurePosixPath, int]:
        """Return the file, as findings show it, and the line of a record or of its ``field``.

        ``register``: a name in ``files``; ``key``: the record's key, or its id. The line is 1 if
        there is no such record.
        """
        return self.files[register].record_location(key, *field)

    def source_location(self, key: str) -> tuple[PurePosixPath, int]:
        """Return the file, as findings show it, and the line of a source. A statute section's is in
        docs/_data/law/ if its wording is there; any other source's is in sources.yml."""
        source = self.registers.sources[key]
        if source.section:
            section_key = key.removeprefix(f"{source.statute}-")  # "utl-5-15" → "5-15"
            for name, statute in self.statutes.items():
                if statute.sfs == source.sfs and section_key in statute.sections:
                    return self.statute_files[name], statute.sections[section_key].line
        return self.location("sources", key)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Id of a heading → the rule of law below the heading, in the order of the pages."""
        return {rule.key: rule for page in self.pages.values() for rule in rules_of(page)}

    @cached_property
    def page_steps(self) -> dict[str, PageStep]:
        """Key of a step in checklists, "odla/tomat#vattna" → the step, as its page has it."""
        return {step.key: step for page in self.pages.values() for step in steps_of(page)}

    @cached_property
    def situations_by_page(self) -> dict[str, list[str]]:
        """Address of a page → keys of the situations that the page asks about before its steps."""
        situations = {}
        for page in self.pages.values():
            for _, name, argument in page.macros():
                if name == QUESTIONS_MACRO:
                    situations[page.address] = argument.split(",")
        return situations

    @cached_property
    def steps_by_source(self) -> dict[str, list[PageStep]]:
        """Source key → the steps that cite the source, by page and by their order on the page."""
        steps: dict[str, list[PageStep]] = {}
        for step in self.page_steps.values():
            for key in step.sources:
                steps.setdefault(key, []).append(step)
        return steps

    @cached_property
    def pages_by_source(self) -> dict[str, list[Page]]:
        """Source key → the pages that use the source, each once, by path."""
        pages: dict[str, list[Page]] = {}
        for page in self.pages.values():
            for key in dict.fromkeys(used_sources(page, self.registers)):
                pages.setdefault(key, []).append(page)
        return pages


@functools.lru_cache(maxsize=4)
def _read(roots: tuple[Path, ...], file_list: FileList, publisher: Publisher) -> Content:
    """Return the content of the files in ``file_list``, with the pages and the records that are
    generated from them.

    Cached, because the build and the Markdown extension both read docs/.
    """
    files = read_files(file_list, publisher)
    statutes_page = next((page for page in files.pages.values() if page.has_macro("lagar")), None)
    registers = _complete_registers(files, statutes_page, publisher)
    generated: list[Page] = []
    if statutes_page:
        generated += statute_pages(registers.sources, statutes_page, files.statute_files)
    if "guide" in files.records:
        generated += guide_pages(registers.guide, files.registers["guide"], files.pages.values())
    # a page with a file of its own replaces a generated one
    pages = {page.path: page for page in generated} | files.pages
    pages = dict(sorted(pages.items()))
    return Content(
        roots=roots,
        pages=pages,
        registers=insert_steps(registers, pages.values()),
        files=files.registers,
        # a set: the same unknown word twice on a line is one fault
        faults=tuple(sorted(set(files.faults))),
        leaf_values=files.leaf_values,
        statutes=files.statutes,
        statute_files=files.statute_files,
        facts_used=frozenset(files.facts_used),
        publisher=publisher,
    )


def _complete_registers(
    files: Files, statutes_page: Page | None, publisher: Publisher
) -> Registers:
    """Return the registers, with a source for each statute section, the changes of the law from the
    newest to the oldest, and the keys of the numbers that a publisher may have."""
    records = dict(files.records)
    if "sources" in records:
        # "/lag/" if the page /lag/index.md lists the statutes
        folder = statutes_page.link.removesuffix(statutes_page.path.name) if statutes_page else ""
        readings = records.get("law_read", {})
        records["sources"] = expand_sections(records["sources"], files.statutes, folder, readings)
    if "changes" in records:
        changes = sorted(records["changes"].values(), key=lambda row: row.date, reverse=True)
        records["changes"] = {change.key: change for change in changes}
    return Registers(**records, numbers=publisher.numbers)
