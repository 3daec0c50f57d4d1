"""The sources that a page uses: those it cites, and those of the records that its macros show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scripts.content.figures import BarFigure
from scripts.content.markdown import cited_or_linked_keys
from scripts.content.page import Page
from scripts.content.records import Registers


def used_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the keys of the sources that a page uses: those that its text and its supplements cite,
    and those of the records that the macros in them show. A key may come many times."""
    for text in page.with_supplements:
        yield from (key for _, key in text.citations())
        yield from unmarked_sources(text, registers)
        for _, name, argument in text.macros():
            if name in SOURCES_OF_MACROS:
                yield from SOURCES_OF_MACROS[name](registers, argument)


def unmarked_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the keys of the sources of other pages' steps that a page shows in a checklist or an
    outcome of the guide. The rendered text has no citation markers for these sources."""
    for _, name, argument in page.macros():
        if name == "checklista" and argument in registers.checklists:
            for row in registers.checklists[argument].rows:
                yield from row.sources
        elif name == "vagledning" and argument in registers.guide.outcomes:
            for more in registers.guide.outcomes[argument].more:
                yield from more.sources


def _cited_in(record: object) -> Iterator[str]:
    """Yield the keys of the sources that the texts of a record cite; none for None."""
    yield from cited_or_linked_keys(str(record))  # a dataclass as text has the text of each field


def figure_sources(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources of the figure ``key``: those that its texts cite, and those of the facts
    in its bars."""
    figure = registers.figures.get(key)
    if figure is None:
        return
    yield from _cited_in(figure)
    if isinstance(figure, BarFigure):
        for fact in figure.fact_keys:
            if fact in registers.facts:
                yield from registers.facts[fact].sources


def _sources_of_checklist(registers: Registers, name: str) -> Iterator[str]:
    """Yield the sources that the texts of a checklist cite. Those of its steps are yielded by
    ``unmarked_sources``."""
    yield from _cited_in(registers.checklists.get(name))


def _sources_of_contacts(registers: Registers, group: str) -> Iterator[str]:
    """Yield the sources of the contacts in a group, and those that their texts cite."""
    for contact in registers.contacts.values():
        if group in contact.group:  # a contact may be in several
            yield contact.source
            yield from _cited_in(contact)


def _sources_of_situations(registers: Registers, keys: str) -> Iterator[str]:
    """Yield the sources of the situations in the comma-separated ``keys``."""
    for key in keys.split(","):
        if key in registers.situations:
            yield from registers.situations[key].sources


def _sources_of_numbers(registers: Registers, keys: str) -> Iterator[str]:
    """Yield the source of each contact in the comma-separated ``keys``. The publisher's own
    numbers, in mkdocs.yml, have no source."""
    for key in keys.split(","):
        if key in registers.contacts and key not in registers.numbers:
            yield registers.contacts[key].source


def _sources_of_guide_node(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources that a question or outcome of the guide cites."""
    yield from _cited_in(registers.guide.nodes.get(key))


def _sources_of_guide(registers: Registers, _: str) -> Iterator[str]:
    """Yield the sources that all questions and outcomes of the guide cite."""
    for key in registers.guide.nodes:
        yield from _sources_of_guide_node(registers, key)


def _sources_of_law_changes(registers: Registers, _: str) -> Iterator[str]:
    """Yield the sources of all law changes."""
    for change in registers.law_changes.values():
        yield from change.sources


def _sources_of_counties(registers: Registers, _: str) -> Iterator[str]:
    """Yield the sources of all counties."""
    for county in registers.regions.counties.values():
        yield county.source


def _sources_of_regions(registers: Registers, _: str) -> Iterator[str]:
    """Yield the sources of all regions."""
    for region in registers.regions.regions.values():
        yield region.source


# Macro → function (registers, the macro's argument) that yields the keys of the sources of its
# output. A macro that isn't here shows no source.
SOURCES_OF_MACROS: dict[str, Callable[[Registers, str], Iterator[str]]] = {
    "checklista": _sources_of_checklist,
    "figur": figure_sources,
    "forst": _sources_of_situations,
    "hela-vagledningen": _sources_of_guide,
    "kontakter": _sources_of_contacts,
    "lagandringar": _sources_of_law_changes,
    "lan": _sources_of_counties,
    "nummer": _sources_of_numbers,
    "regioner": _sources_of_regions,
    "vagledning": _sources_of_guide_node,
}
