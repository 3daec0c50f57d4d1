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

Renderer: TypeAlias = Callable[[Context, str], str]  # (context, argument) → Markdown


def template_macro(module: str, template: str) -> Renderer:
    """Return a renderer for a macro that needs no Python: the Jinja macro ``template`` of
    render/MODULE.md.jinja, which gets the context."""
    render = template_renderer(str(Path(__file__).with_name(module)))
    return lambda context, _: render(template, context=context)


MACROS: dict[str, Renderer] = {
    "adress": links.render_address,
    "adresser": links.render_addresses,
    "andringar": template_macro("reports", "changes"),
    "avsandare": template_macro("reports", "sender"),
    "badda-in": links.render_embeds,
    "bilder": template_macro("reports", "slides"),
    "checklista": checklists.render_checklist,
    "datumhjalp": reports.render_dates,
    "figur": figures.render_figure,
    "fore-publicering": template_macro("reports", "go_live"),
    "forst": situations.render_first,
    "filer": template_macro("reports", "files"),
    "granskning": template_macro("reports", "reviews"),
    "hela-vagledningen": guide.render_whole,
    "index-a-o": index.render_index,
    "kallforteckning": sources.render_sources,
    "kort": template_macro("card", "tables"),
    "kort-sprak": template_macro("card", "languages"),
    "kontakter": contacts.render_contacts,
    "kortadresser": reports.render_short_addresses,
    "lagar": law.render_statutes,
    "lagtext": law.render_statute,
    "lagandringar": reports.render_law_changes,
    "lan": template_macro("contacts", "counties"),
    "nummer": contacts.render_numbers,
    "oppna-fragor": doubt.render_questions,
    "ordlista": template_macro("glossary", "all"),
    "osakert": doubt.render_uncertain,
    "regel": rules.render_rule,
    "regioner": template_macro("contacts", "regions"),
    "steg": situations.render_step,
    "tillganglighet": template_macro("reports", "accessibility"),
    "utskrifter": template_macro("reports", "handouts"),
    "vagledning": guide.render_node,
}


def render_macro(context: Context, name: str, argument: str) -> str:
    """Return the Markdown of ``[[name:argument]]``.

    Raises:
        MacroError: the macro or its argument is unknown.
    """
    content = context.content
    reason = macros.macro_error(
        name, argument, content.registers, content.leaf_values, content.rules
    )
    if reason:
        raise MacroError(reason.removesuffix("."))
    markdown = MACROS[name](context, argument)
    return _render_inner_macros(context, markdown) if name == "steg" else markdown


def _render_inner_macros(context: Context, step: str) -> str:
    """Render the macros in the Markdown of a step, except [[steg:…]]: two steps that show each
    other would never end."""
    lines = []
    for line in step.split("\n"):
        match = MACRO.match(line)
        if match and match[1] != "steg":
            line = render_macro(context, match[1], match[2] or "")
        lines.append(line)
    return "\n".join(lines)
