from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.publish import unchanged
from scripts.publish.unchanged import fingerprint, holds, remember
from tests.conftest import PAGE


def made(root, *settings):
    return fingerprint(root, Content.read(root / "docs"), *settings)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(unchanged, "ROOT", tmp_path)
    for name in ("docs/a.md", "overrides/x.css", "scripts/y.py", "mkdocs.yml", "site/a/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE if name == "docs/a.md" else "ett", encoding="utf-8")
    return tmp_path


def test_what_was_built_of_the_same_is_not_built_again(project):
    made_of = made(project, "2026-11-24", "")
    assert not holds(made_of, project / "site")
    remember(made_of, project / "site")
    assert holds(made(project, "2026-11-24", ""), project / "site")
    (project / "scripts/__pycache__").mkdir()
    (project / "scripts/__pycache__/y.pyc").write_text("x")
    assert holds(made(project, "2026-11-24", ""), project / "site")


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
    remember(made(project, "2026-11-24", ""), project / "site")
    (project / name).write_text(PAGE + "Mer.\n", encoding="utf-8")
    assert not holds(made(project, "2026-11-24", ""), project / "site")


def test_what_was_read_is_what_counts(project):
    """A file that is saved while a build runs makes the next build a whole one."""
    register = project / "docs/_data/synonyms.yml"
    register.parent.mkdir()
    register.write_text("a: [b]\n", encoding="utf-8")
    content = Content.read(project / "docs")
    for file in (register, project / "docs/a.md"):
        file.write_text(file.read_text(encoding="utf-8") + "# Mer\n", encoding="utf-8")
    remember(fingerprint(project, content), project / "site")
    assert not holds(made(project), project / "site")


def test_another_day_another_setting_and_a_moved_text_do_too(project):
    remember(made(project, "2026-11-24", ""), project / "site")
    assert not holds(made(project, "2026-11-25", ""), project / "site")
    assert not holds(made(project, "2026-11-24", "x"), project / "site")
    (project / "docs/a.md").rename(project / "docs/b.md")
    assert not holds(made(project, "2026-11-24", ""), project / "site")


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"halv"])
def test_a_broken_mark_is_none(project, left):
    remember(made(project), project / "site")
    (project / ".build/unchanged").write_bytes(left)
    assert not holds(made(project), project / "site")
