"""The preview: the site built at each saved change, and shown with what would stop a build."""

from __future__ import annotations

import shutil

import pytest
from watchdog.events import FileModifiedEvent

from scripts import preview
from scripts.content.project import Project
from scripts.preview import Preview
from scripts.site.preview_server import PreviewState
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
        patch.setenv("SOURCE_DATE_EPOCH", "1")
        started = Preview(root, PreviewState(), pdf=False)
        started.update()
        yield started


def page(shown, address):
    return (shown.live.root / address / "index.html").read_text(encoding="utf-8")


def test_the_preview_has_what_a_build_has(shown):
    assert shown.live.findings_text == ""
    for address in ("", "p/fraga", "odla/tomat"):
        assert page(shown, address)
    assert list((shown.live.root / "assets").glob("search-index.*.js"))
    for name in ("sitemap.xml", "kolonilotten.zip", ".htaccess"):
        assert (shown.live.root / name).is_file(), name


def test_a_saved_page_is_shown_before_the_rest(shown):
    file = shown.root / "docs/odla/tomat.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\nFörst.\n", encoding="utf-8")
    before = shown.live.version
    assert shown.show_changed_pages(Project.load(shown.root)) and shown.live.version != before
    whole = page(shown, "odla/tomat")
    assert "Först." in whole and 'class="crumbs"' in whole and "assets/every-page." in whole
    (shown.root / "docs/_data/glossary.yml").write_text("", encoding="utf-8")
    assert not shown.show_changed_pages(Project.load(shown.root))
    shutil.copy(GARDEN / "docs/_data/glossary.yml", shown.root / "docs/_data/glossary.yml")
    file.write_text(text, encoding="utf-8")


def test_a_changed_page_is_shown_and_a_fault_is_told_over_the_last_good_page(shown):
    file = shown.root / "docs/odla/tomat.md"
    text = file.read_text(encoding="utf-8")
    before = shown.live.version
    file.write_text(text + "\nProvtext.\n", encoding="utf-8")
    shown.update()
    assert "Provtext." in page(shown, "odla/tomat") and shown.live.version != before
    assert shown.live.findings_text == ""
    file.write_text(text + "\n[x](borta.md)\n", encoding="utf-8")
    shown.update()
    assert (
        "Bygget skulle stoppas" in shown.live.findings_text
        and "docs/odla/tomat.md:" in shown.live.findings_text
    )
    assert shown.live.findings_text.count("\n") == 1, "one fault, one message"
    now = shown.live.version
    file.write_text(text.replace("title:", "title", 1), encoding="utf-8")
    shown.update()
    assert "Den förra versionen visas" in shown.live.findings_text and shown.live.version == now
    file.write_text(text, encoding="utf-8")
    shown.update()
    assert shown.live.findings_text == "" and "Provtext." not in page(shown, "odla/tomat")


def test_what_is_waited_for_is_counted_from_the_first_save(shown, monkeypatch):
    clock = iter([1500.0, 2000.0, 2500.0])
    monkeypatch.setattr(preview.time, "time", lambda: next(clock, 0.0))
    for name in (".build/x", "docs/odla/tomat.md", "docs/_data/glossary.yml"):
        shown.on_any_event(FileModifiedEvent(str(shown.root / name)))
    assert shown.changed.is_set() and shown.first_save == 1500
