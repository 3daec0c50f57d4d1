from __future__ import annotations

from pathlib import Path

import pytest

from scripts.publish import swap
from scripts.publish.swap import fingerprint, holds, remember
from tests.conftest import PAGE


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / ".build").mkdir()
    return tmp_path


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


@pytest.mark.parametrize("platform", ["linux", "elsewhere"])
def test_swap_replaces_the_whole_folder(work, monkeypatch, platform):
    monkeypatch.setattr(swap.sys, "platform", platform)
    site, new = folder(work / "site", "gammal"), folder(work / ".build/site-1", "ny")
    (site / "borttagen.html").write_text("")
    swap.swap(new, site)
    assert [f.name for f in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "ny"
    assert not list((work / ".build").iterdir())


def test_a_first_build_needs_no_old_site(work):
    swap.swap(folder(work / ".build/site-1", "ny"), work / "site")
    assert (work / "site/index.html").read_text() == "ny"


def test_a_death_between_the_two_renames_is_mended(work):
    folder(work / ".build/site-old", "gammal")
    folder(work / ".build/site-7", "halv")
    swap.recover(work / "site")
    assert (work / "site/index.html").read_text() == "gammal"
    assert not list((work / ".build").iterdir())


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(swap, "ROOT", tmp_path)
    for name in ("docs/a.md", "overrides/x.css", "scripts/y.py", "mkdocs.yml", "site/a/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE if name == "docs/a.md" else "ett", encoding="utf-8")
    return tmp_path


def test_what_was_built_of_the_same_is_not_built_again(project):
    made_of = fingerprint(project, "2026-11-24", "")
    assert not holds(made_of, project / "site")
    remember(made_of, project / "site")
    assert holds(fingerprint(project, "2026-11-24", ""), project / "site")
    (project / "scripts/__pycache__").mkdir()
    (project / "scripts/__pycache__/y.pyc").write_text("x")
    assert holds(fingerprint(project, "2026-11-24", ""), project / "site")


@pytest.mark.parametrize(
    "name",
    [
        "docs/a.md",
        "overrides/x.css",
        "scripts/y.py",
        "mkdocs.yml",
        "docs/ny.md",
        "site/a/index.html",
        "site/ny",
    ],
)
def test_a_change_makes_a_whole_build(project, name):
    remember(fingerprint(project, "2026-11-24", ""), project / "site")
    (project / name).write_text(PAGE + "Mer.\n", encoding="utf-8")
    assert not holds(fingerprint(project, "2026-11-24", ""), project / "site")


def test_another_day_another_setting_and_a_moved_text_do_too(project):
    remember(fingerprint(project, "2026-11-24", ""), project / "site")
    assert not holds(fingerprint(project, "2026-11-25", ""), project / "site")
    assert not holds(fingerprint(project, "2026-11-24", "x"), project / "site")
    (project / "docs/a.md").rename(project / "docs/b.md")
    assert not holds(fingerprint(project, "2026-11-24", ""), project / "site")


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"halv"])
def test_a_broken_mark_is_none(project, left):
    remember(fingerprint(project), project / "site")
    (project / ".build/unchanged").write_bytes(left)
    assert not holds(fingerprint(project), project / "site")
