from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import changes
from tests.conftest import PAGE, found
from tests.examples import statute

check_docs = partial(found, changes.check)
SOURCES = {
    "lagen": {"title": "Lagen (2001:1)", "sfs": "2001:1"},
    "prop": {"title": "Propositionen"},
}
OLD = {"title": "Gammal ändring", "in_force": "2026-11-24", "affects": ["lagen"]}
NEW = {
    "title": "Ny ändring",
    "in_force": "2027-07-01",
    "affects": ["lagen-1"],
    "notice": "Lagen ändras 1 juli 2027.",
}


@pytest.fixture
def check(docs):
    """Return a function: changes of the law, and pages → the findings."""

    def run(changes: dict[str, dict], **pages: str) -> list:
        files = {f"{name}.md": text for name, text in pages.items()}
        files["_data/law/lagen.md"] = statute("2001:1", "1", "2")
        registers = {"_data/sources.yml": SOURCES, "_data/law_changes.yml": changes}
        return check_docs(docs({**registers, **files}))

    return run


def test_law_change_notice_without_date_has_its_line(check):
    (fault,) = check({"gammal": OLD, "ny": {**NEW, "in_force": None}}, a="Text.[@lagen-1]\n")
    assert (str(fault.path), fault.rule) == ("docs/_data/law_changes.yml", "bad-notice")
    assert fault.message.startswith('"ny": ') and fault.line > 8


@pytest.mark.parametrize("notice", ["Lagen " * 24, "Se [@lagen-1]", "En rad\noch en till."])
def test_law_change_notice_long_or_marked_up_is_refused(check, notice):
    (fault,) = check({"ny": {**NEW, "notice": notice}})
    assert fault.message.startswith('"ny": notice')


def page(due: str, cites: str = "lagen-1", reviewed: str = "2026-11-24") -> str:
    front = PAGE.replace("2027-05-24", due).replace("2026-11-24", reviewed)
    return f"{front}Text.[@{cites}]\n"


def test_review_after_law_change_is_reported(check):
    pages = {"b": page("2027-07-01"), "c": page("2027-06-30"), "d": page("2028-01-01", "prop")}
    (fault,) = check({"gammal": OLD, "ny": NEW}, **pages)
    assert (str(fault.path), fault.line, fault.rule) == ("docs/b.md", 5, "review-after-change")
    assert fault.message == (
        "sidan bygger på Lagen (2001:1) 1 §, som kan ändras 1 juli 2027 (Ny ändring). "
        "Sätt review_by till en dag före det."
    )


def test_law_change_before_last_review_has_no_finding(check):
    pages = {"b": page("2027-05-24", "lagen-2"), "c": page("2027-05-24", "lagen-2", "2026-11-23")}
    (fault,) = check({"gammal": OLD, "ny": NEW}, **pages)
    assert str(fault.path) == "docs/c.md" and "24 november 2026" in fault.message


def test_law_changes_earliest_is_reported_undated_is_not(check):
    later = {**NEW, "in_force": "2027-09-01"}
    (fault,) = check({"sen": later, "ny": NEW}, b=page("2028-01-01"))
    assert "1 juli 2027" in fault.message
    undated = {**NEW, "in_force": None, "notice": None}
    assert check({"ny": undated}, b=page("2030-01-01")) == []
