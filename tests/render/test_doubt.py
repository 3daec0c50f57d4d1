from __future__ import annotations

import re


def test_what_the_reader_must_check_first_stands_open_with_the_act_first(render):
    html = render("[[osakert: vem]]\n")
    assert '<div aria-label="Kontrollera först" class="uncertain"' in html and 'role="note"' in html
    assert "<p><strong>Kontrollera först:</strong> Fråga. <a" in html
    assert 'href="/hem/oppna-fragor.md#vem"' in html and "Vi vet inte." not in html
    assert "<details" not in html


def test_a_doubt_that_changes_less_is_folded_in_its_place(render):
    html = render("Före.\n\n[[osakert: hur]]\n\nEfter.\n")
    assert re.search(r"Före.*<details[^>]*osakert-hur.*Efter", html, re.S)
    assert "<summary>Hur går det till?</summary>" in html and "Oklart hur." in html
    assert "open" not in html.partition(">")[0]


def test_the_rest_is_gathered_at_the_foot_with_a_count(render):
    html = render("Före.\n\n[[osakert: var]]\n\nEfter.\n")
    assert re.search(r"Före.*Efter.*<summary>Så säker är sidan \(1\)</summary>", html, re.S)
    assert 'id="osakert-var"' in html and "Leta." in html


def test_a_page_without_doubt_has_no_foot(render):
    assert "Så säker" not in render("Text.\n\n[[osakert: vem]]\n")


def test_an_answered_question_has_no_box(render, caplog):
    assert "besvarad" in render("[[osakert: nar]]\n")
    assert "besvarad" in caplog.text


def test_the_list_of_questions_has_them_all_with_level_and_answer(render):
    html = render("[[oppna-fragor]]\n")
    for key in ("vem", "hur", "var", "nar"):
        assert f'id="{key}"' in html
    assert html.count("<strong>Nivå:</strong>") == 3
    assert html.index("Källor säger olika") < html.index("Besvarade frågor") < html.index("I dag.")


def test_open_questions_name_the_pages_that_raise_them(render):
    html = render("[[oppna-fragor]]\n")
    assert 'id="vem"' in html
    assert 'Tas upp på:</strong> <a href="/prov.md">Prov</a>' in html


def test_a_questions_sources_are_links_and_make_no_list(render):
    html = render("[[oppna-fragor]]\n")
    assert 'Källor:</strong> <a href="/hem/kallforteckning.md#lagen">Lagen 1 §</a>' in html
    assert "source-box" not in html
