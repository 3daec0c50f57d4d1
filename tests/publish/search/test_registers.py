"""What the editors say of the search."""

from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.content.kinds import kind_of
from scripts.core.findings import UNUSED
from scripts.publish.built import BuiltSite
from scripts.publish.search.index import build_index
from scripts.publish.search.pages import addresses, read_site
from scripts.publish.search.registers import (
    check_addresses,
    read_kinds,
    read_searches,
    read_synonyms,
)
from scripts.publish.search.words import SWEDISH, stem_of, tokens
from tests.conftest import ROOT
from tests.examples import registers
from tests.publish.search.test_index import words_of

MOST = 12  # words a section
REGISTERS = Content.read(ROOT / "docs").registers


def test_synonyms_come_from_their_register_and_from_the_glossary():
    words = registers(
        synonyms={"soc": ["socialtjänsten"], "sos": ["112"]},
        glossary={
            "lvu": {"term": "vård av unga", "abbr": "LVU", "also": ["omhändertagande", "LVU"]}
        },
    )
    assert read_synonyms(words) == [
        ("LVU", "vård av unga"),
        ("omhändertagande", "vård av unga"),
        ("soc", "socialtjänsten"),
        ("sos", "112"),
        ("vård av unga", "LVU"),
    ]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("synonyms", "soc: socialtjänsten\n"),
        ("searches", "a/:\n  vem: [ord]\n"),
        ("searches", "a/: ord\n"),
        ("kinds", "a/: läsa\n"),
    ],
)
def test_a_faulty_row_is_told_before(docs, name, rows):
    content = Content.read(docs({f"_data/{name}.yml": rows}))
    (fault,) = content.faults
    assert (fault.rule, fault.line) == ("bad-field", rows.count("\n"))
    assert str(fault.path) == f"docs/_data/{name}.yml"


def test_searches_lead_to_sections_that_exist(docs):
    rows = "# Ord\n/:\n  topp: larm\n\na/:\n  vem: får vi, ansöka\n  vemm: ansöka\n"
    content = Content.read(docs({"_data/searches.yml": rows}))
    assert read_searches(content.registers) == {
        "": ["larm"], "a/#vem": ["får vi", "ansöka"], "a/#vemm": ["ansöka"],
    }  # fmt: skip
    (fault,) = check_addresses(content, ["", "a/", "a/#vem"])
    assert (fault.line, str(fault.path)) == (7, "docs/_data/searches.yml")
    assert '"a/#vemm"' in fault.message and (fault.target, fault.severity) == ("vemm", UNUSED)
    (fault,) = check_addresses(content, ["", "a/", "a/#vem", "a/#vemmm"])
    assert 'Har det bytt id till "vemmm"?' in fault.message and fault.severity == "error"


def test_the_nearest_row_says_what_a_page_is_for(docs):
    rows = "/: gör\n'/#ring': ring\na/*: om\na/b/: ord\na/b/#c: lista\n"
    kinds = read_kinds(Content.read(docs({"_data/kinds.yml": rows})).registers)
    places = ["", "#ring", "a/", "a/x/y/", "a/b/", "a/b/#d", "a/b/#c", "z/"]
    assert [kind_of(place, kinds) for place in places] == [
        "gör", "ring", "om", "om", "ord", "ord", "lista", "",
    ]  # fmt: skip


def test_a_kind_for_a_page_that_is_gone_is_told(docs):
    content = Content.read(docs({"_data/kinds.yml": "a/*: gör\nb/: gör\nc/*: gör\n"}))
    assert [f.line for f in check_addresses(content, ["a/x/", "d/"])] == [2, 3]


def test_every_page_has_a_kind(site):
    kinds = read_kinds(REGISTERS)
    assert [p for p in addresses(read_site(BuiltSite(site))) if not kind_of(p, kinds)] == []


def test_every_synonym_leads_to_words_that_the_site_has(site):
    found = " ".join(words_of(build_index(read_site(BuiltSite(site)))))
    missing = {
        (a, b)
        for a, b in read_synonyms(REGISTERS)
        for word in tokens(b)
        if word not in SWEDISH.stop and stem_of(word) not in found
    }
    assert missing == set()


def test_synonyms_are_sorted_and_none_repeats_the_glossary():
    text = (ROOT / "docs/_data/synonyms.yml").read_text("utf-8")
    keys = [line.split(":")[0].strip('"') for line in text.splitlines() if line and line[0] != "#"]
    order = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3"})
    assert keys == sorted(keys, key=lambda key: key.translate(order))
    glossary = REGISTERS.glossary.values()
    assert set(keys) & {word.lower() for entry in glossary for word in entry.also} == set()


def test_searches_are_few_and_in_the_sites_order(site):
    """What the heading says, or says nothing, needs no row; nor does what the text says, but a text
    may change without anybody reading this register."""
    searches = read_searches(REGISTERS)
    units = {
        page.address + (unit.id and f"#{unit.id}"): (unit.heading, " ".join(unit.text))
        for page in read_site(BuiltSite(site))
        for unit in page.units
    }
    order = list(searches)
    assert order == [address for address in units if address in searches]
    known = 0
    for address, words in searches.items():
        heading, text = ({stem_of(token) for token in tokens(part)} for part in units[address])
        found = [token for word in words for token in tokens(word)]
        stems = {stem_of(token) for token in found}
        assert len(stems) == len(found) <= MOST, address
        assert not set(found) & SWEDISH.stop and not stems & heading, address
        known += len(stems & text)
    assert known <= 0.03 * sum(map(len, searches.values()))
