"""The checklists: ticking, counting, clearing, printing, forgetting."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
import yaml
from PIL import Image
from playwright.sync_api import expect

from tests.conftest import ROOT

LISTS = sorted(f.stem for f in (ROOT / "docs/_data/checklists").glob("*.yml"))
HEIGHT = 800


@pytest.fixture(params=LISTS)
def checklist(request) -> str:
    return request.param


@pytest.fixture
def rows(checklist: str) -> list[dict[str, object]]:
    file = ROOT / f"docs/_data/checklists/{checklist}.yml"
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
    return [row for group in groups for row in group["rows"]]


def visit(page, base: str, checklist: str, width: int = 375):
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(f"{base}checklistor/{checklist}/", wait_until="networkidle")
    return page.get_by_role("checkbox")


def test_every_row_is_a_named_box_of_its_own(page, base, checklist, rows):
    boxes = visit(page, base, checklist)
    assert boxes.count() == len(rows)
    for row in rows:
        box = page.get_by_role("checkbox", name=row["text"], exact=True)
        assert box.get_attribute("id") == f"kryss-{row['id']}"
        assert page.locator(f"#{row['id']}").count() == 1, "the row's id is an address"


def test_the_whole_text_ticks_and_is_large_enough(page, base, checklist, rows, width):
    visit(page, base, checklist, width)
    for row in (rows[0], rows[-1]):
        label = page.locator(f'label[for="kryss-{row["id"]}"]')
        label.scroll_into_view_if_needed()
        size = label.bounding_box()
        assert size["height"] >= 24 and size["width"] >= 24
        box = page.locator(f"#kryss-{row['id']}")
        assert box.bounding_box()["width"] >= 20
        label.click(position={"x": size["width"] - 4, "y": size["height"] - 4})
        expect(box).to_be_checked()


def test_the_keyboard_ticks_counts_and_clears(page, base, checklist, rows):
    boxes = visit(page, base, checklist)
    status = page.get_by_role("status").filter(has_text="kryssade")
    expect(status).to_have_text(f"0 av {len(rows)} kryssade")
    boxes.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "checkbox":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(status).to_have_text(f"2 av {len(rows)} kryssade")
    page.get_by_role("button", name="Rensa").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text(f"0 av {len(rows)} kryssade")
    assert not any(box.is_checked() for box in boxes.all())


def test_ticks_are_forgotten(page, base, checklist):
    boxes = visit(page, base, checklist)
    boxes.first.check()
    stored = "() => localStorage.length + sessionStorage.length + document.cookie.length"
    assert page.evaluate(stored) == 0
    page.reload()
    assert not page.get_by_role("checkbox").first.is_checked()
    page.get_by_role("checkbox").first.check()
    page.goto(base)
    page.go_back()
    # The back button may restore the page from memory; a new visit never does.
    page.goto(f"{base}checklistor/{checklist}/")
    assert not page.get_by_role("checkbox").first.is_checked()


def test_without_javascript_it_is_still_a_list_of_boxes(browser, base, checklist, rows):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}checklistor/{checklist}/")
    page.locator(f'label[for="kryss-{rows[0]["id"]}"]').click()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    context.close()


def black_and_white(page, folder: Path) -> tuple[list[Image.Image], str]:
    """Print the page, as a plain printer would: A4, 150 dpi, one bit a pixel; and its text."""
    data = page.pdf(path=str(folder / "p.pdf"), format="A4", print_background=False)
    document = pypdfium2.PdfDocument(data)
    pages = [sheet.render(scale=150 / 72).to_pil().convert("L") for sheet in document]
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    return [image.point(lambda value: 255 if value > 127 else 0) for image in pages], text


def dark(images: list[Image.Image]) -> int:
    return sum(image.histogram()[0] for image in images)


def test_ticked_and_unticked_differ_on_black_and_white_paper(page, base, checklist, rows, tmp_path):
    boxes = visit(page, base, checklist, 1280)
    empty, text = black_and_white(page, tmp_path)
    for box in boxes.all():
        box.check()
    full, _ = black_and_white(page, tmp_path)
    assert len(full) == len(empty)
    # 60 pixels of ink at 150 dpi: a stroke of 3 pt that nobody overlooks
    assert dark(full) - dark(empty) > 60 * len(rows)
    flat = " ".join(text.replace("\r\n", " ").split())
    for word in ("Rensa", "Meny"):
        assert word not in flat.split(), "controls stay off the paper"


def test_an_empty_box_on_paper_is_black_lines_round_white(page, base, checklist):
    boxes = visit(page, base, checklist, 1280)
    page.emulate_media(media="print")
    shot = Image.open(io.BytesIO(boxes.first.screenshot())).convert("L")
    bits = shot.point(lambda value: 255 if value > 127 else 0)
    width, height = bits.size
    # the box may begin between two pixels
    assert min(bits.getpixel((x, height // 2)) for x in range(3)) == 0, "the frame is black"
    assert bits.getpixel((width // 2, height // 2)) == 255, "the inside is white"
