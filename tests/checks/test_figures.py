"""A figure's fault has its line in the file."""

from __future__ import annotations

from functools import partial

from scripts.checks import figures
from tests.conftest import found
from tests.content.test_records import FIGURES
from tests.examples import whole

check_docs = partial(found, figures.check)


def test_figure_with_contradiction_has_its_line(docs):
    text = whole("figures", {"tabell": FIGURES["tabell"]}).replace("  - B\n", "")
    (fault,) = check_docs(docs({"_data/figures.yml": text}))
    assert (text.split("\n")[fault.line - 1].strip(), fault.rule) == ("- title: R", "bad-row")
