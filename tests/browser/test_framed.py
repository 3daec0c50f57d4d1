"""Pages in frames on another website: two origins, and the code that /om/lanka/ gives out."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import sys
import threading

import pytest
from playwright.sync_api import expect

from scripts.audit.browser import record_errors
from scripts.content.content import Content
from scripts.render.links import render_template
from tests.browser.axe import violations
from tests.browser.hands import WIDE
from tests.conftest import GARDEN

pytestmark = pytest.mark.slow

LISTED = {
    page.address: page for page in Content.read(GARDEN / "docs").pages.values() if page.meta.embed
}
CHECKLIST, FINDER, GUIDE = "odla/host/", "om/omraden/", "guide/"
SANDBOX = re.findall(
    r'sandbox="([^"]*)"', render_template("snippet", page=LISTED[CHECKLIST], site="")
)[0]
# As given, the least an editor's tool may leave, and none at all.
SANDBOXES = pytest.mark.parametrize(
    "sandbox", [SANDBOX, "allow-scripts", None], ids=["rekommenderad", "minsta", "utan"]
)

TALLER = "before => document.querySelector('iframe').offsetHeight > before"
SHORTER = "before => document.querySelector('iframe').offsetHeight < before"
POLICY = """<meta charset="utf-8"><link rel="icon" href="data:,"><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; script-src 'self'; img-src data:; frame-src """


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Ignore a connection that the browser has reset, as it does when a page is left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def frame_code(address: str, base: str, sandbox: str | None) -> str:
    code = render_template("snippet", page=LISTED[address], site=base)
    attribute = "" if sandbox is None else f'sandbox="{sandbox}"'
    return code if sandbox == SANDBOX else re.sub(r'sandbox="[^"]*" allow="[^"]*"', attribute, code)


@pytest.fixture
def intranet(page, home, garden, tmp_path):
    """Return a function that shows a page in a frame, in a sandbox, on an intranet whose own policy
    lets in its own scripts, and frames from the site. It returns the frame."""
    shutil.copy(garden.site / "badda-in/hojd.js", tmp_path)
    handler = functools.partial(Quiet, directory=tmp_path)
    # "localhost": another host than the site's
    with QuietServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def show(address: str, sandbox: str | None = SANDBOX):
            script = '<script src="/hojd.js"></script>' if sandbox != "" else ""
            (tmp_path / "sida.html").write_text(
                f'<!doctype html><html lang="sv"><title>Intranät</title>{POLICY}{home}">{script}'
                f'{frame_code(address, home, sandbox)}<p><a href="#">efter</a></p>',
                encoding="utf-8",
            )
            page.goto(f"http://localhost:{server.server_port}/sida.html?{address}")
            return page.frames[1]

        yield show
        server.shutdown()


def fits(page) -> None:
    """Wait until the frame is as tall as what it shows, and nothing in it scrolls."""
    page.wait_for_function("() => document.querySelector('iframe').style.height")
    page.frames[1].wait_for_function(
        "() => Math.abs(innerHeight - document.documentElement.getBoundingClientRect().height) < 2"
    )


HIDDEN = (".site-header", ".site-nav", ".toc", ".crumbs", ".site-footer__links", ".exit")


@SANDBOXES
def test_frame_checklist_and_county_finder_work(page, intranet, sandbox):
    """The frame follows their height."""
    found = record_errors(page, "http")
    frame = intranet(CHECKLIST, sandbox)
    fits(page)
    for part in HIDDEN:
        expect(frame.locator(part).first).to_be_hidden()
    frame.locator("#kryss-gift").click()
    expect(frame.locator(".check-total")).to_contain_text(re.compile(r"^1 av"))
    assert frame.get_by_text("Kom ihåg mina kryss").count() == 0, "nothing is kept in a frame"
    if sandbox == SANDBOX:  # else the text is marked, and the browser's console says why
        # a Chromium without windows asks nobody
        page.context.grant_permissions(["clipboard-write"])
        frame.get_by_role("button", name="Kopiera till journalen").click()
        expect(frame.locator(".check-status")).to_contain_text("Texten är kopierad")
    frame.get_by_role("button", name="Rensa allt").click()
    expect(frame.locator(".check-total")).to_contain_text(re.compile(r"^0 av"))

    frame = intranet(FINDER, sandbox)
    fits(page)
    before = page.locator("iframe").bounding_box()["height"]
    frame.get_by_label("Ditt län").select_option("norra")
    expect(frame.locator(".county-answer")).to_contain_text("Ring 08-123 45 67")
    page.wait_for_function(TALLER, arg=before)
    fits(page)
    before = page.locator("iframe").bounding_box()["height"]
    frame.get_by_label("Ditt län").select_option("")
    page.wait_for_function(SHORTER, arg=before)
    fits(page)
    if sandbox is None:
        stored = "() => { try { return localStorage.length } catch { return 0 } }"
        assert frame.evaluate(stored) == 0 and page.context.cookies() == []
    assert found == []


def test_frame_guide_stays_in_its_frame(page, intranet):
    found = record_errors(page, "http")
    frame = intranet(GUIDE)
    fits(page)
    start = frame.url
    frame.locator(".guide-choices a").first.click()
    expect(frame.get_by_role("link", name="Börja om")).to_be_visible()
    assert frame.url.startswith(start) and frame.url != start
    expect(frame.locator(".site-header")).to_be_hidden()
    fits(page)
    frame.get_by_role("link", name="Börja om").click()
    frame.wait_for_url(start)
    assert found == [] and len(page.context.pages) == 1


def test_frame_other_links_open_a_new_tab(page, intranet, home):
    """Outside the sandbox, without an opener."""
    frame = intranet(CHECKLIST)
    frame.locator("#gift summary").click()
    link = frame.get_by_role("link", name="Vem du ringer (öppnas i ny flik)")
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_url(home + "om/kontakt/")
    assert opened.value.evaluate("[origin, opener]") == [home.rstrip("/"), None]
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="Hela sidan på Kolonilotten").click()
    opened.value.wait_for_url(home + CHECKLIST)
    assert frame.locator("a[target=_blank][download]").count() == 0
    for kept in ("a[href^='#']", "a[href^='tel:']", "a[href^='mailto:']"):
        links = frame.locator(f"#innehall {kept}")
        assert links.count() and not links.evaluate_all("links => links.some(one => one.target)")


def test_frame_shift_three_times_stays(page, intranet):
    """The page around it would still be there."""
    frame = intranet(CHECKLIST, None)
    fits(page)
    before = page.url
    frame.locator("#kryss-gift").focus()
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(frame.locator("#kryss-gift")).to_be_visible()
    assert page.url == before


def test_frame_sends_only_its_height_and_hears_nothing(page, intranet):
    page.add_init_script(
        "if (parent === self) { window.told = []; addEventListener('message',"
        " e => told.push([e.origin, JSON.stringify(e.data)])) }"
        "else { window.heard = []; const add = EventTarget.prototype.addEventListener;"
        " EventTarget.prototype.addEventListener = function (type) {"
        "   heard.push(type); return add.apply(this, arguments) } }"
    )
    frame = intranet(FINDER)
    fits(page)
    frame.get_by_label("Ditt län").select_option("norra")
    page.wait_for_function("() => told.length > 1")
    told = page.evaluate("told")
    shape = r'\{"type":"kolonilotten:height","height":\d+\}'
    assert [t for t in told if t[0] != "null" or not re.fullmatch(shape, t[1])] == []
    assert "message" not in frame.evaluate("heard")


def test_framed_page_loaded_sends_height_again(page, intranet):
    """For a page around it that began to listen after the first message."""
    frame = intranet(CHECKLIST)
    fits(page)
    page.evaluate("document.querySelector('iframe').style.height = ''")
    frame.evaluate("dispatchEvent(new Event('load'))")
    fits(page)


def test_host_script_takes_heights_of_its_frame_alone(page, intranet):
    frame = intranet(CHECKLIST, None)
    fits(page)
    height = page.locator("iframe").evaluate("e => e.style.height")
    frame.evaluate(
        "() => { for (const height of ['9px', -5, NaN, 1e9, null])"
        " parent.postMessage({type: 'kolonilotten:height', height}, '*');"
        " parent.postMessage({type: 'annat', height: 5}, '*'); parent.postMessage(null, '*') }"
    )
    # from the page itself, as from any other frame; and last, so that the rest have been heard
    page.evaluate(
        "() => new Promise(done => { addEventListener('message', e => e.data.last && done());"
        " postMessage({type: 'kolonilotten:height', height: 7}, '*'); postMessage({last: 1}, '*') })"
    )
    assert page.locator("iframe").evaluate("e => e.style.height") == height


def test_frame_that_may_not_print_names_the_browsers_menu(intranet):
    frame = intranet(CHECKLIST, "allow-scripts")
    frame.locator(".check-bar").get_by_role("button", name="Skriv ut").click()
    expect(frame.locator(".check-status")).to_contain_text("Välj Skriv ut i webbläsarens meny")
    frame = intranet(FINDER, "allow-scripts")
    frame.get_by_role("button", name="Skriv ut", exact=True).click()
    expect(frame.get_by_role("alert")).to_have_text("Välj Skriv ut i webbläsarens meny.")


def test_frame_without_scripts_is_the_whole_page(page, intranet):
    page.set_viewport_size({"width": 375, "height": 800})
    found = record_errors(page, "http")
    frame = intranet(CHECKLIST, "")
    expect(frame.locator(".site-header")).to_be_visible()
    box = frame.locator("#kryss-gift")
    box.check()
    expect(box).to_be_checked()
    for word in ("Skriv ut", "Rensa", "Kopiera"):
        assert frame.get_by_role("button", name=word).count() == 0, "no dead controls"
    height = LISTED[CHECKLIST].meta.embed.height
    assert page.locator("iframe").evaluate("e => e.clientHeight") == height
    # the browser says that it didn't run them
    assert [text for text in found if "Blocked script execution" not in text] == []


def test_frame_anchor_link_scrolls_outer_page(page, intranet):
    frame = intranet(FINDER)
    fits(page)
    frame.locator(".cite a").first.click()
    expect(frame.locator(".sources li").first).to_be_in_viewport()
    found = record_errors(page, "http")
    frame.evaluate("new Promise(done => { onhashchange = done; location.hash = '#100%' })")
    assert found == [], "nobody's id, and not encoded right"


@pytest.mark.parametrize("address", LISTED)
def test_frame_on_smallest_screen_has_no_violations(page, intranet, address):
    page.set_viewport_size({"width": 320, "height": 800})
    found = record_errors(page, "http")
    frame = intranet(address, None)
    fits(page)
    assert violations(frame) == [] and frame.evaluate(WIDE) <= 0
    assert found == []
