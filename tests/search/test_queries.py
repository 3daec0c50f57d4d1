"""What readers ask: enough of it is found, on the site as it is built."""

from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.content.kinds import kind_of
from scripts.publish.search.pages import addresses, read_site
from scripts.publish.search.registers import KINDS, read_kinds
from scripts.publish.search.write import index_of
from tests.conftest import ROOT
from tests.search.node import Engine

ACTS = ("gör", "ring", "lista")
NEVER_FIRST = ("lär", "om", "skriva")


def rows(name: str = "queries.tsv") -> list[list[str]]:
    lines = (ROOT / "tests/search" / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith(("#", "class\t"))]


TUNE = [row for row in rows() if row[1] == "tune"]


def run(site, queries: list[str]) -> list[list[dict]]:
    """Return each query's first hits."""
    with Engine(
        index_of(read_site(site), Content.read(ROOT / "docs").registers),
        [(query, []) for query in queries],
    ) as e:
        return [found["hits"] for found in e.hits()]


def place(hit: dict) -> str:
    return "/" + hit["address"] + (hit["id"] and f"#{hit['id']}")


def is_served(hit: dict, acceptable: str) -> bool:
    """Whether the hit is one of the sections where this reader is served."""
    return bool({place(hit), f"/{hit['address']}*"} & set(acceptable.split()))


@pytest.fixture(scope="module")
def found(site):
    return run(site, [row[2] for row in TUNE])


CLASSES = sorted({row[0] for row in TUNE})


def shares(found, *classes: str) -> tuple[float, float]:
    """Return the share of the tuning set's classes that is answered in the first three hits, and in
    the first."""
    good = [
        [is_served(hit, row[3]) for hit in hits[:3]]
        for row, hits in zip(TUNE, found, strict=True)
        if row[0] in classes
    ]
    return sum(map(any, good)) / len(good), sum(any(g[:1]) for g in good) / len(good)


def test_there_are_two_sets():
    """One to tune on, and one that is run by hand alone (measure.py), whose misses nobody reads."""
    assert {row[1] for row in rows()} == {"tune", "sealed"}
    for kind in CLASSES:
        assert sum(row[0] == kind for row in TUNE) >= 15
    assert (ROOT / "tests/search/queries.tsv").stat().st_size <= 100_000


def test_enough_is_found(found):
    three, one = shares(found, *(name for name in CLASSES if name != "act"))
    assert three >= 0.95 and one >= 0.82
    three, one = shares(found, "act")
    assert three >= 0.9 and one >= 0.68


@pytest.mark.parametrize("kind", CLASSES)
def test_enough_is_found_of_each_kind(found, kind):
    assert shares(found, kind)[0] >= 0.88


def test_every_acceptable_place_exists(site):
    for _, _, query, acceptable in rows():
        for one in acceptable.split():
            address, _, anchor = one.removeprefix("/").partition("#")
            html = (site / address.removesuffix("*") / "index.html").read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in html, (query, one)
    for _, acceptable in rows("act_first.tsv"):
        for address in acceptable.split():
            assert (site / address / "index.html").is_file(), address


def test_nonsense_finds_nothing(site):
    nonsense = (ROOT / "tests/search/nonsense.txt").read_text("utf-8").split()
    assert len(nonsense) >= 30
    assert [w for w, hits in zip(nonsense, run(site, nonsense), strict=True) if hits] == []


def test_an_act_comes_first(site):
    """Queries whose answer is something to do, by someone who hadn't seen the engine."""
    queries = rows("act_first.tsv")
    found = run(site, [query for query, _ in queries])
    missed = [
        (query, place(hits[0]) if hits else "")
        for (query, good), hits in zip(queries, found, strict=True)
        if not hits or hits[0]["address"] not in good.split() or KINDS[hits[0]["kind"]] not in ACTS
    ]
    assert len(queries) == 90 and len(missed) <= 24, missed  # 66 are right; the aim is 81


def test_what_is_for_practice_or_about_the_site_never_stands_before_an_answer(found):
    """Of the queries that a page with something to do serves."""
    kinds = read_kinds(Content.read(ROOT / "docs").registers)
    wrong = []
    for row, hits in zip(TUNE, found, strict=True):
        places = [p.removeprefix("/").removesuffix("*") for p in row[3].split()]
        served = any(kind_of(p, kinds) in ACTS for p in places)
        about_it = hits and is_served(hits[0], row[3]) and KINDS[hits[0]["kind"]] == "om"
        if served and hits and KINDS[hits[0]["kind"]] in NEVER_FIRST and not about_it:
            wrong.append((row[2], place(hits[0])))
    assert wrong == []


def test_a_number_a_form_or_a_county_leads_to_its_own_row(site):
    registers, cards = Content.read(ROOT / "docs").registers, set(addresses(read_site(site)))
    own = {
        contact.phone: f"/kontakt/#{key}"
        for key, contact in registers.contacts.items()
        if contact.phone and f"kontakt/#{key}" in cards
    }
    own |= {
        county.name: f"/kontakt/regionkoordinatorer/#{key}"
        for key, county in registers.regions.counties.items()
    }
    own |= {"195011": "/betanketid/ansok/#blankett", "194011": "/betanketid/ansok/#blankett"}
    found = run(site, list(own))
    assert {q: place(hits[0]) for q, hits in zip(own, found, strict=True)} == own
