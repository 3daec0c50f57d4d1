from __future__ import annotations

import re

import pytest


def ids(html: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', html)


def test_citations_have_numbers_in_reading_order(render):
    html = render("- Ett.[@sidan]\n\n| a |\n| --- |\n| Två.[@lagen] |\n\nTre.[@sidan, @lagen]\n")
    marks = re.findall(r'href="#kalla-(\w+)"[^>]* tabindex="-1"[^>]*>(\d)<', html)
    assert marks == [("sidan", "1"), ("lagen", "2"), ("sidan", "1"), ("lagen", "2")]
    assert re.findall(r'aria-label="(källa \d)"', html) == [f"källa {n}" for _, n in marks]
    assert html.count("</a>, <a") == 1


def test_adjacent_markers_become_one(render):
    html = render("Ett.[@sidan][@lagen] Två.[@lagen] [@lagen, @sidan]\n")
    assert html.count("<sup") == 2 and html.count("</a>, <a") == 2


def test_source_list_has_the_targets_of_markers(render):
    html = render("Ett.[@lagen] Två.[@lagen]\n")
    assert '<summary><h2 id="kallor">Källor</h2> (1)</summary>' in re.sub(r"\n", "", html)
    item = html[html.index('<li id="kalla-lagen"') :]
    assert '<a href="https://example.se/lag">Lagen 1 §</a>' in item
    assert "Riksdagen. Lydelse: februari 2026. Läst februari 2026." in item
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids(html)
    assert len(ids(html)) == len(set(ids(html)))


def test_source_list_names_an_uncertain_source(render):
    html = render("Ett.[@sidan]\n")
    assert "Datum: odaterad sida. Inte läst i original. Osäker källa. Kan ha flyttat." in html


def test_source_link_has_the_registered_url_and_a_citation(render):
    html = render("Se [sidan](kalla:sidan).\n")
    assert '<a href="https://www.example.se/en-lang/sida">sidan</a><sup' in html


def test_registered_number_becomes_a_link_cited_once(render):
    html = render("Ring 020-390 000, alltså 020-39 00 00.\n\nEller 020-390 000.\n")
    assert html.count('href="tel:020390000"') == 3
    assert html.count("<sup") == 1
    assert "</a>.<sup" in html and html.index("<sup") < html.index("Eller")


@pytest.mark.parametrize(
    "text",
    [
        "**020-390 000**{: .phone}\n\n- Vardagar för dig\n",
        "Råd ges på\n\n020-390 000\n",
        "| För vem | Ring |\n| --- | --- |\n| Yrkesverksamma | 020-390 000 |\n",
        "| Ring | För vem |\n| --- | --- |\n| 020-390 000 | Yrkesverksamma |\n",
        "- Stödtelefonen 020-390 000 för råd\n",
    ],
)
def test_marker_never_follows_a_number_directly(render, text):
    html = render(text)
    assert html.count("<sup") == 1
    assert not re.search(r"</a>(?:</strong>)?\s*<sup", html)


def test_number_without_words_for_its_marker_is_logged(render, caplog):
    render("020-390 000\n")
    assert "020-390 000" in caplog.text


def test_number_beside_its_citation_is_not_cited_again(render):
    assert render("Ring 112.[@sidan]\n").count("<sup") == 1


@pytest.mark.parametrize("text", ["112 §", "[112](x.md)", "`112`"])
def test_text_like_a_number_gets_no_link(render, text):
    assert "tel:" not in render(text + "\n")


def test_number_in_a_heading_gets_no_link(render):
    assert "tel:" not in render("## Ring 112 {#ring}\n")


def test_unknown_source_gets_no_number(render):
    html = render("Text.[@borta] [x](kalla:borta)\n")
    assert "kalla-borta" not in html and "Källor" not in html
