from __future__ import annotations

import re

import markdown
import pytest

SOURCES = """\
lagen: {title: Lagen 1 §, publisher: Riksdagen, url: "https://example.se/lag", kind: lag,
  as_of: "2026-02", read_on: "2026-02", certainty: saker}
sidan: {title: Sidan, publisher: Myndigheten, url: "https://example.se/sida", kind: myndighet,
  as_of_note: odaterad sida, read_on: null, certainty: osaker, note: Kan ha flyttat.}
"""
CONTACTS = """\
sos: {name: SOS, group: [akut], for_whom: Alla, phone: "112", tel: "112", hours: Dygnet runt,
  what_happens: Någon svarar., source: sidan, as_of: "2023", test_call: false}
stod: {name: Stöd, group: [akut, rad], for_whom: Yrkesverksamma, phone: 020-390 000,
  spellings: [020-39 00 00], tel: "020390000", source: sidan, as_of: "2023", note: Tolk finns.,
  doubt: Tiden kan ha ändrats.}
"""
QUESTIONS = """\
vem: {title: "Vem gör det?", kind: osaker, level: 1, text: Vi vet inte., do: Fråga., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten, sources: [lagen]}
hur: {title: "Hur går det till?", kind: osaker, level: 2, text: Oklart hur., do: Vänta., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten}
var: {title: "Var sker det?", kind: motstridig, level: 3, text: Oklart var., do: Leta., checked: Lagen.,
  checked_on: "2026-11-24", settles: Ett beslut., ask: Myndigheten}
nar: {title: "När sker det?", kind: besvarad, text: I dag., do: Gå., checked: Lagen., checked_on: "2026-11-24"}
"""
CHECKLIST = """\
title: Lista
version: "2026-11-24"
sheets: 1
groups:
  - id: nu
    title: Nu
    rows:
      - {id: ring, text: "Ring 112 & vänta <lugnt>.", why: "Skydd först.[@lagen]",
         page: /prov.md, page_title: Prov, applies: [vuxen, barn]}
"""
GLOSSARY = """\
lvu: {term: lagen om vård av unga, abbr: LVU, text: "Tvångsvård.[@lagen]"}
inhibition: {term: inhibition, text: Ett stopp., explain: true}
troskel: {term: tröskel, text: En gräns.}
"""


@pytest.fixture
def render(docs):
    """Return a function: Markdown → HTML, with small registers."""
    folder = docs(
        {
            "prov.md": "[[osakert: vem]]\n",
            "_data/sources.yml": SOURCES,
            "_data/contacts.yml": CONTACTS,
            "_data/questions.yml": QUESTIONS,
            "_data/checklists/lista.yml": CHECKLIST,
            "_data/glossary.yml": GLOSSARY,
        }
    )

    def run(text: str) -> str:
        names = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
        return markdown.markdown(
            text,
            extensions=[*names, "scripts.render.extension"],
            extension_configs={"scripts.render.extension": {"docs_dir": str(folder)}},
        )

    return run


def ids(html: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', html)


def test_citations_are_numbered_in_reading_order_wherever_they_stand(render):
    html = render("- Ett.[@sidan]\n\n| a |\n| --- |\n| Två.[@lagen] |\n\nTre.[@sidan, @lagen]\n")
    marks = re.findall(r'href="#kalla-(\w+)" id="[^"]+" role="doc-noteref">(\d)<', html)
    assert marks == [("sidan", "1"), ("lagen", "2"), ("sidan", "1"), ("lagen", "2")]
    assert re.findall(r'aria-label="(källa \d)"', html) == [f"källa {n}" for _, n in marks]
    assert html.count("</a>, <a") == 1


def test_marks_with_nothing_between_them_are_one(render):
    html = render("Ett.[@sidan][@lagen] Två.[@lagen] [@lagen, @sidan]\n")
    assert html.count("<sup") == 2 and html.count("</a>, <a") == 2


def test_the_source_list_links_there_and_back(render):
    html = render("Ett.[@lagen] Två.[@lagen]\n")
    assert '<summary><h2 id="kallor">Källor</h2> (1)</summary>' in re.sub(r"\n", "", html)
    item = html[html.index('<li id="kalla-lagen"') :]
    assert '<a href="https://example.se/lag">Lagen 1 §</a>' in item
    assert "Riksdagen. Lydelse: februari 2026. Läst februari 2026." in item
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids(html)
    assert item.count('class="back"') == 2
    assert len(ids(html)) == len(set(ids(html)))


def test_a_doubtful_source_says_so(render):
    html = render("Ett.[@sidan]\n")
    assert "Datum: odaterad sida. Inte läst i original. Osäker källa. Kan ha flyttat." in html


def test_a_source_link_goes_to_the_registered_address_and_is_cited(render):
    html = render("Se [sidan](kalla:sidan).\n")
    assert '<a href="https://example.se/sida">sidan</a><sup' in html


def test_a_page_without_sources_has_no_list(render):
    assert "Källor" not in render("Text.\n")


@pytest.mark.parametrize("text", ["`[@lagen]`", "```\n[@lagen]\n[[osakert: vem]]\n```"])
def test_code_is_left_alone(render, text):
    html = render(text)
    assert "[@lagen]" in html and "kalla-" not in html and "uncertain" not in html


def test_an_unknown_source_is_seen_and_warned_of(render, caplog):
    assert "[okänd källa: borta]" in render("Text.[@borta]\n")
    assert "borta" in caplog.text
    render("[x](kalla:borta)\n")
    assert caplog.text.count("borta") == 2


def test_a_registered_number_becomes_a_link_and_the_first_is_sourced(render):
    html = render("Ring 020-390 000, alltså 020-39 00 00.\n\nEller 020-390 000.\n")
    assert html.count('href="tel:020390000"') == 3
    assert html.count("<sup") == 1
    assert "</a>.<sup" in html and html.index("<sup") < html.index("Eller")


@pytest.mark.parametrize(
    "text",
    [
        "**020-390 000**\n\n- Vardagar för dig\n",
        "**020-390 000**{: .phone}\n\n- Vardagar för dig\n",
        "Råd ges på\n\n020-390 000\n",
        "| För vem | Ring |\n| --- | --- |\n| Yrkesverksamma | 020-390 000 |\n",
        "| Ring | För vem |\n| --- | --- |\n| 020-390 000 | Yrkesverksamma |\n",
        "- Stödtelefonen 020-390 000 för råd\n",
    ],
)
def test_no_mark_stands_against_a_number(render, text):
    html = render(text)
    assert html.count("<sup") == 1
    assert not re.search(r"</a>(?:</strong>)?\s*<sup", html)


def test_a_number_without_words_to_carry_its_source_is_warned_of(render, caplog):
    render("020-390 000\n")
    assert "020-390 000" in caplog.text


def test_a_number_beside_its_own_citation_is_not_sourced_twice(render):
    assert render("Ring 112.[@sidan]\n").count("<sup") == 1


@pytest.mark.parametrize(
    "text", ["SFS 2025:112", "112 §", "prop. 2012/112", "1127", "112-3", "[112](x.md)", "`112`"]
)
def test_what_only_looks_like_the_number_is_left(render, text):
    assert "tel:" not in render(text + "\n")


def test_a_heading_holds_no_number_link(render):
    assert "tel:" not in render("## Ring 112 {#ring}\n")


@pytest.mark.parametrize(
    ("macro", "word"),
    [
        ("[[borta]]", "inget makro"),
        ("[[osakert: borta]]", "questions.yml"),
        ("[[checklista: borta]]", "finns inte"),
        ("[[kontakter: borta]]", "contacts.yml"),
    ],
)
def test_a_macro_that_cannot_be_made_warns(render, caplog, macro, word):
    assert word in render(macro + "\n")
    assert word in caplog.text


def test_a_contact_stands_once_and_says_whether_someone_has_rung(render):
    html = render("[[kontakter: akut]]\n\n[[kontakter: rad]]\n")
    assert ids(html).count("stod") == 1
    assert '<a href="#stod">Stöd</a>: se ovan.' in html
    assert html.count("Ingen har provringt numret.") == 1  # nobody rings 112 to try it


def test_a_certain_fact_is_no_doubt(render):
    html = render("[[kontakter: akut]]\n")
    assert "<strong>Bra att veta:</strong> Tolk finns." in html
    assert "<strong>Osäkert:</strong> Tiden kan ha ändrats." in html
    assert "Uppgiften:</strong> Från källan.<" not in html


def test_a_term_is_explained_where_it_first_stands(render):
    html = render("# Om LVU\n\nLVU gäller. LVU igen. Inte [LVU](x.md) eller `LVU`.\n")
    assert (
        html.count('<button class="term" popovertarget="ord-lvu" type="button">LVU</button>') == 1
    )
    assert "<h1" in html and "<button" not in html[: html.index("</h1>")]
    assert 'id="ord-lvu" popover=""' in html
    assert "– lagen om vård av unga. Tvångsvård. <a" in html, "without its citation"
    assert 'href="/definitioner/ordlista.md#lvu"' in html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Begär inhibition nu.", "inhibition"),
        ("Begär inhibitionen nu.", "inhibitionen"),
        ("Ett inhibitionsbeslut.", None),
        ("Ordet tröskel förklaras inte.", None),
        ("LVU-beslut", None),
    ],
)
def test_endings_count_and_compounds_do_not(render, text, marked):
    found = re.findall(r'<button class="term"[^>]*>([^<]*)<', render(text + "\n"))
    assert found == ([marked] if marked else [])


def test_the_glossary_page_explains_each_word_once_and_marks_none(render):
    html = render("[[ordlista]]\n\nLVU.\n")
    assert '<dt id="lvu">LVU – lagen om vård av unga</dt>' in html
    assert "<button" not in html
