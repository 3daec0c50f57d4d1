"""The register of figures as a whole: faults with file and line, and the figures we have."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath

import pytest

from scripts.checks import figures
from scripts.content.content import read_registers
from scripts.content.figure_kinds import TableFigure, make
from scripts.content.markdown import cited
from tests.conftest import ROOT, command, found, only, staged

check_docs = partial(found, staged(only("figures.yml"), figures.check))
main = command("figures")

REGISTERS = read_registers(ROOT / "docs")
SMALL = """\
# Prov
rad:
  kind: tabell
  title: T
  description: D
  corner: C
  columns: [A, B]
  rows:
    - title: R
      cells:
        - {words: "Ett.[@lagen]"}
        - words: Två
tal:
  kind: staplar
  title: T
  description: D
  groups:
    - title: G
      of: alla
      bars:
        - {title: B, fact: nagra}
karta:
  kind: karta
  title: T
  description: D
  page: /prov.md
  tiles:
    - {county: skane, letters: M, row: 2, column: 1}
    - {county: halland, letters: N, row: 1, column: 1}
"""
OTHERS = {
    "_data/sources.yml": "lagen: {title: L, publisher: P, url: 'https://e.se', kind: lag, certainty: saker}\n"
    "talen: {title: T, publisher: P, url: 'https://e.se/t', kind: annan, certainty: saker}\n",
    "_data/facts.yml": "facts:\n  nagra: {kind: antal, value: '2', source: talen}\n"
    "  alla: {kind: antal, value: '4', source: [talen]}\n  tid: {kind: tid, value: 2 dagar, source: talen}\n",
    "_data/regions.yml": "regions: {syd: {name: Syd}}\ncounties:\n  skane: {name: Skåne län, region: syd}\n"
    "  halland: {name: Hallands län, region: syd}\n",
}


@pytest.fixture
def check(docs):
    """Return a function: the register's text → (line, rule) of each finding."""

    def run(text: str):
        folder = docs({**OTHERS, "_data/figures.yml": text})
        found = list(check_docs(folder))
        assert {finding.path for finding in found} <= {PurePosixPath("docs/_data/figures.yml")}
        return [(finding.line, finding.rule) for finding in found]

    return run


def test_a_right_register_has_no_findings(check):
    assert check(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("kind: tabell", "kind: tablå", 3, "bad-field"),
        (
            "  title: T\n  description: D\n  corner",
            "  description: D\n  corner",
            2,
            "missing-field",
        ),
        ("corner: C", "corner: " + "C" * 31, 6, "long-text"),
        ("words: Två", "ord: Två\n          words: Två", 12, "unknown-field"),
        ("[@lagen]", "[@lager]", 11, "unknown-source"),
        ("        - words: Två\n", "", 9, "bad-row"),
        ("of: alla", "of: all", 19, "unknown-fact"),
        ("fact: nagra", "fact: tid", 18, "unknown-fact"),
        ("county: skane", "county: skaane", 28, "unknown-county"),
        ("row: 2", "row: 1", 29, "same-place"),
        ("row: 2", "row: 20", 28, "bad-field"),
        ("    - {county: halland, letters: N, row: 1, column: 1}\n", "", 27, "missing-county"),
        ("county: halland", "county: skane", 27, "same-county"),
    ],
)
def test_each_planted_fault_has_its_line(check, old, new, line, rule):
    assert old in SMALL
    assert (line, rule) in check(SMALL.replace(old, new, 1))


def test_no_register_is_no_fault(docs):
    assert list(check_docs(docs(OTHERS))) == []


def test_our_register_is_right(capsys):
    assert main([str(ROOT / "docs")]) == 0
    assert "Inga fel." in capsys.readouterr().out


def test_a_folder_that_is_not_there_could_not_be_checked(tmp_path, capsys):
    assert main([str(tmp_path / "borta")]) == 2
    assert "finns inte" in capsys.readouterr().err


ANSWERS = {
    "Vuxen som säger ja": ["ja", "ja", "ja"],
    "Vuxen som säger nej": ["grans", "grans", "nej"],
    "Barn": ["ja", "grans", "grans"],
}


def test_who_may_be_told_is_as_the_law_was_read():
    """OSL 10:1, 10:21, 10:23, 12:2, 12:3 and 26:1, UtlL 17:1, SoL 15:7, read 2026-11-26. A changed
    answer is a changed reading: change both, with the law open."""
    figure, _ = make("x", REGISTERS.figures["vem-far-veta"])
    assert isinstance(figure, TableFigure)
    assert {row.title: [c.answer for c in row.cells] for row in figure.rows} == ANSWERS


@pytest.mark.parametrize("key", ["vem-far-veta", "vantan-eller-beviljat", "vem-gor-vad"])
def test_every_answer_has_a_source(key):
    figure, _ = make(key, REGISTERS.figures[key])
    assert isinstance(figure, TableFigure)
    for row in figure.rows:
        for cell in row.cells:
            assert list(cited(cell.words)), cell.words


@pytest.mark.parametrize("key", ["tidslinje", "barnets-klocka"])
def test_every_deadline_has_a_source_and_what_is_advice_has_none(key):
    for part in REGISTERS.figures[key]["parts"]:
        for step in part["steps"]:
            if step.get("mark"):
                assert bool(list(cited(str(step)))) == (step["mark"] == "frist"), step["title"]
