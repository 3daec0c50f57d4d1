from __future__ import annotations

import pytest

from scripts.links import judge
from scripts.links.formats.document import Use
from scripts.links.resolve import Resolved, Site
from scripts.links.rules import RULES


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("mailto:a@b.se", True),
        ("mailto:a@b.se?subject=x", True),
        ("mailto:?to=a@b.se&cc=c@d.se", True),
        ("mailto:%C3%A5sa@example.org", True),
        ("mailto:a@b.se,c@d.se", True),
        ("mailto:", False),
        ("mailto:?subject=x", False),
        ("mailto:a@b", False),
        ("mailto:a@@b.se", False),
        ("mailto:a@b.se?bcc=x", False),
    ],
)
def test_mailto(url, right):
    assert judge.is_mailto(url) is right


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("tel:112", True),
        ("tel:114-14", True),
        ("tel:1177", True),
        ("tel:116111", True),
        ("tel:020-39 00 00", True),
        ("tel:+46-8-123%2045%2067", True),
        ("tel:+46812345;ext=1", True),
        ("tel:113", False),
        ("tel:+0", False),
        ("tel:12345", False),
        ("tel:abc", False),
    ],
)
def test_telephone(url, right):
    assert judge.is_telephone(url) is right


@pytest.mark.parametrize(
    ("url", "wanted"), [("a", "a/"), ("a?q", "a/?q"), ("a#b", "a/#b"), ("a?q#b", "a/?q#b")]
)
def test_a_slash_goes_before_query_and_fragment(url, wanted):
    assert judge.with_slash(url) == wanted


@pytest.mark.parametrize(
    ("target", "fragment", "wanted"),
    [
        ("a.html", "x", "x"),
        ("a.html", "Top", ""),
        ("a.html", ":~:text=x", ""),
        ("a.svg", "x", "x"),
        ("a.svg", "svgView(viewBox(0,0,1,1))", ""),
        ("a.pdf", "page=02&zoom=100", "page=2"),
        ("a.pdf", "zoom=100", ""),
        ("a.pdf", "nameddest=kap", "kap"),
        ("a.pdf", "kap", "kap"),
        ("a.mp4", "t=10", ""),
    ],
)
def test_which_id_a_fragment_needs(target, fragment, wanted):
    assert judge.wants_fragment(target, fragment) == wanted


def test_every_problem_has_a_rule_that_is_described():
    site = Site(["index.html"])
    problems = [
    "characters", "no-host", "unreadable", "host", "scheme", "credentials", "script",
    "local-file", "loopback", "mailto", "tel", "above", "no-base", "outside", "case", "unicode",
    "slash", "missing",
]  # fmt: skip
    for problem in problems:
        fault = judge.explain(site, Use("page", "x"), Resolved(problem=problem))
        assert fault.rule in RULES
        assert fault.message[-1] in ".?"


def test_only_a_password_has_to_be_changed():
    site = Site(["index.html"])
    said = []
    for url in ("https://anna@polisen.se/", "https://anna:hemligt@polisen.se/"):
        fault = judge.explain(site, Use("page", url), Resolved(problem="credentials"))
        said.append(fault.message)
        assert "anna" not in fault.message
    assert "användarnamn" in said[0] and "lösenordet" not in said[0]
    assert "byt lösenordet" in said[1]
