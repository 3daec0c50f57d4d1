"""A figure as a whole: what it shows of other registers, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from scripts.content.fields import Fault
from scripts.content.figure_kinds import COLUMNS, ROWS, BarFigure, Figure, MapFigure, TableFigure
from scripts.content.page import Page
from scripts.content.registers import Registers


def check_whole(figure: Figure, registers: Registers) -> Iterator[Fault]:
    """Yield what is wrong with a figure whose fields are right; where: below the figure's key."""
    if isinstance(figure, TableFigure):
        for number, row in enumerate(figure.rows):
            if len(row.cells) != len(figure.columns):
                message = f'raden "{row.title}" har {len(row.cells)} rutor'
                yield (
                    ("rows", number),
                    "bad-row",
                    f"{message}, men kolumnerna är {len(figure.columns)}.",
                )
    elif isinstance(figure, BarFigure):
        facts = registers.facts.get("facts", {})
        for number, group in enumerate(figure.groups):
            for fact in [bar.fact for bar in group.bars] + [group.of] * bool(group.of):
                if not str(facts.get(fact, {}).get("value", "")).isdigit():
                    message = f'"{fact}" är inget antal i facts.yml.'
                    yield ("groups", number), "unknown-fact", message
    elif isinstance(figure, MapFigure):
        yield from _check_map(figure, registers.regions.get("counties", {}))


def _check_map(figure: MapFigure, counties: Mapping[str, Any]) -> Iterator[Fault]:
    places: dict[tuple[int, int], str] = {}
    for number, tile in enumerate(figure.tiles):
        where = ("tiles", number)
        other = places.setdefault((tile.row, tile.column), tile.county)
        if tile.county not in counties:
            yield where, "unknown-county", f'länet "{tile.county}" finns inte i regions.yml.'
        elif tile.row not in ROWS or tile.column not in COLUMNS:
            message = f"raden är 1–{ROWS[-1]} och kolumnen 1–{COLUMNS[-1]}."
            yield where, "bad-field", message
        elif other != tile.county:
            yield where, "same-place", f'"{tile.county}" står på samma plats som "{other}".'
    shown = [tile.county for tile in figure.tiles]
    if missing := [key for key in counties if key not in shown]:
        yield ("tiles",), "missing-county", f"länet {missing[0]} saknas på kartan."
    if twice := [key for key in shown if shown.count(key) > 1]:
        yield ("tiles",), "same-county", f"länet {twice[0]} står två gånger."


def figure_sources(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources of a figure: what it cites, and where its bars' numbers are from."""
    row = registers.figures.get(key, {})
    text = Page(PurePosixPath(), {}, str(row), 1)
    yield from (source for _, source in text.citations())
    for fact in figure_facts(row):
        found = registers.facts.get("facts", {}).get(fact, {}).get("source") or []
        yield from found if isinstance(found, list) else [found]


def figure_facts(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys in facts.yml that a figure's bars show."""
    for group in row.get("groups", ()) if row.get("kind") == "staplar" else ():
        yield from (bar["fact"] for bar in group.get("bars", ()) if bar.get("fact"))
        yield from filter(None, [group.get("of")])
