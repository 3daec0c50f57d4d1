from __future__ import annotations

from scripts.links.resolve import Site
from scripts.links.suggest import Suggestions


def test_the_nearest_real_target_is_suggested_among_many():
    names = [f"del/sida-{n}/index.html" for n in range(3000)]
    suggestions = Suggestions(Site([*names, "kontakt/telefon/index.html"]))
    assert suggestions.file("kontakt/telefn/", "") == ' Menade du "/kontakt/telefon/"?'
    assert suggestions.file("telefon/", "") == ' Menade du "/kontakt/telefon/"?'
    assert suggestions.file("helt-annat", "") == ""


def test_a_name_that_ends_like_a_start_page_is_a_name():
    suggestions = Suggestions(Site(["html/git-index.html", "html/index.html"]))
    assert suggestions.file("html/git-indx.html", "") == ' Menade du "/html/git-index.html"?'
    assert suggestions.file("htm/", "") == ' Menade du "/html/"?'


def test_an_id_that_stands_on_another_page_is_found_there():
    suggestions = Suggestions(Site(["a/index.html", "b/index.html", "index.html"]))
    ids = {"a/index.html": "\nstod\n", "b/index.html": "\nflyttad\ngor\n", "index.html": "\ngor\n"}
    assert suggestions.id("a/index.html", "flyttad", ids) == ' Menade du "/b/#flyttad"?'
    assert suggestions.id("a/index.html", "stöd", ids) == ' Menade du "#stod"?'
    assert suggestions.id("a/index.html", "gor", ids) == "", "on two pages: nobody knows which"
