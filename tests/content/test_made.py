from __future__ import annotations

import pytest

from scripts.content.choices import FORMS
from scripts.content.fields import walk
from scripts.content.made import Frame, Handout

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
        ({"form": "rulle"}, ["bad-field"]),
        ({"size": "stor"}, ["bad-field"]),
        ({"sections": [{"without": ["y"]}]}, ["missing-field"]),
        ({"file": None}, ["missing-field"]),
    ],
)
def test_a_handout_s_fields(change, found):
    assert faults(Handout, {**HANDOUT, **change}) == found


def test_a_frame_has_a_height():
    assert faults(Frame, {"page": "a/", "purpose": "P"}) == ["missing-field"]
