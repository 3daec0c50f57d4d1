"""What the editors say of the search."""

from __future__ import annotations

from scripts.content.content import Content
from scripts.content.field_types import page_kind_of
from scripts.site.html_site import HtmlSite
from scripts.site.search.pages import read_site, unit_addresses
from scripts.site.search.write import check_sections, read_synonyms
from tests.conftest import page_with
from tests.examples import registers


def test_synonyms_come_from_their_register_and_from_the_glossary():
    words = registers(
        synonyms={"soc": ["socialtjänsten"], "sos": ["112"]},
        glossary={
            "lvu": {"term": "vård av unga", "abbr": "LVU", "also": ["omhändertagande", "LVU"]}
        },
    )
    assert read_synonyms(words) == [
        ("LVU", "vård av unga"),
        ("omhändertagande", "vård av unga"),
        ("soc", "socialtjänsten"),
        ("sos", "112"),
        ("vård av unga", "LVU"),
    ]


def test_searches_lead_to_sections_that_exist(docs):
    rows = "searches:\n  topp: lag\n  vem: får vi, ansöka\n  vemm: ansöka\n"
    content = Content.read(
        docs({"index.md": page_with("searches:\n  topp: larm\n"), "a.md": page_with(rows)})
    )
    assert content.search_phrases == {
        "": ["larm"], "a/": ["lag"], "a/#vem": ["får vi", "ansöka"], "a/#vemm": ["ansöka"],
    }  # fmt: skip
    (fault,) = check_sections(content, ["", "a/", "a/#vem"])
    assert (fault.line, str(fault.path)) == (11, "docs/a.md")
    assert '"vemm"' in fault.message and fault.severity == "note"
    (fault,) = check_sections(content, ["", "a/", "a/#vem", "a/#vemmm"])
    assert 'Har det bytt id till "vemmm"?' in fault.message and fault.severity == "error"


def test_a_section_a_page_or_its_nearest_folder_says_what_it_is_for(docs):
    files = {
        "index.md": page_with("kind: gör\nsection_kinds:\n  ring: ring\n"),
        "a/index.md": page_with("kind: om\n"),
        "a/b.md": page_with("kind: ord\nsection_kinds:\n  c: lista\n"),
    }
    content = Content.read(docs(files))
    places = ["", "#ring", "a/", "a/x/y/", "a/b/", "a/b/#d", "a/b/#c", "z/"]
    assert [page_kind_of(place, content.page_kinds) for place in places] == [
        "gör", "ring", "om", "om", "ord", "ord", "lista", "",
    ]  # fmt: skip
    (fault,) = check_sections(content, ["", "#ring", "a/", "a/b/"])
    assert (fault.severity, fault.line, str(fault.path)) == ("note", 10, "docs/a/b.md")


def test_every_indexed_page_has_a_kind(garden):
    kinds = Content.read(garden.docs).page_kinds
    indexed = unit_addresses(read_site(HtmlSite(garden.site)))
    assert [address for address in indexed if not page_kind_of(address, kinds)] == []
