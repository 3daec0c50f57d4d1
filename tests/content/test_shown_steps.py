"""A page's step in a checklist and in the guide: its words, its law, and when a tick is forgotten."""

from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.content.sources import Source
from scripts.content.used_sources import used_sources
from tests.conftest import page_with

STEP = "Gräv en [spade](spade.md) djupt. Lägg jorden bredvid.[@bok]"
LIST = {
    "title": "Lista",
    "version": "2026-01-01",
    "first": ["frost", "eld"],
    "groups": [
        {
            "id": "nu",
            "rows": [
                {"id": "grav", "step": "odla/grop#grav"},
                {"id": "egen", "step": "odla/grop#grav", "text": "Egen.", "why": "Därför.[@sida]"},
                {"id": "bara", "text": "Bara text."},
            ],
        }
    ],
}
FILES = {
    "odla/spade.md": "",
    "l.md": "[[checklista:l]]\n",
    "v.md": "[[vagledning:q]]\n",
    "_data/sources.yml": {"bok": {}, "sida": {"url": "https://example.se/y"}},
    "_data/situations.yml": {
        "eld": {"question": "Brinner det?", "then": "Ring.", "page": "/odla/spade.md"},
        "frost": {"question": "Fryser det?", "then": "Vänta.", "page": "/l.md", "pages": {"l": "#nu"}},
    },
    "_data/guide.yml": {
        "start": "q",
        "questions": {"q": {"choices": [{"title": "Vet inte", "to": "o"}]}},
        "outcomes": {"o": {"text": "Gräv.", "more": [{"page": "/odla/grop.md#grav"}]}},
    },
}  # fmt: skip


def page(step: str = STEP, heading: str = "Gräv djupt", reviewed: str = "2026-11-24") -> str:
    body = f"## Gör så här {{#gor-sa-har}}\n\n### {heading} {{#grav}}\n\n{step}\n\nMer.[@sida]\n"
    return page_with("kind: gör\n", body).replace("2026-11-24", reviewed)


def read(docs, text: str = "", **fields) -> Content:
    return Content.read(
        docs(
            {**FILES, "odla/grop.md": text or page(), "_data/checklists/l.yml": {**LIST, **fields}}
        )
    )


def test_checklist_row_has_its_own_text_or_its_steps(docs):
    rows = {row.id: row for row in read(docs).registers.checklists["l"].rows}
    assert rows["grav"].text == "Gräv djupt."
    assert rows["grav"].why == "Gräv en [spade](/odla/spade.md) djupt."
    assert (rows["grav"].page, rows["grav"].page_title) == ("/odla/grop.md#grav", "Prov")
    assert (rows["egen"].text, rows["egen"].why) == ("Egen.", "Därför.[@sida]")


def test_checklist_situations_come_first_in_register_order(docs):
    first = read(docs).registers.checklists["l"].groups[0]
    assert [(row.id, row.text, row.why) for row in first.rows] == [
        ("forst-eld", "Brinner det?", "Ring."),
        ("forst-frost", "Fryser det?", "Vänta."),
    ]
    assert [row.page for row in first.rows] == ["/odla/spade.md", "/l.md#nu"]


@pytest.mark.parametrize("shown", ["l.md", "o.md"])
def test_page_that_shows_a_step_uses_its_sources(docs, shown):
    content = read(docs)
    pages = {str(path): page for path, page in content.pages.items()}
    assert {"bok", "sida"} <= set(used_sources(pages[shown], content.registers))
    assert pages[shown] in content.pages_by_source["bok"]


def marks(content: Content) -> dict[str, str]:
    return {row.id: row.content_hash for row in content.registers.checklists["l"].rows}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (page(heading="Gräv grunt"), {"grav"}),
        (page(STEP.replace("djupt", "grunt")), {"grav"}),
        (page(STEP.replace("bredvid", "i en hög")), set()),  # not what the row says
        (page(STEP.replace("[@bok]", "")), set()),
        (page(reviewed="2026-11-20"), set()),
    ],
)
def test_content_hash_changes_with_the_rows_text_alone(docs, text, changed):
    before, after = marks(read(docs)), marks(read(docs, text))
    assert {key for key in before if before[key] != after[key]} == changed


def test_content_hash_changes_with_the_changed_date(docs):
    before = marks(read(docs))
    groups = [{"id": "nu", "rows": [dict(row) for row in LIST["groups"][0]["rows"]]}]
    groups[0]["rows"][2]["changed"] = "2026-11-24"
    after = marks(read(docs, groups=groups))
    assert {key for key in before if before[key] != after[key]} == {"bara"}


def test_checklist_version_is_the_newest_date(docs):
    assert read(docs).registers.checklists["l"].version == "2026-11-24"
    assert read(docs, version="2026-12-01").registers.checklists["l"].version == "2026-12-01"


def test_source_short_title_is_the_place_and_the_name():
    given = {"publisher": "P", "url": "u", "kind": "lag", "certainty": "saker"}
    assert (
        Source(title="Lagen (1:1) 5 §", name="lagen", section="5 §", **given).short_title
        == "5 § lagen"
    )
    assert Source(title="Boken", **given).short_title == "Boken"
