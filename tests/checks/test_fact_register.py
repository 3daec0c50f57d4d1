from __future__ import annotations

import pytest

from scripts.checks.fact_register import KINDS, Facts
from scripts.content.kinds import FACT_KINDS
from tests.examples import registers

FACTS = Facts(
    registers(
        facts={
            "facts": {
                "lag": {"kind": "lag", "value": "provlagen", "spellings": ["provl"]},
                "tid": {"kind": "tid", "value": "30 dagar"},
                "tel": {"kind": "telefon", "value": "020-390 000"},
            }
        },
        sources={"prov": {"name": "provlagen", "paragraphs": {"5-15": {}}}},
        fact_patterns={"subjects": {"tid": "(?i)frist"}},
        contacts={"rad": {"phone": "020-12 34 56", "spellings": ["020-123 456"]}, "utan": {}},
    )
)


def found(text: str) -> list[tuple[str, list[str]]]:
    return [(v.value, FACTS.lookup(v, FACTS.named_laws(text))) for v in FACTS.extract(text)]


def test_every_kind_that_can_be_chosen_can_be_seen():
    assert set(KINDS) == set(FACT_KINDS)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("I trettio dagar.", [["tid"]]),
        ("I 31 dagar.", [[]]),
        ("Enligt 5 kap. 15 § provlagen.", [["lagrum prov-5-15"]]),
        ("Provlagen säger det i 5 kap. 15 §.", [["lagrum prov-5-15"]]),
        ("Enligt 5 kap. 16 § provlagen.", [[]]),
        ("Ring 020-390 000.", [["tel"]]),
    ],
)
def test_a_value_is_looked_up_however_it_is_written(text, keys):
    assert [key for _, key in found(text)] == keys


def test_a_sentence_is_about_what_its_pattern_says():
    assert FACTS.subject("Fristen är kort.", "tid") == {"tid"}
    assert FACTS.subject("Något annat.", "tid") == set()


def test_no_value_is_guessed():
    """The nearest number is another organisation's, the nearest limit another fact's."""
    (value,) = FACTS.extract("Ring 020-390 001.")
    assert "020-390 000" not in FACTS.explain(value, set())
    (value,) = FACTS.extract("I 31 dagar.")
    assert "30 dagar" not in FACTS.explain(value, set())
    assert "I registret står 30 dagar (tid)" in FACTS.explain(value, {"tid"})


def test_a_contacts_number_is_known_without_a_fact_of_its_own():
    for text in ("Ring 020-12 34 56.", "Ring 020-123 456."):
        assert FACTS.lookup(FACTS.extract(text)[0], set()) == ["telefon rad"]
