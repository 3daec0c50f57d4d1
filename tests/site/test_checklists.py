from __future__ import annotations

from scripts.site.checklists import add_checklists
from tests.conftest import run_step

LIST = """\
title: Misstanke
version: 2026-11-24
groups:
  - {id: akut, title: Akut, rows: [{id: ring, text: Ring 112.}]}
"""


def test_a_list_is_text_beside_its_page(docs, tmp_path):
    folder = docs({"_data/checklists/x.yml": LIST, "a/prov.md": "[[checklista:x]]\n"})
    site = tmp_path / "site"
    site.mkdir()
    assert run_step(add_checklists, folder, site) == []
    text = (site / "a/prov.txt").read_text(encoding="utf-8")
    assert text.endswith("\nAkut\n[ ] Ring 112.\n")
