"""The larger sites that the bench builds: as many pages, words shuffled, everything else intact."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tests.corpus import make_corpus, shuffled

DOCS = ROOT / "docs"


def test_a_larger_site_has_its_pages_and_links_that_lead_somewhere(tmp_path):
    made, starts = make_corpus(DOCS, tmp_path / "docs", 200)
    files = {f.relative_to(tmp_path / "docs") for f in (tmp_path / "docs").rglob("*.md")}
    assert made == len(files) == 200 and starts
    for start in starts:
        for file in (tmp_path / "docs" / start).rglob("*.md"):
            for link in re.findall(r"\]\(/([^)#\s]+\.md)", file.read_text(encoding="utf-8")):
                assert (tmp_path / "docs" / link).is_file(), f"{file}: {link}"


def test_only_words_change_places():
    class Backwards:
        shuffle = staticmethod(list.reverse)

    row = "Ring [den som vet](../a.md#b), inom 30 dagar.[@lag-1]"
    assert shuffled(row, Backwards()) == "Ring [vet som den](../a.md#b), inom 30 dagar.[@lag-1]"
