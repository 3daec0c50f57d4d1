"""The preview: the site built at each saved change, and shown with what would stop a build."""

from __future__ import annotations

import shutil

import pytest

from scripts import preview
from scripts.content.content import Content
from scripts.preview import Preview, changed_pages
from scripts.publish.live import Live
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({}, []),
        ({"a.md": "Ny text.\n"}, ["a.md"]),
        ({"a.md": "Ny text.\n", "b.md": "Ny.\n"}, ["a.md", "b.md"]),
        ({"c.md": "En sida till.\n"}, None),
        ({"_data/sources.yml": "{x: {title: X}}\n"}, None),
    ],
)
def test_only_pages_with_another_text_are_rendered_alone(docs, change, changed):
    first = {"a.md": "A.\n", "b.md": "B.\n", "_data/sources.yml": "{}\n"}
    before = Content.read(docs(first))
    found = changed_pages(before, Content.read(docs({**first, **change})))
    assert (found if found is None else [str(page.path) for page in found]) == changed
    assert changed_pages(None, before) is None


def test_another_title_is_in_every_menu(docs):
    folder = docs({"a.md": "A.\n", "b.md": "B.\n"})
    before, text = Content.read(folder), (folder / "a.md").read_text(encoding="utf-8")
    (folder / "a.md").write_text(text.replace("title: Prov", "title: Nytt namn"), encoding="utf-8")
    assert changed_pages(before, Content.read(folder)) is None


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A preview of a copy of the project, built once."""
    root = tmp_path_factory.mktemp("projekt")
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preview, "FOLDER", root / ".build/preview")
        patch.setenv("SITE_URL", "http://127.0.0.1:8000/")
        patch.setenv("SOURCE_DATE_EPOCH", "1")
        started = Preview(root, Live(), pdf=False)
        started.update()
        yield started


def page(shown, address):
    return (shown.live.root / address / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_preview_has_what_a_build_has(shown):
    assert shown.live.text == ""
    for address in ("", "p/tecken", "badda-in/kontakt", "skriv-ut/presentation"):
        assert page(shown, address)
    assert list((shown.live.root / "assets").glob("search-index.*.js"))
    for name in ("katalog.json", "betanketid.zip", ".htaccess"):
        assert (shown.live.root / name).is_file(), name


@pytest.mark.slow
def test_a_changed_page_is_shown_and_a_fault_is_told_over_the_last_good_page(shown):
    file = shown.root / "docs/betanketid/ansok.md"
    text = file.read_text(encoding="utf-8")
    before = shown.live.version
    file.write_text(text + "\nProvtext.\n", encoding="utf-8")
    shown.update()
    assert "Provtext." in page(shown, "betanketid/ansok") and shown.live.version != before
    assert shown.live.text == ""
    file.write_text(text + "\n[x](borta.md)\n", encoding="utf-8")
    shown.update()
    assert (
        "Bygget skulle stoppas" in shown.live.text
        and "docs/betanketid/ansok.md:" in shown.live.text
    )
    assert shown.live.text.count("\n") == 1, "one fault, one message"
    now = shown.live.version
    file.write_text(text.replace("title:", "title", 1), encoding="utf-8")
    shown.update()
    assert "Den förra versionen visas" in shown.live.text and shown.live.version == now
    file.write_text(text, encoding="utf-8")
    shown.update()
    assert shown.live.text == "" and "Provtext." not in page(shown, "betanketid/ansok")
