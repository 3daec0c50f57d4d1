from __future__ import annotations

from functools import partial

import pytest

from scripts.check import check_content
from scripts.checks import law_changes, registers
from scripts.checks import sources as check_sources
from scripts.content.content import Content
from tests.conftest import PAGE, TODAY, command, found, staged

check_docs = partial(found, staged(registers.check, law_changes.check))
main = command("law_changes")

SOURCES = """\
lagen:
  title: Lagen (2001:1)
  name: lagen
  publisher: Riksdagen
  url: https://example.se/lagen
  kind: lag
  sfs: "2001:1"
  read_on: "2026-04-27"
  certainty: saker
  paragraphs:
    "1": {amended_by: "2001:1", in_force: okant}
    "2": {amended_by: "2001:1", in_force: okant}
prop:
  title: Propositionen
  publisher: Regeringen
  url: https://example.se/prop
  kind: forarbete
  certainty: saker
"""
GOOD = """\
gammal:
  title: Gammal ändring
  status: beslutat
  in_force: 2026-11-24
  affects: [lagen]
  changes: Något.
  seen: Lagen.
  checked_on: "2026-11-24"
  sources: [prop]

ny:
  title: Ny ändring
  status: foreslaget
  in_force: 2027-07-01
  affects: [lagen-1]
  notice: Lagen ändras 1 juli 2027.
  changes: Något annat.
  seen: Ett förslag.
  checked_on: "2026-11-24"
  sources: [prop]
"""
PAGES = {"a.md": "Text.[@lagen-1, @lagen-2]\n"}

# Fault → (what is changed in the second record, into what, the rule, words)
FAULTS = {
    "notice without a day": ("  in_force: 2027-07-01\n", "", "bad-notice", 'en "notice" behöver ett datum.'),
    "long notice": ("notice: Lagen", "notice: " + "Lagen " * 20 + "Lagen", "bad-notice", '"notice" har 145 tecken. Skriv högst 140.'),
    "notice with a link": ("notice: Lagen", "notice: Här är [@lagen-1]", "bad-notice", '"notice" ska vara en rad ren text'),
}  # fmt: skip


@pytest.fixture
def check(docs):
    def run(changes: str = GOOD, **pages: str):
        files = {f"{name}.md": text for name, text in pages.items()} or PAGES
        return list(
            check_docs(
                docs({"_data/sources.yml": SOURCES, "_data/law_changes.yml": changes, **files})
            )
        )

    return run


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_gives_one_finding_on_its_records_line(check, name):
    old, new, rule, words = FAULTS[name]
    before, after = GOOD[: GOOD.index("ny:")], GOOD[GOOD.index("ny:") :]
    assert old in after
    text = before + after.replace(old, new)
    line = 10 + text[text.index("ny:") :].split("  notice:")[0].count("\n") + 1
    found = check(text)
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [
        (f"docs/_data/law_changes.yml:{line}", rule)
    ], found
    assert found[0].message.startswith(f'"ny": {words}')


def test_a_good_register_is_clean_and_none_is_no_fault(check, docs):
    first = GOOD[: GOOD.index("ny:")]
    assert check(first) == [] and check(GOOD.replace("2027-07-01", "2027-05-25")) == []
    folder = docs({})
    (folder / "_data/law_changes.yml").unlink()
    assert list(check_docs(folder)) == []


def test_a_record_that_is_no_record_is_told_of_and_breaks_nothing(check, docs):
    assert [(f.line, f.rule) for f in check(GOOD + "x: 5\n")] == [(21, "bad-field")]
    folder = docs({"_data/law_changes.yml": GOOD + "x: 5\n", "b.md": "[[lagandringar]]\n"})
    assert [f.line for f in found(staged(registers.check, check_sources.check), folder)] == [21]


def test_a_change_uses_its_sources_and_an_unknown_one_is_told(docs):
    files = {"_data/sources.yml": SOURCES, "_data/law_changes.yml": GOOD, **PAGES}
    assert list(found(staged(registers.check, check_sources.check), docs(files))) == []
    wrong = docs({"_data/law_changes.yml": GOOD.replace("sources: [prop]", "sources: [propp]", 1)})
    (finding,) = found(staged(registers.check, check_sources.check), wrong)
    assert (str(finding.path), finding.line, finding.rule) == (
        "docs/_data/law_changes.yml", 9, "unknown-source",
    )  # fmt: skip
    assert 'Menade du "prop"?' in finding.message


def page(due: str, cites: str = "lagen-1", reviewed: str = "2026-11-24") -> str:
    front = PAGE.replace("2027-05-24", due).replace("2026-11-24", reviewed)
    return f"{front}Text.[@{cites}]\n"


def test_a_page_is_reviewed_before_the_law_it_rests_on_changes(check):
    (found,) = check(b=page("2027-07-01"), c=page("2027-06-30"), d=page("2028-01-01", "prop"))
    assert (str(found.path), found.line, found.rule) == ("docs/b.md", 5, "review-after-change")
    assert found.message == (
        "sidan bygger på Lagen (2001:1) 1 §, som kan ändras 1 juli 2027 (Ny ändring). "
        "Sätt review_by till en dag före det."
    )


def test_what_changed_before_the_last_review_is_in_it(check):
    pages = {"b": page("2027-05-24", "lagen-2"), "c": page("2027-05-24", "lagen-2", "2026-11-23")}
    (found,) = check(**pages)
    assert str(found.path) == "docs/c.md" and "24 november 2026" in found.message


def test_of_many_changes_the_earliest_is_told(check):
    later = GOOD[GOOD.index("ny:") :].replace("ny:", "sen:").replace("2027-07-01", "2027-09-01")
    (found,) = check(later + GOOD, b=page("2028-01-01"))
    assert "1 juli 2027" in found.message


def test_a_change_without_a_day_asks_for_nothing(check):
    undated = GOOD.replace("  in_force: 2027-07-01\n", "").replace(
        "  notice: Lagen ändras 1 juli 2027.\n", ""
    )
    assert check(undated, b=page("2030-01-01")) == []


def test_it_is_part_of_the_build(docs):
    files = {"_data/sources.yml": SOURCES, "_data/law_changes.yml": GOOD, "_data/facts.yml": "{}\n"}
    found = check_content(
        Content.read(docs({**files, "a.md": page("2027-07-01", "lagen-1, @lagen-2")})), TODAY
    )
    assert "review-after-change" in {finding.rule for finding in found}


def test_exit_codes(docs, capsys):
    folder = docs({"_data/sources.yml": SOURCES, "_data/law_changes.yml": GOOD, **PAGES})
    assert main([str(folder)]) == 0
    docs({"a.md": page("2028-01-01")})
    assert main([str(folder)]) == 1
    assert "docs/a.md:5: " in capsys.readouterr().out
    assert main([str(folder / "saknas")]) == 2
