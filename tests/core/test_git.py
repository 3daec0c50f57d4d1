from __future__ import annotations

import datetime as dt
import subprocess

from scripts.core.git import commit_of


def test_commit_of_has_name_date_and_later_changes(tmp_path, monkeypatch):
    def git(*arguments):
        who = ("-c", "user.name=A", "-c", "user.email=a@b.se", "-c", "commit.gpgsign=false")
        return subprocess.run(
            ["git", "-C", tmp_path, *who, *arguments], check=True, capture_output=True, text=True
        ).stdout

    assert commit_of(tmp_path, "a") is None, "no repository"
    git("init")
    (tmp_path / "a").write_text("1")
    assert commit_of(tmp_path, "a") is None, "no commit"
    git("add", "a")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-30T23:30:00-0500")
    git("commit", "-m", "x")
    found = commit_of(tmp_path, "a")
    assert found.name == git("rev-parse", "HEAD")[:10]
    assert found.date == dt.date(2026, 11, 30), "in the zone of who committed, not of who builds"
    assert not found.changed
    assert commit_of(tmp_path, "b") is None, "another project's repository"
    (tmp_path / "b").write_text("a new page")
    assert commit_of(tmp_path, "a").changed
    monkeypatch.setenv("PATH", "")
    assert commit_of(tmp_path, "a") is None, "git isn't installed"
