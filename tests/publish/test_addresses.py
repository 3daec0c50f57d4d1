from __future__ import annotations

import pytest

from scripts.publish.addresses import canonical, is_address, split, words


@pytest.mark.parametrize(
    "address", ["/a/#vård", "/a/#v%C3%A5rd", "/a/#va\u030ard", "/a/index.html#vård"]
)
def test_one_address_has_one_form(address):
    assert canonical(address) == "/a/#vård"


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("/a/#b", True),
        ("/", True),
        ("/a%20b.pdf", True),
        ("a/", False),
        ("//x.se/", False),
        ("/a/?q=1", False),
        ("/../a/", False),
        ("/%2e%2e/a/", False),
        ("/a/ b", False),
        (7, False),
    ],
)
def test_an_address_is_on_the_site_and_from_its_root(value, taken):
    assert is_address(value) == taken


def test_a_place_is_what_stands_after_the_mark():
    assert split("/a/#b") == ("/a/", "b") and split("/a/") == ("/a/", "")


def test_words_are_what_two_texts_must_share():
    assert words("Två saker!") == words("två\u00a0saker") != words("tre saker")
    assert words("Fackligt center, 020-160 10 06") == words("Fackligt center, 112")
    assert words("Blankett 195 011") != words("Blankett 195 012")
