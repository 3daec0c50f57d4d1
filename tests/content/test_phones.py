from __future__ import annotations

import pytest

from scripts.content.phones import linked, with_tel

CONTACTS = {
    "sos": {"phone": "112", "tel": "112"},
    "stod": {"phone": "020-390 000", "spellings": ["020-39 00 00"], "tel": "020390000"},
    "brev": {"name": "Utan nummer"},
}


def test_numbers_become_links_in_text_that_stays_text():
    html = linked("Ring 112 & vänta <lugnt>, eller 020-39 00 00.", CONTACTS)
    assert html == (
        'Ring <a class="tel" href="tel:112">112</a> &amp; vänta &lt;lugnt&gt;, eller '
        '<a class="tel" href="tel:020390000">020-39 00 00</a>.'
    )


@pytest.mark.parametrize("text", ["lag 2025:112", "1112", "112-1", "112 §", "112 kap."])
def test_another_number_is_left_alone(text):
    assert linked(text, CONTACTS) == text
    assert linked("Ring 112", {}) == "Ring 112"


@pytest.mark.parametrize(
    ("phone", "tel"),
    [("020-390 000", "020390000"), ("112", "112"), ("+46 20 390 000", "+4620390000")],
)
def test_what_a_link_calls_is_the_number_s_digits(phone, tel):
    made = with_tel({"a": {"phone": phone}, "b": {"name": "B"}, "c": "inget"})
    assert made == {"a": {"phone": phone, "tel": tel}, "b": {"name": "B"}, "c": "inget"}
