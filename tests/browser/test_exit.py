""" "Lämna sidan": at once, by link, by Shift, wherever the page is shown; and what it takes along."""

from __future__ import annotations

import re

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand, open_page
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

CONFIG = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
ELSEWHERE = yaml.safe_load(re.search(r"^  exit:\n(?:    .*\n)+", CONFIG, re.M)[0])["exit"][
    "address"
]
KEY = "betanketid-kryss"


def elsewhere(page) -> None:
    """The neutral page, without the network."""
    page.context.route(
        ELSEWHERE + "**", lambda r: r.fulfill(content_type="text/html", body="<title>Väder</title>")
    )


def remember_a_tick(page, base) -> None:
    page.goto(base + "checklistor/misstanke/")
    page.locator("#kryss-akut-fara").check()
    page.get_by_role("checkbox", name="Kom ihåg").check()
    assert page.evaluate(STORED)["local"] == 1


@pytest.mark.parametrize("window", [(320, 225), (640, 450), (812, 375), (1280, 900)])
def test_the_link_is_in_the_header_however_low_the_window(page, base, window):
    """A telephone on its side; a screen at 200 and 400 %."""
    page.set_viewport_size(dict(zip(("width", "height"), window, strict=True)))
    page.goto(base + "upptacka/forsta-dygnet/")
    link, header = page.locator(".exit").bounding_box(), page.locator("header").bounding_box()
    assert link["y"] >= 0 and link["y"] + link["height"] <= header["y"] + header["height"]
    assert link["x"] >= 0 and link["x"] + link["width"] <= window[0]
    assert header["height"] < window[1]


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_the_link_leaves_and_forgets(browser, base, way, size):
    page = open_page(browser, way, size)
    elsewhere(page)
    page.goto(base + "om/")
    remember_a_tick(page, base)
    link = page.get_by_role("link", name="Lämna sidan snabbt")
    assert link.bounding_box()["height"] >= 24
    expect(link).to_have_accessible_description(re.compile("Historiken raderas inte"))
    if way == "keyboard":
        page.goto(base + "checklistor/misstanke/")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
    else:
        Hand(way).press(link)
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    expect(page).to_have_url(base + "om/")
    page.goto(base + "checklistor/misstanke/")
    assert page.evaluate(STORED) == NOTHING
    assert page.locator(".check-rows input:checked").count() == 0
    page.context.close()


def test_the_page_is_blank_before_the_other_answers(page, base):
    # no content: the browser stays where it is
    page.route(ELSEWHERE + "**", lambda route: route.fulfill(status=204))
    page.goto(base + "upptacka/tecken/")
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_function("document.body.childElementCount === 0 && document.title === ''")
    assert page.locator("body").inner_text() == ""


def test_shift_three_times_within_five_seconds(page, base):
    elsewhere(page)
    page.clock.install(time="2026-11-24T12:00:00Z")
    page.goto(base + "upptacka/tecken/")
    status = page.locator(".exit-status")
    press = page.keyboard.press
    # too slow
    for _ in range(4):
        press("Shift")
        page.clock.run_for(2600)
    expect(page).to_have_url(base + "upptacka/tecken/")
    page.clock.run_for(6000)
    # capitals: another key between
    for letter in "ABCD":
        press(f"Shift+{letter}")
    expect(page).to_have_url(base + "upptacka/tecken/")
    # held down: it repeats
    for _ in range(4):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    expect(page).to_have_url(base + "upptacka/tecken/")
    page.clock.run_for(6000)
    expect(status).to_be_empty()
    press("Shift")
    press("Shift")
    expect(status).to_have_text("Tryck Skift en gång till för att lämna sidan.")
    expect(status).to_have_role("status")
    press("Shift")
    page.wait_for_url(ELSEWHERE)


def test_without_javascript_it_is_a_link(browser, base):
    page = open_page(browser, "mouse", 320, java_script_enabled=False)
    elsewhere(page)
    page.goto(base)
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url(ELSEWHERE)
    page.context.close()


def test_from_a_file(page, site):
    elsewhere(page)
    page.goto((site / "upptacka/tecken/index.html").as_uri())
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url(ELSEWHERE)


@pytest.mark.parametrize(
    ("sandbox", "leaves"),
    [(None, "top"), ("allow-scripts allow-top-navigation", "top"), ("allow-scripts", "frame")],
)
def test_in_a_frame_it_takes_the_page_around_along_if_it_may(browser, base, sandbox, leaves):
    context = browser.new_context(bypass_csp=True)  # ours shows no other host, an intranet does
    page = context.new_page()
    attribute = "" if sandbox is None else f'sandbox="{sandbox}"'
    # another host: the intranet that shows us
    intranet = base.replace("127.0.0.1", "localhost")
    page.goto(intranet + "404.html")
    frame = f'<iframe {attribute} src="{base}upptacka/tecken/" width=1000 height=700></iframe>'
    page.evaluate("html => { document.body.innerHTML = html }", frame)
    page.frame_locator("iframe").get_by_role("link", name="Lämna sidan snabbt").wait_for()
    inner = page.frames[1]
    inner.wait_for_load_state()
    # The neutral page is a real one here: a frame without an origin is a process of its own, and a
    # request that goes over to another process may slip past Playwright's route, out to the net.
    inner.locator(".exit").evaluate("(link, to) => { link.href = to }", intranet + "om/")
    inner.locator(".exit").click()
    if leaves == "top":
        page.wait_for_url(intranet + "om/")
    else:
        inner.wait_for_url(intranet + "om/")
        expect(page).to_have_url(intranet + "404.html")
    context.close()


def test_editors_can_switch_it_off():
    """The templates ask; a build without it is one line of mkdocs.yml away."""
    partial = (ROOT / "overrides/partials/exit.html").read_text(encoding="utf-8")
    main = (ROOT / "overrides/main.html").read_text(encoding="utf-8")
    assert "{%- if (config.extra.exit or {}).show -%}" in partial
    assert main.count("{% if (config.extra.exit or {}).show %}") == 2
    assert "    show: true\n" in CONFIG


def test_the_key_is_the_checklists(site):
    del site
    for name in ("exit.js", "checklist.js"):
        text = (ROOT / "overrides/assets" / name).read_text(encoding="utf-8")
        assert 'querySelector("meta[name=site-key]").content + "-kryss"' in text
