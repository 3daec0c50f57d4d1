"""Settings that run nothing, and when what is wrong is told."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts import pipeline
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.core.findings import ContentError, Finding
from scripts.links.html import read_html
from scripts.site.html_site import HtmlSite, insert_html_after

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
