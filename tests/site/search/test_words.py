"""Text becomes words; that the engine does the same, tests/browser/test_search_engine.py says."""

from __future__ import annotations

import pytest

from scripts.site.search.words import stem_of, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Betänketid, 30 dagar.", "betänketid 30 dagar"),
        ("trettio dagar", "30 dagar"),
        ("sex veckor", "6 veckor"),
        ("sex till åtta månader", "6 till 8 månader"),
        ("Hon sålde sex.", "hon sålde sex"),
        ("sex mot ersättning", "sex mot ersättning"),
        ("020-390 000", "020390000"),
        ("02039\u00a000 00", "020390000"),
        ("114 14", "11414"),
        ("195 011", "195011"),
        ("5 kap. 15 § utlänningslagen", "5:15 utlänningslagen"),
        ("5 kap 15", "5:15"),
        ("5:15", "5:15"),
        ("4 kap. 1 a § brottsbalken", "4:1a brottsbalken"),
        ("4 kap. 1 a och 1 b §§", "4:1a 4:1b"),
        ("4:1 b", "4:1b"),
        ("2 a kap. 1 §", "2a:1"),
        ("chapter 5, section 15", "5:15"),
        ("5 kap. 15 andra stycket", "5:15 andra stycket"),
        ("(2025:400)", "2025:400"),
        ("C-66/21", "c 66 21"),
        ("tio 10", "10 10"),
        ("2–10 år", "2 10 år"),
        ("A\u030aterva\u0308nda", "återvända"),
        ("för\u00adlängning", "förlängning"),
        ("e-post", "e post"),
    ],
)
def test_text_becomes_words(text, expected):
    assert list(tokens(text)) == expected.split()


def test_a_stem_is_what_forms_have_in_common():
    assert stem_of("betänketiden") == stem_of("betänketid")
    assert stem_of("månad") != stem_of("mån")


def test_stem_of_a_cellar_is_not_that_of_a_source():
    assert {stem_of(word) for word in ("källare", "källaren", "källarna")} == {"källar"}
    assert stem_of("källa") == stem_of("källor") == "käll"


def test_forms_of_a_strong_verb_meet():
    assert {stem_of(word) for word in ("sålde", "sålt", "såld", "säljer", "sälja")} == {"sälj"}
