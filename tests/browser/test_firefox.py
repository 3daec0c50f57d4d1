"""The tools in Firefox, by mouse. conftest.py leaves it out where there is none.

Without a window Firefox gives the page no focus, so Space and Enter press nothing there; the
keyboard is tried in Chromium.
"""

from __future__ import annotations

import zipfile

import pytest

from tests.browser.firefox import Firefox, button, one

pytestmark = pytest.mark.slow

STORED = "localStorage.length + sessionStorage.length + document.cookie.length"
TOTAL = "document.querySelector('.check-total').textContent"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    firefox = Firefox(tmp_path_factory.mktemp("firefox"))
    yield firefox
    firefox.close()


def test_a_checklist(firefox, base):
    firefox.goto(base + "checklistor/misstanke/")
    firefox.click(one('label[for="kryss-akut-fara"]'))
    firefox.click(one("#kryss-enskilt"))
    assert firefox.evaluate(TOTAL).startswith("2 av ")
    firefox.click(one("#visa-barn"))
    assert firefox.evaluate(TOTAL).startswith("2 av ")
    firefox.click(button("Rensa allt"))
    assert firefox.evaluate(TOTAL).startswith("0 av ")
    firefox.click(button("Ångra rensningen"))
    assert firefox.evaluate(TOTAL).startswith("2 av ")
    # Firefox brings back what a form had, unless told not to
    firefox.send("browsingContext.reload", context=firefox.tab, wait="complete")
    assert firefox.evaluate(TOTAL).startswith("0 av ")
    assert firefox.evaluate(STORED) == 0
    assert firefox.heard == []


def test_the_guide_dates_and_counties(firefox, base):
    firefox.goto(base + "betanketid/vagledning/")
    firefox.click(one(".guide-choices li:nth-child(2) a"))
    firefox.wait_for_page()
    assert firefox.evaluate("document.querySelector('h1').textContent") == "Var är personen?"
    firefox.goto(base + "betanketid/datum/")
    firefox.evaluate(f"{one('#beslut')}.value = '2027-03-01'")
    firefox.click(button("Räkna"))
    days = "[...document.querySelectorAll('.dates-day')].map(e => e.textContent)"
    assert firefox.evaluate(days) == ["måndag 22 mars 2027", "torsdag 30 september 2027"]
    firefox.goto(base + "kontakt/regionkoordinatorer/#norrbotten")
    answer = firefox.evaluate(f"{one('.county-answer')}.textContent")
    assert answer.startswith("Norrbottens län: region Nord")
    assert firefox.evaluate(STORED) == 0
    assert firefox.heard == []


def test_the_copy_from_a_disk_searches_and_runs_nothing_but_its_own(firefox, site, tmp_path):
    with zipfile.ZipFile(next(site.glob("*.zip"))) as archive:
        archive.extractall(tmp_path)
    (copy,) = tmp_path.iterdir()
    firefox.heard.clear()
    firefox.goto((copy / "index.html").as_uri())
    firefox.click(one("#sokfalt"))
    firefox.press(*"blankett")
    hits = f"{one('.search__hits')}.textContent"
    found = f"new Promise(done => {{ const look = () => {hits} ? done({hits}) : requestAnimationFrame(look); look() }})"
    assert "lankett" in firefox.evaluate(found)
    assert firefox.heard == []
    added = "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    assert firefox.evaluate(f"({added}, window.ran ?? 0)") == 0
