"""What may lie in docs/; what may not is in checks/test_mistakes.py."""

from __future__ import annotations

import pytest

from scripts.content.files import listed


def test_pages_pictures_and_registers_may_and_the_rest_is_told_of(docs):
    folder = docs(
        {
            "a.md": "",
            "stod/b.md": "",
            "stod/bild-1.png": b"x",
            "_data/sources.yml": "a: 1\n",
            "_data/permalinks.txt": "x\n",
            ".gitkeep": "",
            ".git/x.md": "",
            "stod/.DS_Store": b"x",
        }
    )
    entries, faults = listed(folder)
    assert faults == []
    names = [file.relative_to(folder).as_posix() for file, *_ in entries]
    assert names == ["_data/sources.yml", "a.md", "stod/b.md"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.docx", "skulle publiceras"),
        ("a.html", "skulle publiceras"),
        ("a.svg", "skulle publiceras"),
        ("a.yml", "skulle publiceras"),
        ("Bild.png", "små bokstäver"),
        ("_data/a.csv", "bara register"),
        ("_data/lagar/a.pdf", "bara register"),
        ("utkast.2026/a.md", "ta bort punkten"),
    ],
)
def test_each_that_may_not_says_why(docs, name, words):
    folder = docs({"a.md": ""})
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x")
    (finding,) = listed(folder)[1]
    assert finding.rule == "unknown-file" and words in finding.message.lower()
