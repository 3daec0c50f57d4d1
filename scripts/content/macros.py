"""The macros that pages may use: the arguments of each, and the sources of its output."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from scripts.content.figures import BarFigure
from scripts.content.markdown import citations
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.core.swedish import did_you_mean

FACT = "fakta"  # inserted into a sentence before the macros are read


@dataclass(frozen=True)
class Macro:
    """A macro's arguments, sources and register. `render/macros.py` has its renderer."""

    # Returns the valid arguments; None where any argument is valid, or there is none.
    arguments: Callable[[Registers], Iterable[str]] | None = None
    # Yields the keys of the sources that its output cites.
    sources: Callable[[Registers, str], Iterator[str]] | None = None
    # The register that it renders as a whole; the macro is an error without that file.
    register: str = ""
    home: str = ""  # where its arguments are written, as an editor is told
    several: bool = False  # takes several arguments, separated by commas
    translated: bool = False  # its own words are in core/language.py, or it has none


def macro_error(
    name: str,
    argument: str,
    registers: Registers,
    files: Collection[str],
    rules: Collection[str],
) -> str:
    """Return why ``[[name:argument]]`` can't be rendered, in Swedish; "" where it can.

    ``files``: names of the registers without errors (``Content.given``). ``rules``: keys of the
    rules of law, which pages in docs/regler/ define.
    """
    if name not in MACROS:
        near = did_you_mean(name, (*MACROS, FACT))
        return f'"[[{name}]]" är inget makro.{near or " Makrona räknas upp i CONTRIBUTING.md."}'
    row = MACROS[name]
    if row.register and row.register not in files:
        return (
            f'"[[{name}]]" visar docs/_data/{row.register}.yml, som inte finns. Skriv registret, '
            "eller ta bort raden."
        )
    asked = argument.split(",") if row.several else [argument]
    known = list(row.arguments(registers)) if row.arguments else asked
    known = list(rules) if name == "regel" else known
    wrong = next((key for key in asked if key not in known), None)
    if wrong is None:
        return ""
    home = row.home or "CONTRIBUTING.md, under Makron"
    cure = did_you_mean(wrong, known) or " Rätta ordet efter kolonet, eller lägg in det där."
    return f'"[[{name}:{wrong}]]": "{wrong}" finns inte i {home}.{cure}'


def used_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the keys of the sources that a page cites, itself or through its macros."""
    for text in page.texts:
        yield from (key for _, key in text.citations())
        yield from unmarked_sources(text, registers)
        for _, name, argument in text.macros():
            if name in MACROS and (shown := MACROS[name].sources):
                yield from shown(registers, argument)


def figure_sources(registers: Registers, key: str) -> Iterator[str]:
    """Yield the keys of the sources of a figure: cited in its text, or of the facts in its bars."""
    figure, facts = registers.figures.get(key), registers.facts
    if figure is not None:
        yield from citations(str(figure))
    if isinstance(figure, BarFigure):
        for fact in figure.facts:
            yield from facts[fact].sources if fact in facts else ()


def unmarked_sources(page: Page, registers: Registers) -> Iterator[str]:
    """Yield the sources of other pages' steps that a page renders in a checklist or an outcome of
    the guide: the rendered text has no citation markers for them."""
    for _, name, argument in page.macros():
        if name == "checklista":
            found = registers.checklists.get(argument)
            for group in found.groups if found else ():
                yield from (key for row in group.rows for key in row.sources)
        elif name == "vagledning" and argument in registers.guide.outcomes:
            for more in registers.guide.outcomes[argument].more:
                yield from more.sources


def _contacts(registers: Registers, group: str) -> Iterator[str]:
    """Yield the sources of the contacts in a group, and those that they cite."""
    for contact in registers.contacts.values():
        if group in contact.group:
            yield contact.source
            yield from citations(str(contact))


def _situations(registers: Registers, keys: str) -> Iterator[str]:
    """Yield the sources of the situations in the comma-separated ``keys``."""
    for one in (registers.situations.get(key) for key in keys.split(",")):
        yield from one.sources if one else ()


def _sources_of_numbers(registers: Registers, keys: str) -> Iterator[str]:
    """Yield the source of each contact in the comma-separated ``keys``. The publisher's own
    numbers, in mkdocs.yml, have no source."""
    shown = (registers.contacts.get(key) for key in keys.split(",") if key not in registers.numbers)
    yield from (contact.source for contact in shown if contact)


def _guide(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources of a node, or of the whole guide if ``key`` is ""."""
    guide = registers.guide
    for shown, node in guide.nodes.items():
        if key in ("", shown):
            yield from citations(str(node))


def _statutes_with_wording(registers: Registers) -> Iterator[str]:
    """Yield the arguments of [[lagtext:…]]: each statute's key, and those of its chapters' pages.
    An argument may come many times."""
    for source in registers.sources.values():
        if source.wording_page:
            yield source.statute
            yield source.shown_as


MACROS: dict[str, Macro] = {
    "adress": Macro(translated=True),
    "adresser": Macro(lambda _: ("sidor", "rubriker")),
    "andringar": Macro(),
    "avsandare": Macro(),
    "badda-in": Macro(lambda _: ("", "hojd")),
    "bilder": Macro(register="slides"),
    "checklista": Macro(
        lambda r: r.checklists,
        lambda r, name: citations(str(r.checklists.get(name))),
        home="mappen checklists/",
    ),
    "datumhjalp": Macro(register="dates"),
    "figur": Macro(lambda r: r.figures, figure_sources, home="figures.yml"),
    "fore-publicering": Macro(),
    "forst": Macro(
        lambda r: r.situations,
        _situations,
        home="situations.yml",
        several=True,
        translated=True,
    ),
    "filer": Macro(),
    "granskning": Macro(),
    "hela-vagledningen": Macro(register="guide", sources=_guide, translated=True),
    "index-a-o": Macro(),
    "kallforteckning": Macro(),
    "kort": Macro(register="card", translated=True),
    "kort-sprak": Macro(register="card"),
    "kontakter": Macro(
        lambda r: (g for c in r.contacts.values() for g in c.group),
        _contacts,
        home="group i contacts.yml",
    ),
    "kortadresser": Macro(),
    "lagandringar": Macro(
        sources=lambda r, _: (key for change in r.law_changes.values() for key in change.sources)
    ),
    "lagar": Macro(),
    "lagtext": Macro(
        _statutes_with_wording,
        home="mappen law/",
    ),
    "lan": Macro(
        register="regions",
        sources=lambda r, _: (county.source for county in r.regions.counties.values()),
    ),
    "nummer": Macro(
        lambda r: (*r.numbers, *r.contacts), _sources_of_numbers, home="contacts.yml", several=True
    ),
    "oppna-fragor": Macro(),
    "ordlista": Macro(),
    "osakert": Macro(lambda r: r.questions, home="questions.yml"),
    "regel": Macro(home="docs/regler/"),
    "regioner": Macro(
        register="regions",
        sources=lambda r, _: (region.source for region in r.regions.regions.values()),
    ),
    "steg": Macro(
        lambda r: r.steps,
        lambda r, key: iter(r.steps.get(key, ())),
        home="sidornas steg",
        translated=True,
    ),
    "tillganglighet": Macro(register="accessibility"),
    "utskrifter": Macro(),
    "vagledning": Macro(lambda r: r.guide.nodes, _guide, home="guide.yml", translated=True),
}
