"""The command: python -m scripts.permalinks. What it finds: tests/publish/test_promise.py."""

from __future__ import annotations

from scripts import permalinks
from scripts.publish.promise import CONTRACT


def test_a_folder_that_is_not_there_is_no_clean_answer(tmp_path, capsys):
    assert permalinks.main(["--docs", str(tmp_path / "borta")]) == 2
    assert "finns inte" in capsys.readouterr().err


def test_it_tells_what_is_lost_and_gives_the_rows(docs, capsys):
    folder = docs({"index.md": "", CONTRACT: "/\n/a/\n"})
    assert permalinks.main(["--docs", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert "/a/ är utlovad men finns inte" in out
    assert err.endswith("retired:\n  /a/: {instead: /}\n")
    docs({"_data/redirects.yml": "retired:\n  /a/: {instead: /}\n"})
    assert permalinks.main(["--docs", str(folder)]) == 0


def test_the_published_host_is_asked(docs, capsys):
    folder = docs({"a.md": "", CONTRACT: "/a/\n"})
    (folder.parent / "mkdocs.yml").write_text("site_name: x\n")
    assert permalinks.main(["--docs", str(folder), "--live", "http://127.0.0.1:1/"]) == 1
    out, err = capsys.readouterr()
    assert "/a/ gick inte att nå" in out and "om 1 utlovade" in err
    assert permalinks.main(["--docs", str(folder), "--live", "sajten"]) == 2
    assert "ingen adress" in capsys.readouterr().err
