"""A draft goes out as PO and PDF, comes back, and is on the card when somebody has read it."""

from __future__ import annotations

import pypdfium2
import pytest

from scripts.checks import card
from scripts.content.content import Content
from scripts.core.findings import ContentError
from scripts.paper import translation
from tests.conftest import TODAY

CARD = """\
languages:
  sv: {name: Svenska, written_by: Vi}
  en: {name: English}
parts:
  - title: {sv: Ett}
    lines:
      - {sv: "Rad, ett"}
      # om vatten
      - sv: Rad två
        en: Row
"""


@pytest.fixture
def content(docs) -> Content:
    return Content.read(docs({"a.md": "", "_data/card.yml": CARD}))


def translated(file, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for swedish, other in pairs:
        text = text.replace(f'msgid "{swedish}"\nmsgstr ""', f'msgid "{swedish}"\nmsgstr "{other}"')
    file.write_text(text.replace("FULL NAME <EMAIL@ADDRESS>", "Ada"), "utf-8")


def test_a_draft_goes_out_and_comes_back_and_nobody_sees_it_unread(content, tmp_path):
    file = tmp_path / "utkast/ar.po"
    pages = pypdfium2.PdfDocument(translation.write_sheet(file, content))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert all("UTKAST" in text and "Får inte lämnas till någon" in text for text in texts)
    assert "Rad, ett" in texts[0] and "Översättning" in texts[0] and "Namn" in texts[-1]

    translated(file, ("Ett", "واحد"), ("Rad, ett", 'سطر: \\"واحد\\"'))
    sheet = translation.write_sheet(file, content)
    said = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert "Utkast" in said and "Ändra till" in said
    assert translation.put_on_card(file, content) == 2
    now = Content.read(content.docs)
    rows = [texts.get("ar") for _, _, texts in now.registers.card.rows()]
    assert rows == ["واحد", 'سطر: "واحد"', None]
    language = now.registers.card.languages["ar"]
    assert (language.dir, language.name, language.translated_by) == ("rtl", "العربية", "Ada")
    assert [one.key for one in now.registers.card.shown] == ["sv"]
    assert not list(card.check(now, TODAY))
    assert "# om vatten" in (content.docs / "_data/card.yml").read_text("utf-8")


def test_a_row_whose_swedish_is_another_is_told_on_the_sheet_and_stays_off_the_card(
    content, tmp_path
):
    file = tmp_path / "en.po"
    translation.write_sheet(file, content)
    translated(file, ("Rad, ett", "One"), ("Ett", "Heading"))
    register = content.docs / "_data/card.yml"
    register.write_text(CARD.replace("Rad, ett", "Rad, etta"), "utf-8")
    changed = Content.read(content.docs)
    sheet = translation.write_sheet(file, changed)
    said = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert "Gjord mot en annan svensk rad" in said
    assert translation.put_on_card(file, changed) == 2  # the heading, and what the card had
    rows = [texts.get("en") for _, _, texts in Content.read(content.docs).registers.card.rows()]
    assert rows == ["Heading", None, "Row"]


@pytest.mark.parametrize(
    ("name", "data", "line", "words"),
    [
        ("thailandska.po", b"", 1, "heta som spr"),
        ("th.txt", b"", 1, "heta som spr"),
        ("th.po", b'msgid "a"\nmsgstr "b"\nx y\n', 3, "inte PO"),
        ("th.po", b'msgid "\xe5"\nmsgstr ""\n', 1, "UTF-8"),
    ],
)
def test_a_file_that_is_no_draft_is_told(content, tmp_path, name, data, line, words):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        translation.write_sheet(file, content)
    (fault,) = caught.value.findings
    assert f"{fault.path}:{fault.line}" == f"{name}:{line}" and words in fault.message
    assert file.read_bytes() == data
