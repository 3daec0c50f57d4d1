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


@pytest.mark.parametrize("place", ["", "checklistor/ansokan/", "kontakt/", "404.html"])
def test_every_control_is_reached_in_order_and_seen(page, base, width, place, record_property):
    """The table of stops: pytest -k every_control --junitxml=stops.xml."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + place, wait_until="networkidle")
    stops, faults = walk(page)
    record_property("stops", stops)
    assert stops > 5 and faults == []


@pytest.mark.parametrize("narrow", [375, 320])
def test_every_control_of_the_open_menu_is_reached(page, base, narrow):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": narrow, "height": 800})
    page.goto(base, wait_until="networkidle")
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


def test_the_menu_opens_and_leads_on(page, base, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base, wait_until="networkidle")
    menu = page.get_by_role("navigation", name="Meny")
    if width < 1220:
        tab_to(page, "Meny")
        expect(menu).to_be_hidden()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        assert page.evaluate(FOCUS)["name"] == "Meny", "focus comes back to the button"
        page.keyboard.press("Enter")
    tab_to(page, "Betänketid")
    while page.evaluate(FOCUS)["tag"] != "SUMMARY":  # the site's name in the header
        tab_to(page, "Betänketid")
    page.keyboard.press("Enter")
    tab_to(page, "Ansök om betänketid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/betanketid/ansok/")


def test_the_skip_link_comes_first(page, base):
    page.goto(base + "betanketid/ansok/", wait_until="networkidle")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "Gå till innehållet"


def test_the_frame_of_the_page_as_assistive_technology_meets_it(page, base):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(base + "betanketid/ansok/", wait_until="networkidle")
    expect(page.get_by_role("navigation", name="Du är här")).to_match_aria_snapshot("""
      - navigation "Du är här":
        - list:
          - listitem:
            - link "Start"
          - listitem:
            - link "Betänketid"
    """)
    expect(page.get_by_role("navigation", name="Meny")).to_match_aria_snapshot("""
      - navigation "Meny":
        - list:
          - listitem:
            - link "Start"
          - listitem:
            - group: Definitioner
    """)
    expect(page.get_by_role("navigation", name="På den här sidan")).to_match_aria_snapshot("""
      - navigation "På den här sidan":
        - list:
          - listitem:
            - link "Gör så här"
    """)
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
      - banner:
        - link "Gå till innehållet"
        - link "Lämna sidan snabbt"
        - status
        - link "Betänketid"
        - link "Vem ringer jag?"
        - link "Ring 112"
        - search "Sök på sajten":
          - combobox "Sök med egna ord"
          - button "Sök"
    """)
    expect(page.get_by_role("contentinfo")).to_match_aria_snapshot("""
      - contentinfo:
        - paragraph
        - paragraph:
          - link "Om sidan"
          - link "Tillgänglighet"
          - link "Integritet"
    """)
    current = page.locator('#meny [aria-current="page"]')
    expect(current).to_have_count(1)
    expect(current).to_have_text("Ansök om betänketid")
