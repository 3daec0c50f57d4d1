"""The checklists: ticking, counting, copying, clearing, remembering, printing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand, framed
from tests.browser.test_linking import REFUSED

pytestmark = pytest.mark.slow

LIST = "odla/host/"
KEY = "kolonilotten-kryss"
GIFT = "Är giftet inlåst? Ring annars 08-700 00 01."
HEAD = "Höststäda, kryssade rader (listans version 2 mars 2026)\n\n"
ROWS, COUNTED = 7, 5  # two rows are signs, and never summed


def total(page):
    return page.locator(".check-total")


def print_black_and_white(page) -> tuple[int, str]:
    """Print as a plain printer would: A4, 150 dpi, one bit a pixel. Return the number of black pixels
    on the only sheet, and its text."""
    (sheet,) = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=False))
    image = sheet.render(scale=150 / 72).to_pil().convert("L")
    return sum(image.histogram()[:128]), sheet.get_textpage().get_text_bounded()


def test_checklist_on_paper_shows_its_ticks(page, home):
    page.goto(home + LIST)
    assert page.locator(".check-rows input").count() == ROWS
    empty, text = print_black_and_white(page)
    words = " ".join(text.split())
    for shown in (GIFT, "Ifylld av", "Datum", "version", "Lägg pappret i skjulet"):
        assert shown in words, "each row, lines to sign, and what mkdocs.yml says of the paper"
    for control in ("Rensa", "Meny", "Kopiera", "klara"):
        assert control not in words.split()
    page.evaluate("document.querySelectorAll('.check-rows input').forEach(b => b.checked = true)")
    # 60 pixels of ink at 150 dpi: a stroke of 3 pt that nobody overlooks
    assert print_black_and_white(page)[0] - empty > 60 * ROWS


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_checklist_each_control_does_its_work(opened, home, way, size):
    """Ticks, counts, copies, prints, clears and remembers; stores nothing unasked."""
    page = opened(way, size, permissions=["clipboard-read", "clipboard-write"])
    hand = Hand(way)
    page.add_init_script(
        "window.prints = 0; window.print = () => { dispatchEvent(new Event('beforeprint'));"
        " prints += 1 }"
    )
    page.goto(home + LIST)
    status = page.get_by_role("status").filter(visible=True)
    expect(total(page)).to_have_text(f"0 av {COUNTED}")

    # ticking: the row's whole text is the target
    first = page.locator("#kryss-gift")
    if way == "keyboard":
        hand.press(first)
    else:
        label = page.locator('label[for="kryss-gift"]')
        label.scroll_into_view_if_needed()
        box = label.bounding_box()
        assert box["height"] >= 24 and first.bounding_box()["width"] >= 20
        far = {"x": box["width"] - 4, "y": box["height"] - 4}
        label.tap(position=far) if way == "touch" else label.click(position=far)
    expect(first).to_be_checked()
    # a sign is ticked, but signs are never summed
    hand.press(page.locator("#kryss-blad"))
    hand.press(page.locator("#kryss-sag"))
    expect(total(page)).to_have_text(f"2 av {COUNTED}")

    # copying: the ticked rows, by group
    hand.press(page.get_by_role("button", name="Kopiera till journalen"))
    expect(status).to_contain_text("kopierad")
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    signs = "\nSe efter (räkna aldrig kryss)\n[x] Ligger blad kvar på marken?\n"
    saw = "\nSedan\n[x] Har du burit hem sågen?\n"
    assert copied == f"{HEAD}Nu\n[x] {GIFT}\n{signs}{saw}"

    # printing: one control; and nothing is kept, wherever one looks
    hand.press(page.get_by_role("button", name="Skriv ut"))
    assert page.evaluate("prints") == 1
    assert page.evaluate(STORED) == NOTHING

    # clearing, and changing one's mind
    hand.press(page.get_by_role("button", name="Rensa allt"))
    expect(total(page)).to_have_text(f"0 av {COUNTED}")
    hand.press(page.get_by_role("button", name="Ångra rensningen"))
    expect(total(page)).to_have_text(f"2 av {COUNTED}")
    expect(page.get_by_role("button", name="Rensa allt")).to_be_focused()

    # remembering, by choice
    page.reload()
    expect(total(page)).to_have_text(f"0 av {COUNTED}")
    hand.press(first)
    remember = page.get_by_role("checkbox", name="Kom ihåg mina kryss")
    expect(remember).not_to_be_checked()
    hand.press(remember)
    hand.press(page.locator("#kryss-las"))
    expect(status).to_contain_text("högst 30 dagar")
    assert page.evaluate(STORED) == {**NOTHING, "local": 1}
    state = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))
    assert set(state) == {"saved", "lists"}
    assert state["lists"] == {"host": marks(page, "gift", "las")}
    page.reload()
    expect(total(page)).to_have_text(f"2 av {COUNTED}")
    expect(remember).to_be_checked()
    hand.press(remember)
    assert page.evaluate(STORED) == NOTHING, "taken back is gone"
    expect(total(page)).to_have_text(f"2 av {COUNTED}")
    hand.press(remember)
    hand.press(page.get_by_role("button", name="Rensa allt"))
    assert page.evaluate(STORED) == NOTHING, "cleared is gone"
    hand.press(page.get_by_role("button", name="Ångra rensningen"))
    assert page.evaluate(STORED) == {**NOTHING, "local": 1}

    # the page behind a row
    hand.press(page.locator("#verktyg a.check-more"))
    page.wait_for_url("**/odla/#ordning")


def test_checklist_tick_after_clearing_ends_the_undo(page, home):
    page.goto(home + LIST)
    first = page.locator(".checklist input").first
    first.check()
    page.get_by_role("button", name="Rensa allt").click()
    undo = page.get_by_role("button", name="Ångra rensningen")
    expect(undo).to_be_visible()
    first.check()
    expect(undo).to_be_hidden()


def marks(page, *rows: str) -> dict[str, str]:
    """Return the rows' ids → what a tick of each is for, as the open list has it."""
    return {row: page.locator(f"#kryss-{row}").get_attribute("data-mark") for row in rows}


def follow(page) -> None:
    page.locator("#verktyg a.check-more").click()
    page.wait_for_url("**/odla/#ordning")


def test_remember_setting_stands_above_first_row(page, home):
    """Described in at most 25 words, as each row is described."""
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(home + LIST)
    switch = page.get_by_role("checkbox", name="Kom ihåg mina kryss")
    first = page.locator("#kryss-gift")
    assert switch.bounding_box()["y"] < first.bounding_box()["y"]
    described = page.locator("#kom-ihag-ord").inner_text()
    expect(switch).to_have_accessible_description(described)
    assert len(described.split()) <= 25
    explained = page.locator(".check-rows li:has(> p + p) input").first
    expect(explained).to_have_accessible_description(re.compile(r"\w"))
    expect(total(page)).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize(("back", "ticks"), [("12:59", 1), ("13:01", 0)])
def test_ticks_are_restored_by_back_within_an_hour(page, home, back, ticks):
    page.clock.set_fixed_time("2026-03-05T12:00:00Z")
    page.goto(home + LIST)
    page.locator("#kryss-gift").check()
    follow(page)
    page.clock.set_fixed_time(f"2026-03-05T{back}:00Z")
    page.go_back()
    expect(total(page)).to_have_text(f"{ticks} av {COUNTED}")


def test_ticks_exit_to_own_host_are_not_restored(page, home):
    """Then nothing tells whether the reader has left."""
    page.goto(home + LIST)
    page.locator(".exit").evaluate("(link) => { link.href = '/om/' }")
    page.locator("#kryss-gift").check()
    follow(page)
    page.go_back()
    expect(total(page)).to_have_text(f"0 av {COUNTED}")


def remembered(page, home, lists: dict, saved: str) -> None:
    page.goto(home + "om/")
    state = json.dumps({"saved": saved, "lists": lists})
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, state])


def test_remembered_row_with_changed_text_is_unticked_with_note(page, home):
    page.clock.set_fixed_time("2026-03-05T12:00:00Z")
    page.goto(home + LIST)
    ticked = {**marks(page, "gift"), "verktyg": "of other words", "borta": ""}
    remembered(page, home, {"host": ticked}, "2026-03-04")
    page.goto(home + LIST)
    expect(page.locator("#kryss-gift")).to_be_checked()
    changed = page.get_by_role("checkbox", name="Har du rengjort verktygen? (ändrad, kryssa igen)")
    expect(changed).not_to_be_checked()
    changed.check()
    expect(page.locator(".check-changed")).to_have_count(0)


def test_remembered_ticks_of_another_list_stay(page, home):
    page.clock.set_fixed_time("2026-03-05T12:00:00Z")
    remembered(page, home, {"start": {"ring": "a"}}, "2026-03-04")
    page.goto(home + LIST)
    page.locator("#kryss-gift").check()
    state = json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY))
    assert state["lists"] == {"start": {"ring": "a"}, "host": marks(page, "gift")}


@pytest.mark.parametrize(("day", "kept"), [("2026-12-30", 1), ("2026-12-31", 0)])
def test_remembered_ticks_are_removed_after_thirty_days(page, home, day, kept):
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto(home + LIST)
    remembered(page, home, {"host": marks(page, "gift")}, "2026-12-01")
    page.goto(home + LIST)
    assert page.locator(".check-rows input:checked").count() == kept
    assert page.evaluate(STORED) == {**NOTHING, "local": kept}


def test_remember_setting_ends_when_another_tab_leaves(page, home):
    """The ticks on the screen stay."""
    page.goto(home + LIST)
    page.get_by_role("checkbox", name="Kom ihåg").check()
    page.locator("#kryss-gift").check()
    other = page.context.new_page()
    other.goto(home + LIST)
    expect(other.locator("#kryss-gift")).to_be_checked()
    page.evaluate("dom.forgetTicks()")  # as exit.js does, before the page is gone
    expect(other.get_by_role("checkbox", name="Kom ihåg")).not_to_be_checked()
    expect(other.locator("#kryss-gift")).to_be_checked()  # it is on her screen
    other.locator("#kryss-las").check()
    assert other.evaluate(STORED) == NOTHING, "the choice is over in the other tab, too"
    other.close()


def test_checklist_in_sandboxed_frame_works_without_storage(page, home, errors):
    page.add_init_script(REFUSED)
    frame = framed(page, home, "odla/plantera/", "allow-scripts")  # not listed for frames
    frame.get_by_role("checkbox", name="Kom ihåg").click()
    expect(frame.get_by_role("status").filter(has_text="kan inte spara")).to_be_visible()
    frame = framed(page, home, LIST, "allow-scripts")
    frame.locator("#kryss-gift").check()
    frame.get_by_role("button", name="Kopiera till journalen").click()
    area = frame.get_by_role("textbox", name="Kryssade rader som text")
    expect(area).to_have_value(f"{HEAD}Nu\n[x] {GIFT}\n")
    assert [error for error in errors if "clipboard" not in error.lower()] == []


def test_checklist_without_javascript_is_boxes_and_text_file(opened, home):
    page = opened("mouse", 375, java_script_enabled=False)
    page.goto(home + LIST)
    page.locator('label[for="kryss-gift"]').click()
    expect(page.locator("#kryss-gift")).to_be_checked()
    with page.expect_download() as download:
        page.get_by_role("link", name="textfil").click()
    assert f"[ ] {GIFT}" in Path(download.value.path()).read_text("utf-8")
