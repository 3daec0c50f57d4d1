"""The macros that pages may use: ``[[name]]`` or ``[[name:argument]]``, alone on a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from scripts.content.content import Content
from scripts.content.facts import FACT
from scripts.content.records import Registers
from scripts.core.swedish import did_you_mean
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
    situations,
    sources,
)
from scripts.render.macro import Context, MacroError

Renderer: TypeAlias = Callable[[Context, str], str]  # (context, argument) → Markdown


@dataclass(frozen=True)
class Macro:
    """A macro: its renderer, and what it needs."""

    render: Renderer
    # Returns the valid arguments; None if any argument is valid, or there is none.
    arguments: Callable[[Registers], Iterable[str]] | None = None
    arguments_are_in: str = "CONTRIBUTING.md, under Makron"  # where an editor finds them
    takes_several: bool = False  # whether it takes several arguments, separated by commas
    register: str = ""  # the register that it shows as a whole: it is an error without that file
    translated: bool = False  # whether its own words are in core/language.py, or it has none


def template_macro(module: str, template: str) -> Renderer:
    """Return a renderer for a macro that needs no Python: the Jinja macro ``template`` of
    render/MODULE.md.jinja, which gets the context."""
    render = template_renderer(str(Path(__file__).with_name(module)))
    return lambda context, _: render(template, context=context)


def _keys_with_a_number(registers: Registers) -> Iterator[str]:
    """Yield the keys of the publisher's own numbers, and of the contacts with a number."""
    yield from registers.numbers
    for key, contact in registers.contacts.items():
        if contact.phone:
            yield key


def _contact_groups(registers: Registers) -> Iterator[str]:
    """Yield the groups of each contact; contacts share groups, so a group may come many times."""
    for contact in registers.contacts.values():
        yield from contact.group


def _wording_arguments(registers: Registers) -> Iterator[str]:
    """Yield the arguments that [[lagtext:…]] takes: the key of each statute whose wording has a
    page, and "key/chapter" for each chapter with a page of its own. With repetitions."""
    for source in registers.sources.values():
        if source.wording_page:
            yield source.statute
            yield source.wording_argument


MACROS = {
    "adress": Macro(links.render_address, translated=True),
    "adresser": Macro(links.render_addresses, lambda _: ("sidor", "rubriker")),
    "andringar": Macro(template_macro("reports", "changes")),
    "avsandare": Macro(template_macro("reports", "sender")),
    "badda-in": Macro(links.render_embeds, lambda _: ("", "hojd")),
    "bilder": Macro(template_macro("reports", "slides"), register="slides"),
    "checklista": Macro(
        checklists.render_checklist,
        lambda registers: registers.checklists,
        arguments_are_in="mappen checklists/",
    ),
    "datumhjalp": Macro(reports.render_dates, register="dates"),
    "figur": Macro(
        figures.render_figure,
        lambda registers: registers.figures,
        arguments_are_in="figures.yml",
    ),
    "fore-publicering": Macro(template_macro("reports", "go_live")),
    "forst": Macro(
        situations.render_first,
        lambda registers: registers.situations,
        arguments_are_in="situations.yml",
        takes_several=True,
        translated=True,
    ),
    "filer": Macro(template_macro("reports", "files")),
    "granskning": Macro(template_macro("reports", "reviews")),
    "hela-vagledningen": Macro(guide.render_whole, register="guide", translated=True),
    "index-a-o": Macro(index.render_index),
    "kallforteckning": Macro(sources.render_sources),
    "kort": Macro(template_macro("card", "tables"), register="card", translated=True),
    "kort-sprak": Macro(template_macro("card", "languages"), register="card"),
    "kontakter": Macro(
        contacts.render_contacts, _contact_groups, arguments_are_in="group i contacts.yml"
    ),
    "kortadresser": Macro(reports.render_short_addresses),
    "lagandringar": Macro(reports.render_law_changes),
    "lagar": Macro(law.render_statutes),
    "lagtext": Macro(law.render_statute, _wording_arguments, arguments_are_in="mappen law/"),
    "lan": Macro(template_macro("contacts", "counties"), register="regions"),
    "nummer": Macro(
        contacts.render_numbers,
        _keys_with_a_number,
        arguments_are_in="contacts.yml, eller saknar nummer",
        takes_several=True,
    ),
    "oppna-fragor": Macro(doubt.render_questions),
    "ordlista": Macro(template_macro("glossary", "all")),
    "osakert": Macro(
        doubt.render_uncertain,
        lambda registers: registers.questions,
        arguments_are_in="questions.yml",
    ),
    "regioner": Macro(template_macro("contacts", "regions"), register="regions"),
    "tillganglighet": Macro(template_macro("reports", "accessibility"), register="accessibility"),
    "utskrifter": Macro(template_macro("reports", "handouts")),
    "vagledning": Macro(
        guide.render_node,
        lambda registers: registers.guide.nodes,
        arguments_are_in="guide.yml",
        translated=True,
    ),
}


def macro_error(name: str, argument: str, content: Content) -> str:
    """Return why ``[[name:argument]]`` can't be rendered, in Swedish; "" if it can. Not for
    [[fakta:…]], which is replaced when the file is read."""
    if name not in MACROS:
        cure = did_you_mean(name, (*MACROS, FACT)) or " Makrona räknas upp i CONTRIBUTING.md."
        return f'"[[{name}]]" är inget makro.{cure}'
    macro = MACROS[name]
    if macro.register and macro.register not in content.leaf_values:  # missing, or has faults
        return (
            f'"[[{name}]]" visar docs/_data/{macro.register}.yml, som inte finns. Skriv registret, '
            "eller ta bort raden."
        )
    if macro.arguments is None:
        return ""
    valid = list(macro.arguments(content.registers))
    for key in argument.split(",") if macro.takes_several else [argument]:
        if key not in valid:
            cure = did_you_mean(key, valid) or " Rätta ordet efter kolonet, eller lägg in det där."
            return f'"[[{name}:{key}]]": "{key}" finns inte i {macro.arguments_are_in}.{cure}'
    return ""


def render_macro(context: Context, name: str, argument: str) -> str:
    """Return the Markdown of ``[[name:argument]]``.

    Raises:
        MacroError: the macro or its argument is unknown.
    """
    error = macro_error(name, argument, context.content)
    if error:
        raise MacroError(error.removesuffix("."))  # whoever shows it adds the full stop
    return MACROS[name].render(context, argument)
