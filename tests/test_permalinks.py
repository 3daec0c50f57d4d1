"""The command: python3 scripts/permalinks.py. What it finds: tests/publish/test_host.py."""

from __future__ import annotations

from scripts import permalinks
from scripts.publish.promise import CONTRACT


def test_the_published_host_is_asked(docs, capsys):
    folder = docs({"a.md": "", CONTRACT: "/a/\n"})
    (folder.parent / "mkdocs.yml").write_text("site_name: x\nsite_url: https://x.example/\n")
    assert permalinks.main(["--docs", str(folder), "--live", "http://127.0.0.1:1/"]) == 1
    out, err = capsys.readouterr()
    assert "/a/ gick inte att nå" in out and "om 1 utlovade" in err
    assert permalinks.main(["--docs", str(folder), "--live", "sajten"]) == 2
    assert "ingen adress" in capsys.readouterr().err
    assert permalinks.main(["--docs", str(folder / "borta"), "--live", "http://x.example/"]) == 2
    assert "finns inte" in capsys.readouterr().err
