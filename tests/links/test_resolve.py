from __future__ import annotations

from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.links.resolve import (
    Site,
    directory_from_base,
    directory_of,
    fragment_of,
    host_problem,
    mask,
    to_ascii,
)

FILES = ["index.html", "a/index.html", "a/b/index.html", "a/c.html", "å/x y.html", "b.png"]
SITE = Site(FILES, "https://example.se/kunskap/")


@pytest.mark.parametrize(
    ("url", "directory", "target"),
    [
        ("", "a/", ""),
        ("?q=1", "a/", ""),
        ("b/", "a/", "a/b/index.html"),
        ("./", "a/", "a/index.html"),
        ("..", "a/b/", "a/index.html"),
        ("../..", "a/b/", "index.html"),
        ("../c.html?q", "a/b/", "a/c.html"),
        ("/kunskap/a/", "å/", "a/index.html"),
        ("/kunskap", "å/", "index.html"),
        ("https://EXAMPLE.se/kunskap/a/", "", "a/index.html"),
        ("http://example.se/kunskap/", "", "index.html"),
        ("//example.se/kunskap/b.png", "", "b.png"),
        ("../%C3%A5/x%20y.html", "a/", "å/x y.html"),
        ("\t../b.png \n", "a/", "b.png"),
    ],
)
def test_where_an_address_leads(url, directory, target):
    assert SITE.resolve(url, directory).target == target


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("../../x", "above"),
        ("/a/", "no-base"),
        ("/x/", "outside"),
        ("B.png", "case"),
        ("a", "slash"),
        ("a%CC%8A/x y.html", "characters"),
        ("a%CC%8A/x%20y.html", "unicode"),
        ("c.html", "missing"),
        ("https://a:b@example.org/", "credentials"),
        ("mailto:x", "mailto"),
        ("tel:1", "tel"),
        ("javascript:x", "script"),
        ("file:///x", "local-file"),
        ("xhttp://a.se", "scheme"),
        ("https:a.se", "no-host"),
        ("https://a.se:x/", "unreadable"),
    ],
)
def test_what_is_wrong_with_an_address(url, problem):
    assert SITE.resolve(url, "a/" if url == "../../x" else "").problem == problem


@pytest.mark.parametrize(
    ("base", "directory"),
    [
        (None, "a/b/"),
        ("../", "a/"),
        ("/kunskap/", ""),
        ("https://example.se/kunskap/a/x.html", "a/"),
        ("x/y", "a/b/x/"),
        ("https://example.org", "https://example.org/"),
        ("//example.org/a/b", "https://example.org/a/"),
        ("/annat/", "https://example.se/annat/"),
        ("", "a/b/"),
    ],
)
def test_base_moves_the_start_of_relative_addresses(base, directory):
    assert directory_from_base(SITE, "a/b/index.html", base) == directory


def test_a_base_on_another_host_makes_relative_links_external():
    assert SITE.resolve("x/", "https://example.org/a/").external == "https://example.org/a/x/"


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("polisen.se", ""),
        ("räksmörgås.se", ""),
        ("93.184.216.34", ""),
        ("2606:2800:220:1::", ""),
        ("a_b.example.org.", ""),
        ("127.0.0.1", "loopback"),
        ("10.1.2.3", "loopback"),
        ("169.254.1.1", "loopback"),
        ("::1", "loopback"),
        ("fe80::1", "loopback"),
        ("x.localhost", "loopback"),
        ("1.2.3", "host"),
        ("polisen", "host"),
        ("a..se", "host"),
        ("-a.se", "host"),
        ("a" * 64 + ".se", "host"),
        ("☃\u200b.\u202ese", "host"),
    ],
)
def test_a_hosts_name(host, problem):
    assert host_problem(host) == problem


def test_names_are_looked_up_in_ascii():
    assert to_ascii("RÄKSMÖRGÅS.se") == "xn--rksmrgs-5wao1o.se"
    assert to_ascii("a..b") == ""


def test_text_directives_are_no_part_of_the_id():
    assert fragment_of("x:~:text=y") == "x"
    assert fragment_of(":~:text=y") == ""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a:b@c.se/", "https://***@c.se/"),
        ("https://a:b@d@c.se/x@y", "https://***@c.se/x@y"),
        ("https://c.se/@a", "https://c.se/@a"),
        ("mailto:a@b.se", "mailto:a@b.se"),
    ],
)
def test_a_password_is_masked(url, shown):
    assert mask(url) == shown


segment = st.sampled_from(["a", "b", "..", ".", "å", "x y", "c.html", "", "%41"])
paths = st.lists(segment, min_size=1, max_size=6).map("/".join)


@settings(max_examples=500, deadline=None)
@given(paths, st.sampled_from(["", "a/", "a/b/", "å/"]))
def test_relative_addresses_lead_where_the_standard_library_says(path, directory):
    url = quote(path, safe="/%.")
    base = f"https://example.se/kunskap/{quote(directory)}"
    wanted = unquote(urlsplit(urljoin(base, url)).path)
    got = SITE.resolve(url, directory)
    if got.problem == "above" or "//" in url or url.startswith("/"):
        return  # where the standard library departs from the URL Standard
    if not wanted.startswith("/kunskap/"):
        assert got.problem in ("outside", "no-base") or wanted == "/kunskap"
    elif got.target:
        assert "/kunskap/" + got.target in (wanted, wanted + "index.html", wanted + "/index.html")
    else:
        assert wanted.removeprefix("/kunskap/") not in FILES


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "a/", "https://example.org/"]))
def test_no_text_is_too_odd(url, directory):
    SITE.resolve(url, directory)
    SITE.resolve("https://" + url, directory)
    directory_from_base(SITE, "a/index.html", url)
    assert directory_of(url) == "" or directory_of(url).endswith("/")
