"""Settings that run nothing, and when what is wrong is told."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import pytest

from scripts import pipeline
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.core.findings import ContentError, Finding
from scripts.links.html import read_html
from scripts.site.html_site import HtmlSite, insert_html_after
from scripts.site.permalinks import CONTRACT

pytestmark = pytest.mark.slow

PLAIN = "site_name: x\ntheme: mkdocs\nplugins: []\n"
RUNS = "!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [ran]]"


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        (f"site_name: x\nplugins: {RUNS}\n", 2, "bad-yaml"),
        (f"site_name: !ENV {RUNS}\n", 1, "bad-yaml"),
        ("site_name: x\nhooks: [x.py]\n", 2, "settings-code"),
        ("site_name: x\ndocs_dir: ..\n", 2, "settings-code"),
    ],
)
def test_settings_run_nothing_though_mkdocs_would(tmp_path, monkeypatch, text, line, rule):
    """Nor do those that they are made of (INHERIT)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "grund").mkdir()
    for name in ("mkdocs.yml", "grund/mkdocs.yml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            Project.load(tmp_path)
        (fault,) = caught.value.findings
        assert (str(fault.path), fault.line, fault.rule) == (name, line, rule)
        (tmp_path / "mkdocs.yml").write_text(
            f"INHERIT: grund/mkdocs.yml\n{PLAIN}", encoding="utf-8"
        )
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("theme: borta", 2),
        ("site_url: http://[::1", 1),
    ],
)
def test_settings_that_mkdocs_does_not_take_are_told(tmp_path, row, line):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{row}\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        Project.load(tmp_path)
    told = str(caught.value)
    assert (
        told.startswith(f"mkdocs.yml:{line}: ") and "(bad-setting)" in told and "File" not in told
    )


def test_settings_may_ask_the_environment_and_inherit(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://odla.example/")
    (tmp_path / "grund/docs").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "grund/mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    own = (
        'INHERIT: grund/mkdocs.yml\nsite_name: y\nsite_url: !ENV [SITE_URL, "https://x.example/"]\n'
    )
    (tmp_path / "mkdocs.yml").write_text(own, encoding="utf-8")
    config = Project.load(tmp_path).config
    assert (config.name, config.site_url) == ("y", "https://odla.example/")


@pytest.mark.parametrize(
    ("rules", "builds"),
    [
        ([], True),
        (["no-such-page", "lost-address"], True),
        (["no-such-page", "missing-field"], False),
    ],
)
def test_only_what_something_removed_has_left_behind_lets_the_build_go_on(rules, builds):
    assert (
        pipeline.can_build([Finding(PurePosixPath("x"), 1, rule, "x") for rule in rules]) is builds
    )


def test_what_leads_to_a_page_that_is_gone_is_told_by_all_checks_at_once(docs):
    word = {"a": {"text": "Se [x](/borta.md)."}}
    folder = docs({"index.md": "Se [x](borta.md).\n", "_data/glossary.yml": word})
    found = pipeline.check_content(Content.read(folder), dt.date(2026, 11, 24))
    assert [fault.rule for fault in found] == ["unknown-page", "no-such-page"]


def test_what_is_lost_is_told_with_the_content(docs):
    folder = docs({"index.md": "", CONTRACT: "/borta/\n"})
    found = pipeline.check_content(Content.read(folder), dt.date(2026, 11, 24))
    assert "lost-address" in [fault.rule for fault in found]


def test_a_link_to_nowhere_is_told(garden):
    content, config = Content.read(garden.docs), read_config(garden.root)
    site = HtmlSite(garden.site, config.site_url)
    assert pipeline.validate_site(site, content, config, {}, []) == []
    page = site.pages["odla/tomat/"]
    insert_html_after(page.select_required("h1"), '<a href="../borta/">x</a>')
    read = {page.file: read_html(page.tree)}
    faults = pipeline.validate_site(site, content, config, read, [])
    assert [fault.rule for fault in faults] == ["missing-page"]
    assert pipeline.validate_site(site, content, config, read, faults) == []  # told of already
