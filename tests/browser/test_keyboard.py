"""Everything with the keyboard alone: menu, search, contents."""

from __future__ import annotations

from playwright.sync_api import expect

# Where focus is, and whether a person would see it.
FOCUS = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
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


def test_every_stop_is_visible_and_uncovered(page, base, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + "betanketid/ansok/", wait_until="networkidle")
    faults = []
    for number in range(40):
        page.keyboard.press("Tab")
        page.wait_for_function(
            "() => !document.getAnimations().some(a => a.playState === 'running')"
        )
        focus = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        if not focus["visible"] or focus["covered"] or not focus["outline"]:
            faults.append((number, focus))
    assert faults == []


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
