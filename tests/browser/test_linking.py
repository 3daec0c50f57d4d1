"""Links to copy: at headings, at a checklist's rows, in the lists for those who run an intranet."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.hands import HANDS, Hand

pytestmark = pytest.mark.slow

MAY_COPY = {"permissions": ["clipboard-read", "clipboard-write"]}
COPIED = "Länken är kopierad."
WITHOUT_CLIPBOARD = "delete Navigator.prototype.clipboard"
REFUSED = WITHOUT_CLIPBOARD + "; Document.prototype.execCommand = () => false"


def copied(page) -> str:
    """What is on the clipboard, read by a page that may."""
    reader = page.context.new_page()
    reader.goto(page.url)
    reader.bring_to_front()
    text = reader.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    reader.close()
    page.bring_to_front()
    return text


def link_to(page, name: str):
    return page.get_by_role("link", name=f"Kopiera länk till {name}", exact=True)


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_heading_link_copies_its_address(opened, home, way):
    page = opened(way, 1280, **MAY_COPY)
    address = home + "odla/tomat/"
    page.goto(address)
    link = link_to(page, "Vattna")
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    expect(link).to_have_css("opacity", "0")
    if way == "mouse":
        page.get_by_role("heading", name="Vattna").hover()
    else:
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
    expect(link).to_have_css("opacity", "1")
    Hand(way).press(link)
    expect(page.locator(".copied")).to_have_text(COPIED)
    expect(page.locator(".copied")).to_have_role("status")
    assert page.url == address and page.evaluate("scrollY") == before, "nothing moves"
    if way == "keyboard":
        expect(link).to_be_focused()
    assert copied(page) == address + "#vattna"


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_foot_button_copies_page_address(opened, home, way, size):
    """Without the query and the anchor."""
    page = opened(way, size, **MAY_COPY)
    page.goto(home + "odla/tomat/?q=vatten#vattna")
    page.keyboard.press("Escape")
    button = page.get_by_role("button", name="Kopiera länk")
    assert button.bounding_box()["height"] >= 44
    Hand(way).press(button)
    expect(page.locator(".copied")).to_have_text(COPIED)
    assert copied(page) == home + "odla/tomat/"
    if size < 960:
        assert page.locator(".copy-link").filter(visible=True).count() == 0


def test_headings_with_links_keep_names_and_places(opened, home):
    page = opened(java_script_enabled=False)
    page.goto(home + "odla/figurer/")
    places = [box.bounding_box() for box in page.locator("#innehall > :is(h1, h2, h3)").all()]
    assert page.locator(".copy-link").count() == 0, "no dead controls"
    page = opened()
    page.goto(home + "odla/figurer/")
    headings = page.locator("#innehall > :is(h1, h2, h3)")
    assert [box.bounding_box() for box in headings.all()] == places
    expect(page.get_by_role("heading", name="Sådd", exact=True)).to_be_visible()
    assert page.locator(".copy-link").count() > 3
    page.emulate_media(media="print")
    assert not page.locator(".copy-link").first.is_visible()


def test_copying_without_clipboard_api_still_copies(opened, home):
    """As on an intranet over plain http."""
    page = opened(**MAY_COPY)
    page.goto(home)
    page.evaluate(WITHOUT_CLIPBOARD)
    link_to(page, "Det här kan du göra").click()
    expect(page.locator(".copied")).to_have_text(COPIED)
    assert copied(page) == home + "#gora"


def test_copying_refused_shows_address_or_selects_text(page, home):
    page.add_init_script(REFUSED)
    page.goto(home)
    link_to(page, "Det här kan du göra").click()
    expect(page.locator(".copied")).to_have_text("Webbläsaren tillåter inte kopiering.")
    expect(page).to_have_url(home + "#gora")
    page.goto(home + "om/lanka/")  # a button has no place in the address bar: its text is marked
    for name in ("länken Vattna tomater", "koden för Kontakt"):
        button = page.get_by_role("button", name=f"Kopiera {name}", exact=True)
        button.click()
        expect(page.locator(".copied")).to_have_text("Webbläsaren tillåter inte kopiering.")
        assert page.evaluate("getSelection().toString()").strip() == button.get_attribute("value")


def test_checklist_row_links_appear_when_asked(opened, home):
    page = opened("touch", 375, **MAY_COPY)
    address = home + "odla/host/"
    page.goto(address)
    hand = Hand("touch")
    assert page.locator(".check-rows .copy-link").count() == 0
    button = page.get_by_role("button", name="Länka till en rad")
    hand.press(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    link = link_to(page, "raden Har du rengjort verktygen?")
    row = page.locator("li", has=link)
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    hand.press(link)
    expect(page.locator(".copied")).to_have_text(COPIED)
    assert copied(page) == f"{address}#{row.get_attribute('id')}"
    assert page.locator(".check-rows input:checked").count() == 0
    # nothing under the header, or under the list's bar
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 3000})
    assert violations(page) == []
    hand.press(button)
    assert page.locator(".check-rows .copy-link").count() == 0


def test_link_list_copies_chosen_format(opened, home):
    page = opened(**MAY_COPY)
    page.goto(home + "om/lanka/")
    hand = Hand("mouse")
    button = page.get_by_role("button", name="Kopiera länken Vattna tomater", exact=True)
    url = home + "odla/tomat/#vattna"
    expect(page.get_by_role("radio", name="adress")).to_be_checked()
    expect(page.locator("li", has=button).locator("code")).to_have_text(url)
    for form, text in {
        "HTML": f'<a href="{url}">Vattna tomater</a>',
        "Markdown": f"[Vattna tomater]({url})",
    }.items():
        hand.press(page.get_by_role("radio", name=form))
        expect(page.locator("li", has=button).locator("code")).to_have_text(text)
        hand.press(button)
        expect(page.locator(".copied")).to_have_text(COPIED)
        assert copied(page) == text
    hand.press(page.get_by_role("button", name="Kopiera koden för Kontakt", exact=True))
    assert copied(page).startswith(f'<iframe src="{home}om/kontakt/" title="Kontakt"')
    page.emulate_media(media="print")
    assert not any(b.is_visible() for b in page.locator(".copy-button, .copy-form").all())


def test_markdown_link_with_brackets_is_escaped(opened, home, garden):
    page = opened(**MAY_COPY)
    body = garden.page("om/lanka/").replace("Vattna tomater", "Vattna [tomater]")
    page.route(home + "om/lanka/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(home + "om/lanka/")
    page.get_by_role("radio", name="Markdown").check()
    code = page.locator("code", has_text="tomat/#vattna)")
    expect(code).to_have_text(f"[Vattna \\[tomater\\]]({home}odla/tomat/#vattna)")


def test_link_list_without_javascript_has_published_addresses(opened, home, garden):
    page = opened("mouse", 320, java_script_enabled=False)
    page.goto(home + "om/lanka/")
    own = page.locator('link[rel="canonical"]').get_attribute("href").removesuffix("om/lanka/")
    codes = page.locator(".link-list code").all_inner_texts()
    assert len(codes) > 10 and all(code.startswith(own) for code in codes)
    assert page.locator("article").get_by_role("button").filter(visible=True).count() == 0
    # from a disk there is no other address to give
    page = opened("mouse", 320)
    page.goto((garden.site / "om/lanka/index.html").as_uri())
    assert page.locator(".link-list code").all_inner_texts() == codes


@pytest.mark.parametrize(
    ("start", "pressed", "section"),
    [
        ("#vattna", "", " Vattna #vattna"),
        ("", "#vattna ~ p", " Vattna #vattna"),
        ("#vattna", "h1", ""),
    ],
)
def test_report_names_section_clicked_in_or_linked_to(page, home, start, pressed, section):
    page.goto(home + "odla/tomat/" + start)
    if pressed:
        page.locator(pressed).first.click()
    link = page.locator(".report a")
    link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    link.click()
    body = unquote(link.get_attribute("href").partition("&body=")[2])
    assert f"\r\nAvsnitt:{section}\r\n" in body, body
