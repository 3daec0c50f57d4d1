from __future__ import annotations

import re
from functools import partial

import pytest

from scripts.checks import card
from scripts.content.content import Content
from tests.conftest import TODAY, found

check_docs = partial(found, card.check)
GOOD = """\
languages:
  sv: {name: Svenska, written_by: Vi}
  en: {name: English, written_by: Vi}
  uk: {name: U, translated_by: A, checked_by: B, checked_on: 2026-01-02}
parts:
  - title: {sv: Ett, en: One, uk: U}
    lines:
      - {sv: Rad, en: Row, uk: R}
"""


def test_card_good_has_no_finding(docs):
    assert not check_docs(docs({"_data/card.yml": GOOD}))


@pytest.mark.parametrize(
    "old, new, line, word",
    [
        ("en: Row", "en: ''", 8, "raden saknas"),
        ("en: One, ", "", 6, "raden saknas"),
        ("uk: R}", "uk: R, xx: x}", 8, "xx finns inte"),
        ("2026-01-02", "2199-01-02", 4, "en dag som har varit"),
    ],
)
def test_card_fault_has_its_line(docs, old, new, line, word):
    faults = check_docs(docs({"_data/card.yml": GOOD.replace(old, new, 1)}))
    assert any(f.line == line and word in f.message for f in faults), faults


def test_card_changed_row_hides_language_until_read(docs):
    """As an editor lives it: each text is what the build's words led to."""

    def built(text: str) -> tuple[list[str], str]:
        content = Content.read(docs({"_data/card.yml": text}))
        shown = [language.key for language in content.registers.card.published_languages]
        return shown, "\n".join(card.describe_unpublished_languages(content))

    def stamped(text: str, day: str) -> str:
        _, said = built(text)
        assert f"card.yml:4: har B läst alla rader mot de svenska den {day}?" in said
        checked = re.search(r'checked: "[0-9a-f ]*"', said)[0]
        return re.sub(r"(checked_on: [\d-]*)[^}]*", rf"\1, {checked}", text)

    first = stamped(GOOD, "2026-01-02")
    assert built(first) == (["sv", "en", "uk"], "")
    changed = first.replace("sv: Rad", "sv: En annan rad")
    languages, said = built(changed)
    assert languages == ["sv", "en"] and said.startswith("Kortet är utan U (uk):")
    assert "card.yml:8: rad 1 är en annan än den som B läste den 2026-01-02." in said
    assert "card.yml:6" not in said and "checked:" not in said, "no stamps for the old day"
    again = stamped(changed.replace("2026-01-02", "2026-02-03"), "2026-02-03")
    assert built(again) == (["sv", "en", "uk"], "")


def test_card_reviewed_today_has_no_finding(docs):
    text = GOOD.replace("2026-01-02", TODAY.isoformat())
    assert not check_docs(docs({"_data/card.yml": text}))
