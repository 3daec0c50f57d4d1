from __future__ import annotations

import json

from scripts.content.content import Content
from scripts.publish.catalogue import reviews
from tests.conftest import PAGE

OLD = PAGE.replace("2027-05-24", "2026-12-01").replace("title: Prov", "title: Gammal")


def test_json_lists_pages_by_next_review_with_addresses(docs):
    folder = docs({"index.md": "", "a/index.md": "", "a/b.md": OLD})
    data = reviews(Content.read(folder).pages.values(), Content.read(folder).registers)
    assert data["version"] == 1
    assert [row["url"] for row in data["pages"]] == ["a/b/", "a/", "./"]
    assert data["pages"][0] == {
        "url": "a/b/", "title": "Gammal", "last_reviewed_on": "2026-11-24",
        "review_by": "2026-12-01", "law_read_on": None, "owner": "Redaktionen",
    }  # fmt: skip


def test_json_says_when_the_oldest_of_a_pages_statutes_was_read(docs):
    act = (
        "{key}: {{title: Lagen, name: lagen, publisher: P, url: 'https://example.se/{key}', kind: lag, "
        "sfs: '{sfs}', read_on: '{day}', certainty: saker, paragraphs: {{'1': {{amended_by: '{sfs}', "
        "in_force: okant}}}}}}\n"
    )
    sources = act.format(key="ny", sfs="2020:1", day="2026-04-27")
    sources += act.format(key="gammal", sfs="1999:1", day="2025-01-02")
    folder = docs(
        {
            "_data/sources.yml": sources,
            "index.md": "A.[@ny-1] B.[@gammal-1]\n",
            "a.md": "A.[@ny-1]\n",
        }
    )
    data = reviews(Content.read(folder).pages.values(), Content.read(folder).registers)
    assert [row["law_read_on"] for row in data["pages"]] == ["2026-04-27", "2025-01-02"]


def test_every_address_is_a_built_page(site):
    data = json.loads((site / "granskning.json").read_text(encoding="utf-8"))
    assert len(data["pages"]) > 40
    for row in data["pages"]:
        assert (site / row["url"] / "index.html").is_file()
