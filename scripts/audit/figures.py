"""docs/_data/audit/figures.toml: the figures' answers as the law was read, and their sources.

Every row of answers has a source; a deadline has one, and what is advice has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.audit.budget import AUDIT_FOLDER, finding_at, read_toml
from scripts.content.content import Content
from scripts.content.figures import Figure, StepFigure, TableFigure
from scripts.content.markdown import cited
from scripts.core.findings import Finding

NAME = "figures.toml"
DEADLINE = "frist"


@dataclass(frozen=True)
class Readings:
    """The file.

    Attributes:
        sourced: keys of figures whose answers and deadlines each have a source.
        answers: key of a table → the answers of each row, in the table's order.
    """

    sourced: list[str]
    answers: dict[str, list[list[str]]]


def source_violations(figure: Figure) -> Iterator[str]:
    """Yield, in Swedish, rows of answers and deadlines that cite nothing, and advice that does."""
    if isinstance(figure, TableFigure):
        for row in figure.rows:
            if not any(list(cited(cell.words)) for cell in row.cells):
                yield f'raden "{row.title}" saknar källa.'
    if isinstance(figure, StepFigure):
        for step in (step for part in figure.parts for step in part.steps if step.mark):
            has_source = bool(list(cited(str(step))))
            if step.mark == DEADLINE and not has_source:
                yield f'"{step.title}" är en frist och ska ha en källa.'
            if step.mark != DEADLINE and has_source:
                yield f'"{step.title}" är ett råd och ska inte ha någon källa.'


def check(content: Content, docs: Path) -> Iterator[Finding]:
    """Yield figures that lack a source, and answers that are others than those that were read;
    nothing where ``docs`` has no file of readings. Raises ContentError."""
    file = docs / AUDIT_FOLDER / NAME
    if not file.is_file():
        return
    readings: Readings = read_toml(Readings, docs, NAME)
    lines = file.read_text(encoding="utf-8").split("\n")
    figures = content.registers.figures

    def finding(key: str, words: str) -> Finding:
        own = f"{key} ="  # the row of its answers; else the list that names it
        at_key = [n for n, row in enumerate(lines, 1) if key in row]
        line = next((n for n in at_key if lines[n - 1].startswith(own)), at_key[0])
        return finding_at(docs, NAME, line, "figure-law", f'"{key}": {words}')

    for key in (*readings.sourced, *readings.answers):
        if key not in figures:
            yield finding(key, "finns inte i figures.yml. Har den bytt namn? Byt det här också.")
    for key in figures.keys() & set(readings.sourced):
        for words in source_violations(figures[key]):
            yield finding(key, words)
    for key, wanted in readings.answers.items():
        figure = figures.get(key)
        if not isinstance(figure, TableFigure):
            continue
        if [[cell.answer for cell in row.cells] for row in figure.rows] != wanted:
            yield finding(key, "svaren är andra än här. Läs lagen, och ändra båda.")
