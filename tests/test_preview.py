"""The preview: the site built at each saved change, and shown with what would stop a build."""

from __future__ import annotations

import shutil

import pytest

from scripts import preview
from scripts.preview import MAX_FINDINGS, Preview, page_message
from tests.conftest import GARDEN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A preview of a small site, built once."""
    root = tmp_path_factory.mktemp("projekt") / "garden"
    shutil.copytree(GARDEN, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preview, "FOLDER", root / ".build/preview")
        patch.setenv("SITE_URL", "http://127.0.0.1:8000/")
        started = Preview(root, pdf=False)
        started.update()
        yield started


@pytest.fixture
def tomato(shown):
    """Return a function that saves a page with a change, and builds; the page is put back after."""
    file = shown.root / "docs/odla/tomat.md"
    original = file.read_text(encoding="utf-8")

    def save(change) -> str:
        """Save the changed page; return the built one."""
        file.write_text(change(original), encoding="utf-8")
        shown.update()
        return (shown.state.root / "odla/tomat/index.html").read_text(encoding="utf-8")

    yield save
    file.write_text(original, encoding="utf-8")


def test_preview_has_what_a_build_has(shown):
    assert shown.state.message == ""
    for name in ("index.html", "p/fraga/index.html", "sitemap.xml", "kolonilotten.zip"):
        assert (shown.state.root / name).is_file(), name
    assert list((shown.state.root / "assets").glob("search-index.*.js"))


def test_preview_saved_page_is_a_new_version_and_the_old_is_removed(shown, tomato):
    before = shown.state.root
    assert "Provtext." in tomato(lambda text: text + "\nProvtext.\n")
    assert shown.state.root != before and not before.exists()
    assert shown.state.message == ""


def test_preview_fault_in_a_link_is_shown_on_the_new_pages(shown, tomato):
    assert "Provtext." in tomato(lambda text: text + "\nProvtext. [x](borta.md)\n")
    heading, message = shown.state.message.split("\n")
    assert "Bygget skulle stoppas" in heading and message.startswith("docs/odla/tomat.md:")


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace("title:", "title", 1), lambda text: text + "\n\ufffd\x00"],
    ids=["front matter", "invisible character"],
)
def test_preview_of_a_page_that_cannot_be_read_keeps_the_last_good_pages(shown, tomato, change):
    before = shown.state.root
    assert tomato(change)
    assert shown.state.root == before
    assert shown.state.message.startswith("Den förra versionen visas. Rätta:\ndocs/odla/tomat.md:")
    tomato(lambda text: text)
    assert shown.state.message == "" and shown.state.root != before


def test_preview_error_of_ours_keeps_the_last_good_pages(shown, tomato, monkeypatch):
    before = shown.state.root

    def broken(*_):
        raise ValueError("trasig")

    monkeypatch.setattr(preview.pipeline, "run_pipeline", broken)
    tomato(lambda text: text)
    assert shown.state.root == before and "trasig" in shown.state.message


def test_page_message_many_findings_has_the_first_and_their_number():
    lines = page_message([f"a.md:{n}: fel" for n in range(20)], is_stale=True).split("\n")
    assert len(lines) == 1 + MAX_FINDINGS + 1 and "12 till" in lines[-1]


def test_serve_save_during_a_build_is_built_next(tmp_path, monkeypatch):
    page = tmp_path / "docs/index.md"
    page.parent.mkdir()
    built = []

    def update(_):
        built.append(page.read_text("utf-8") if page.exists() else "")
        if len(built) == 2:
            raise KeyboardInterrupt  # Ctrl+C
        page.write_text("Sparad under bygget.", encoding="utf-8")

    monkeypatch.setattr(preview, "FOLDER", tmp_path / "preview")
    monkeypatch.setenv("SITE_URL", "")
    monkeypatch.setattr(Preview, "update", update)
    monkeypatch.setattr(preview.gc, "set_threshold", lambda *_: None)
    assert preview.serve(tmp_path, 0) == 0
    assert built == ["", "Sparad under bygget."]
    assert not (tmp_path / "preview").exists()
