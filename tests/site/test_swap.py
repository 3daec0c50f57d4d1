from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.site import swap


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / ".build").mkdir()
    return tmp_path


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


def left_in(work: Path) -> list[str]:
    return sorted(path.name for path in (work / ".build").iterdir())


def test_swap_replaces_the_whole_folder(work):
    site, new = folder(work / "site", "gammal"), folder(work / ".build/site-1", "ny")
    (site / "borttagen.html").write_text("")
    swap.swap(new, site)
    assert [f.name for f in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "ny"
    assert left_in(work) == []


@pytest.mark.parametrize("before", [Path.touch, None])
def test_swap_without_an_old_site_puts_the_new_one_in_place(work, before):
    if before:
        before(work / "site")
    swap.swap(folder(work / ".build/site-1", "ny"), work / "site")
    assert (work / "site/index.html").read_text() == "ny"
    assert left_in(work) == []


@pytest.mark.skipif(os.name == "nt", reason="rights as Unix has them")
def test_swap_makes_all_files_readable_for_a_server(work):
    new = folder(work / ".build/site-1", "ny")
    (new / "index.html").chmod(0o600)
    new.chmod(0o700)
    swap.swap(new, work / "site")
    modes = {path.stat().st_mode & 0o777 for path in (work / "site", work / "site/index.html")}
    assert modes == {0o755, 0o644}


def break_second_rename(monkeypatch, failure: BaseException) -> None:
    """Let the rename of the old site succeed, and that of the new one raise ``failure``."""
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "site-1":
            raise failure
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)


def test_swap_whose_second_rename_fails_puts_the_old_site_back(work, monkeypatch):
    site, new = folder(work / "site", "gammal"), folder(work / ".build/site-1", "ny")
    break_second_rename(monkeypatch, PermissionError("in use"))
    with pytest.raises(PermissionError):
        swap.swap(new, site)
    assert (site / "index.html").read_text() == "gammal"
    assert left_in(work) == ["site-1"]


def test_recover_after_a_death_between_the_renames_puts_the_old_site_back(work, monkeypatch):
    site, new = folder(work / "site", "gammal"), folder(work / ".build/site-1", "halv")
    with monkeypatch.context() as patch:
        break_second_rename(patch, KeyboardInterrupt())  # as a process that is killed there
        with pytest.raises(KeyboardInterrupt):
            swap.swap(new, site)
    assert not site.exists() and left_in(work) == ["site-1", "site-old"]
    swap.recover(site)
    assert (site / "index.html").read_text() == "gammal"
    assert left_in(work) == []
