from __future__ import annotations

from scripts.links.check import check
from tests.links.test_check import make


def test_what_is_right_in_one_folder_is_not_taken_for_right_in_the_next(tmp_path):
    page = '<a href="f.html">x</a><a href="../a/f.html#">y</a>'
    pages = {"a/index.html": page, "a/f.html": "", "b/index.html": page, "c/d/index.html": page}
    faults = check(make(tmp_path, pages), processes=1)[1].faults
    assert [(file, fault.target) for file, fault in faults] == [
        ("b/index.html", "f.html"),
        ("c/d/index.html", "f.html"),
        ("c/d/index.html", "../a/f.html#"),
    ]
    lone = {f"{name}/index.html": '<a href="x.txt">x</a>' for name in "ab"} | {"a/x.txt": ""}
    assert [file for file, _ in check(make(tmp_path / "ny", lone))[1].faults] == ["b/index.html"]


def test_a_page_in_an_old_encoding_is_decoded_once(tmp_path):
    page = '<meta charset="latin1"><a href="#\u00e5">x</a><p id="\u00e5">'
    (tmp_path / "index.html").write_bytes(page.encode("latin1"))
    assert check(tmp_path)[1].faults == []
