from __future__ import annotations

import json
import subprocess
from pathlib import Path

from scripts.validate_links import main
from tests.links.test_validate import small


def test_only_pages_whose_sources_have_changed(tmp_path: Path, capsys, monkeypatch):
    def git(*arguments: str) -> None:
        settings = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(
            ["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    docs = tmp_path / "docs"
    (docs / "_data").mkdir(parents=True)
    for name in ("index.md", "b.md"):
        (docs / name).write_text("[x](borta.md)\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    page = '<a href="borta.md">x</a><a href="b/">b</a>'
    root = small(tmp_path, {"index.html": page, "b/index.html": '<a href="../borta.md">x</a>'})
    command = [str(root), "--docs", str(docs), "--format", "json", "--changed-since"]

    def pages(*arguments: str) -> list[str]:
        main([*command, *arguments])
        return [f["source"] for f in json.loads(capsys.readouterr().out)["findings"]]

    assert pages("HEAD") == []
    (docs / "b.md").write_text("ny rad\n\n[x](borta.md)\n")
    assert pages("HEAD") == ["docs/b.md"]
    (docs / "_data/sources.yml").write_text("x: y\n")  # every page may show a register
    assert pages("HEAD") == ["docs/b.md", "docs/index.md"]
    assert main([*command, "finns-inte"]) == 2
    assert "finns-inte" in capsys.readouterr().err
    git("add", ".")
    git("commit", "-qm", "y")
    (docs / "b.md").write_text("[x](borta.md)\n")
    monkeypatch.chdir(docs)
    command[2] = "."
    assert pages("HEAD") == ["b.md"], "whatever the folder is called"
    monkeypatch.setenv("PATH", "")
    assert main([*command, "HEAD"]) == 2
    assert "programmet git finns inte" in capsys.readouterr().err
