"""The figures of docs/_data/figures.yml: each kind with its limits, what it shows of other
registers, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, TypeAlias

from scripts.content.facts import Fact
from scripts.content.field_types import Made, PageLink
from scripts.content.fields import CELL, ITEM, LABEL, TEXT, Fault, Field, Record

ANSWERS = {"ja": "Ja", "grans": "Med gränser", "nej": "Nej"}
MARKS = {"frist": "Frist", "rad": "Råd"}
ICONS = ("papper", "boende", "arbete", "telefon", "tolk", "nej", "halsa")


FactKey: TypeAlias = Annotated[str, Field(most=60, refers="facts")]


class Step(Record):
    when: Annotated[str, Field(CELL, most=60)]
    title: Annotated[str, Field(LABEL, most=60)]
    words: Annotated[str, Field(CELL, most=140)]
    who: Annotated[str, Field(CELL, most=90)] = ""
    mark: Annotated[str, Field(most=9, choices=tuple(MARKS))] = ""
    date: Annotated[str, Field(refers="dates")] = ""  # that dates.js fills in
    days: FactKey = ""  # a number of days, drawn as squares


class Part(Record):
    title: Annotated[str, Field(LABEL, most=70)]
    steps: tuple[Step, ...]


class Cell(Record):
    words: Annotated[str, Field(CELL, most=120)]
    answer: Annotated[str, Field(most=9, choices=tuple(ANSWERS))] = ""


class Row(Record):
    title: Annotated[str, Field(LABEL, most=40)]
    cells: tuple[Cell, ...]


class Box(Record):
    title: Annotated[str, Field(LABEL, most=40)]
    words: Annotated[str, Field(CELL, most=170)]
    loose: bool = False  # may be missing, and is an outline


class Boxes(Record):
    title: Annotated[str, Field(LABEL, most=40)]
    boxes: tuple[Box, ...]
    note: Annotated[str, Field(TEXT, most=140)] = ""


class Bar(Record):
    title: Annotated[str, Field(LABEL, most=40)]
    fact: FactKey


class Bars(Record):
    title: Annotated[str, Field(LABEL, most=60)]
    bars: tuple[Bar, ...]
    of: FactKey = ""
    note: Annotated[str, Field(TEXT, most=200)] = ""

    @property
    def facts(self) -> list[str]:
        """The keys in facts.yml that they show."""
        return [*(bar.fact for bar in self.bars), *filter(None, [self.of])]


class Sign(Record):
    icon: Annotated[str, Field(most=10, choices=ICONS)]
    title: Annotated[str, Field(LABEL, most=40)]
    words: Annotated[str, Field(CELL, most=100)]
    page: PageLink


class Figure(Record):
    """What every figure has."""

    VARIANTS: ClassVar[dict[str, type[Figure]]] = {}
    key: Made = ""
    kind: str
    title: Annotated[str, Field(LABEL, most=70)]
    description: Annotated[str, Field(TEXT, most=200)]
    notes: tuple[Annotated[str, Field(ITEM, most=420)], ...] = ()

    @property
    def facts(self) -> list[str]:
        """The keys in facts.yml of the numbers that it draws."""
        return []


class StepFigure(Figure):
    parts: tuple[Part, ...]

    @property
    def facts(self) -> list[str]:
        """The keys in facts.yml of the numbers of days that it draws."""
        return [step.days for part in self.parts for step in part.steps if step.days]


class TableFigure(Figure):
    corner: Annotated[str, Field(CELL, most=30)]  # of the rows' names, for who hears the table
    columns: tuple[Annotated[str, Field(ITEM, most=40)], ...]
    rows: tuple[Row, ...]


class BoxFigure(Figure):
    groups: tuple[Boxes, ...]


class BarFigure(Figure):
    groups: tuple[Bars, ...]

    @property
    def facts(self) -> list[str]:
        """The keys in facts.yml that it shows."""
        return [key for group in self.groups for key in group.facts]


class SignFigure(Figure):
    signs: tuple[Sign, ...]


KINDS: dict[str, type[Figure]] = {
    "steg": StepFigure,
    "tabell": TableFigure,
    "rutor": BoxFigure,
    "staplar": BarFigure,
    "tecken": SignFigure,
}
Figure.VARIANTS.update(KINDS)


def check_whole(figure: Figure, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    """Yield what is wrong with a figure whose fields are right; where: below the figure's key."""
    if isinstance(figure, TableFigure):
        for number, row in enumerate(figure.rows):
            if len(row.cells) != len(figure.columns):
                counts = f"{len(row.cells)} rutor, men kolumnerna är {len(figure.columns)}."
                yield ("rows", number), "bad-row", f'raden "{row.title}" har {counts}'
    elif isinstance(figure, BarFigure):
        for number, group in enumerate(figure.groups):
            for key in group.facts:
                if key not in facts or not facts[key].value.isdigit():
                    message = f'"{key}" är inget antal i facts.yml.'
                    yield ("groups", number), "unknown-fact", message
    elif isinstance(figure, StepFigure):
        for key in figure.facts:
            if key not in facts or not facts[key].days:
                message = f'"{key}" är inget antal dagar i facts.yml, som "30 dagar".'
                yield ("parts",), "unknown-fact", message
