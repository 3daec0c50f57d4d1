"""The macros, a row each: what renders it, what its argument may be, which sources it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scripts.content.figures import figure_sources
from scripts.content.page import Page
from scripts.content.registers import Registers
from scripts.render import (
    card,
    checklists,
    contacts,
    doubt,
    figures,
    glossary,
    guide,
    index,
    law_changes,
    links,
    numbers,
    reports,
    sources,
)
from scripts.render.macro import Context


@dataclass(frozen=True)
class Macro:
    """A row of the table."""

    render: Callable[[Context, str], str]
    # What the argument may be; None where it is free, or there is none.
    arguments: Callable[[Registers], Iterable[str]] | None = None
    # The keys of the sources that stand in what it shows.
    sources: Callable[[Registers, str], Iterator[str]] | None = None
    # The register it shows as a whole; without it there is nothing to show.
    register: str = ""


MACROS: dict[str, Macro] = {
    "adress": Macro(links.render_address),
    "adresser": Macro(links.render_addresses),
    "andringar": Macro(reports.render_changes),
    "badda-in": Macro(links.render_embeds),
    "bilder": Macro(reports.render_slides, register="slides"),
    "checklista": Macro(
        checklists.render_checklist, lambda r: r.checklists, checklists.checklist_sources
    ),
    "checklista-ruta": Macro(checklists.render_box, checklists.groups),
    "datumhjalp": Macro(reports.render_dates),
    "figur": Macro(figures.render_figure, lambda r: r.figures, figure_sources),
    "fore-publicering": Macro(reports.render_go_live),
    "filer": Macro(reports.render_files),
    "granskning": Macro(reports.render_reviews),
    "hela-vagledningen": Macro(guide.render_whole, register="guide", sources=guide.guide_sources),
    "index-a-o": Macro(index.render_index),
    "kallforteckning": Macro(sources.render_sources),
    "kort": Macro(card.render_card, register="card"),
    "kort-sprak": Macro(card.render_card_languages, register="card"),
    "kontakter": Macro(contacts.render_contacts, contacts.groups, contacts.contact_sources),
    "kortadresser": Macro(reports.render_short_addresses),
    "lagandringar": Macro(law_changes.render_law_changes, sources=law_changes.law_change_sources),
    "lan": Macro(contacts.render_counties, register="regions", sources=contacts.county_sources),
    "nummer": Macro(numbers.render_numbers, sources=numbers.number_sources),
    "oppna-fragor": Macro(doubt.render_questions),
    "ordlista": Macro(glossary.render_glossary),
    "osakert": Macro(doubt.render_uncertain, lambda r: r.questions),
    "regioner": Macro(contacts.render_regions, register="regions", sources=contacts.region_sources),
    "tillganglighet": Macro(reports.render_accessibility, register="accessibility"),
    "utskrifter": Macro(reports.render_handouts),
    "vagledning": Macro(guide.render_node, guide.nodes, guide.guide_sources),
}


def used_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the keys of the sources that a page uses, itself or through what its macros show."""
    yield from (key for _, key in page.citations())
    for _, name, argument in page.macros():
        if name in MACROS and (shown := MACROS[name].sources):
            yield from shown(registers, argument)
