"""The records against the registers they describe; checks/test_registers.py has the faults."""

from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.content.fields import Given, shown, walk
from scripts.content.records import OTHERS, TYPES, type_of
from tests.conftest import ROOT

CONTENT = Content.read(ROOT / "docs")


@pytest.mark.parametrize("name", CONTENT.files)
def test_every_register_is_as_its_type_says(name):
    if name not in OTHERS:
        found = walk(type_of(name), CONTENT.files[name].value)
        assert [fault for fault in found if not isinstance(fault, Given)] == []


def test_a_list_is_a_checklist_and_what_nobody_reads_has_no_type():
    assert type_of("checklists/barn") is TYPES["checklists/*"]
    assert type_of("kontakter") is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("contacts", "Dygnet runt"),
        ("accessibility", "Redaktionen har ännu bara prövat med program."),
        ("handouts", "Betänketid på en sida"),
        ("embeds", "Till barnenhetens rutin."),
        ("slides", "Talarens anteckningar kommer ur mötesplanen."),
    ],
)
def test_what_a_reader_sees_is_read_by_the_checks_of_text(name, words):
    texts = [node.value for _, node in shown(type_of(name), CONTENT.files[name].tree)]
    assert any(words in text for text in texts)
