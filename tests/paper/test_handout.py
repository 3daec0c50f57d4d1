from __future__ import annotations

from scripts.paper.handout import qr
from scripts.paper.sections import text_of
from tests.paper.test_composer import made, site  # noqa: F401


def test_a_format_is_told_in_the_list_and_not_on_the_sheet(site):  # noqa: F811
    (heading,) = made(site, "#ett", form="affisch-a3", title="Vem ringer jag? (A3)").iter("h1")
    assert text_of(heading) == "Vem ringer jag?"


def test_a_qr_code_says_where_it_leads():
    assert 'alt="QR-kod till exempel.se/p/x/"' in qr("https://exempel.se/p/x/", "small")
