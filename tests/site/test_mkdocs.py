from __future__ import annotations

import os

import pytest

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.site import mkdocs

CONFIG = "site_name: Prov\ntheme: mkdocs\nplugins: []\n"


@pytest.fixture
def project(docs):
    def make(config=CONFIG, **pages):
        folder = docs({f"{name}.md": text for name, text in pages.items()})
        (folder.parent / "mkdocs.yml").write_text(config, encoding="utf-8")
        return read_config(folder.parent), folder.parent / "site", Content.read(folder)

    return make


def test_a_right_page_is_built_without_a_word_and_whatever_the_day(project, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    config, target, content = project(index="Text.\n")
    build, told = mkdocs.build, []
    monkeypatch.setattr(
        mkdocs, "build", lambda one: (told.append(os.environ["SOURCE_DATE_EPOCH"]), build(one))
    )
    assert mkdocs.build_pages(config, target, content) == []
    assert mkdocs.find_unwritten(config, target, content) == []
    assert int(told[0]) % 86400 == 43200  # noon
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_warning_is_told_though_every_page_is_there(project):
    config, target, content = project(index="[x](borta.md)\n")
    (told,) = mkdocs.build_pages(config, target, content)
    assert str(told).startswith("docs/index.md:11: ") and "borta.md" in told.message
    assert told.severity == "warning"
    assert mkdocs.find_unwritten(config, target, content) == []


def test_a_page_that_was_not_written_is_missed(project):
    config, target, content = project(index="", a="")
    assert mkdocs.build_pages(config, target, content) == []
    (target / "a/index.html").unlink()
    assert [str(f) for f in mkdocs.find_unwritten(config, target, content)] != []


def test_render_unreadable_template_is_reported(project, tmp_path):
    config = "site_name: Prov\ntheme: {name: mkdocs, custom_dir: egna}\nplugins: []\n"
    (tmp_path / "egna").mkdir()
    (tmp_path / "egna/main.html").write_text("{% borta %}", encoding="utf-8")
    config, target, content = project(config, index="")
    (finding,) = mkdocs.build_pages(config, target, content)
    assert finding.severity == "error" and "tag 'borta'" in finding.message


def test_what_was_read_and_checked_is_what_is_built(project):
    """Whatever is saved, added or taken away after the reading."""
    config, target, content = project(index="Läst.\n", a="Kvar.\n")
    for name in ("index", "ny"):
        (content.docs / f"{name}.md").write_text("# Prov\n\nSparad efteråt.\n", encoding="utf-8")
    assert mkdocs.build_pages(config, target, content) == []
    assert "Läst." in (target / "index.html").read_text(encoding="utf-8")
    assert not [f for f in target.rglob("*.html") if "efteråt" in f.read_text(encoding="utf-8")]
    assert not (target / "ny").exists()
