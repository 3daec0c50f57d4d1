"""The corpus of planted faults and its clean twin are the specification; here what they can't say."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.core.findings import Finding
from scripts.links.html import read_html
from scripts.links.inside import check_site, orphans
from scripts.links.resolve import mask
from scripts.links.sources import Sources
from scripts.links.validate import validate
from scripts.site.html_site import HtmlSite
from tests.links import corpus

SITE_URL = "https://example.se/kunskap/"
PLANTS = corpus.plants()
NONE = Path("docs-som-inte-finns")


def make(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def faults(root: Path, site_url: str = "") -> list[Finding]:
    """Return what is wrong but for pages that nothing leads to."""
    return [one for one in validate(root, Sources(NONE), site_url) if one.rule != "orphan-page"]


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> Path:
    return corpus.write(tmp_path_factory.mktemp("fel"), good=False)


@pytest.fixture(scope="module")
def found(bad):
    return validate(bad, Sources(NONE), corpus.SITE_URL)


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.name for plant in PLANTS])
def test_validator_planted_fault_is_only_finding(plant, found):
    assert [f.rule for f in found if f.page == plant.file] == [plant.rule]


def test_validator_page_without_fault_has_no_finding(found):
    assert {f.page for f in found} == {plant.file for plant in PLANTS}
    rows = {p.file for p in PLANTS if p.file.startswith("f/") and "\n" not in str(p.bad)}
    assert {f.line for f in found if f.page in rows} == {3}
    assert "hemligt" not in "".join(map(repr, found)), "a password is never printed"


def test_validator_clean_twin_has_no_finding(tmp_path):
    root = corpus.write(tmp_path, good=True)
    assert validate(root, Sources(NONE), corpus.SITE_URL) == []


def test_validator_pages_in_memory_equal_folder(bad, found):
    known = {page.file: read_html(page.tree) for page in HtmlSite(bad).iter_pages()}
    known.pop("f/latin-1.html")  # no build of ours makes one
    for page in known:
        (bad / page).rename(bad / f"{page}.kept")
        (bad / page).write_text("<p>Ska inte läsas igen.")
    again = validate(bad, Sources(NONE), corpus.SITE_URL, parsed=known)
    for page in known:
        (bad / f"{page}.kept").rename(bad / page)
    assert {(f.page, f.rule, f.target) for f in again} == {
        (f.page, f.rule, f.target) for f in found
    }


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="a/#top">top</a><a href="#">top</a>',
        '<a href="å/#ö">Swedish letters</a><a href="%C3%A5/#%C3%B6">the same, encoded</a>',
        '<a href="https://example.org:8080/x?y=[1]">port and brackets</a>',
        '<a href="./">self</a><a href=".">self</a><a href="?">self</a><a href="index.html?x#">self</a>',
        '<a href="a/?next=https://example.se/kunskap/borta/#x">address in a query</a>',
        '<a href="#a%20b">space</a><p id="a%20b">',
        '<input aria-controls="kommer" aria-activedescendant="kommer2" aria-owns="kommer3">',
        '<a href="https://polisen.se/sök?q=å%20ä">x</a>',
        '<a href="https://sv.wikipedia.org/wiki/Människohandel_(Sverige)">parens</a>',
        '<a href="https://example.org/?a[]=1&b=%7Bc%7D">x</a>',
        '<a href="tel:+46-771-793%20336">x</a><a href="tel:020-390000;ext=1">y</a><a href="tel:11414">z</a><a href="tel:114%2014">z</a>',
        '<a href="mailto:a@example.se?subject=50%25%20av%20fallen&amp;body=A%0AB">x</a>',
        '<a href="a/index.html?v=1#x">x</a><a href="/kunskap/a/index.html">y</a><a href="/kunskap">z</a>',
        '<p style="background: URL( \'bild.png\' )">x</p>',
        '<svg><style>path { fill: url(#g) }</style><linearGradient id="g"/><path fill="url(#g) red" stroke="url( #g )"/></svg>',
        '<meta http-equiv="refresh" content="300"><meta http-equiv="Content-Type" content="text/html; url=borta">',
        '<a href="sms:+46701234567?body=Hej">x</a><a href="whatsapp://send?text=x">y</a><a href="geo:59.3,18.0">z</a>',
        '<a href="mailto:?subject=Hej&amp;body=L%C3%A4s">a text to share</a>',
    ],
)  # fmt: skip
def test_validator_right_markup_has_no_finding(tmp_path: Path, markup: str):
    pages = {
        "index.html": f"<!doctype html><title>x</title>{markup}",
        "a/index.html": '<p id="x">x</p>',
        "å/index.html": '<p id="ö">x</p>',
        "bild.png": "",
        "film.mp4": "",
        "bild.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="pil"/></svg>',
    }
    assert faults(make(tmp_path, pages), SITE_URL) == []


@pytest.mark.parametrize(
    ("markup", "rule", "says"),
    [
        ('<a href="/a/">x</a>', "outside-site", "saknar webbplatsens sökväg /kunskap/"),
        ('<a href="../x/">x</a>', "outside-site", "leder ut ur mappen som kontrolleras"),
        ('<a href="../../x/">x</a>', "outside-site", "leder ut ur mappen som kontrolleras"),
        ('<a href="https://a.se/b c">x</a>', "malformed-url", "Koda dem, som %20"),
        ('<a href="https://anna@polisen.se/">x</a>', "credentials", "inloggningsuppgifter"),
        ('<a href="javascript:x()">x</a>', "malformed-url", "gör ingenting utan JavaScript"),
        ('<a href="a">x</a>', "missing-slash", 'Menade du "a/"?'),
        ('<a href="a?b#c">x</a>', "missing-slash", 'Menade du "a/?b#c"?'),
        ('<a href="A/">x</a>', "wrong-case", '"a/index.html"'),
        ('<a href="https://a.se:99999/">x</a>', "malformed-url", "port (högst 65535)"),
        ('<a href="htps://polisen.se/">x</a>', "malformed-url", "Menade du https://?"),
        ('<a href="http://[">x</a>', "malformed-url", "värdnamn"),
    ],
)
def test_error_message_names_cause(tmp_path, markup, rule, says):
    root = make(tmp_path, {"index.html": markup, "a/index.html": ""})
    (finding,) = faults(root, SITE_URL)
    assert finding.rule == rule and says in finding.message


@pytest.mark.parametrize(
    ("href", "hint"),
    [
        ("stod/ansokk/", "/stod/ansok/"),
        ("ansok/", "/stod/ansok/"),
        ("stod/ansok.md", "/stod/ansok/"),
        ("stod/ansok/#vad", "#vard"),
        ("stod/ansok/#flyttad", "/index2.html#flyttad"),
        ("gamla/sida.html", "/djup/mapp/sida.html"),  # the same name before one that is near
        ("djup/map/sidan.html", "/djup/mapp/sida.html"),
        ("xyzzy/", ""),
        ("vuxna/", ""),  # /barn/ is another page
        ("docs_config.js", ""),  # a picture has the name
        ("skript/mian.js", "/skript/main.js"),
        ("sida", "/djup/mapp/sida.html"),
        ("anna@kommun.example", "mailto:anna@kommun.example"),
        ("stod/vard.md", ""),  # … of no page
    ],
)
def test_hint_names_nearest_place(tmp_path, href, hint):
    files = {
        "index.html": f'<a href="{href}">x</a>',
        "index2.html": '<p id="flyttad">',
        "stod/ansok/index.html": '<p id="vard">',
        "djup/mapp/sida.html": "",
        "gamla/sidor.html": "",
        "barn/index.html": "",
        "docs_config.gif": "",
        "skript/main.js": "",
    }
    (finding,) = faults(make(tmp_path, files))
    assert (f'Menade du "{hint}"?' in finding.message) if hint else "Menade" not in finding.message


@pytest.mark.parametrize(
    ("files", "lost"),
    [
        ({"index.html": '<a href="a/">', "a/index.html": ""}, []),
        ({"index.html": "", "a/index.html": ""}, ["a/index.html"]),
        (  # two that only lead to each other
            {"index.html": "", "a/index.html": '<a href="../b/">', "b/index.html": '<a href="../a/">'},
            ["a/index.html", "b/index.html"],
        ),
        ({"index.html": "", "404.html": "", "s/index.html": '<meta http-equiv="refresh" content="0;url=../">'}, []),
        ({"index.html": "", "404.html": "", "s/index.html": '<meta http-equiv="refresh" content="0;url=https://example.org/">'}, []),
        ({"index.html": "", "s/index.html": '<meta name="robots" content="noindex">'}, []),
        ({"index.html": "", "s/index.html": '<meta name="robots" content="all">'}, ["s/index.html"]),
        ({"a/index.html": ""}, []),
    ],
)  # fmt: skip
def test_orphans_are_pages_nothing_leads_to(tmp_path, files, lost):
    assert orphans(check_site(make(tmp_path, files))) == lost


def test_outside_addresses_are_collected_with_their_pages(tmp_path):
    link = '<a href="https://example.org/x#y">x</a>'
    away = check_site(make(tmp_path, {"a.html": link, "b.html": link})).external
    assert away == {"https://example.org/x#y": ["a.html", "b.html"]}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a:b@c.se/", "https://***@c.se/"),
        ("https://c.se/@a", "https://c.se/@a"),
        ("mailto:a@b.se", "mailto:a@b.se"),
    ],
)
def test_mask_address_with_password_hides_it(url, shown):
    assert mask(url) == shown


def test_link_that_no_program_is_to_follow_is_not_asked(tmp_path):
    """The form that edits a page: one for each, and all on one host."""
    page = '<a rel="nofollow" href="https://a.se/edit">x</a><a href="https://a.se/">y</a>'
    (tmp_path / "index.html").write_text(page)
    assert list(check_site(tmp_path, "").external) == ["https://a.se/"]
