"""What stands in docs/_data/figures.yml, as types: each kind of figure with its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from scripts.content.fields import CELL, ITEM, LABEL, TEXT, Fault, Field, Given, build, walk

ANSWERS = {"ja": "Ja", "grans": "Med gränser", "nej": "Nej"}
MARKS = {"frist": "Frist", "rad": "Råd"}
DATES = ("ansokan", "beslut", "slut", "overklaga", "ersattning")  # what dates.js can fill in
ICONS = ("papper", "boende", "arbete", "telefon", "tolk", "nej", "halsa")
ROWS, COLUMNS = range(1, 10), range(1, 5)  # of the map: figures.css has a class for each


@dataclass(frozen=True, kw_only=True)
class Step:
    when: Annotated[str, Field(CELL, most=60)]
    title: Annotated[str, Field(LABEL, most=60)]
    words: Annotated[str, Field(CELL, most=140)]
    who: Annotated[str, Field(CELL, most=90)] = ""
    mark: Annotated[str, Field(most=9, choices=tuple(MARKS))] = ""
    date: Annotated[str, Field(most=10, choices=DATES)] = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    title: Annotated[str, Field(LABEL, most=70)]
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    words: Annotated[str, Field(CELL, most=120)]
    answer: Annotated[str, Field(most=9, choices=tuple(ANSWERS))] = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    title: Annotated[str, Field(LABEL, most=40)]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Box:
    title: Annotated[str, Field(LABEL, most=40)]
    words: Annotated[str, Field(CELL, most=170)]


@dataclass(frozen=True, kw_only=True)
class Boxes:
    title: Annotated[str, Field(LABEL, most=40)]
    boxes: tuple[Box, ...]
    note: Annotated[str, Field(TEXT, most=140)] = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    title: Annotated[str, Field(LABEL, most=40)]
    fact: Annotated[str, Field(most=60, refers="facts")]


@dataclass(frozen=True, kw_only=True)
class Bars:
    title: Annotated[str, Field(LABEL, most=60)]
    bars: tuple[Bar, ...]
    of: Annotated[str, Field(most=60, refers="facts")] = ""
    note: Annotated[str, Field(TEXT, most=200)] = ""


@dataclass(frozen=True, kw_only=True)
class Tile:
    county: Annotated[str, Field(most=30, refers="counties")]
    letters: Annotated[str, Field(like=r"\w{1,2}", form="en eller två bokstäver")]
    row: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Sign:
    icon: Annotated[str, Field(most=10, choices=ICONS)]
    title: Annotated[str, Field(LABEL, most=40)]
    words: Annotated[str, Field(CELL, most=100)]
    page: Annotated[str, Field(most=100)]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What every figure has."""

    VARIANTS: ClassVar[dict[str, type[Figure]]] = {}
    kind: Annotated[str, Field(choices=("steg", "tabell", "rutor", "staplar", "karta", "tecken"))]

    title: Annotated[str, Field(LABEL, most=70)]
    description: Annotated[str, Field(TEXT, most=200)]
    notes: tuple[Annotated[str, Field(ITEM, most=420)], ...] = ()


@dataclass(frozen=True, kw_only=True)
class StepFigure(Figure):
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class TableFigure(Figure):
    corner: Annotated[str, Field(CELL, most=30)]
    columns: tuple[Annotated[str, Field(ITEM, most=40)], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class BoxFigure(Figure):
    groups: tuple[Boxes, ...]


@dataclass(frozen=True, kw_only=True)
class BarFigure(Figure):
    groups: tuple[Bars, ...]


@dataclass(frozen=True, kw_only=True)
class MapFigure(Figure):
    page: Annotated[str, Field(most=100)]
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
Figure.VARIANTS.update(KINDS)


def make(key: str, row: Any) -> tuple[Figure | None, list[Fault]]:
    """Return the register's row as a figure, or None, and what is wrong with its fields."""
    faults = [fault for fault in walk(Figure, row, (key,), key) if not isinstance(fault, Given)]
    return (None if faults else build(Figure, row)), faults
