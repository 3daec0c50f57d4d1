from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.publish import swap


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


@pytest.mark.parametrize("before", [Path.touch, os.mkfifo, None])
def test_a_first_build_needs_no_old_site(work, before):
    if before:
        before(work / "site")
    swap.swap(folder(work / ".build/site-1", "ny"), work / "site")
    assert (work / "site/index.html").read_text() == "ny"
    assert not list((work / ".build").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="rights as Unix has them")
def test_a_server_of_another_user_may_read_all_of_it(work):
    new = folder(work / ".build/site-1", "ny")
    (new / "index.html").chmod(0o600)
    new.chmod(0o700)
    swap.swap(new, work / "site")
    modes = {path.stat().st_mode & 0o777 for path in (work / "site", work / "site/index.html")}
    assert modes == {0o755, 0o644}


def test_a_death_between_the_two_renames_is_mended(work):
    folder(work / ".build/site-old", "gammal")
    folder(work / ".build/site-7", "halv")
    swap.recover(work / "site")
    assert (work / "site/index.html").read_text() == "gammal"
    assert not list((work / ".build").iterdir())
