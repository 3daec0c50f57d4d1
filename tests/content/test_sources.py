from __future__ import annotations

import pytest

from scripts.content.fields import Given, walk
from scripts.content.sources import LawChange, Paragraph

CHANGE = {"title": "T", "status": "oklart", "changes": "C", "seen": "S", "checked_on": "2026"}


@pytest.mark.parametrize("day", ["okant", "2026-07-01", "2026"])
def test_a_wording_holds_from_a_day_or_from_one_that_is_not_known(day):
    found = walk(Paragraph, {"amended_by": "2026:1", "in_force": day})
    assert all(isinstance(one, Given) for one in found)


def test_a_change_uses_its_sources_and_only_names_what_it_affects():
    found = list(walk(LawChange, {**CHANGE, "affects": ["utl"], "sources": ["prop"]}))
    named = [g for g in found if isinstance(g, Given) and g.field.refers == "sources"]
    assert [(g.value, g.field.uses) for g in named] == [("utl", False), ("prop", True)]


def test_a_change_that_touches_nothing_says_so_with_an_empty_list():
    found = walk(LawChange, {**CHANGE, "affects": [], "sources": []})
    assert all(isinstance(one, Given) for one in found)
