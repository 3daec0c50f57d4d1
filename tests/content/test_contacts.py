from __future__ import annotations

import pytest

from scripts.content.contacts import linked, tel
from tests.examples import registers

CONTACTS = registers(
    contacts={
        "sos": {"phone": "112", "name": "SOS, 112"},
        "stod": {"phone": "020-390 000", "spellings": ["020-39 00 00"]},
        "brev": {"name": "Utan nummer"},
    }
).contacts


def test_numbers_become_links_in_text_that_stays_text():
    html = linked("Ring 112 & vänta <lugnt>, eller 020-39 00 00.", CONTACTS)
    assert html == (
        'Ring <a class="tel" href="tel:112">112</a> &amp; vänta &lt;lugnt&gt;, eller '
        '<a class="tel" href="tel:020390000">020-39 00 00</a>.'
    )


@pytest.mark.parametrize("text", ["2025:112", "1112", "112-1", "112 §", "112 kap.", "inte 112"])
def test_another_number_and_one_not_to_ring_are_left_alone(text):
    assert linked(text, CONTACTS) == text
    assert linked("Ring 112", {}) == "Ring 112"


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("020-390 000", "020390000"), ("112", "112"), ("+46 20 390 000", "+4620390000")],
)
def test_what_a_link_calls_is_the_number_s_digits(phone, digits):
    assert tel(phone) == digits


def test_a_contact_is_named_with_its_number_once():
    named = {key: (contact.called, contact.named) for key, contact in CONTACTS.items()}
    assert named == {
        "sos": ("SOS", "SOS, 112"),
        "stod": ("T", "T, 020-390 000"),
        "brev": ("Utan nummer", "Utan nummer"),
    }
