"""The figures' answers against the law as it was read."""

from __future__ import annotations

import pytest

from scripts.audit import figures
from scripts.content.content import Content

READINGS = """\
sourced = ["vem-gor-vad", "aret"]
[answers]
vem-gor-vad = {answers}
"""


@pytest.fixture
def found(own_garden):
    """Return a function: changes of figures.yml (old → new) and of the readings → the messages."""
    file = own_garden.docs / "_data/figures.yml"
    audit = own_garden.docs / "_data/audit/figures.toml"
    content = Content.read(own_garden.docs)
    rows = content.registers.figures["vem-gor-vad"].rows
    answers = [[cell.answer for cell in row.cells] for row in rows]

    def run(old: str = "", new: str = "", readings: str = READINGS) -> list[str]:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        words = str(answers).replace("None", "''").replace("'", '"')
        audit.write_text(readings.replace("{answers}", words), encoding="utf-8")
        return [str(one) for one in figures.check(Content.read(own_garden.docs), own_garden.docs)]

    return run


def test_answer_or_deadline_without_a_source_is_found(found):
    messages = found()
    for words in (
        '"Svaret är framme" är en frist',
        '"Pengar" är en frist',
        '"Grannen" saknar källa',
    ):
        assert any(words in message for message in messages), messages


def test_figures_advice_with_a_source_is_reported(found):
    """A source makes advice look like law."""
    messages = found("words: Ta in allt.", 'words: "Ta in allt.[@handboken]"')
    assert any('"Skörda" är ett råd' in message for message in messages), messages


def test_answer_that_is_another_is_found_at_its_reading(found):
    assert not [message for message in found() if "svaren är andra" in message]
    messages = found("answer: ja", "answer: nej")
    assert any(
        message.startswith("docs/_data/audit/figures.toml:3: ") and "svaren är andra" in message
        for message in messages
    ), messages


def test_figure_that_is_gone_is_found(found):
    messages = found(readings=READINGS.replace("aret", "borta"))
    assert any('"borta": finns inte i figures.yml' in message for message in messages)


def test_project_without_readings_has_no_finding(own_garden):
    assert list(figures.check(Content.read(own_garden.docs), own_garden.docs)) == []
