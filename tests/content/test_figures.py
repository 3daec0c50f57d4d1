from __future__ import annotations

import pytest

from scripts.content.content import read_registers
from scripts.content.figure_kinds import make
from scripts.content.figures import check_whole, figure_facts, figure_sources

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
