"""Our figures against the law that was read; their faults have lines in the file."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import figures
from scripts.content.content import Content
from scripts.content.figures import StepFigure, TableFigure
from scripts.content.markdown import cited
from tests.conftest import ROOT, found
from tests.content.test_records import FIGURES
from tests.examples import whole

check_docs = partial(found, figures.check)
FIGURE = Content.read(ROOT / "docs").registers.figures


def test_what_does_not_add_up_has_its_line(docs):
    text = whole("figures", {"tabell": FIGURES["tabell"]}).replace("  - B\n", "")
    (fault,) = check_docs(docs({"_data/figures.yml": text}))
    assert (text.split("\n")[fault.line - 1].strip(), fault.rule) == ("- title: R", "bad-row")


def test_who_may_be_told_is_as_the_law_was_read():
    """OSL 10:1, 10:21, 10:23, 12:2, 12:3 and 26:1, UtlL 17:1, SoL 15:7, read 2026-11-26. A changed
    answer is a changed reading: change both, with the law open."""
    figure = FIGURE["vem-far-veta"]
    assert isinstance(figure, TableFigure)
    assert {row.title: [c.answer for c in row.cells] for row in figure.rows} == {
        "Vuxen som säger ja": ["ja", "ja", "ja"],
        "Vuxen som säger nej": ["grans", "grans", "nej"],
        "Barn": ["ja", "grans", "grans"],
    }


@pytest.mark.parametrize("key", ["vem-far-veta", "vantan-eller-beviljat", "vem-gor-vad"])
def test_every_row_of_answers_has_a_source(key):
    figure = FIGURE[key]
    assert isinstance(figure, TableFigure)
    for row in figure.rows:
        assert any(list(cited(cell.words)) for cell in row.cells), row.title


@pytest.mark.parametrize("key", ["tidslinje", "barnets-klocka"])
def test_every_deadline_has_a_source_and_what_is_advice_has_none(key):
    figure = FIGURE[key]
    assert isinstance(figure, StepFigure)
    for step in (step for part in figure.parts for step in part.steps if step.mark):
        assert bool(list(cited(str(step)))) == (step.mark == "frist"), step.title
