"""The search box, as a reader meets it: keyboard, screen reader, phone, disk, frame, strict policy."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.hands import framed
from tests.browser.test_keyboard import FOCUS, tab_to

pytestmark = pytest.mark.slow

START = "odla/"


def search(page, text: str):
    """Write in the box as a reader does, and return the list of hits once it is announced."""
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text(f"”{text}”")
    return page.get_by_role("listbox", name="Träffar").get_by_role("option")


@pytest.fixture
def start(page, home, errors):
    page.goto(home + START, wait_until="networkidle")
    yield page
    assert errors == []


def test_search_fetches_nothing_before_it_is_used(page, home):
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(home + START, wait_until="networkidle")
    assert not [url for url in asked if "search-" in url and "search-box" not in url]
    with page.expect_request(lambda r: "search-index" in r.url):
        page.keyboard.press("Control+k")


@pytest.mark.parametrize("width", [1280, 320])
def test_search_by_keyboard_leads_from_box_to_page(start, width):
    page = start
    page.set_viewport_size({"width": width, "height": 700})
    if width < 960:
        tab_to(page, "Sök")
        page.keyboard.press("Enter")
    else:
        tab_to(page, "Sök med egna ord")
    field = page.get_by_role("combobox", name="Sök")
    expect(field).to_be_focused()
    page.keyboard.type("tomater")
    hits = page.get_by_role("option")
    expect(page.get_by_role("listbox")).to_have_id(field.get_attribute("aria-controls"))
    expect(hits.first).to_contain_text("omat")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", hits.nth(1).get_attribute("id"))
    page.keyboard.press("ArrowUp")
    expect(hits.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("odla/tomat/"))


def test_search_enter_and_arrows_go_through_hits(start):
    """From the list's end back to the field, and from the field to the last hit."""
    page = start
    hits = search(page, "tomater")
    page.keyboard.press("Enter")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(hits.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    expect(page.get_by_role("combobox")).to_be_focused()


def test_search_markup_is_shown_as_text(start):
    search(start, "<img src=x onerror=alert(1)>")
    assert start.locator(".search__panel img").count() == 0


def test_search_escape_closes_list_then_box(start):
    page = start
    page.set_viewport_size({"width": 375, "height": 700})
    link = page.locator(".search-link")
    expect(link).to_have_attribute("aria-expanded", "false")
    search(page, "tomater")
    expect(link).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.locator(".search__field")).to_have_value("")
    expect(link).to_be_focused()
    link.click()
    page.get_by_role("button", name="Stäng", exact=True).click()
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(link).to_be_focused()


def test_search_click_outside_closes_list(start):
    page = start
    search(page, "tomater")
    page.mouse.click(100, 600)
    expect(page.get_by_role("option").first).to_be_hidden()


def test_search_hit_marks_words_and_names_synonym(start):
    page = start
    hits = search(page, "love apple")
    hit = hits.filter(has_text="Hittades via synonym: love apple → tomat")
    expect(hit.first.locator("mark").first).to_have_text(re.compile("^tomat", re.I))
    expect(hit.first).to_contain_text("→ tomat")


def test_search_hit_shows_sentence_with_the_words(start):
    """Whatever its form, and with most of the words: whole sentences."""
    hit = search(start, "dränks plantor").filter(has_text="Tomat").first
    text = hit.locator(".search__excerpt")
    expect(text.locator("mark")).to_have_text(["planta", "dränks"])
    expect(text).to_have_text(re.compile(r"^En planta som torkar ut och sedan dränks.*[.?!]$"))


def test_search_texts_are_fetched_after_the_last_letter(page, home):
    asked = []
    page.on("request", lambda r: "/sok/" in r.url and asked.append(r.url))
    began = dt.datetime(2026, 1, 1)
    page.clock.install(time=began)
    page.goto(home + START, wait_until="networkidle")
    page.clock.pause_at(began + dt.timedelta(hours=1))  # a slow machine is no slow writer
    page.keyboard.press("Control+k")
    page.keyboard.type("vattna")
    hits = page.get_by_role("option")
    expect(hits.first).to_be_visible()
    assert asked == [] and hits.first.locator(".search__excerpt").inner_text() == ""
    low = hits.first.bounding_box()
    page.clock.run_for(400)
    expect(hits.first.locator(".search__excerpt")).not_to_be_empty()
    assert hits.first.bounding_box() == low  # nothing moves under the finger
    assert len(asked) == len(set(asked)) <= 10
    page.keyboard.type("r")
    page.clock.run_for(400)
    expect(hits.first.locator(".search__excerpt")).not_to_be_empty()
    assert len(asked) == len(set(asked))


def test_search_hits_without_texts_are_shown(page, home):
    """The texts come with the next search, when the net is back."""
    page.route("**/sok/**", lambda route: route.abort())
    page.goto(home + START)
    expect(search(page, "skörda").first).to_contain_text("körda")
    page.unroute_all()  # the net is back
    hits = search(page, "skördar")
    expect(hits.first.locator(".search__excerpt")).not_to_be_empty()


def test_search_hit_by_search_word_says_so(start):
    """A word that is neither in the heading nor in the text says why it led here."""
    hits = search(start, "slangvinda")
    expect(hits.first).to_contain_text("Hittades via sökord: slangvinda")
    expect(hits.first.locator("mark")).to_have_count(0)


def test_search_misspelling_offers_correction(start):
    page = start
    hits = search(page, "bladmögle")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("Menade du bladmögel?")
    expect(hits.first).to_contain_text("ladmögel")
    page.get_by_role("button", name="bladmögel", exact=True).click()
    expect(page.get_by_role("combobox")).to_have_value("bladmögel")
    expect(page.get_by_role("search").get_by_role("status")).not_to_contain_text("Menade")


def test_search_without_hits_offers_other_ways(start):
    page = start
    search(page, "xqzvw")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("Inga träffar")
    expect(page.get_by_role("link", name="Alla ord från A till Ö")).to_be_visible()
    page.get_by_role("search").get_by_role("link", name="Vem frågar jag?").click()
    page.wait_for_url("**/kontakt/")


def test_results_page_has_all_hits_at_an_address(start, home):
    """A hit there is a page, with its sections as links below it; back leads to the hits again."""
    page = start
    search(page, "vattna")
    page.get_by_role("link", name="Visa alla träffar på en egen sida", exact=True).click()
    page.wait_for_url(home + "sok/#q=vattna")
    results = page.locator(".results")
    expect(results.get_by_role("status")).to_contain_text("på ”vattna”")
    expect(page).to_have_title(re.compile("^vattna - Sök"))
    hit = results.get_by_role("listitem").filter(has_text="Tomat").first
    expect(hit.get_by_role("link", name="Tomat", exact=True)).to_be_visible()
    expect(hit.locator(".search__excerpt")).not_to_be_empty()
    hit.get_by_role("link", name="Vattna", exact=True).first.click()
    page.wait_for_url(home + "odla/tomat/#vattna")
    page.go_back()
    expect(results.get_by_role("textbox")).to_have_value("vattna")
    expect(results.get_by_role("listitem").first).to_be_visible()


def test_results_page_reads_the_query_that_browsers_write(page, home):
    page.goto(home + "sok/?q=baljan")
    expect(page.locator(".results").get_by_role("status")).to_contain_text("En träff på ”baljan”.")


def test_results_page_folds_every_further_place(page, home):
    page.goto(home + "sok/#q=lott")
    folded = page.locator(".results details").first
    expect(folded).to_be_visible()
    links = folded.get_by_role("link", include_hidden=True)
    expect(folded.locator("summary")).to_have_text(f"Fler ställen: {links.count()}")


def test_results_page_searches_again_without_asking_the_server(page, home):
    """What is written is never in a request, and nothing is stored."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + "sok/#q=bladmögle")
    status = page.locator(".results").get_by_role("status")
    expect(status).to_contain_text("Menade du bladmögel?")
    status.get_by_role("link", name="bladmögel").click()
    expect(status).to_contain_text("på ”bladmögel”")
    page.locator(".results").get_by_role("textbox", name="Sök med egna ord").fill("xqzvw")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Inga träffar på ”xqzvw”")
    assert not [url for url in asked if "blad" in url.split("/sok/")[-1] or "xqzvw" in url]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_results_page_without_javascript_leads_to_the_index(opened, home):
    page = opened("mouse", 375, java_script_enabled=False)
    page.goto(home + "sok/#q=lotten")
    expect(page.get_by_text("Sökningen behöver JavaScript")).to_be_visible()
    page.locator(".results").get_by_role("link", name="Alla ord från A till Ö").click()
    page.wait_for_url("**/om/ord/")


@pytest.mark.parametrize(("width", "query"), [(320, "lotten"), (1280, "xqzvw")])
def test_results_page_has_no_violations(page, home, width, query):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(home + "sok/#q=" + query)
    expect(page.locator(".results").get_by_role("status")).to_contain_text(query)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_search_hit_leads_to_its_section(start, home):
    page = start
    hits = search(page, "skörda")
    hits.first.click()
    page.wait_for_url(home + "odla/tomat/#skorda")
    expect(page.locator("#skorda")).to_be_in_viewport()
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("width", "colours", "text"),
    [(320, "none", "lotten"), (1280, "none", "xqzvw"), (1280, "active", "lotten")],
)
def test_search_open_list_has_no_violations(page, home, width, colours, text):
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(forced_colors=colours, reduced_motion="reduce")
    page.goto(home + START)
    search(page, text)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("a.exit").evaluate(
        """e => { const r = e.getBoundingClientRect();
        return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }"""
    ), "the way out is never under the list"
    faults = violations(page)
    page.emulate_media(forced_colors=colours, color_scheme="dark")
    assert faults + violations(page) == []
    assert page.evaluate(FOCUS)["outline"]


def test_search_without_javascript_is_a_link_to_index(opened, home):
    page = opened("mouse", 375, java_script_enabled=False)
    page.goto(home + START)
    expect(page.get_by_role("combobox")).to_be_hidden()
    page.get_by_role("link", name="Sök", exact=True).click()
    page.wait_for_url("**/om/ord/")
    page.get_by_role("navigation", name="Bokstäver").get_by_role("link", name="K").click()
    page.get_by_role("link", name="kväve").first.click()


def test_search_that_fails_to_load_says_so_and_retries(page, home):
    """And comes when the net is back."""
    found = []
    page.on("pageerror", lambda e: found.append(str(e)))
    page.route(re.compile("/assets/search-engine"), lambda route: route.abort())
    page.goto(home + START)
    page.keyboard.press("Control+k")
    status = page.get_by_role("search").get_by_role("status")
    expect(status).to_contain_text("Sökningen gick inte att hämta")
    expect(page.locator(".search__count")).to_be_visible()
    expect(page.get_by_role("link", name="Alla ord från A till Ö")).to_be_visible()
    page.unroute_all()
    page.keyboard.type("lotten")
    expect(page.get_by_role("option").first).to_contain_text("otten")
    assert found == []


def test_search_that_loads_slowly_says_so(start):
    page = start
    held = []
    page.route(re.compile("/assets/search-index"), lambda route: held.append(route))
    page.keyboard.press("Control+k")
    page.keyboard.type("lotten")
    status = page.get_by_role("search").get_by_role("status")
    expect(status).to_contain_text("Hämtar sökningen")
    expect(page.locator(".search__count")).to_be_visible()
    held[0].continue_()
    expect(page.get_by_role("option").first).to_contain_text("otten")
    expect(status).to_contain_text("träffar på ”lotten”")


def test_results_page_in_sandboxed_frame_works(page, home):
    """The strictest frame an intranet may use: no storage, no history, no same origin. The page in it
    doesn't have the focus."""
    found = []
    page.on("console", lambda m: m.type in ("error", "warning") and found.append(m.text))
    page.on("pageerror", lambda e: found.append(str(e)))
    frame = framed(page, home, "sok/#q=bladm%C3%B6gle", "allow-scripts")
    results = frame.locator(".results")
    expect(results.get_by_role("status")).to_contain_text("Menade du bladmögel?")
    expect(results.locator(".search__excerpt mark").first).to_be_visible()
    results.get_by_role("textbox").fill("vattna")
    results.get_by_role("button", name="Sök").click()
    expect(results.get_by_role("status")).to_contain_text("på ”vattna”")
    results.get_by_role("listitem").first.get_by_role("link").first.click()
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert found == []
