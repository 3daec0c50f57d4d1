from __future__ import annotations

from scripts.render.contacts import phone_link, with_phone_links
from tests.examples import registers

CONTACTS = registers(
    contacts={
        "sos": {"phone": "112"},
        "stod": {"phone": "020-390 000", "spellings": ["020-39 00 00"]},
        "brev": {"name": "Utan nummer"},
    }
).contacts


def test_linked_escapes_html_and_names_contacts():
    assert with_phone_links("Ring 112 & vänta <lugnt>, eller 020-39 00 00.", CONTACTS) == (
        'Ring <a class="tel" href="tel:112" data-contact="sos">112</a> &amp; vänta &lt;lugnt&gt;, '
        'eller <a class="tel" href="tel:020390000" data-contact="stod">020-39 00 00</a>.'
    )
    assert with_phone_links("Ring 112", {}) == "Ring 112"


def test_phone_link_without_number_is_empty():
    assert phone_link(CONTACTS["stod"]) == "[020-390 000](kontakt:stod)"
    assert phone_link(CONTACTS["brev"]) == ""


def test_contact_link_becomes_a_cited_tel_link(render):
    html = render("Ring [numret](kontakt:stod) för råd.\n")
    assert '<a class="tel" data-contact="stod" href="tel:020390000">numret</a>' in html
    assert html.count("<sup") == 1
