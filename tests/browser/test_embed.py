"""Frames on another website: two servers, two origins, the code that /om/lanka/ gives out."""

from __future__ import annotations

import http.server
import re
import threading
from typing import ClassVar

import pytest
from playwright.sync_api import expect

from scripts.audit.browser import listen
from scripts.content.content import Content
from scripts.render.links import snippet
from tests.browser.axe import in_every_medium
from tests.browser.hands import WIDE, open_page
from tests.browser.test_keyboard import walk
from tests.conftest import GARDEN

pytestmark = pytest.mark.slow

EMBEDS = {frame.key: frame for frame in Content.read(GARDEN / "docs").frames.values()}
CHECKLIST, FINDER = "host", "omraden"
SANDBOX = re.findall(r'sandbox="([^"]*)"', snippet(EMBEDS[CHECKLIST], "", ""))[0]
# As given, the least an editor's tool may leave, none at all, and no scripts.
SANDBOXES = {"rekommenderad": SANDBOX, "minsta": "allow-scripts", "utan": None}

SHORTER = "before => document.querySelector('iframe').offsetHeight < before"
TALLER = "before => document.querySelector('iframe').offsetHeight > before"


class HostHandler(http.server.BaseHTTPRequestHandler):
    """An intranet: its own policy lets in its own scripts, and frames from the site."""

    protocol_version = "HTTP/1.1"
    policy = ""
    pages: ClassVar[dict[str, tuple[str, str]]] = {}

    def do_GET(self):
        kind, text = self.pages.get(self.path, ("text/html", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def frame_code(key: str, base: str, sandbox: str | None) -> str:
    code = snippet(EMBEDS[key], f"Ramen {key}", base)
    attribute = "" if sandbox is None else f'sandbox="{sandbox}"'
    return code if sandbox == SANDBOX else re.sub(r'sandbox="[^"]*" allow="[^"]*"', attribute, code)


@pytest.fixture(scope="module")
def host(home, garden):
    """The address of the intranet: /KEY/NAME is a page with that frame in that sandbox."""
    pages = {
        "/hojd.js": (
            "text/javascript",
            (garden.site / "badda-in/hojd.js").read_text(encoding="utf-8"),
        ),
        "/favicon.ico": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    }
    for key in EMBEDS:
        for name, sandbox in {**SANDBOXES, "utan skript": ""}.items():
            script = '<script src="/hojd.js"></script>' if sandbox != "" else ""
            text = (
                f'<!doctype html><html lang="sv"><title>Intranät</title>{script}<h1>Rutin</h1>'
                f'{frame_code(key, home, sandbox)}<p><a href="#">efter</a></p>'
            )
            pages[f"/{key}/{name.replace(' ', '-')}"] = ("text/html", text)
    handler = type("Handler", (HostHandler,), {"pages": pages})
    handler.policy = f"default-src 'none'; script-src 'self'; img-src 'self'; frame-src {home}"
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def fits(page) -> None:
    """Wait until the frame is as tall as what it shows, and nothing in it scrolls."""
    page.wait_for_function("() => document.querySelector('iframe').style.height")
    page.frames[1].wait_for_function(
        "() => Math.abs(innerHeight - document.documentElement.getBoundingClientRect().height) < 2"
    )


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_a_checklist_and_the_contact_finder_work_in_a_frame(browser, host, sandbox):
    page = open_page(browser, "mouse", 1280)
    found = listen(page, "http")
    page.goto(f"{host}{CHECKLIST}/{sandbox}")
    fits(page)
    frame = page.frames[1]
    frame.locator("#kryss-gift").click()
    expect(frame.locator(".check-total")).to_contain_text(re.compile(r"^1 av"))
    assert frame.get_by_text("Kom ihåg mina kryss").count() == 0, "nothing is kept in a frame"
    if sandbox == "rekommenderad":  # else the text is marked, and the browser's console says why
        page.context.grant_permissions(
            ["clipboard-write"]
        )  # a Chromium without windows asks nobody
        frame.get_by_role("button", name="Kopiera till journalen").click()
        expect(frame.get_by_role("status")).to_contain_text("Texten är kopierad")
    frame.get_by_role("button", name="Rensa allt").click()
    expect(frame.locator(".check-total")).to_contain_text(re.compile(r"^0 av"))

    before = page.locator("iframe").bounding_box()["height"]
    frame.get_by_label("Barn", exact=True).check()
    page.wait_for_function(SHORTER, arg=before)
    fits(page)

    page.goto(f"{host}{FINDER}/{sandbox}")
    fits(page)
    frame = page.frames[1]
    before = page.locator("iframe").bounding_box()["height"]
    frame.get_by_label("Ditt län").select_option("norra")
    expect(frame.locator(".county-answer")).to_contain_text("Ring 08-123 45 67")
    page.wait_for_function(TALLER, arg=before)
    fits(page)
    if sandbox == "utan":
        stored = "() => { try { return localStorage.length } catch { return 0 } }"
        assert frame.evaluate(stored) == 0 and page.context.cookies() == []
    assert found == []
    page.context.close()


def test_the_guide_goes_on_within_its_frame(browser, host):
    page = open_page(browser, "mouse", 1280)
    found = listen(page, "http")
    page.goto(f"{host}guide/rekommenderad")
    fits(page)
    frame = page.frames[1]
    start = frame.url
    frame.locator(".guide-choices a").first.click()
    expect(frame.get_by_role("link", name="Börja om")).to_be_visible()
    assert frame.url.startswith(start) and frame.url != start
    fits(page)
    frame.get_by_role("link", name="Börja om").click()
    frame.wait_for_url(start)
    assert found == [] and len(page.context.pages) == 1
    page.context.close()


def test_other_links_open_a_tab_of_their_own_outside_the_sandbox(browser, home, host):
    page = open_page(browser, "mouse", 1280)
    page.goto(f"{host}{CHECKLIST}/rekommenderad")
    frame = page.frames[1]
    link = frame.get_by_role("link", name="Vem du ringer (öppnas i ny flik)")
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_url(home + "om/kontakt/")
    assert opened.value.evaluate("[origin, opener]") == [home.rstrip("/"), None]
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="Hela sidan på Kolonilotten").click()
    opened.value.wait_for_url(home + "odla/host/")
    page.context.close()


def test_only_a_height_is_told_and_nothing_is_listened_to(browser, host):
    page = open_page(browser, "mouse", 1280)
    page.add_init_script(
        "if (parent === self) { window.told = []; addEventListener('message',"
        " e => told.push([e.origin, JSON.stringify(e.data)])) }"
        "else { window.heard = []; const add = EventTarget.prototype.addEventListener;"
        " EventTarget.prototype.addEventListener = function (type) {"
        "   heard.push(type); return add.apply(this, arguments) } }"
    )
    page.goto(f"{host}{FINDER}/rekommenderad")
    fits(page)
    frame = page.frames[1]
    frame.get_by_label("Ditt län").select_option("norra")
    page.wait_for_function("() => told.length > 1")
    told = page.evaluate("told")
    shape = rf'\{{"type":"kolonilotten:height","key":"{FINDER}","height":\d+\}}'
    assert [t for t in told if t[0] != "null" or not re.fullmatch(shape, t[1])] == []
    assert "message" not in frame.evaluate("heard")
    page.context.close()


def test_the_hosts_script_takes_a_number_from_its_own_frame_alone(browser, host):
    page = open_page(browser, "mouse", 1280)
    page.goto(f"{host}{CHECKLIST}/utan")
    fits(page)
    height = page.locator("iframe").evaluate("e => e.style.height")
    page.frames[1].evaluate(
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
    page.context.close()


@pytest.mark.parametrize(("sandbox", "opens"), [("rekommenderad", True), ("minsta", False)])
def test_printing_from_the_frame(browser, host, sandbox, opens):
    page = open_page(browser, "mouse", 1280)
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    if opens:  # the dialog itself belongs to the browser
        page.add_init_script(
            "window.prints = 0;"
            "window.print = () => { prints += 1; dispatchEvent(new Event('beforeprint')) }"
        )
    page.goto(f"{host}{CHECKLIST}/{sandbox}")
    frame = page.frames[1]
    frame.get_by_role("button", name="Skriv ut").click()
    if opens:
        assert frame.evaluate("prints") == 1
    else:
        expect(frame.get_by_role("status")).to_contain_text("Välj Skriv ut i webbläsarens meny")
        page.goto(f"{host}{FINDER}/{sandbox}")
        page.frames[1].get_by_role("button", name="Skriv ut", exact=True).click()
        expect(page.frames[1].get_by_role("alert")).to_have_text(
            "Välj Skriv ut i webbläsarens meny."
        )
    assert errors == []
    page.context.close()


def test_on_paper_it_says_where_it_is_from(page, home):
    page.goto(f"{home}badda-in/{CHECKLIST}/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = page.locator("body").inner_text()
    margin = "getComputedStyle(document.documentElement).getPropertyValue('--paper-address')"
    assert page.evaluate(margin) == '"kolonilotten.example/odla/host/"'
    assert "badda-in" not in shown and "↗" not in shown
    letters = page.locator(".paper-links li").all_text_contents()
    assert "kolonilotten.example/om/kontakt/" in letters


def test_without_scripts_the_text_and_the_links_are_there(browser, host):
    page = open_page(browser, "mouse", 375)
    found = listen(page, "http")
    page.goto(f"{host}{CHECKLIST}/utan-skript")
    frame = page.frames[1]
    box = frame.locator("#kryss-gift")
    box.check()
    expect(box).to_be_checked()
    for word in ("Skriv ut", "Rensa", "Kopiera"):
        assert frame.get_by_role("button", name=word).count() == 0, "no dead controls"
    assert page.locator("iframe").evaluate("e => e.clientHeight") == EMBEDS[CHECKLIST].height
    # the browser says that it didn't run them
    assert [text for text in found if "Blocked script execution" not in text] == []
    page.context.close()


def test_a_reference_is_followed_in_a_tall_frame(browser, host):
    page = open_page(browser, "mouse", 1280)
    page.goto(f"{host}{FINDER}/rekommenderad")
    fits(page)
    frame = page.frames[1]
    frame.locator(".cite a").first.click()
    expect(frame.locator(".sources li").first).to_be_in_viewport()
    found = listen(page, "http")
    frame.evaluate("new Promise(done => { onhashchange = done; location.hash = '#100%' })")
    assert found == [], "nobody's id, and not encoded right"
    page.context.close()


@pytest.mark.parametrize("key", EMBEDS)
def test_a_frame_is_clean_and_the_keyboard_reaches_all_of_it(page, home, heard, key):
    # A frame is as tall as its content: the bar at its foot lies over no row.
    page.set_viewport_size({"width": 320, "height": 4000})
    page.goto(f"{home}badda-in/{key}/")
    assert in_every_medium(page) == [] and page.evaluate(WIDE) <= 0
    page.set_viewport_size({"width": 320, "height": 800})
    if key != "datum":  # a date is three stops of the browser's own
        stops, faults = walk(page)
        assert stops > 2 and faults == []
    assert heard == []
