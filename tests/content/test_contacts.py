from __future__ import annotations

import pytest

from scripts.content.records import register_type
from scripts.content.validation import validate
from tests.examples import filled, registers

CONTACTS = registers(
    contacts={
        "sos": {"phone": "112", "name": "SOS, 112"},
        "stod": {"phone": "020-390 000", "spellings": ["020-39 00 00"]},
        "brev": {"name": "Utan nummer"},
    }
).contacts


@pytest.mark.parametrize("field", ["source", "certainty"])
def test_contact_without_a_source_or_its_certainty_is_reported(field):
    """A number without a reliable source is not shown."""
    kind = register_type("contacts")
    value = filled(kind, {"sos": {"phone": "112"}})
    assert validate(kind, value)[1] == []
    del value["sos"][field]
    (violation,) = validate(kind, value)[1]
    assert (violation.where, violation.rule) == (("sos", field), "missing-field")


def test_contact_name_without_number_loses_only_its_number():
    assert [contact.name_without_number for contact in CONTACTS.values()] == [
        "SOS",
        "T",
        "Utan nummer",
    ]
