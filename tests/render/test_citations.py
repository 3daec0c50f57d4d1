from __future__ import annotations

import re

import pytest


def ids(html: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', html)


def test_citations_are_numbered_in_reading_order_wherever_they_stand(render):
    html = render("- Ett.[@sidan]\n\n| a |\n| --- |\n| Två.[@lagen] |\n\nTre.[@sidan, @lagen]\n")
    marks = re.findall(r'href="#kalla-(\w+)"[^>]* tabindex="-1"[^>]*>(\d)<', html)
    assert marks == [("sidan", "1"), ("lagen", "2"), ("sidan", "1"), ("lagen", "2")]
    assert re.findall(r'aria-label="(källa \d)"', html) == [f"källa {n}" for _, n in marks]
    assert html.count("</a>, <a") == 1


def test_marks_with_nothing_between_them_are_one(render):
    html = render("Ett.[@sidan][@lagen] Två.[@lagen] [@lagen, @sidan]\n")
    assert html.count("<sup") == 2 and html.count("</a>, <a") == 2


def test_source_list_is_what_the_marks_lead_to(render):
    html = render("Ett.[@lagen] Två.[@lagen]\n")
    assert '<summary><h2 id="kallor">Källor</h2> (1)</summary>' in re.sub(r"\n", "", html)
    item = html[html.index('<li id="kalla-lagen"') :]
    assert '<a href="https://example.se/lag">Lagen 1 §</a>' in item
    assert "Riksdagen. Lydelse: februari 2026. Läst februari 2026." in item
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids(html)
    assert len(ids(html)) == len(set(ids(html)))


def test_a_doubtful_source_says_so(render):
    html = render("Ett.[@sidan]\n")
    assert "Datum: odaterad sida. Inte läst i original. Osäker källa. Kan ha flyttat." in html


def test_a_source_link_goes_to_the_registered_address_and_is_cited(render):
    html = render("Se [sidan](kalla:sidan).\n")
    assert '<a href="https://www.example.se/en-lang/sida">sidan</a><sup' in html


def test_a_page_without_sources_has_no_list(render):
    assert "Källor" not in render("Text.\n")


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
