"""What may lie in docs/; what may not is in checks/test_mistakes.py."""

from __future__ import annotations

from scripts.content.files import list_docs, unused_pictures


def test_list_docs_returns_pages_and_registers(docs):
    folder = docs(
        {
            "a.md": "",
            "stod/b.md": "",
            "logga.png": b"x",
            "_data/sources.yml": "a: 1\n",
            "_data/permalinks.txt": "x\n",
            ".gitkeep": "",
            ".git/x.md": "",
            "stod/.DS_Store": b"x",
        }
    )
    sources, faults = list_docs(folder, folder.parent)
    assert faults == []
    assert [str(source.path) for source in sources] == ["_data/sources.yml", "a.md", "stod/b.md"]


def test_unused_pictures_are_all_but_the_logo(docs):
    folder = docs(
        {"a.md": "", "logga.png": b"x", "stod/huset.jpg": b"EXIF", "stod/logga.png": b"x"}
    )
    found = unused_pictures(folder, ["logga.png", "None"], folder.parent)
    assert [str(one.path) for one in found] == ["docs/stod/huset.jpg", "docs/stod/logga.png"]
    assert "var och när" in found[0].message
