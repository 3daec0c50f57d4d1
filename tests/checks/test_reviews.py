from __future__ import annotations

import datetime as dt

import pytest

from scripts.checks.reviews import check
from scripts.content.content import Content
from tests.conftest import PAGE, run_check

OLD = PAGE.replace("2027-05-24", "2026-12-01").replace("title: Prov", "title: Gammal")


@pytest.mark.parametrize(
    ("today", "count"), [("2026-12-01", 0), ("2026-12-02", 1), ("2028-01-01", 2)]
)
def test_a_page_is_overdue_the_day_after(docs, today, count):
    folder = docs({"a.md": "", "b.md": OLD})
    found = list(check(Content.read(folder), dt.date.fromisoformat(today)))
    assert len(found) == count


def test_the_command_tells_of_it(docs, capsys):
    folder = docs({"b.md": OLD})
    assert run_check("reviews", folder, "--today", "2027-01-01") == 1
    assert "docs/b.md:5: " in capsys.readouterr().out
    assert run_check("reviews", folder, "--today", "2026-11-25") == 0
