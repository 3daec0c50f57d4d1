"""Läser och kontrollerar figurerna i docs/_data/figures.yml: fälten, längden, källorna, det hela.

Säger fil och rad för ett fält som saknas, är av fel slag, är okänt eller för långt, för en källa
som inte finns, och för en figur som inte går ihop: en rad med för få rutor, en karta utan ett län.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from scripts.content.content import CITATION, ContentError, Registers, read_registers
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
from scripts.core.findings import Finding, report

SHOWN = PurePosixPath("docs/_data/figures.yml")


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


def check_docs(docs: Path) -> Iterator[Finding]:
    """Yield every finding of the register. What can't be read is other checks' business."""
    file = docs / "_data/figures.yml"
    try:
        registers = read_registers(docs)
    except ContentError:
        return
    if not registers.figures:
        return
    tree = yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    for key, row in registers.figures.items():
        figure, faults = make(key, row)
        if figure is not None:
            faults += [((key, *at), *more) for at, *more in check_whole(figure, registers)]  # type: ignore[misc]
        for where, source in citations(row, (key,)):
            if source not in registers.sources:
                message = f'källan "{source}" finns inte i sources.yml.'
                faults.append((where, "unknown-source", message))
        for where, rule, message in faults:
            yield Finding(SHOWN, _line(tree, where), rule, f'"{key}": {message}')


def _line(node: yaml.Node | None, where: Where) -> int:
    """Return the line of what ``where`` leads to, or of the last there is on the way."""
    line = 1
    for name in where:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == name), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(name, int):
            node = node.value[name]
            line = node.start_mark.line + 1
    return line


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.check figures", description=__doc__)
    parser.add_argument("docs", type=Path, nargs="?", default=Path("docs"))
    args = parser.parse_args(argv)
    if not args.docs.is_dir():
        print(f'Mappen "{args.docs}" finns inte.', file=sys.stderr)
        return 2
    return report(check_docs(args.docs))


if __name__ == "__main__":
    raise SystemExit(main())
