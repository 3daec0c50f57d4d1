"""The copy from betanketid.zip, opened from a disk: no server, no net, a path with space and å."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copy(site, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("sticka") / "Min mapp å"
    with zipfile.ZipFile(next(site.glob("*.zip"))) as archive:
        archive.extractall(place)
    (folder,) = place.iterdir()
    return folder


@pytest.fixture
def disk(browser, copy):
    """A page on the copy's start, and what goes wrong while it is open."""
    context = browser.new_context(locale="sv-SE", offline=True)
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    found: list[str] = []
    # the last two are the browser's own reader of PDF files
    home, own = copy.as_uri(), ("blob:", "data:", "chrome-extension:", "chrome:")
    context.on("request", lambda r: r.url.startswith((home, *own)) or found.append(r.url))
    context.on(
        "requestfailed",
        lambda r: "ERR_ABORTED" in r.failure or found.append(f"{r.url} {r.failure}"),
    )
    context.on(
        "console",
        lambda m: m.type in ("error", "warning") and found.append(f"{m.page.url}: {m.text}"),
    )
    context.on("weberror", lambda e: found.append(str(e.error)))
    page.goto(f"{home}/index.html")
    yield page, found
    context.close()
    assert found == []


def test_every_page_opens_without_a_word_in_the_console(disk, copy):
    page, found = disk
    files = sorted(copy.rglob("*.html"))
    leading_on = [f for f in files if 'http-equiv="refresh"' in f.read_text(encoding="utf-8")]
    assert len(files) > 90
    for file in files:
        if file not in leading_on:
            page.goto(file.as_uri(), wait_until="domcontentloaded")  # deferred scripts have run
            assert page.locator("h1").count() == 1, file
    assert found == []


def test_a_short_address_leads_on(disk, copy):
    page, _ = disk
    page.goto((copy / "p/ansok/index.html").as_uri(), wait_until="commit")
    page.wait_for_url((copy / "betanketid/ansok/index.html").as_uri())


def test_search_leads_to_a_page(disk):
    page, _ = disk
    page.keyboard.press("Control+k")
    page.keyboard.type("blankett")
    hit = page.get_by_role("option").first
    expect(hit).to_be_visible()
    hit.click()
    page.wait_for_url("**/index.html*")
    expect(page.locator("#innehall")).to_contain_text("lankett")


def test_a_checklist_is_ticked_and_copied(disk):
    page, _ = disk
    page.locator("#innehall").get_by_role("link", name="Checklista: misstanke").click()
    page.locator("#kryss-akut-fara").check()
    page.get_by_role("button", name="Kopiera till journalen").click()
    expect(page.get_by_role("status").filter(has_text="kopierad")).to_be_visible()
    assert "[x] Är någon i fara nu? Ring 112." in page.evaluate("navigator.clipboard.readText()")


def test_guide_dates_and_counties(disk, copy):
    page, _ = disk
    page.goto((copy / "betanketid/vagledning/index.html").as_uri())
    for press in ("Vet inte", "Fortsätt: Var är personen?", "I Sverige"):
        page.locator(".guide").get_by_role("link", name=press, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur gammal är personen?")

    page.goto((copy / "betanketid/datum/index.html").as_uri())
    page.get_by_role("textbox", name="Beslutets datum").fill("2026-12-04")
    page.get_by_role("textbox", name="Tillståndets sista dag").fill("2027-01-03")
    page.get_by_role("textbox", name="Dagen då ni ansökte").fill("2026-11-20")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("heading", name="Era datum")).to_be_visible()

    page.goto((copy / "kontakt/regionkoordinatorer/index.html").as_uri())
    page.get_by_label("Ditt län").select_option(label="Skåne län")
    expect(page.locator(".county-answer")).to_contain_text("020-35 40 40")


def test_a_handout_is_there_to_open(disk, copy):
    page, _ = disk
    page.goto((copy / "skriv-ut/index.html").as_uri())
    for link in page.locator("a[href$='.pdf']").all():
        file = copy / "skriv-ut" / link.get_attribute("href")
        assert file.read_bytes()[:5] == b"%PDF-"
    # A browser shows it or saves it; either way it must first ask for the right file.
    with page.expect_request(lambda request: request.url.endswith(".pdf")) as asked:
        page.locator("a[href$='.pdf']").first.click()
    assert asked.value.url.startswith(copy.as_uri())


def test_links_alone_lead_the_way_without_javascript(browser, copy):
    context = browser.new_context(java_script_enabled=False, offline=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto((copy / "index.html").as_uri())
    for name, heading in (
        ("Ansöka", "Ansök om betänketid"),
        ("Vem ringer jag?", "Kontakt"),
        ("Betänketid", "När du misstänker människohandel"),  # the site's name leads to the start
    ):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.url == (copy / "index.html").as_uri()
    context.close()
