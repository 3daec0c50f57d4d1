from __future__ import annotations

import json

import pytest

from scripts.links.baseline import read
from scripts.validate_links import main


def run(capsys, *arguments: str) -> tuple[int, list[str], str]:
    code = main([*arguments, "--format", "json"])
    out, err = capsys.readouterr()
    return code, [f["target"] for f in json.loads(out or '{"findings": []}')["findings"]], err


def test_what_was_known_is_not_told_again_and_what_is_new_is(tmp_path, capsys):
    page = tmp_path / "ut/index.html"
    page.parent.mkdir()
    page.write_text('<a href="borta/">x</a>')
    main([str(page.parent), "--format", "json"])
    known = tmp_path / "kant.json"
    known.write_text(capsys.readouterr().out)
    more = (str(page.parent), "--baseline", str(known))
    page.write_text('<p>\n\n<a href="borta/">x</a>')
    assert run(capsys, *more) == (0, [], "")
    page.write_text('<a href="borta/">x</a><a href="ny/">x</a>')
    assert run(capsys, *more)[:2] == (1, ["ny/"])
    (page.parent / "b.html").write_text('<a href="borta/">x</a>')
    assert run(capsys, *more)[1] == ["borta/", "ny/"], "on another page it is another fault"


def test_a_file_that_is_missing_or_of_another_kind_is_told(tmp_path, capsys):
    (tmp_path / "index.html").write_text("<p>")
    code, _, err = run(capsys, str(tmp_path), "--baseline", str(tmp_path / "x.json"))
    assert code == 2 and "--format json >" in err
    (tmp_path / "x.json").write_text("[]")
    code, _, err = run(capsys, str(tmp_path), "--baseline", str(tmp_path / "x.json"))
    assert code == 2 and "inga fynd" in err
    with pytest.raises(ValueError, match="inga fynd"):
        read(tmp_path / "x.json")
