"""Old and short addresses as a reader meets them, in a copy of the site where things have moved:
with JavaScript and without, under a sub-path, from a folder, in a sandboxed frame."""

from __future__ import annotations

import shutil

import pytest

from scripts.publish.redirects import add_redirects
from tests.browser.conftest import serve
from tests.browser.test_pages import SCREEN, STATES, violations
from tests.conftest import ROOT, run_step

pytestmark = pytest.mark.slow

REGISTER = """\
moved:
  /gammal/plats/: {to: /betanketid/, since: 2026-11-24, reason: Flyttad.}
  /gammal/plats/#nummer: {to: /kontakt/#akut, since: 2026-11-24, reason: Flyttad.}
  /gammal/sok/: {to: /om/index-a-o/, since: 2026-11-24, reason: Flyttad.}
  /betanketid/#förr: {to: /betanketid/#villkor, since: 2026-11-24, reason: Flyttad.}
  /betanketid/#blanketten: {to: /betanketid/ansok/#blankett, since: 2026-11-24, reason: Flyttad.}
retired:
  /gammal/lag/: {instead: /definitioner/lagen/, since: 2026-11-24, reason: Lagen gäller inte längre.}
  /betanketid/#gammal-regel: {instead: /betanketid/#villkor, since: 2026-11-24, reason: Regeln gäller inte längre.}
"""
WITH, WITHOUT = pytest.param(True, id="med JavaScript"), pytest.param(False, id="utan JavaScript")
IN_VIEW = """() => {
  const place = document.querySelector(':target');
  const { top } = place.getBoundingClientRect();
  return [place.id, place.parentElement.id, top >= 0 && top < 200];
}"""


@pytest.fixture(scope="module")
def moved(site, tmp_path_factory):
    """The site under /kunskap/, with things that have moved."""
    root = tmp_path_factory.mktemp("flyttat")
    copy = root / "kunskap"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.pdf", "*.gz", "*.br"))
    for name in ("moved.css", "moved.js"):
        shutil.copy(ROOT / "overrides/assets" / name, copy / "assets" / name)
    (root / "docs/_data").mkdir(parents=True)
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
        ("gammal/plats/", "betanketid/"),
        ("p/akut/", "upptacka/forsta-dygnet/#fara"),
        ("p/tecken/", "upptacka/tecken/"),
    ],
)
def test_an_old_or_short_address_leads_on_and_back_leads_back(visit, base, old, new):
    visit.goto(base + "om/")
    visit.goto(base + old, wait_until="commit")
    visit.wait_for_url(base + new)
    visit.go_back()
    assert visit.url == base + "om/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gammal/plats/#villkor", "betanketid/#villkor"),
        ("gammal/plats/#nummer", "kontakt/#akut"),
        ("gammal/plats/#%", "betanketid/#%"),
        ("gammal/sok/?q=pass#x", "om/index-a-o/?q=pass#x"),
        ("betanketid/#blanketten", "betanketid/ansok/#blankett"),
    ],
)
def test_with_javascript_what_stands_after_the_page_comes_along(page, base, troubles, old, new):
    page.goto(base + old, wait_until="commit")
    page.wait_for_url(base + new)
    page.wait_for_load_state()
    assert troubles == []


def test_an_old_id_in_a_link_on_the_page_itself_is_followed(page, base):
    page.goto(base + "betanketid/")
    page.evaluate("location.hash = 'blanketten'")
    page.wait_for_url(base + "betanketid/ansok/#blankett")


@pytest.mark.parametrize("visit", [WITH, WITHOUT], indirect=True)
def test_an_old_id_lands_where_its_text_stands_now(visit, base):
    visit.goto(base + "betanketid/#f%C3%B6rr")
    assert visit.evaluate(IN_VIEW) == ["förr", "villkor", True]


@pytest.mark.parametrize("visit", [WITHOUT], indirect=True)
def test_without_javascript_a_note_says_where_the_text_is_now(visit, base):
    visit.goto(base + "betanketid/")
    assert not visit.locator(".moved:visible").count()
    visit.goto(base + "betanketid/#blanketten")
    assert visit.locator(".moved:visible").all_inner_texts() == [
        "Det du söker har flyttat till Blanketten på sidan Ansök om betänketid."
    ]
    assert visit.evaluate(IN_VIEW) == ["blanketten", "innehall", True]
    visit.locator(".moved:visible a").click()
    assert visit.url == base + "betanketid/ansok/#blankett"


@pytest.mark.parametrize("visit", [WITH, WITHOUT], indirect=True)
def test_what_is_gone_says_why_and_stays(visit, base):
    visit.goto(base + "betanketid/#gammal-regel", wait_until="networkidle")
    assert visit.url == base + "betanketid/#gammal-regel"
    assert visit.locator(".moved:visible").all_inner_texts() == [
        "Det du söker finns inte längre. Regeln gäller inte längre. Gå till Lagens villkor i stället."
    ]
    visit.goto(base + "gammal/lag/", wait_until="networkidle")
    assert visit.url == base + "gammal/lag/"
    assert "Lagen gäller inte längre." in visit.locator("main").inner_text()
    visit.locator("main a").click()
    assert visit.url == base + "definitioner/lagen/"


def test_from_a_folder_the_page_itself_opens(page, moved):
    for old, new in {
        "gammal/plats/index.html#villkor": "betanketid/index.html#villkor",
        "p/akut/index.html": "upptacka/forsta-dygnet/index.html#fara",
        "betanketid/index.html#blanketten": "betanketid/ansok/index.html#blankett",
    }.items():
        page.goto(f"{moved.as_uri()}/{old}", wait_until="commit")
        page.wait_for_url(f"{moved.as_uri()}/{new}")


def test_in_a_sandboxed_frame_it_leads_on_inside_the_frame(page, base):
    # Not in a page of ours: their policy lets them frame nothing.
    page.set_content(f'<iframe sandbox="allow-scripts" src="{base}gammal/plats/#villkor">')
    page.frame_locator("iframe").locator("#villkor").wait_for()
    assert page.url == "about:blank"
    assert page.frames[1].url == base + "betanketid/#villkor"


def test_notes_and_pages_are_accessible_on_a_narrow_screen(page, base, moved):
    stub = moved / "gammal/stannar/index.html"
    stub.parent.mkdir(exist_ok=True)
    text = (moved / "gammal/plats/index.html").read_text("utf-8")
    # as the reader sees it who has stopped the page from leaving
    lines = [row for row in text.split("\n") if "refresh" not in row and "<script" not in row]
    stub.write_text("\n".join(lines), encoding="utf-8")
    page.set_viewport_size({"width": 320, "height": 700})
    for address in ("gammal/stannar/", "gammal/lag/", "betanketid/#gammal-regel"):
        page.goto(base + address)
        for state in STATES:
            page.emulate_media(**STATES[state])
            assert violations(page, state) == [], (address, state)
        page.emulate_media(**SCREEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
