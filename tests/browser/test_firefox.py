"""The garden in Firefox, by mouse: what its engine could do otherwise than Chromium's.

Without a window Firefox gives the page no focus, so Space and Enter press nothing there; the
keyboard is tried in Chromium. conftest.py leaves this out where there is no Firefox.
"""

from __future__ import annotations

import zipfile

import pytest

from scripts.audit.visit import addresses
from tests.browser.firefox import Firefox, one

pytestmark = pytest.mark.slow

TOTAL = "document.querySelector('.check-total').textContent"
WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    firefox = Firefox(tmp_path_factory.mktemp("firefox"))
    yield firefox
    firefox.close()


def test_every_page_opens_without_a_word_in_the_console(firefox, home, garden):
    for address in addresses(garden.site):
        firefox.goto(home + address)
        assert firefox.evaluate(WIDE) <= 0, address
    assert firefox.heard == []


def test_ticks_do_not_come_back_by_themselves(firefox, home):
    """Firefox brings back what a form had, unless told not to."""
    firefox.goto(home + "odla/host/")
    firefox.click(one("#kryss-gift"))
    assert firefox.evaluate(TOTAL).startswith("1 av ")
    firefox.send("browsingContext.reload", context=firefox.tab, wait="complete")
    assert firefox.evaluate(TOTAL).startswith("0 av ")
    assert firefox.heard == []


def test_the_copy_from_a_disk_searches_and_runs_nothing_but_its_own(firefox, garden, tmp_path):
    with zipfile.ZipFile(next(garden.site.glob("*.zip"))) as archive:
        archive.extractall(tmp_path)
    (copy,) = tmp_path.iterdir()
    firefox.heard.clear()
    firefox.goto((copy / "index.html").as_uri())
    firefox.click(one("#sokfalt"))
    firefox.press(*"bladmögel")
    hits = f"{one('.search__hits')}.textContent"
    # a hit shows as soon as some letters are there: wait for the word, but not for ever
    found = f"""new Promise(done => {{
      let frames = 0;
      const look = () => {hits}.includes('ladmögel') || ++frames > 600
        ? done({hits}) : requestAnimationFrame(look);
      look();
    }})"""
    assert "ladmögel" in firefox.evaluate(found)
    assert firefox.heard == []
    added = "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    assert firefox.evaluate(f"({added}, window.ran ?? 0)") == 0
