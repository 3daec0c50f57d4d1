from __future__ import annotations

import pytest

from scripts.content.content import read_registers
from scripts.content.figure_kinds import make
from scripts.content.figures import check_whole, figure_facts, figure_sources
from tests.checks.test_figures import OTHERS, SMALL


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("county: skane", "county: skaane", "unknown-county"),
        ("of: alla", "of: all", "unknown-fact"),
        ("        - words: Två\n", "", "bad-row"),
    ],
)
def test_what_does_not_add_up_is_told(docs, old, new, rule):
    assert old in SMALL
    registers = read_registers(docs({**OTHERS, "_data/figures.yml": SMALL.replace(old, new, 1)}))
    faults = [
        fault[1]
        for key, row in registers.figures.items()
        for fault in check_whole(make(key, row)[0], registers)
    ]
    assert rule in faults


def test_a_page_uses_the_sources_of_the_figure_it_shows(docs):
    registers = read_registers(docs({**OTHERS, "_data/figures.yml": SMALL}))
    assert list(figure_sources(registers, "rad")) == ["lagen"]
    assert set(figure_sources(registers, "tal")) == {"talen"}
    assert list(figure_sources(registers, "borta")) == []
    assert list(figure_facts(registers.figures["tal"])) == ["nagra", "alla"]
