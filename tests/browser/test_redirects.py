"""Old and short addresses as a reader meets them, in a copy of the garden where things have moved:
with JavaScript and without, under a sub-path, from a folder."""

from __future__ import annotations

import shutil

import pytest

from scripts.audit.browser import record_errors, serve
from scripts.site.redirects import add_redirects
from tests.browser.axe import in_every_medium
from tests.conftest import ROOT, run_step

pytestmark = pytest.mark.slow

REGISTER = """\
moved:
  /gammal/plats/: /odla/tomat/
  /gammal/plats/#nummer: /om/kontakt/#rad
  /odla/tomat/#forr: /odla/tomat/#vattna
  /odla/tomat/#blanketten: /odla/damm/#plats
retired:
  /gammal/lag/: {instead: /odla/elda/, reason: Lagen gäller inte längre.}
  /odla/tomat/#gammal-regel: {instead: /odla/tomat/#vattna, reason: Regeln gäller inte längre.}
"""
WITH, WITHOUT = pytest.param(True, id="med JavaScript"), pytest.param(False, id="utan JavaScript")
IN_VIEW = """() => {
  const place = document.querySelector(':target');
  const { top } = place.getBoundingClientRect();
  return [place.id, place.parentElement.id, top >= 0 && top < 200];
}"""


@pytest.fixture(scope="module")
def moved(garden, tmp_path_factory):
    """The garden under /kunskap/, with things that have moved."""
    root = tmp_path_factory.mktemp("flyttat")
    copy = root / "kunskap"
    shutil.copytree(garden.site, copy, ignore=shutil.ignore_patterns("*.pdf"))
    for name in ("moved.css", "moved.js"):
        shutil.copy(ROOT / "overrides/assets" / name, copy / "assets" / name)
    shutil.copytree(garden.docs, root / "docs")
    (root / "docs/_data/redirects.yml").write_text(REGISTER, encoding="utf-8")
    assert run_step(add_redirects, root / "docs", copy, "https://exempel.se/") == []
    return copy


@pytest.fixture(scope="module")
def base(moved):
    with serve(moved.parent) as address:
        yield address + "kunskap/"


@pytest.fixture
def visit(browser, request):
    """A page with JavaScript or without, as the test's parameter says."""
    context = browser.new_context(java_script_enabled=request.param)
    context.set_default_timeout(5_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("visit", [WITH, WITHOUT], indirect=True)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gammal/plats/", "odla/tomat/"),
        ("p/fraga/", "om/kontakt/"),
        ("p/vatten/", "odla/tomat/#vattna"),
    ],
)
def test_old_address_leads_on_and_back_returns(visit, base, old, new):
    visit.goto(base + "om/")
    visit.goto(base + old, wait_until="commit")
    visit.wait_for_url(base + new)
    visit.go_back()
    assert visit.url == base + "om/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gammal/plats/#nummer", "om/kontakt/#rad"),
        ("gammal/plats/#vattna", "odla/tomat/"),  # the new page may mean another thing by it
        ("gammal/plats/#%", "odla/tomat/"),
        ("odla/tomat/#blanketten", "odla/damm/#plats"),
    ],
)
def test_old_anchor_with_javascript_leads_to_its_own_target(page, base, old, new):
    errors = record_errors(page, base)
    page.goto(base + old, wait_until="commit")
    page.wait_for_url(base + new)
    page.wait_for_load_state()
    assert errors == []


@pytest.mark.parametrize("visit", [WITH, WITHOUT], indirect=True)
def test_moved_id_lands_at_its_text(visit, base):
    visit.goto(base + "odla/tomat/#forr")
    assert visit.evaluate(IN_VIEW) == ["forr", "vattna", True]


@pytest.mark.parametrize("visit", [WITHOUT], indirect=True)
def test_old_anchor_without_javascript_shows_a_note(visit, base):
    visit.goto(base + "odla/tomat/")
    assert not visit.locator(".moved:visible").count()
    visit.goto(base + "odla/tomat/#blanketten")
    (text,) = visit.locator(".moved:visible").all_inner_texts()
    assert text.startswith("Det du söker har flyttat till ")
    assert visit.evaluate(IN_VIEW) == ["blanketten", "innehall", True]
    visit.locator(".moved:visible a").click()
    assert visit.url == base + "odla/damm/#plats"


@pytest.mark.parametrize("visit", [WITH, WITHOUT], indirect=True)
def test_retired_address_says_why_and_stays(visit, base):
    visit.goto(base + "odla/tomat/#gammal-regel", wait_until="networkidle")
    assert visit.url == base + "odla/tomat/#gammal-regel"
    (text,) = visit.locator(".moved:visible").all_inner_texts()
    assert text.startswith("Det du söker finns inte längre. Regeln gäller inte längre. Gå till ")
    visit.goto(base + "gammal/lag/", wait_until="networkidle")
    assert visit.url == base + "gammal/lag/"
    assert "Lagen gäller inte längre." in visit.locator("main").inner_text()
    visit.locator("main a").click()
    assert visit.url == base + "odla/elda/"


def test_old_address_on_disk_opens_the_new_file(page, moved):
    for old, new in {
        "gammal/plats/index.html": "odla/tomat/index.html",
        "odla/tomat/index.html#blanketten": "odla/damm/index.html#plats",
    }.items():
        page.goto(f"{moved.as_uri()}/{old}", wait_until="commit")
        page.wait_for_url(f"{moved.as_uri()}/{new}")


def test_retired_page_and_note_are_accessible_on_narrow_screen(page, base):
    page.set_viewport_size({"width": 320, "height": 700})
    for address in ("gammal/lag/", "odla/tomat/#gammal-regel"):
        page.goto(base + address)
        assert in_every_medium(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
