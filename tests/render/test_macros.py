"""The macros: what each uses, refuses and does beside its form, which test_golden.py has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scripts.content import used_sources
from scripts.content.content import Content
from scripts.content.settings import Extra
from scripts.content.sources import Source
from scripts.render.index import index_entries
from scripts.render.macro import MacroError
from scripts.render.macros import MACROS, render_macro
from scripts.render.sources import paper_address, source_dates
from tests.conftest import PAGE, context, page_with
from tests.examples import record, statute


def test_sources_are_those_of_known_macros():
    assert used_sources.SOURCES_OF_MACROS.keys() < MACROS.keys()


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("Text.[@x] [y](kalla:y)", "xy"),
        ("[[kontakter:akut]]", "ab"),
        ("[[regioner]]", "d"),
        ("[[nummer:bris,sos]]", "ca"),
        ("[[lan]]", "e"),
        ("[[vagledning:o]]", "g"),
        ("[[hela-vagledningen]]", "fg"),
        ("[[lagandringar]]", "h"),
        ("[[checklista:l]]", "i"),
        ("[[figur:bild]]", "j"),
        ("[[ordlista]]", ""),
    ],
)
def test_used_sources_include_those_of_macros(docs, body, keys):
    registers = {
        "contacts": {
            "sos": {"group": ["akut"], "source": "a", "hours": "Jämt.[@b]"},
            "bris": {"group": ["barn"], "source": "c"},
        },
        "regions": {"regions": {"syd": {"source": "d"}}, "counties": {"skane": {"source": "e"}}},
        "guide": {"questions": {"q": {"text": "T.[@f]"}}, "outcomes": {"o": {"text": "V.[@g]"}}},
        "law_changes": {"x": {"sources": ["h"]}},
        "checklists/l": {"groups": [{"rows": [{"why": "V.[@i]"}]}]},
        "figures": {"bild": {"kind": "steg", "title": "T.[@j]"}},
    }
    files = {f"_data/{name}.yml": rows for name, rows in registers.items()}
    content = Content.read(docs({**files, "a.md": body + "\n"}))
    (page,) = content.pages.values()
    assert list(used_sources.used_sources(page, content.registers)) == list(keys)


@pytest.mark.parametrize(
    ("macro", "words"),
    [
        ("adresser:allt", '"allt" finns inte'),
        ("checklista:borta", '"borta" finns inte'),
        ("nummer:sos,borta", '"borta"'),
        ("nummer:jour", '"jour" finns inte i contacts.yml, eller saknar nummer'),
        ("vagledning:plast", 'Menade du "plats"?'),
    ],
)
def test_macro_with_a_bad_argument_is_shown_and_logged(made, render, caplog, macro, words):
    name, _, argument = macro.partition(":")
    with pytest.raises(MacroError, match=re.escape(words)):
        render_macro(made, name, argument)
    assert words in render(f"[[{macro}]]\n").replace("&quot;", '"') and words in caplog.text


def test_unknown_macro_is_logged_and_code_is_left_alone(render, caplog):
    assert "inget makro" in render("[[borta]]\n") and "inget makro" in caplog.text
    for text in ("`[@lagen]`", "```\n[@lagen]\n[[osakert:vem]]\n```"):
        html = render(text)
        assert "[@lagen]" in html and "kalla-" not in html and "uncertain" not in html


def test_short_address_without_its_page_is_not_listed(docs):
    """The checks report it, as a fault of handouts.yml (site/permalinks.py)."""
    folder = docs({"_data/handouts.yml": {"akut": {"page": "borta/"}}})
    assert "akut" not in MACROS["kortadresser"].render(context(folder), "")


def test_short_address_of_a_hidden_page_is_not_listed(made):
    hidden = replace(made, extra=record(Extra, hide=["prov.md"]))
    listed = [MACROS["kortadresser"].render(given, "") for given in (made, hidden)]
    assert ["/p/akut`" in text for text in listed] == [True, False]
    assert "/p/112`" in listed[1]


def test_contact_shown_twice_is_a_link_the_second_time(made):
    first, then = (MACROS["kontakter"].render(made, group) for group in ("akut", "rad"))
    assert "### Stöd" in first and "### Stöd" not in then
    assert "[Stöd, 020-390 000](#stod): se ovan." in then


def test_question_of_level_3_is_at_the_pages_foot(render):
    html = render("Före.\n\n[[osakert:var]]\n\nEfter.\n")
    assert re.search(r"Före.*Efter.*<summary>Så säker är sidan \(1\)</summary>", html, re.S)
    assert "Så säker" not in render("Text.\n\n[[osakert:vem]]\n")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("08-765 43 21, efter 17", '<a class="tel" href="tel:087654321">08-765 43 21</a>, efter 17'),
        ("+46 8 765 43 21", '<a class="tel" href="tel:+4687654321">+46 8 765 43 21</a>'),
        ("växeln <dagtid>", "växeln &lt;dagtid&gt;"),
    ],
)  # fmt: skip
def test_own_number_is_a_tel_link_or_left_out(made, value, shown):
    slots = {"socialjour": {"text": "Vår socialjour"}, "chef": {"text": "Chef i beredskap"}}
    site = {"numbers": slots}
    own = replace(made, extra=record(Extra, site=site, local={"socialjour": value}))
    made = replace(made, extra=record(Extra, site=site))
    text = MACROS["nummer"].render(own, "chef,sos,socialjour")
    assert f"**Vår socialjour**</span> <span>{shown}</span>" in text and "beredskap" not in text
    assert text.index("Vår socialjour") < text.index("SOS"), "own numbers come first"
    assert MACROS["nummer"].render(made, "chef,socialjour") == ""
    assert f"- **Vår socialjour, {shown}**" in MACROS["vagledning"].render(own, "akut")


@pytest.mark.parametrize(("count", "folded"), [(10, False), (11, True)])
def test_law_change_with_many_pages_is_folded(docs, count, folded):
    pages = {f"p{chr(97 + number)}.md": "Text.[@lagen-1]\n" for number in range(count)}
    rows = {"_data/law_changes.yml": {"x": {"affects": ["lagen"], "sources": []}}}
    statutes = {
        "_data/sources.yml": {"lagen": {"sfs": "2001:1"}},
        "_data/law/lagen.md": statute("2001:1", "1"),
    }
    text = MACROS["lagandringar"].render(context(docs({**pages, **rows, **statutes})), "")
    assert text.count("[Prov](/p") == count
    assert (f"<summary>{count} av sidorna som bygger på det</summary>" in text) is folded


@pytest.mark.parametrize(("kind", "word"), [("lag", "lag"), ("forordning", "förordning")])
def test_source_dates_of_a_section_name_the_kind_of_statute(kind, word):
    statute = record(Source, sfs="2001:1")
    section = replace(statute, kind=kind, section="2 §", amended_by="2024:5")
    assert source_dates(section).startswith(f"Lydelse enligt {word} 2024:5.")


@pytest.mark.parametrize(("kind", "shown"), [("osaker", True), ("besvarad", False)])
def test_statute_shows_open_questions_alone(docs, kind, shown):
    question = {"title": "Vem betalar", "kind": kind, "sources": ["lagen-1"]}
    files = {
        "_data/sources.yml": {"lagen": {"sfs": "2001:1"}},
        "_data/law/lagen.md": statute("2001:1", "1"),
        "_data/questions.yml": {"betalar": question | ({"level": 2} if shown else {})},
        "om/fragor.md": "[[oppna-fragor]]\n",
        "lag/index.md": "[[lagar]]\n",
    }
    text = MACROS["lagtext"].render(context(docs(files)), "lagen")
    assert ("Vem betalar" in text) is shown


def test_law_changes_without_a_day_are_last(docs):
    rows = {
        "senare": {"title": "Utan dag", "in_force": None, "affects": [], "sources": []},
        "snart": {"title": "Med dag", "in_force": "2027-07-01", "affects": [], "sources": []},
    }
    text = MACROS["lagandringar"].render(context(docs({"_data/law_changes.yml": rows})), "")
    assert 0 < text.index("Med dag") < text.index("Utan dag")


def test_index_has_each_label_once_in_swedish_order(docs):
    def page(title: str, keywords: str, body: str) -> str:
        front = PAGE.replace("Prov", title).replace("keywords: []", f"keywords: [{keywords}]")
        return front + body

    asked = "## Vem får? {#vem-far}\n\n## Gör så {#gor}\n"
    made = context(
        docs(
            {
                "ansok.md": page("Ansök", "formulär, '195 011', Öl", asked),
                "steg.md": page("Hur gammal?", "ålder", "[[vagledning:alder]]\n"),
                "ova/index.md": page_with("kind: lär\n").replace("Prov", "Fall"),
                "ova/fall.md": page("Fall", "övning", "## Vad gör du? {#vad}\n"),
                "ordlista.md": page("Ord", "", "[[ordlista]]\n"),
                "_data/glossary.yml": {"lvu": {"term": "vård", "also": ["Formulär", "ansök"]}},
            }
        )
    )
    text = MACROS["index-a-o"].render(made, "")
    assert re.findall(r"^## (.+) \{#bokstav-(.+)\}$", text, re.M) == [
        *(("0–9", "siffror"), ("A", "a"), ("F", "f"), ("O", "o"), ("V", "v"), ("Ö", "oe"))
    ]
    rows = text.splitlines()
    glossary = "[ordlistan: vård](/ordlista.md#lvu)"
    assert f"- formulär: [Ansök](/ansok.md), {glossary}" in rows
    assert f"- Ansök: [Ansök](/ansok.md), {glossary}" in rows
    assert "- 195 011: [Ansök](/ansok.md)" in rows and "- [Vem får?](/ansok.md#vem-far)" in rows
    assert text.index("Öl:") < text.index("övning:")
    labels = {label for label, _, _ in index_entries(made)}
    assert not labels & {"Hur gammal?", "ålder", "Vad gör du?"}


def test_paper_address_breaks_after_slashes_and_before_hyphens():
    html = paper_address("https://www.example.se/en-lang/" + "vag-" * 12 + "slut")
    pieces = re.findall(r"<span>([^<]*)</span>", html)
    assert pieces[:2] == ["example.se/", "en-lang/"]
    assert len(pieces) == 4 and pieces[3].startswith("-") and max(map(len, pieces)) <= 40
