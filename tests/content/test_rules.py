from __future__ import annotations

import pytest

from scripts.content.fields import walk
from scripts.content.rules import FactPatterns, Facts, Words


@pytest.mark.parametrize("pattern", ["(", "x*", "a|"])
def test_a_pattern_that_cannot_be_read_or_fits_nothing_is_told(pattern):
    for kind, value in (
        (FactPatterns, {"avoid": {"a": {"pattern": pattern, "message": "M"}}}),
        (Words, {"always": {"a": {"use": "b", "why": "c", "pattern": pattern}}}),
    ):
        assert [fault[1] for fault in walk(kind, value) if isinstance(fault, tuple)] == [
            "bad-pattern"
        ]


def test_a_fact_may_have_one_source_or_several():
    for source in ("lagen", ["lagen", "boken"]):
        fact = {"kind": "tid", "value": "3 dagar", "source": source}
        assert not [f for f in walk(Facts, {"facts": {"a": fact}}) if isinstance(f, tuple)]
