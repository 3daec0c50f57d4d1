from __future__ import annotations

import pytest

from scripts.content.choices import FORMS
from scripts.content.fields import walk
from scripts.content.made import Handout

HANDOUT = {
    "title": "T",
    "purpose": "P",
    "file": "f",
    "page": "a/",
    "form": FORMS[0],
    "size": 9,
    "pages": 1,
}


def faults(kind, value):
    return [found[1] for found in walk(kind, value) if isinstance(found, tuple)]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"page": ""}, []),  # the start page
        ({"size": 9.5, "sections": ["a/", {"section": "b/#x", "without": ["y"]}]}, []),
        ({"sections": [{"without": ["y"]}]}, ["missing-field"]),
    ],
)
def test_a_handout_s_fields(change, found):
    assert faults(Handout, {**HANDOUT, **change}) == found
