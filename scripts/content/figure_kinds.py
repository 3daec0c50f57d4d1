"""What stands in docs/_data/figures.yml, as types: each kind of figure with its fields and limits.

``make`` turns a row of the register into a figure, or says what is wrong with it and where.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from scripts.content.prose import plain

ANSWERS = {"ja": "Ja", "grans": "Med gränser", "nej": "Nej"}
MARKS = {"frist": "Frist", "rad": "Råd"}
DATES = ("ansokan", "beslut", "slut", "overklaga", "ersattning")  # what dates.js can fill in
ICONS = ("papper", "boende", "arbete", "telefon", "halsa")
ROWS, COLUMNS = range(1, 10), range(1, 5)  # of the map: figures.css has a class for each

Where: TypeAlias = tuple[str | int, ...]  # the way to a value from the register's top
Fault: TypeAlias = tuple[Where, str, str]  # where, rule, message


def text(most: int, *, empty: bool = False, choices: Sequence[str] = ()) -> Any:
    """A field of at most ``most`` characters as a reader sees it; ``empty`` if it may be absent."""
    metadata = {"most": most, "choices": tuple(choices)}
    return field(default="", metadata=metadata) if empty else field(metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Step:
    when: str = text(60)
    title: str = text(60)
    words: str = text(140)
    who: str = text(90, empty=True)
    mark: str = text(9, empty=True, choices=tuple(MARKS))
    date: str = text(10, empty=True, choices=DATES)


@dataclass(frozen=True, kw_only=True)
class Part:
    title: str = text(70)
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    words: str = text(120)
    answer: str = text(9, empty=True, choices=tuple(ANSWERS))


@dataclass(frozen=True, kw_only=True)
class Row:
    title: str = text(40)
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Box:
    title: str = text(40)
    words: str = text(170)


@dataclass(frozen=True, kw_only=True)
class Boxes:
    title: str = text(40)
    boxes: tuple[Box, ...]
    note: str = text(140, empty=True)


@dataclass(frozen=True, kw_only=True)
class Bar:
    title: str = text(40)
    fact: str = text(60)


@dataclass(frozen=True, kw_only=True)
class Bars:
    title: str = text(60)
    bars: tuple[Bar, ...]
    of: str = text(60, empty=True)
    note: str = text(200, empty=True)


@dataclass(frozen=True, kw_only=True)
class Tile:
    county: str = text(30)
    letters: str = text(2)
    row: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Sign:
    icon: str = text(10, choices=ICONS)
    title: str = text(40)
    words: str = text(100)
    page: str = text(100)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What every figure has."""

    title: str = text(70)
    description: str = text(200)
    notes: tuple[str, ...] = field(default=(), metadata={"most": 420})


@dataclass(frozen=True, kw_only=True)
class StepFigure(Figure):
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class TableFigure(Figure):
    corner: str = text(30)
    columns: tuple[str, ...] = field(metadata={"most": 40})
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class BoxFigure(Figure):
    groups: tuple[Boxes, ...]


@dataclass(frozen=True, kw_only=True)
class BarFigure(Figure):
    groups: tuple[Bars, ...]


@dataclass(frozen=True, kw_only=True)
class MapFigure(Figure):
    page: str = text(100)
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class SignFigure(Figure):
    signs: tuple[Sign, ...]


KINDS: dict[str, type[Figure]] = {
    "steg": StepFigure,
    "tabell": TableFigure,
    "rutor": BoxFigure,
    "staplar": BarFigure,
    "karta": MapFigure,
    "tecken": SignFigure,
}


def make(key: str, row: Any) -> tuple[Figure | None, list[Fault]]:
    """Return the register's row as a figure, or None, and what is wrong with its fields."""
    if not isinstance(row, Mapping) or row.get("kind") not in KINDS:
        return None, [((key, "kind"), "bad-field", f"kind ska vara {', '.join(KINDS)}.")]
    faults: list[Fault] = []
    fields = {name: value for name, value in row.items() if name != "kind"}
    figure = _record(KINDS[row["kind"]], fields, (key,), faults)
    return (None if faults else figure), faults


def _record(kind: type[Any], value: Any, where: Where, faults: list[Fault]) -> Any:
    if not isinstance(value, Mapping):
        faults.append((where, "bad-field", 'här ska stå rader med "fält: värde".'))
        return None
    types, known = typing.get_type_hints(kind), {f.name: f for f in dataclasses.fields(kind)}
    for name in value:
        if name not in known:
            message = f'fältet "{name}" finns inte. Välj bland {", ".join(known)}.'
            faults.append(((*where, name), "unknown-field", message))
    made = {}
    for name, own in known.items():
        required = own.default is dataclasses.MISSING
        if value.get(name) in (None, "", []):
            if required:
                faults.append((where, "missing-field", f'fältet "{name}" saknas.'))
            continue
        made[name] = _value(types[name], own.metadata, value[name], (*where, name), faults)
    return None if faults else kind(**made)


def _value(kind: Any, limits: Mapping[str, Any], value: Any, at: Where, faults: list[Fault]) -> Any:
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list):
            faults.append((at, "bad-field", "här ska stå en lista."))
            return ()
        inner = typing.get_args(kind)[0]
        return tuple(_value(inner, limits, v, (*at, n), faults) for n, v in enumerate(value))
    if dataclasses.is_dataclass(kind):
        return _record(typing.cast(type[Any], kind), value, at, faults)
    if kind is int:
        if type(value) is not int:
            faults.append((at, "bad-field", f'"{value}" ska vara ett heltal.'))
        return value
    if not isinstance(value, str):
        faults.append((at, "bad-field", f'"{value}" ska vara text. Sätt citattecken om det.'))
    elif limits.get("choices") and value not in limits["choices"]:
        message = f'"{value}" finns inte. Välj bland {", ".join(limits["choices"])}.'
        faults.append((at, "bad-field", message))
    elif (length := len(plain(value))) > limits["most"]:
        faults.append(
            (at, "long-text", f"texten har {length} tecken, högst {limits['most']} får plats.")
        )
    return value
