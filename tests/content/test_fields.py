"""Types of fields: dates, unions, and records made of values."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import pytest

from scripts.content.fields import (
    LABEL,
    TEXT,
    Field,
    Iso,
    Record,
    construct,
    is_iso_date,
    resolve_type,
)


class Inner(Record):
    id: str
    text: Annotated[str, Field(TEXT)]


class Outer(Record):
    title: Annotated[str, Field(LABEL, max_length=5)]
    when: Iso | None = None
    rows: tuple[Inner, ...] = ()
    either: tuple[str | Inner, ...] = ()
    source: Annotated[str, Field(refers_to="sources")] | None = None
    key: Annotated[str, Field(computed=True)] = ""


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("2026", True), ("2026-02", True), ("2026-02-28", True), (2026, True),
        (dt.date(2026, 1, 1), True), ("2026-13", False), ("2026-02-30", False), ("2206", False),
        ("i maj", False), (None, False),
    ],
)  # fmt: skip
def test_iso_date_is_a_real_date_in_a_sensible_year(value, right):
    assert is_iso_date(value) is right


@pytest.mark.parametrize(
    ("value", "expected"), [("x", str), ({"id": "x"}, Inner), ({}, Inner), (7, str)]
)
def test_union_is_resolved_by_the_form_of_the_value(value, expected):
    assert resolve_type(str | Inner, value).type is expected


def test_construct_returns_records_tuples_and_dates_as_text():
    row = {"title": " T\n", "when": dt.date(2026, 1, 2), "rows": [{"id": "i", "text": "Y"}]}
    records = construct(dict[str, Outer], {"a": {**row, "source": None}})
    rows = (Inner(id="i", text="Y"),)
    assert records["a"] == Outer(key="a", title="T", when=Iso("2026-01-02"), rows=rows)
