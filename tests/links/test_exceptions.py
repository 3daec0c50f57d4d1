from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import pytest

from scripts.core.findings import Finding
from scripts.links.exceptions import apply, read

SHOWN = PurePosixPath("docs/_data/link-exceptions.yml")
TODAY = dt.date(2026, 11, 24)
ENTRY = """\
ensam:
  pattern: /p/*
  rule: orphan-page
  reason: Sidan nås från papper.
  owner: Redaktionen
  expires: 2027-06-01
"""


def finding(target: str, rule: str = "orphan-page") -> Finding:
    return Finding(PurePosixPath("x"), 1, rule, "text", "x", target)


def load(tmp_path, text: str):
    (tmp_path / "e.yml").write_text(text, encoding="utf-8")
    return read(tmp_path / "e.yml", SHOWN)


def test_an_entry_covers_its_rule_and_pattern_only(tmp_path):
    entries, faults = load(tmp_path, ENTRY)
    assert faults == []
    rest = [finding("/q/a/"), finding("/p/a/", "missing-page")]
    rules = {"orphan-page"}
    assert apply([finding("/p/a/"), *rest], entries, SHOWN, TODAY, rules) == rest


def test_brackets_are_no_wildcards(tmp_path):
    entries, _ = load(tmp_path, ENTRY.replace("/p/*", "/p/?a[1]=*"))
    assert entries[0].covers(finding("/p/?a[1]=x")) and not entries[0].covers(finding("/p/?a1=x"))


def test_an_expired_entry_covers_nothing_and_is_told(tmp_path):
    entries, _ = load(tmp_path, ENTRY)
    late = dt.date(2027, 6, 2)
    found = apply([finding("/p/a/")], entries, SHOWN, late, {"orphan-page"})
    assert [f.rule for f in found] == ["orphan-page", "exception-expired"]
    assert (found[1].path, found[1].line) == (SHOWN, 1)
    on_the_day = apply([finding("/p/a/")], entries, SHOWN, dt.date(2027, 6, 1), {"orphan-page"})
    assert on_the_day == []


def test_in_a_build_time_decides_nothing(tmp_path):
    entries, _ = load(tmp_path, ENTRY.replace("2027", "2020"))
    assert apply([finding("/p/a/")], entries, SHOWN, None, {"orphan-page"}) == []


def test_an_entry_that_covers_nothing_any_more_is_told(tmp_path):
    entries, _ = load(tmp_path, "# x\n\n" + ENTRY)
    (fault,) = apply([], entries, SHOWN, TODAY, {"orphan-page"})
    assert (fault.rule, fault.line) == ("exception-unused", 3)
    assert apply([], entries, SHOWN, TODAY, {"missing-page"}) == [], "that rule was not looked for"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("  reason: Sidan nås från papper.\n", ""), '"reason" saknas'),
        (("  expires: 2027-06-01\n", ""), '"expires" saknas'),
        (("2027-06-01", "snart"), "ÅÅÅÅ-MM-DD"),
        (("orphan-page", "nonsens"), "går inte att välja"),
        (("/p/*", '"*"'), "för mycket"),
        (("  owner:", "  ägare: x\n  owner:"), '"ägare" finns inte'),
        ((ENTRY[7:], " text\n"), "ska stå rader med"),
        (("ensam:\n", "ensam\n"), "kan inte läsas"),
        (("orphan-page", "[orphan-page]"), "ska vara text"),
        (("ensam:\n", "? [en, sam]\n:\n"), "fel form"),
        ((ENTRY, "\tensam: 1\n"), "tabb"),
    ],
)
def test_a_half_entry_is_a_fault(tmp_path, change, says):
    entries, (fault,) = load(tmp_path, ENTRY.replace(*change))
    assert entries == []
    assert fault.rule == "exception-invalid" and says in fault.message


def test_no_file_and_an_empty_file_have_no_entries(tmp_path):
    assert read(tmp_path / "saknas.yml", SHOWN) == ([], [])
    assert load(tmp_path, "# bara en kommentar\n") == ([], [])
