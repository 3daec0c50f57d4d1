from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath

import pytest

from scripts.core.findings import Finding
from scripts.links.inside import PROBLEMS
from scripts.links.rules import RULES, apply_exceptions

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
    return Finding(PurePosixPath("x"), 1, rule, "text", page="x", target=target)


def rest(
    tmp_path: Path,
    text: str,
    *found: Finding,
    today: dt.date | None = TODAY,
    checked_rules: tuple[str, ...] = ("orphan-page",),
) -> list[Finding]:
    """Return what is left of the findings, and what is told of the file."""
    (tmp_path / "docs/_data").mkdir(parents=True, exist_ok=True)
    (tmp_path / "docs/_data/link-exceptions.yml").write_text(text, encoding="utf-8")
    return apply_exceptions(found, [tmp_path / "docs"], today, checked_rules)


def test_apply_exceptions_entry_covers_its_rule_and_pattern_only(tmp_path):
    others = [finding("/q/a/"), finding("/p/a/", "missing-page")]
    assert rest(tmp_path, ENTRY, finding("/p/a/"), *others) == others
    odd = ENTRY.replace("/p/*", "/p/?a[1]=*")
    (told,) = rest(tmp_path, odd, finding("/p/?a[1]=x"), finding("/p/?a1=x"))
    assert told.target == "/p/?a1=x", "brackets are no wildcards"


def test_apply_exceptions_expired_entry_covers_nothing_and_is_reported(tmp_path):
    late, on_the_day = dt.date(2027, 6, 2), dt.date(2027, 6, 1)
    found = rest(tmp_path, ENTRY, finding("/p/a/"), today=late)
    assert {f.rule for f in found} == {"orphan-page", "exception-expired"}
    told = next(f for f in found if f.rule == "exception-expired")
    assert f"{told.path}:{told.line}" == "docs/_data/link-exceptions.yml:1"
    assert rest(tmp_path, ENTRY, finding("/p/a/"), today=on_the_day) == []
    old = ENTRY.replace("2027", "2020")
    assert rest(tmp_path, old, finding("/p/a/"), today=None) == [], (
        "in a build time decides nothing"
    )


def test_apply_exceptions_unused_entry_is_reported(tmp_path):
    (told,) = rest(tmp_path, "# x\n\n" + ENTRY)
    assert (told.rule, told.line) == ("exception-unused", 3)
    assert rest(tmp_path, ENTRY, checked_rules=("missing-page",)) == [], (
        "that rule was not looked for"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("  reason: Sidan nås från papper.\n", ""), '"reason" saknas'),
        (("orphan-page", "nonsens"), "går inte att välja"),
        (("/p/*", '"*"'), "för mycket"),
        ((ENTRY[7:], " text\n"), "ska stå rader med"),
        (("ensam:\n", "ensam\n"), "kan inte läsas"),
    ],
)
def test_apply_exceptions_invalid_entry_covers_nothing_and_is_reported(tmp_path, change, says):
    found = rest(tmp_path, ENTRY.replace(*change), finding("/p/a/"))
    told = [f for f in found if f.path.name == "link-exceptions.yml"]
    assert len(told) == 1 and says in told[0].message
    assert finding("/p/a/") in found


def test_apply_exceptions_without_a_file_keeps_findings(tmp_path):
    assert apply_exceptions([finding("/p/")], [tmp_path], TODAY, ()) == [finding("/p/")]


def test_rules_have_a_row_for_each_problem_that_validator_reports():
    """Without its row, an exception in link-exceptions.yml can't name the rule."""
    assert {rule for rule, _ in PROBLEMS.values()} <= RULES.keys()
