"""Schema of docs/_data/figures.yml: a type for each kind of figure, and their validation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, TypeAlias

from scripts.content.facts import Fact
from scripts.content.field_types import Computed, PageLink
from scripts.content.fields import CELL, ITEM, LABEL, TEXT, Field, Record
from scripts.content.validation import Violation

ANSWERS = {"ja": "Ja", "grans": "Med gränser", "nej": "Nej"}
MARKS = {"frist": "Frist", "rad": "Råd"}
ICONS = ("papper", "boende", "arbete", "telefon", "tolk", "nej", "halsa")


FactKey: TypeAlias = Annotated[str, Field(max_length=60, refers_to="facts")]


class Step(Record):
    """A step on a timeline."""

    when: Annotated[str, Field(CELL, max_length=60), "När steget kommer."]
    title: Annotated[str, Field(LABEL, max_length=60), "Vad steget är."]
    words: Annotated[
        str, Field(CELL, max_length=140), "Vad som händer, gärna med källa: [@nyckel]."
    ]
    who: Annotated[str, Field(CELL, max_length=90), "Den som gör det."] = ""
    mark: Annotated[
        str,
        Field(max_length=9, choices=tuple(MARKS)),
        "frist: tiden står i lag eller förordning. rad: vårt förslag.",
    ] = ""
    date: Annotated[
        str, Field(refers_to="dates"), "Datumet som läsaren har fyllt i: en nyckel i dates.yml."
    ] = ""
    days: Annotated[
        FactKey, "Dagar ritade som rutor: nyckeln i facts.yml till ett antal dagar."
    ] = ""


class Part(Record):
    """Steps of a timeline under a title of their own."""

    title: Annotated[str, Field(LABEL, max_length=70), "Delens rubrik."]
    steps: Annotated[tuple[Step, ...], "Delens steg, i tidens ordning."]


class Cell(Record):
    """A table's cell."""

    words: Annotated[str, Field(CELL, max_length=120), "Rutans ord."]
    answer: Annotated[
        str, Field(max_length=9, choices=tuple(ANSWERS)), "Svaret, som tecken och ord före words."
    ] = ""


class Row(Record):
    title: Annotated[str, Field(LABEL, max_length=40), "Vad raden gäller."]
    cells: Annotated[tuple[Cell, ...], "Rutorna, lika många som kolumnerna."]


class Box(Record):
    title: Annotated[str, Field(LABEL, max_length=40), "Rutans rubrik."]
    words: Annotated[str, Field(CELL, max_length=170), "Rutans ord."]
    loose: Annotated[bool, "true: delen kan saknas, och streckas."] = False


class Boxes(Record):
    """A group of boxes: the parts of something that needs them all."""

    title: Annotated[str, Field(LABEL, max_length=40), "Gruppens rubrik."]
    boxes: Annotated[tuple[Box, ...], "Delarna, som alla behövs."]
    note: Annotated[str, Field(TEXT, max_length=140), "En rad under gruppen."] = ""


class Bar(Record):
    title: Annotated[str, Field(LABEL, max_length=40), "Vad stapeln räknar."]
    fact: Annotated[FactKey, "Antalet: en nyckel i facts.yml."]


class Bars(Record):
    """A group of bars that may be shares of one total, ``of``."""

    title: Annotated[str, Field(LABEL, max_length=60), "Gruppens rubrik."]
    bars: Annotated[tuple[Bar, ...], "Staplarna."]
    of: Annotated[FactKey, "Det hela som de är delar av: en nyckel i facts.yml."] = ""
    note: Annotated[str, Field(TEXT, max_length=200), "En rad under gruppen."] = ""

    @property
    def fact_keys(self) -> list[str]:
        """The keys in facts.yml of the bars' numbers, and last of their total if there is one."""
        keys = [bar.fact for bar in self.bars]
        return [*keys, self.of] if self.of else keys


class Sign(Record):
    """A sign to look for, with its icon."""

    icon: Annotated[str, Field(max_length=10, choices=ICONS), "Bilden."]
    title: Annotated[str, Field(LABEL, max_length=40), "Vad tecknet är."]
    words: Annotated[str, Field(CELL, max_length=100), "Vad du kan se."]
    page: Annotated[PageLink, "Sidan med fler tecken."]


class Figure(Record):
    """The fields that every figure has. Each kind is a subclass, see KINDS."""

    VARIANTS: ClassVar[dict[str, type[Figure]]] = {}
    key: Computed = ""
    kind: Annotated[str, "Vad slags figur det är."]
    title: Annotated[str, Field(LABEL, max_length=70), "Figurens rubrik."]
    description: Annotated[str, Field(TEXT, max_length=200), "Hur figuren ska läsas."]

    @property
    def fact_keys(self) -> list[str]:
        """The keys in facts.yml of the numbers that the figure draws; none for most kinds."""
        return []


class StepFigure(Figure):
    """A timeline."""

    parts: Annotated[tuple[Part, ...], "Tidslinjens delar."]

    @property
    def fact_keys(self) -> list[str]:
        """The keys in facts.yml of the numbers of days that are drawn as squares."""
        # ``days`` of a step is the key of a fact; the fact has the number
        return [step.days for part in self.parts for step in part.steps if step.days]


class TableFigure(Figure):
    """A table of short answers."""

    corner: Annotated[
        str, Field(CELL, max_length=30), "Vad raderna är. Läses upp för den som hör tabellen."
    ]
    columns: Annotated[
        tuple[Annotated[str, Field(ITEM, max_length=40)], ...], "Kolumnernas rubriker."
    ]
    rows: Annotated[tuple[Row, ...], "Tabellens rader."]


class BoxFigure(Figure):
    """Boxes that show what something is made of."""

    groups: Annotated[tuple[Boxes, ...], "Grupper av rutor."]


class BarFigure(Figure):
    """Bars that compare numbers of facts.yml."""

    groups: Annotated[tuple[Bars, ...], "Grupper av staplar, alla i samma skala."]

    @property
    def fact_keys(self) -> list[str]:
        """The keys in facts.yml of the numbers in all groups; see ``Bars.fact_keys``."""
        return [key for group in self.groups for key in group.fact_keys]


class SignFigure(Figure):
    """Signs to look for."""

    signs: Annotated[tuple[Sign, ...], "Tecknen."]


# The value of ``kind`` → the type of the figure.
KINDS: dict[str, type[Figure]] = {
    "steg": StepFigure,
    "tabell": TableFigure,
    "rutor": BoxFigure,
    "staplar": BarFigure,
    "tecken": SignFigure,
}
Figure.VARIANTS.update(KINDS)


def validate_figure(figure: Figure, facts: Mapping[str, Fact]) -> Iterator[Violation]:
    """Yield a violation for each row of a table with too few or too many cells, each fact of a bar
    that isn't a number, and each fact of a timeline that isn't a number of days.

    ``figure`` has valid fields. The paths of violations begin below the figure's key.
    """
    if isinstance(figure, TableFigure):
        for index, row in enumerate(figure.rows):
            if len(row.cells) != len(figure.columns):
                counts = f"{len(row.cells)} rutor, men kolumnerna är {len(figure.columns)}."
                message = f'raden "{row.title}" har {counts}'
                yield Violation(("rows", index), "bad-row", message)
    elif isinstance(figure, BarFigure):
        for index, group in enumerate(figure.groups):
            for key in group.fact_keys:
                if key not in facts or not facts[key].value.isdigit():
                    message = f'"{key}" är inget antal i facts.yml.'
                    yield Violation(("groups", index), "unknown-fact", message)
    elif isinstance(figure, StepFigure):
        for key in figure.fact_keys:
            if key not in facts or not facts[key].number_of_days:
                message = f'"{key}" är inget antal dagar i facts.yml, som "30 dagar".'
                yield Violation(("parts",), "unknown-fact", message)
