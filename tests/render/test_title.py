from __future__ import annotations

import itertools
import os

import pytest
from lxml import html as parser

from tests.conftest import PAGE as FRONT
from tests.conftest import page_with
from tests.examples import statute
from tests.render.conftest import html_of

REGISTERS = {
    "sources": {
        "lagen": {
            **{"title": "Lagen (2001:1)", "name": "lagen"},
            **{"sfs": "2001:1", "read_on": "2026-04-27"},
        },
        "annan": {},
    },
    "contacts": {"sos": {"name": "SOS", "group": ["akut"], "phone": "112", "source": "lagen-1"}},
    "glossary": {"lvu": {"term": "lagen om vård av unga", "abbr": "LVU", "text": "Tvångsvård."}},
}
CHANGE = {
    "in_force": "2027-01-01",
    "affects": ["lagen-1"],
    "notice": "Lagen & LVU ändras 1 januari 2027.",
}
NOTICE = (
    '<p class="law-notice" data-search-exclude="">Lagen &amp; LVU ändras 1 januari 2027. '
    '<a href="/b.md">Vad som ändras</a></p>'
)
PAGE = "# Prov\n\nText.[@lagen-1]\n"


@pytest.fixture
def render(docs):
    clock = itertools.count(1)

    def run(text: str, front: str = "", *changes: dict, changed: dict | None = None) -> str:
        rows = changes or ({**CHANGE, **(changed or {})},)
        made = {**REGISTERS, "law_changes": {f"lag-{n}": row for n, row in enumerate(rows)}}
        page = FRONT.replace("title:", f"{front}title:").split("# Prov")[0] + text
        files = {"a.md": page, "b.md": "[[lagandringar]]\n"}
        files["_data/law/lagen.md"] = statute("2001:1", "1")
        folder = docs({**files, **{f"_data/{name}.yml": rows for name, rows in made.items()}})
        # what is written within the clock's step would else look like what was read before
        now = next(clock)
        for file in folder.rglob("*.*"):
            os.utime(file, ns=(now, now))
        return html_of(text, folder, "a.md")

    return run


def test_notice_follows_the_text_of_a_citing_page(render):
    html = render(PAGE + "\n## Sedan {#s}\n\nMer.\n")
    assert html.index("Mer.") < html.index(NOTICE) < html.index('class="source-box"')
    assert html.count("law-notice") == 1
    assert "popovertarget" not in html, "a word is explained where the page says it"


def test_notice_is_shown_for_sources_of_registers(render):
    assert NOTICE in render("# Prov\n\n[[kontakter:akut]]\n")
    assert NOTICE in render("# Prov\n\nRing 112.\n")
    assert NOTICE in render("# Prov\n\nLäs [lagen](kalla:lagen-1).\n")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("# Prov\n\nText.[@lagen]\n", {}),
        ("# Prov\n\nText.[@annan]\n", {}),
        ("# Prov\n\nText.\n", {}),
        ("Text.[@lagen-1]\n", {}),
        (PAGE, {"in_force": "2026-04-27"}),
        (PAGE, {"notice": ""}),
    ],
)
def test_notice_is_absent_without_a_coming_change(render, text, changed):
    assert "law-notice" not in render(text, changed=changed)


def test_notice_is_absent_in_other_languages_and_on_the_list(render):
    assert "law-notice" not in render(PAGE, "lang: en\n")
    assert "law-notice" not in render(PAGE + "\n[[lagandringar]]\n")
    assert "law-notice" in render(PAGE, "lang: sv\n")


def test_notice_of_several_changes_is_one_line(render):
    later = [{**CHANGE, "in_force": f"{year}-01-01", "notice": "Sen."} for year in (2029, 2028)]
    html = render(PAGE, "", *later, CHANGE)
    assert html.count("law-notice") == 1
    assert "LVU ändras 1 januari 2027. Fler ändringar rör sidan. <a" in html


def test_notice_on_an_easy_page_is_last_without_markers(render):
    html = render(PAGE.replace("@lagen-1]", "@lagen-1] Och mer."), "easy: true\n")
    assert 'class="cite"' not in html
    assert "Och mer." in html, "what stood after a mark is left"
    assert html.index("Och mer.") < html.index("law-notice") < html.index("kalla-lagen-1")


STEPS = ("ett", "tva", "tre")
BODY = "# Prov\n\nText.[@a]\n\n## Mer {#mer}\n\nMer.\n"


@pytest.fixture
def stepped(docs):
    def run(name: str, text: str = BODY) -> parser.HtmlElement:
        rows = {
            f"{s}.md": f"step: {{place: {n}, title: {s.title()}}}\n" for n, s in enumerate(STEPS)
        }
        pages = {name: page_with(row, text) for name, row in rows.items()}
        folder = docs({**pages, "annan.md": text, "_data/sources.yml": {"a": {}}})
        return parser.fromstring(f"<main>{html_of(text, folder, name)}</main>")

    return run


@pytest.mark.parametrize(
    ("name", "words"),
    [("ett.md", "Steg 1 av 3"), ("tva.md", "Steg 2 av 3"), ("tre.md", "Steg 3 av 3")],
)
def test_stage_number_follows_the_title(stepped, name, words):
    page = stepped(name)
    assert page[0].tag == "h1" and page[1].get("class") == "process"
    assert page[1].text_content() == words
    assert not page[1].findall(".//a"), "one navigation says where one is"


def test_stage_number_is_absent_on_other_pages(stepped):
    assert not stepped("annan.md").find_class("process")
    assert not stepped("tva.md", "Text.\n").find_class("process")
