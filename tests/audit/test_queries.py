"""The share of queries that the search answers, against the budget."""

from __future__ import annotations

import pytest

from scripts.audit.budget import Budget
from scripts.audit.queries import Query, too_few_answers
from scripts.content.field_types import PAGE_KINDS

WRONG = ("damm/", "", PAGE_KINDS.index("gör"))
RIGHT = ("tomat/", "", PAGE_KINDS.index("gör"))


def query(set_name: str = "tune") -> Query:
    return Query("queries.tsv", 2, set_name, "vattna", frozenset({"/tomat/*"}))


@pytest.mark.parametrize(
    ("name", "counted"), [("first", 1), ("first_three", 3)], ids=["first", "first_three"]
)
def test_share_counts_answers_up_to_its_number_of_hits(name, counted):
    """One query is answered by the last hit that counts, the other by the hit after it."""
    results = [(query(), [WRONG] * before + [RIGHT]) for before in (counted - 1, counted)]
    assert list(too_few_answers(results, Budget(search={"tune": {name: 0.6}}))) == [
        f"tune, {name}: 50.0% får svar, minst 60.0%."
    ]
    assert not list(too_few_answers(results, Budget(search={"tune": {name: 0.5}})))


def test_share_counts_its_own_set_only():
    results = [(query("tune"), [RIGHT]), (query("sealed"), [WRONG])]
    assert not list(too_few_answers(results, Budget(search={"tune": {"first": 1.0}})))


def test_act_first_is_answered_by_pages_to_act_by_only():
    hit = ("tomat/", "", PAGE_KINDS.index("ord"))
    assert query("tune").is_answered_by(hit)
    assert not query("act_first").is_answered_by(hit)
