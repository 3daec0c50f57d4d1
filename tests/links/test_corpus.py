from __future__ import annotations

import pytest

from scripts.links.validate import validate
from tests.links.corpus import SITE_URL, plants, write

PLANTS = plants()


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    root = write(tmp_path_factory.mktemp("fel"), good=False)
    return validate(root, SITE_URL, with_orphans=True)


def test_the_faults_are_many_and_of_many_kinds():
    assert len(PLANTS) >= 255
    assert len({plant.kind for plant in PLANTS}) >= 115
    assert len({plant.rule for plant in PLANTS}) >= 18
    assert len({plant.file for plant in PLANTS}) == len(PLANTS)


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.name for plant in PLANTS])
def test_a_planted_fault_is_found_and_nothing_else(plant, found):
    assert [f.rule for f in found if f.page == plant.file] == [plant.rule]


def test_no_page_without_a_fault_is_blamed(found):
    assert {f.page for f in found} == {plant.file for plant in PLANTS}


def test_a_finding_names_the_line(found):
    rows = {p.file for p in PLANTS if p.file.startswith("f/") and "\n" not in str(p.bad)}
    assert {f.line for f in found if f.page in rows} == {3}


def test_the_clean_twin_is_clean(tmp_path):
    assert validate(write(tmp_path, good=True), SITE_URL, with_orphans=True) == []


def test_a_password_is_never_printed(found):
    assert "hemligt" not in "".join(map(repr, found))
