"""The guide: every way through it, and what no way may say."""

from __future__ import annotations

import pytest

from scripts.content.guide import (
    decisive_questions,
    depths,
    previous_question,
    settled_situations,
    topological_order,
)
from tests.examples import registers

SMALL = registers(
    guide={
        "start": "plats",
        "questions": {
            "plats": {
                "choices": [
                    {"title": "Här", "to": "vilja", "settles": ["har"]},
                    {"title": "Vet inte", "to": "akut"},
                ]
            },
            "vilja": {
                "choices": [
                    {"title": "Ja", "to": "kanske"},
                    {"title": "Nej", "to": "nej", "settles": ["vill"]},
                ]
            },
        },
        "outcomes": {
            "akut": {"verdict": "akut", "then": "vilja"},
            "kanske": {"verdict": "kanske"},
            "nej": {"verdict": "nej"},
        },
    }
).guide  # fmt: skip


def test_guide_order_and_depth_follow_the_longest_path():
    nodes = topological_order(SMALL)
    assert nodes.index("plats") < nodes.index("akut") < nodes.index("vilja") < nodes.index("nej")
    assert depths(SMALL) == {"plats": 1, "vilja": 2}
    assert [previous_question(SMALL, key) for key in ("plats", "akut", "vilja", "nej")] == [
        *("", "plats", "plats", "vilja")
    ]


@pytest.mark.parametrize(
    ("key", "way"),
    [("akut", [("plats", ["Vet inte"])]), ("nej", [("vilja", ["Nej"])]), ("vilja", [])],
)
def test_decisive_questions_have_the_choices_that_lead_on(key, way):
    assert [(question.key, answers) for question, answers in decisive_questions(SMALL, key)] == way


def test_situation_is_settled_only_if_every_path_settles_it():
    """By the choice, not by its question: "Vet inte" settles nothing."""
    assert settled_situations(SMALL, "plats") == set()
    assert settled_situations(SMALL, "vilja") == set()  # "Vet inte" leads there, too
    assert settled_situations(SMALL, "nej") == {"vill"}
