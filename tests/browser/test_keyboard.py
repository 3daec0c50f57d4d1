"""Everything with the keyboard alone: menu, search, contents."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

# Where focus is, and whether a person would see it.
FOCUS = """() => {
  // of a link on two lines the first: the middle of both lies between them
  const e = document.activeElement, s = getComputedStyle(e);
  const r = e.getClientRects()[0] || e.getBoundingClientRect();
  const x = r.left + Math.min(r.width / 2, 20), y = r.top + r.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: (e.getAttribute('aria-label') || e.textContent || e.placeholder || '').trim(),
    tag: e.tagName,
    visible: r.width > 0 && r.height > 0 && s.visibility !== 'hidden'
      && r.right > 0 && r.left < innerWidth && r.bottom > 0 && r.top < innerHeight,
    covered: !(top && (top === e || e.contains(top) || top.contains(e))),
    outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
  };
}"""
# What Tab should reach: each control a person sees, in the order of the text.
STOPS = """() => {
  const all = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
      e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0
      && !(e.type === 'radio' && !e.checked));
  all.forEach((e, i) => { e.dataset.stop = i; });
  return all.length;
}"""
STOP = """() => { const e = document.activeElement;
  return e === document.body ? null : Number(e.dataset.stop ?? -1); }"""
WIDTH = pytest.mark.parametrize("width", [1280, 320])


def tab_to(page, name: str, limit: int = 60) -> None:
    """Press Tab until the control ``name`` has focus."""
    seen = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        seen.append(focus["name"][:30])
        if focus["name"].startswith(name):
            return
    raise AssertionError(f"{name!r} nås inte med tabb: {seen}")


def walk(page) -> tuple[int, list[str]]:
    """Press Tab through the whole page; return the number of stops and what is wrong with any."""
    expected = page.evaluate(STOPS)
    seen: list[int] = []
    faults = []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        focus = page.evaluate(FOCUS)
        if not focus["visible"] or focus["covered"] or not focus["outline"]:
            faults.append(f"{stop}: {focus}")
        seen.append(stop)
    if seen != sorted(seen):
        faults.append(f"ordningen följer inte texten: {seen}")
    if missed := set(range(expected)) - set(seen):
        faults.append(f"nås inte: {sorted(missed)}")
    if len(seen) > expected:
        faults.append("tabb kommer inte ut ur sidan")
    return len(seen), faults


@WIDTH
@pytest.mark.parametrize("place", ["odla/host/", "odla/figurer/"])
def test_tab_reaches_every_control_in_order_and_in_sight(page, home, width, place):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(home + place, wait_until="networkidle")
    stops, faults = walk(page)
    assert stops > 5 and faults == []


def test_tab_reaches_every_control_of_open_menu(page, home):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(home, wait_until="networkidle")
    page.get_by_role("button", name="Meny", exact=True).press("Enter")
    for summary in page.locator("#meny summary").all():
        summary.press("Enter")
    links = page.locator("#meny a").count()
    page.get_by_role("button", name="Stäng menyn").focus()
    for _ in range(links + page.locator("#meny summary").count()):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["visible"] and not focus["covered"] and focus["outline"], focus
        assert page.evaluate("document.activeElement.closest('#meny') !== null")


@WIDTH
def test_menu_by_keyboard_opens_closes_and_leads_on(page, home, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(home, wait_until="networkidle")
    menu = page.get_by_role("navigation", name="Meny")
    if width == 320:
        tab_to(page, "Meny")
        expect(menu).to_be_hidden()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        assert page.evaluate(FOCUS)["name"] == "Meny", "focus comes back to the button"
        page.keyboard.press("Enter")
    tab_to(page, "Odla")
    page.keyboard.press("Enter")
    tab_to(page, "Höststäda")
    page.keyboard.press("Enter")
    page.wait_for_url("**/odla/host/")


def test_page_has_landmarks_with_names_and_links(page, home):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(home + "odla/figurer/", wait_until="networkidle")
    for role, name, wanted in (
        ("navigation", "Du är här", ["Odla"]),
        ("navigation", "På den här sidan", ["Gör så här", "Steg för steg", "Vem gör vad"]),
        ("contentinfo", None, ["fel@kolonilotten.example", "Om oss", "Tillgänglighet"]),
        ("banner", None, ["Gå till innehållet", "Lämna sidan snabbt", "Kolonilotten"]),
    ):
        part = page.get_by_role(role, name=name) if name else page.get_by_role(role)
        links = part.get_by_role("link").all()
        names = [" ".join(link.inner_text().split()) for link in links]
        assert names[: len(wanted)] == wanted, (role, name)
    expect(page.get_by_role("search", name="Sök på sajten")).to_be_visible()
    current = page.locator('#meny [aria-current="page"]')
    expect(current).to_have_count(1)
    expect(current).to_have_text("Året på lotten")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "Gå till innehållet"


def test_link_to_anchor_moves_focus_there(page, home):
    page.goto(home + "odla/figurer/#gor-sa-har")
    page.wait_for_function("() => document.activeElement.id === 'gor-sa-har'")
    page.evaluate("location.hash = document.querySelector('figure').id")
    page.wait_for_function("() => document.activeElement.matches('figure:target')")
