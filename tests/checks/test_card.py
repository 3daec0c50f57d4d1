from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import card
from tests.conftest import ROOT, found

check_docs = partial(found, card.check)
GOOD = """\
languages:
  sv: {name: Svenska, written_by: Vi}
  uk: {name: U, translated_by: A, checked_by: B, checked_on: 2026-01-02}
parts:
  - title: {sv: Ett, uk: U}
    lines:
      - {sv: Rad, uk: R}
"""


@pytest.fixture
def docs(tmp_path):
    (tmp_path / "_data").mkdir(parents=True)

    def write(text):
        (tmp_path / "_data/card.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_good_card_and_the_real_one(docs):
    assert not check_docs(docs(GOOD)) and not check_docs(ROOT / "docs")


@pytest.mark.parametrize(
    "old, new, line, word",
    [
        ("uk: R}", "uk: ''}", 7, "raden saknas"),
        (", uk: U}", "}", 5, "raden saknas"),
        ("uk: R}", "uk: R, xx: x}", 7, "xx finns inte"),
        ("2026-01-02", "2999-01-02", 3, "en dag som har varit"),
        ("  uk: {", "  Ukrainska: {", 3, "ingen språkkod"),
    ],
)
def test_a_fault_has_its_line(docs, old, new, line, word):
    faults = check_docs(docs(GOOD.replace(old, new, 1)))
    assert any(f.line == line and word in f.message for f in faults), faults


def test_a_language_that_is_not_shown_may_lack_lines(docs):
    assert not check_docs(docs(GOOD.replace("checked_by: B, ", "").replace(", uk: R", "")))
