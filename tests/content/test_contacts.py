from __future__ import annotations

from tests.examples import registers

CONTACTS = registers(
    contacts={
        "sos": {"phone": "112", "name": "SOS, 112"},
        "stod": {"phone": "020-390 000", "spellings": ["020-39 00 00"]},
        "brev": {"name": "Utan nummer"},
    }
).contacts


def test_contact_called_has_no_number():
    assert [contact.called for contact in CONTACTS.values()] == ["SOS", "T", "Utan nummer"]
