"""Läser och kontrollerar figurerna i docs/_data/figures.yml: fälten, längden, källorna, det hela.

Säger fil och rad för ett fält som saknas, är av fel slag, är okänt eller för långt, för en källa
som inte finns, och för en figur som inte går ihop: en rad med för få rutor, en karta utan ett län.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.content.content import Content
from scripts.content.figure_kinds import (
    COLUMNS,
    ROWS,
    BarFigure,
    Fault,
    Figure,
    MapFigure,
    TableFigure,
    Where,
    make,
)
from scripts.content.markdown import CITATION
from scripts.content.registers import Registers
from scripts.core.findings import Finding


def texts(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield every text in a part of the register, with the way there."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts(inner, (*where, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, (*where, number))
    elif isinstance(value, str):
        yield where, value


def citations(row: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield (where, source key) for each citation in a row of the register."""
    for place, words in texts(row, where):
        for match in CITATION.finditer(words):
            yield from ((place, key.strip().removeprefix("@")) for key in match[1].split(","))


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


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding of the register."""
    registers = content.registers
    for key, row in registers.figures.items():
        figure, faults = make(key, row)
        if figure is not None:
            faults += [((key, *at), *more) for at, *more in check_whole(figure, registers)]  # type: ignore[misc]
        for where, source in citations(row, (key,)):
            if source not in registers.sources:
                message = f'källan "{source}" finns inte i sources.yml.'
                faults.append((where, "unknown-source", message))
        file = content.files["figures"]
        for where, rule, message in faults:
            yield Finding(file.shown, file.line(*where), rule, f'"{key}": {message}')
