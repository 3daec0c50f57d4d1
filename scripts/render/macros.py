"""The renderers of macros, by name. content/macros.py validates their arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from scripts.content import macros
from scripts.content.markdown import MACRO
from scripts.core.templates import template_renderer
from scripts.render import (
    checklists,
    contacts,
    doubt,
    figures,
    guide,
    index,
    law,
    links,
    reports,
    rules,
    situations,
    sources,
)
from scripts.render.macro import Context, MacroError

Render: TypeAlias = Callable[[Context, str], str]


def form(module: str, name: str) -> Render:
    """Return what renders a macro by its form alone: ``name`` in MODULE.md.jinja."""
    fill = template_renderer(str(Path(__file__).with_name(module)))
    return lambda context, _: fill(name, context=context)


MACROS: dict[str, Render] = {
    "adress": links.render_address,
    "adresser": links.render_addresses,
    "andringar": form("reports", "changes"),
    "avsandare": form("reports", "sender"),
    "badda-in": links.render_embeds,
    "bilder": form("reports", "slides"),
    "checklista": checklists.render_checklist,
    "datumhjalp": reports.render_dates,
    "figur": figures.render_figure,
    "fore-publicering": form("reports", "go_live"),
    "forst": situations.render_first,
    "filer": form("reports", "files"),
    "granskning": form("reports", "reviews"),
    "hela-vagledningen": guide.render_whole,
    "index-a-o": index.render_index,
    "kallforteckning": sources.render_sources,
    "kort": form("card", "tables"),
    "kort-sprak": form("card", "languages"),
    "kontakter": contacts.render_contacts,
    "kortadresser": reports.render_short_addresses,
    "lagar": law.render_statutes,
    "lagtext": law.render_statute,
    "lagandringar": reports.render_law_changes,
    "lan": form("contacts", "counties"),
    "nummer": contacts.render_numbers,
    "oppna-fragor": doubt.render_questions,
    "ordlista": form("glossary", "all"),
    "osakert": doubt.render_uncertain,
    "regel": rules.render_rule,
    "regioner": form("contacts", "regions"),
    "steg": situations.render_step,
    "tillganglighet": form("reports", "accessibility"),
    "utskrifter": form("reports", "handouts"),
    "vagledning": guide.render_node,
}


def rendered(context: Context, name: str, argument: str) -> str:
    """Return what ``[[name:argument]]`` becomes. Raises MacroError."""
    content = context.content
    if why := macros.fault(name, argument, content.registers, content.leaf_values, content.rules):
        raise MacroError(why.removesuffix("."))
    text = MACROS[name](context, argument)
    return _within(context, text) if name == "steg" else text


def _within(context: Context, step: str) -> str:
    """Return a step's Markdown with its own macros rendered; one that draws another step stands as
    it is, for two steps could draw each other."""
    lines = []
    for line in step.split("\n"):
        match = MACRO.match(line)
        own = match is not None and match[1] != "steg"
        lines.append(rendered(context, match[1], match[2] or "") if match and own else line)
    return "\n".join(lines)
