""" "Lämna sidan": at once, by link, by Shift, wherever the page is shown; and what it takes along."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand, open_page
from tests.browser.started import firefox, whole_chromium

pytestmark = pytest.mark.slow

ELSEWHERE = "https://elsewhere.example/"  # in the garden's mkdocs.yml


@pytest.fixture(scope="session")
def base(home):
    """The address of the garden."""
    return home


def elsewhere(page) -> None:
    """The neutral page, without the network."""
    page.context.route(
        ELSEWHERE + "**", lambda r: r.fulfill(content_type="text/html", body="<title>Väder</title>")
    )


MIDDLE = """selector => {
  const element = document.querySelector(selector);
  element.scrollIntoView({block: 'center'});
  const box = element.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


class Tab:
    """A tab whose Back may show a page as the browser kept it. That loads nothing, and Playwright's
    own go_back, and click after it, would wait in vain."""

    def __init__(self, page, keeps: bool) -> None:
        self.page, self.keeps = page, keeps
        self.goto, self.evaluate = page.goto, page.evaluate

    def click(self, selector: str) -> None:
        self.page.mouse.click(*self.evaluate(MIDDLE, selector))

    def go(self, steps: int, url: str) -> None:
        self.evaluate("steps => void setTimeout(() => history.go(steps))", steps)
        self.arrive(url)

    def arrive(self, url: str) -> None:
        self.page.wait_for_function(
            "url => location.href === url && document.readyState === 'complete'", arg=url
        )


# Browser, and whether it keeps whole pages for Back and Forward, as it does for readers.
TABS = [("chromium", False), ("chromium", True), ("firefox", False), ("firefox", True)]


@pytest.fixture(scope="module", params=TABS, ids=lambda tab: tab[0] + ", pages kept" * tab[1])
def tab(request, playwright):
    name, keeps = request.param
    with (firefox if name == "firefox" else whole_chromium)(playwright, keeps=keeps) as started:
        page = open_page(started, "mouse", 1280)
        elsewhere(page)
        yield Tab(page, keeps)


CHECKLIST, DATES, NEXT = "odla/host/", "odla/datum/", "odla/"
# Page, what is clicked on it.
WRITTEN = {
    "ticks": (CHECKLIST, ["#kryss-gift", "#kryss-las"]),
    "remembered": (CHECKLIST, ["#kryss-gift", "#kom-ihag"]),
    "dates": (DATES, [".dates-form button"]),
}
# What a reader has left on a page: ticks, their sum, rows hidden, dates, what was counted of them.
LEFT = """(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return [all('.check-rows input').filter(box => box.checked).length,
    parseInt(document.querySelector('.check-total')?.textContent ?? 0),
    all('.check-rows li[hidden]').length,
    all('.dates-form input').filter(field => field.value).length,
    all('.dates-day, [data-date]:not([hidden])').length];
})()"""
NONE = [0, 0, 0, 0, 0]


def write(tab, base, what: str) -> None:
    """Come from another page, and tick or write."""
    page, clicks = WRITTEN[what]
    tab.goto(base + "om/")
    tab.evaluate("localStorage.clear()")
    tab.goto(base + page)
    if page == DATES:
        tab.evaluate("document.querySelector('#beslut').value = '2027-03-01'")
    for element in clicks:
        tab.click(element)
    assert tab.evaluate(LEFT) != NONE
    tab.evaluate("window.kept = true")


def follow(tab, base, what: str) -> None:
    """Go on to another page of the site, by a row's own link where there are rows."""
    if what == "dates":
        tab.goto(base + NEXT)
    else:
        tab.click("#verktyg a.check-more")
        tab.arrive(base + NEXT + "#ordning")


def leave(tab, how: str) -> None:
    if how == "link":
        tab.click(".exit")
    else:
        for _ in range(3):
            tab.page.keyboard.press("Shift")
    tab.arrive(ELSEWHERE)


@pytest.mark.parametrize(
    ("what", "where", "how"),
    [
        ("ticks", "the page itself", "link"),
        ("ticks", "the page itself", "Shift"),
        ("ticks", "the next page", "Shift"),
        ("ticks", "the page after that", "link"),
        ("ticks", "the page before", "link"),
        ("remembered", "the page itself", "link"),
        ("remembered", "the next page", "link"),
        ("dates", "the page itself", "Shift"),
        ("dates", "the next page", "link"),
        ("dates", "the page before", "Shift"),
    ],
)
def test_quick_exit_clears_page_kept_for_back(tab, base, what, where, how):
    page = base + WRITTEN[what][0]
    write(tab, base, what)
    if where == "the next page":
        follow(tab, base, what)
        leave(tab, how)
        tab.go(-1, page)
    elif where == "the page after that":
        follow(tab, base, what)
        tab.goto(base + "om/kontakt/")
        leave(tab, how)
        tab.go(-1, base + NEXT + ("" if what == "dates" else "#ordning"))
        tab.go(-1, page)
    elif where == "the page before":
        tab.go(-1, base + "om/")
        leave(tab, how)
        tab.go(1, page)
    else:
        leave(tab, how)
        tab.go(-1, base + "om/")
        tab.go(1, ELSEWHERE)
        tab.goto(page)
    assert tab.evaluate("'kept' in window") == (tab.keeps and where != "the page itself")
    assert tab.evaluate(LEFT) == NONE
    assert tab.evaluate(f"({STORED})()") == NOTHING


@pytest.mark.parametrize(("what", "ticks"), [("ticks", 2), ("remembered", 1)])
def test_back_without_exit_keeps_ticks(tab, base, what, ticks):
    write(tab, base, what)
    follow(tab, base, what)
    tab.go(-1, base + CHECKLIST)
    assert tab.evaluate("'kept' in window") == tab.keeps
    assert tab.evaluate(LEFT) == [ticks, ticks, 0, 0, 0]
    assert tab.page.locator("#kom-ihag").is_checked() == (what == "remembered")
    assert tab.evaluate("history.state") is None


@pytest.mark.parametrize("window", [(320, 225), (640, 450), (812, 375), (1280, 900)])
def test_exit_link_is_in_header_of_low_window(page, base, window):
    """A telephone on its side; a screen at 200 and 400 %."""
    page.set_viewport_size(dict(zip(("width", "height"), window, strict=True)))
    page.goto(base + "odla/tomat/")
    link, header = page.locator(".exit").bounding_box(), page.locator("header").bounding_box()
    assert link["y"] >= 0 and link["y"] + link["height"] <= header["y"] + header["height"]
    assert link["x"] >= 0 and link["x"] + link["width"] <= window[0]
    assert header["height"] < window[1]


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_exit_link_leaves_by_mouse_touch_and_key(opened, base, way, size):
    page = opened(way, size)
    elsewhere(page)
    page.goto(base + "om/")
    link = page.get_by_role("link", name="Lämna sidan snabbt")
    assert link.bounding_box()["height"] >= 24
    expect(link).to_have_accessible_description(re.compile("Historiken raderas inte"))
    if way == "keyboard":
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
    Hand(way).press(link)
    page.wait_for_url(ELSEWHERE)


def test_exit_page_is_blank_before_other_answers(page, base):
    # no content: the browser stays where it is
    page.route(ELSEWHERE + "**", lambda route: route.fulfill(status=204))
    page.goto(base + "odla/figurer/")
    Tab(page, keeps=False).click(".exit")  # a locator's click would wait for the other page
    page.wait_for_function("() => !document.body.childElementCount && !document.title")
    assert page.locator("body").inner_text() == ""


def test_exit_shift_three_times_leaves_within_five_seconds(page, base):
    elsewhere(page)
    page.clock.install(time="2026-11-24T12:00:00Z")
    page.goto(base + "odla/figurer/")
    status = page.locator(".exit-status")
    press = page.keyboard.press
    # too slow
    for _ in range(4):
        press("Shift")
        page.clock.run_for(2600)
    expect(page).to_have_url(base + "odla/figurer/")
    page.clock.run_for(6000)
    # capitals: another key between
    for letter in "ABCD":
        press(f"Shift+{letter}")
    expect(page).to_have_url(base + "odla/figurer/")
    # held down: it repeats
    for _ in range(4):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    expect(page).to_have_url(base + "odla/figurer/")
    page.clock.run_for(6000)
    expect(status).to_be_empty()
    press("Shift")
    press("Shift")
    expect(status).to_have_text("Tryck Skift en gång till för att lämna sidan.")
    expect(status).to_have_role("status")
    press("Shift")
    page.wait_for_url(ELSEWHERE)


def test_exit_without_javascript_is_a_link(opened, base):
    page = opened("mouse", 320, java_script_enabled=False)
    elsewhere(page)
    page.goto(base)
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url(ELSEWHERE)


@pytest.mark.parametrize(
    ("sandbox", "leaves"),
    [(None, "top"), ("allow-scripts allow-top-navigation", "top"), ("allow-scripts", "frame")],
)
def test_exit_in_frame_takes_outer_page_along_if_allowed(browser, base, sandbox, leaves):
    context = browser.new_context(bypass_csp=True)  # ours shows no other host, an intranet does
    page = context.new_page()
    attribute = "" if sandbox is None else f'sandbox="{sandbox}"'
    # another host: the intranet that shows us
    intranet = base.replace("127.0.0.1", "localhost")
    page.goto(intranet + "404.html")
    frame = f'<iframe {attribute} src="{base}odla/figurer/" width=1000 height=700></iframe>'
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
