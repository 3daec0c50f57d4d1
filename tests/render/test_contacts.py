from __future__ import annotations

import re


def ids(html: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', html)


def test_a_contact_stands_once_and_says_whether_someone_has_rung(render):
    html = render("[[kontakter: akut]]\n\n[[kontakter: rad]]\n")
    assert ids(html).count("stod") == 1
    assert '<a href="#stod">Stöd</a>: se ovan.' in html
    assert html.count("Ingen har provringt numret.") == 1  # nobody rings 112 to try it


def test_a_certain_fact_is_no_doubt(render):
    html = render("[[kontakter: akut]]\n")
    assert "<strong>Bra att veta:</strong> Tolk finns." in html
    assert "<strong>Osäkert:</strong> Tiden kan ha ändrats." in html
    assert "Uppgiften:</strong> Från källan.<" not in html


def test_a_card_is_name_number_hours_and_for_whom_and_the_rest_is_folded(render):
    html = render("[[kontakter: akut]]\n")
    card = html[html.index('id="sos"') : html.index('id="stod"')]
    first, folded = card.split("<details>")
    assert "112" in first and "Dygnet runt" in first and "Alla" in first
    assert "Mer om SOS" in folded and "Någon svarar." in folded
    assert "Någon svarar." not in first
