"""The checklists: ticking, counting, filtering, copying, clearing, remembering, printing."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pypdfium2
import pytest
import yaml
from PIL import Image
from playwright.sync_api import expect

from scripts.core.swedish import date_words
from tests.browser.hands import HANDS, NOTHING, STORED, Hand, framed, open_page
from tests.browser.test_linking import MAY_COPY, REFUSED, WITHOUT_CLIPBOARD, copied
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

REGISTERS = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "docs/_data/checklists").glob("*.yml"))
}
VERSION = date_words(REGISTERS["misstanke"]["version"])
KEY = "betanketid-kryss"


def rows_of(name: str, counted: bool = False) -> list[dict]:
    groups = REGISTERS[name]["groups"]
    return [r for g in groups if not counted or g.get("count", True) for r in g["rows"]]


def visit(page, base: str, name: str) -> None:
    # "load", not "networkidle": deferred scripts have run by then
    page.goto(f"{base}checklistor/{name}/")


def total(page):
    return page.locator(".check-total")


# --- every list -------------------------------------------------------------------------------


def black_and_white(page) -> tuple[list[Image.Image], str]:
    """Print as a plain printer would: A4, 150 dpi, one bit a pixel; and the paper's text."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=False))
    sheets = [sheet.render(scale=150 / 72).to_pil().convert("L") for sheet in document]
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    return [image.point(lambda v: 255 if v > 127 else 0) for image in sheets], text


def ink(images: list[Image.Image]) -> int:
    return sum(image.histogram()[0] for image in images)


@pytest.mark.parametrize("name", REGISTERS)
def test_the_list_on_screen_and_on_paper(page, base, troubles, name):
    page.set_viewport_size({"width": 1280, "height": 800})
    visit(page, base, name)
    boxes = page.locator(".check-rows input")
    rows = rows_of(name)
    assert boxes.count() == len(rows)
    for row in rows:
        box = page.get_by_role("checkbox", name=row["text"], exact=True)
        assert box.get_attribute("id") == f"kryss-{row['id']}"

    empty, text = black_and_white(page)
    assert len(empty) == REGISTERS[name]["sheets"], "the paper fits the pages it states"
    flat = " ".join(text.replace("\r", "").replace("\n", " ").split())
    for word in (*(row["text"] for row in rows), "Ifylld av", "Datum", "hemligt", "version"):
        assert word in flat, "the paper has every row, lines to sign, and the reminder"
    for word in ("Rensa", "Meny", "Kopiera", "klara"):
        assert word not in flat.split(), "controls stay off the paper"
    page.evaluate("document.querySelectorAll('.check-rows input').forEach(b => b.checked = true)")
    full, _ = black_and_white(page)
    # 60 pixels of ink at 150 dpi: a stroke of 3 pt that nobody overlooks
    assert len(full) == len(empty) and ink(full) - ink(empty) > 60 * len(rows)
    assert troubles == []


def test_an_empty_box_on_paper_is_black_lines_round_white(page, base):
    visit(page, base, "misstanke")
    page.emulate_media(media="print")
    shot = page.locator(".check-rows input").first.screenshot()
    bits = Image.open(io.BytesIO(shot)).convert("L").point(lambda v: 255 if v > 127 else 0)
    width, height = bits.size
    # the box may begin between two pixels
    assert min(bits.getpixel((x, height // 2)) for x in range(3)) == 0, "the frame is black"
    assert bits.getpixel((width // 2, height // 2)) == 255, "the inside is white"


# --- one list, every function -----------------------------------------------------------------


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_every_function(browser, base, way, size):
    page = open_page(browser, way, size, permissions=["clipboard-read", "clipboard-write"])
    hand = Hand(way)
    page.add_init_script(
        "window.prints = 0; window.print = () => { dispatchEvent(new Event('beforeprint'));"
        " prints += 1 }"
    )
    visit(page, base, "misstanke")
    rows, counted = rows_of("misstanke"), rows_of("misstanke", counted=True)
    status = page.get_by_role("status").filter(visible=True)
    expect(total(page)).to_have_text(f"0 av {len(counted)}")

    # ticking: the row's whole text is the target
    first = page.locator("#kryss-akut-fara")
    if way == "keyboard":
        hand.press(first)
    else:
        label = page.locator('label[for="kryss-akut-fara"]')
        label.scroll_into_view_if_needed()
        box = label.bounding_box()
        assert box["height"] >= 24 and first.bounding_box()["width"] >= 20
        far = {"x": box["width"] - 4, "y": box["height"] - 4}
        label.tap(position=far) if way == "touch" else label.click(position=far)
    expect(first).to_be_checked()
    # a sign is ticked, but signs are never summed
    hand.press(page.locator("#kryss-telefon"))
    hand.press(page.locator("#kryss-polisanmalan"))
    expect(total(page)).to_have_text(f"2 av {len(counted)}")

    # a child: the row for adults goes, from the count and from the copy
    hand.press(page.get_by_role("radio", name="Barn"))
    expect(page.locator("#polisanmalan")).to_be_hidden()
    expect(total(page)).to_have_text(f"1 av {len(counted) - 1}")
    hand.press(page.get_by_role("button", name="Kopiera till journalen"))
    expect(status).to_contain_text("kopierad")
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    text = {row["id"]: row["text"] for row in rows}
    assert copied == (
        f"Misstanke om människohandel, kryssade rader (listans version {VERSION})\n\n"
        f"Nu\n[x] {text['akut-fara']}\n\n"
        f"Se efter och fråga (räkna aldrig kryss)\n[x] {text['telefon']}\n"
    )
    hand.press(page.get_by_role("radio", name="Alla"))

    # printing: one control
    hand.press(page.get_by_role("button", name="Skriv ut"))
    assert page.evaluate("prints") == 1

    # nothing is kept, wherever one looks
    assert page.evaluate(STORED) == NOTHING

    # clearing, and changing one's mind
    hand.press(page.get_by_role("button", name="Rensa allt"))
    expect(total(page)).to_have_text(f"0 av {len(counted)}")
    hand.press(page.get_by_role("button", name="Ångra rensningen"))
    expect(total(page)).to_have_text(f"2 av {len(counted)}")
    expect(page.get_by_role("button", name="Rensa allt")).to_be_focused()

    # remembering, by choice
    page.reload()
    expect(total(page)).to_have_text(f"0 av {len(counted)}")
    hand.press(first)
    remember = page.get_by_role("checkbox", name="Kom ihåg mina kryss")
    expect(remember).not_to_be_checked()
    hand.press(remember)
    hand.press(page.locator("#kryss-enskilt"))
    expect(status).to_contain_text("högst 30 dagar")
    assert page.evaluate(STORED) == {**NOTHING, "local": 1}
    state = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))
    assert set(state) == {"saved", "lists"}
    assert state["lists"] == {"misstanke": {"akut-fara": "", "enskilt": ""}}
    page.reload()
    expect(total(page)).to_have_text(f"2 av {len(counted)}")
    expect(remember).to_be_checked()
    hand.press(remember)
    assert page.evaluate(STORED) == NOTHING, "taken back is gone"
    expect(total(page)).to_have_text(f"2 av {len(counted)}")
    hand.press(remember)
    hand.press(page.get_by_role("button", name="Rensa allt"))
    assert page.evaluate(STORED) == NOTHING, "cleared is gone"
    hand.press(page.get_by_role("button", name="Ångra rensningen"))
    assert page.evaluate(STORED) == {**NOTHING, "local": 1}

    # the page behind a row
    hand.press(page.locator("#enskilt a.check-more"))
    page.wait_for_url("**/upptacka/samtal/#innan")
    page.context.close()


def remembered(page, base, lists: dict, saved: str) -> None:
    page.goto(base + "om/integritet/")
    state = json.dumps({"saved": saved, "lists": lists})
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, state])


def test_a_row_with_a_new_meaning_comes_back_empty_and_says_so(page, base):
    page.clock.set_fixed_time("2026-12-02T12:00:00Z")
    ticks = {"akut-fara": "", "enskilt": "2026-01-01", "borttagen": ""}
    remembered(page, base, {"misstanke": ticks}, "2026-12-01")
    visit(page, base, "misstanke")
    expect(page.locator("#kryss-akut-fara")).to_be_checked()
    changed = page.get_by_role(
        "checkbox", name="Träffa personen utan sällskap. (ändrad, kryssa igen)"
    )
    expect(changed).not_to_be_checked()
    changed.check()
    expect(page.locator(".check-changed")).to_have_count(0)


@pytest.mark.parametrize(
    ("day", "kept"), [("2026-12-30T12:00:00Z", 1), ("2026-12-31T12:00:00Z", 0)]
)
def test_after_thirty_days_it_is_gone(page, base, day, kept):
    page.clock.set_fixed_time(day)
    remembered(page, base, {"misstanke": {"akut-fara": ""}}, "2026-12-01")
    visit(page, base, "misstanke")
    assert page.locator(".check-rows input:checked").count() == kept
    assert page.evaluate(STORED) == {**NOTHING, "local": kept}


@pytest.mark.parametrize("value", ["{", "null", '{"saved": 1}', '{"lists": {}}'])
def test_what_cannot_be_read_is_thrown_away(page, base, troubles, value):
    page.goto(base + "om/integritet/")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, value])
    visit(page, base, "misstanke")
    assert page.evaluate(STORED) == NOTHING
    assert troubles == []


def test_clearing_in_another_tab_ends_the_choice(page, base):
    visit(page, base, "misstanke")
    page.get_by_role("checkbox", name="Kom ihåg").check()
    page.evaluate("localStorage.clear()")
    page.locator("#kryss-akut-fara").check()
    expect(page.get_by_role("checkbox", name="Kom ihåg")).not_to_be_checked()
    assert page.evaluate(STORED) == NOTHING


def test_a_full_store_is_said_and_the_rest_works(page, base, troubles):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    visit(page, base, "misstanke")
    page.locator("#kryss-akut-fara").check()
    page.get_by_role("checkbox", name="Kom ihåg").click()
    expect(page.get_by_role("status").filter(has_text="kan inte spara")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Kom ihåg")).not_to_be_checked()
    expect(page.locator("#kryss-akut-fara")).to_be_checked()
    assert troubles == []


def test_an_intranet_over_plain_http_has_another_clipboard(browser, base):
    page = open_page(browser, "mouse", 1280, **MAY_COPY)
    visit(page, base, "misstanke")
    page.evaluate(WITHOUT_CLIPBOARD)
    page.get_by_role("button", name="Kopiera till journalen").click()
    expect(page.locator(".check-status")).to_contain_text("Texten är kopierad")
    assert "Inga rader är kryssade." in copied(page)
    page.context.close()


def test_in_a_sandboxed_frame_everything_else_works(page, base, troubles):
    page.add_init_script(REFUSED)
    frame = framed(page, base, "checklistor/misstanke/", "allow-scripts")
    frame.locator("#kryss-akut-fara").check()
    expect(frame.locator(".check-total")).to_have_text(re.compile(r"^1 av \d+$"))
    frame.get_by_role("checkbox", name="Kom ihåg").click()
    expect(frame.get_by_role("status").filter(has_text="kan inte spara")).to_be_visible()
    frame.get_by_role("button", name="Kopiera till journalen").click()
    area = frame.get_by_role("textbox", name="Kryssade rader som text")
    expect(
        area
    ).to_have_value(f"""Misstanke om människohandel, kryssade rader (listans version {VERSION})

Nu
[x] Är någon i fara nu? Ring 112.
""")
    frame.get_by_role("button", name="Rensa allt").click()
    expect(frame.locator(".check-total")).to_have_text(re.compile(r"^0 av \d+$"))
    assert troubles == []


def test_without_javascript_it_is_a_list_of_boxes_and_a_text_file(browser, base):
    page = open_page(browser, "mouse", 375, java_script_enabled=False)
    visit(page, base, "misstanke")
    page.locator('label[for="kryss-akut-fara"]').click()
    expect(page.locator("#kryss-akut-fara")).to_be_checked()
    assert page.get_by_role("button", name="Rensa allt").count() == 0, "no dead controls"
    with page.expect_download() as download:
        page.get_by_role("link", name="textfil").click()
    assert "[ ] Är någon i fara nu? Ring 112." in Path(download.value.path()).read_text("utf-8")
    page.context.close()
