"""The names of the ``[[macros]]`` and the function that renders each."""

from __future__ import annotations

from collections.abc import Callable

from scripts.render import checklists as render_checklists
from scripts.render import doubt as render_doubt
from scripts.render import figures as render_figures
from scripts.render import guide as render_guide
from scripts.render import index as render_index
from scripts.render import law_changes as render_law_changes
from scripts.render import links as render_links
from scripts.render import registers as render_registers
from scripts.render.registers import Context

MACROS: dict[str, Callable[[Context, str], str]] = {
    "adress": render_links.render_address,
    "adresser": render_links.render_addresses,
    "andringar": render_registers.render_changes,
    "badda-in": render_links.render_embeds,
    "bilder": render_registers.render_slides,
    "checklista": render_checklists.render_checklist,
    "checklista-ruta": render_checklists.render_box,
    "datumhjalp": render_registers.render_dates,
    "figur": render_figures.render_figure,
    "fore-publicering": render_registers.render_go_live,
    "filer": render_registers.render_files,
    "granskning": render_registers.render_reviews,
    "hela-vagledningen": render_guide.render_whole,
    "index-a-o": render_index.render_index,
    "kallforteckning": render_registers.render_sources,
    "kontakter": render_registers.render_contacts,
    "kortadresser": render_registers.render_short_addresses,
    "lagandringar": render_law_changes.render_law_changes,
    "lan": render_registers.render_counties,
    "oppna-fragor": render_doubt.render_questions,
    "ordlista": render_registers.render_glossary,
    "osakert": render_doubt.render_uncertain,
    "regioner": render_registers.render_regions,
    "tillganglighet": render_registers.render_accessibility,
    "utskrifter": render_registers.render_handouts,
    "vagledning": render_guide.render_node,
}
