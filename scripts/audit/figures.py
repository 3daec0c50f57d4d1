"""docs/_data/audit/figures.toml: the figures' answers when the law was read, and their sources.

Every row of answers and every deadline must cite a source; advice must not.
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
    """The content of figures.toml.

    Attributes:
        sourced: keys of figures whose answers and deadlines each have a source.
        answers: key of a table → the answers of each row, in the table's order.
    """

    sourced: list[str]
    answers: dict[str, list[list[str]]]


def source_violations(figure: Figure) -> Iterator[str]:
    """Yield a Swedish message for each row of answers or deadline without a citation, and for each
    piece of advice with one."""
    if isinstance(figure, TableFigure):
        for row in figure.rows:
            if not any(list(cited(cell.words)) for cell in row.cells):
                yield f'raden "{row.title}" saknar källa.'
    if isinstance(figure, StepFigure):
        steps = [step for part in figure.parts for step in part.steps]
        for step in steps:
            if not step.mark:
                continue
            has_source = bool(list(cited(str(step))))
            if step.mark == DEADLINE and not has_source:
                yield f'"{step.title}" är en frist och ska ha en källa.'
            if step.mark != DEADLINE and has_source:
                yield f'"{step.title}" är ett råd och ska inte ha någon källa.'


def check(content: Content, docs: Path) -> Iterator[Finding]:
    """Yield a finding for each violation of ``source_violations``, each answer that differs from
    figures.toml, and each unknown key there; nothing if ``docs`` has no figures.toml.

    Raises ContentError.
    """
    file = docs / AUDIT_FOLDER / NAME
    if not file.is_file():
        return
    readings: Readings = read_toml(Readings, docs, NAME)
    lines = file.read_text(encoding="utf-8").split("\n")
    figures = content.registers.figures

    def finding(key: str, message: str) -> Finding:
        """Return a finding on the row of the key's answers, else on the first with the key."""
        numbers = [number for number, row in enumerate(lines, 1) if key in row]
        answers = [number for number in numbers if lines[number - 1].startswith(f"{key} =")]
        line = (answers or numbers)[0]
        return finding_at(docs, NAME, line, "figure-law", f'"{key}": {message}')

    for key in (*readings.sourced, *readings.answers):
        if key not in figures:
            yield finding(key, "finns inte i figures.yml. Har den bytt namn? Byt det här också.")
    for key in figures.keys() & set(readings.sourced):
        for message in source_violations(figures[key]):
            yield finding(key, message)
    for key, expected in readings.answers.items():
        figure = figures.get(key)
        if not isinstance(figure, TableFigure):
            continue
        answers = [[cell.answer for cell in row.cells] for row in figure.rows]
        if answers != expected:
            yield finding(key, "svaren är andra än här. Läs lagen, och ändra båda.")
