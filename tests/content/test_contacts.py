from __future__ import annotations

import pytest

from scripts.content.fields import validate
from scripts.content.records import register_type
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
    assert not [one for one in validate(kind, value) if isinstance(one, tuple)]
    del value["sos"][field]
    ((where, rule, _),) = [one for one in validate(kind, value) if isinstance(one, tuple)]
    assert (where, rule) == (("sos", field), "missing-field")


def test_contact_called_has_no_number():
    assert [contact.name_without_number for contact in CONTACTS.values()] == [
        "SOS",
        "T",
        "Utan nummer",
    ]
