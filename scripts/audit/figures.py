"""docs/_data/audit/figures.toml: the figures' answers when the law was read, and their sources.

Every row of answers and every deadline must cite a source; advice must not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.audit.budget import AUDIT_FOLDER, finding_at, read_toml
from scripts.content.content import Content
from scripts.content.figures import StepFigure, TableFigure
from scripts.content.markdown import cited_keys
from scripts.core.findings import Finding

NAME = "figures.toml"
DEADLINE, ADVICE = "frist", "rad"  # marks of a step


@dataclass(frozen=True)
class Readings:
    """The content of figures.toml.

    Attributes:
        sourced: keys of figures whose answers and deadlines must each have a source.
        answers: key of a table → the answers of each row, in the table's order.
    """

    sourced: list[str]
    answers: dict[str, list[list[str]]]


def row_violations(figure: TableFigure) -> Iterator[str]:
    """Yield a Swedish message for each row of a table of answers without a citation."""
    for row in figure.rows:
        if not any(cites(cell.words) for cell in row.cells):
            yield f'raden "{row.title}" saknar källa.'


def step_violations(figure: StepFigure) -> Iterator[str]:
    """Yield a Swedish message for each deadline without a citation and each piece of advice with
    one: a source makes advice look like law."""
    for part in figure.parts:
        for step in part.steps:
            has_source = cites(str(step))
            if step.mark == DEADLINE and not has_source:
                yield f'"{step.title}" är en frist och ska ha en källa.'
            if step.mark == ADVICE and has_source:
                yield f'"{step.title}" är ett råd och ska inte ha någon källa.'


def cites(text: str) -> bool:
    """Whether a text cites a source."""
    return any(cited_keys(text))


def check(content: Content, docs: Path) -> Iterator[Finding]:
    """Yield a finding for each row and step that violates the rules of citations, each table whose
    answers differ from figures.toml, and each unknown key in figures.toml; nothing if ``docs`` has
    no such file.

    Raises ContentError.
    """
    file = docs / AUDIT_FOLDER / NAME
    if not file.is_file():
        return
    readings: Readings = read_toml(Readings, docs, NAME)
    lines = file.read_text(encoding="utf-8").split("\n")
    figures = content.registers.figures

    def finding(key: str, message: str) -> Finding:
        """Return a finding on the line of figures.toml with the key's answers, or else on the first
        line that has the key."""
        with_answers = [number for number, row in enumerate(lines, 1) if row.startswith(f"{key} =")]
        with_key = [number for number, row in enumerate(lines, 1) if key in row]
        line = (with_answers or with_key)[0]
        return finding_at(docs, NAME, line, "figure-law", f'"{key}": {message}')

    for key in (*readings.sourced, *readings.answers):
        if key not in figures:
            yield finding(key, "finns inte i figures.yml. Har den bytt namn? Byt det här också.")
    for key in readings.sourced:
        figure = figures.get(key)
        if isinstance(figure, TableFigure):
            yield from (finding(key, message) for message in row_violations(figure))
        elif isinstance(figure, StepFigure):
            yield from (finding(key, message) for message in step_violations(figure))
    for key, expected in readings.answers.items():
        figure = figures.get(key)
        if isinstance(figure, TableFigure):
            answers = [[cell.answer for cell in row.cells] for row in figure.rows]
            if answers != expected:
                yield finding(key, "svaren är andra än här. Läs lagen, och ändra båda.")
