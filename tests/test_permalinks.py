"""The command: python -m scripts.permalinks. What it finds: tests/publish/test_contract.py."""

from __future__ import annotations

from scripts import permalinks
from scripts.publish.contract import CONTRACT


def test_a_folder_that_is_not_there_is_no_clean_answer(tmp_path, capsys):
    assert permalinks.main([str(tmp_path / "borta")]) == 2
    assert "Bygg webbplatsen först" in capsys.readouterr().err


def test_it_judges_a_folder_by_the_promise_of_another(tmp_path, docs, capsys):
    folder = docs({CONTRACT: "/a/ A\n"})
    (tmp_path / "site/b").mkdir(parents=True)
    (tmp_path / "site/b/index.html").write_text("<h1>B</h1>")
    assert permalinks.main([str(tmp_path / "site"), "--docs", str(folder)]) == 1
    assert "/a/ finns inte längre" in capsys.readouterr().out


def test_the_published_host_is_asked_and_no_built_folder_is_needed(docs, capsys):
    folder = docs({CONTRACT: "/a/ A\n"})
    (folder.parent / "mkdocs.yml").write_text("site_name: x\n")
    where = ["--docs", str(folder), "--live"]
    assert permalinks.main([*where, "http://127.0.0.1:1/"]) == 1
    out, err = capsys.readouterr()
    assert "/a/ gick inte att nå" in out and "om 1 utlovade" in err
    assert permalinks.main([*where, "sajten"]) == 2
    assert "ingen adress" in capsys.readouterr().err
