from __future__ import annotations

import pytest

from scripts.publish.built import BuiltPage, BuiltSite
from scripts.publish.published import places, published


def read(address, source):
    return places(BuiltPage.parse(address.lstrip("/"), source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<h2 id=a>Ord <a>länk</a></h2>", "Ord länk", id="heading"),
        pytest.param(
            "<li id=a><input id=kryss-a><label for=kryss-a>Ring 112</label><p>Mer.</li>",
            "Ring 112",
            id="checklist row",
        ),
        pytest.param(
            "<li id=a><a>Lagen (2005:716) 5 kap. 15 §</a>. Riksdagen.</li>",
            "Lagen (2005:716) 5 kap. 15 §",
            id="source",
        ),
        pytest.param(
            "<li id=a><a>Tecken (PDF, 2 sidor, 61 kB)</a>. Version 2.</li>", "Tecken", id="handout"
        ),
        pytest.param(
            "<li id=a><span>Tecken (PDF-filen är inte byggd).</span> Till.</li>",
            "Tecken",
            id="handout not built",
        ),
        pytest.param("<dt id=a>HVB – hem</dt>", "HVB – hem", id="word"),
        pytest.param('<div id=a aria-label="Ruta"><p>Text</div>', "Ruta", id="named"),
        pytest.param("<p id=a>En mening. En till.</p>", "En mening", id="sentence"),
    ],
)
def test_what_a_place_is_about(source, expected):
    found = dict(read("/s/", f"<main><h1>S</h1>{source}</main>"))
    assert found == {"/s/": "S", "/s/#a": expected}


@pytest.mark.parametrize("name", ["ref-a-1", "kalla-a", "ord-a", "osakert-a", "kryss-a"])
def test_derived_ids_are_not_promised_unless_on_a_heading(name):
    assert list(read("/s/", f"<main><h1>S</h1><p id={name}>T</p></main>")) == [("/s/", "S")]
    found = dict(read("/s/", f"<main><h1>S</h1><h2 id={name}>T</h2></main>"))
    assert f"/s/#{name}" in found


def test_a_page_for_those_on_their_way_promises_its_address_only():
    robots = '<meta name="robots" content="noindex">'
    source = f"{robots}<main><h1>S</h1><h2 id=a>A</h2></main>"
    assert list(read("/s/", source)) == [("/s/", "S")]


@pytest.mark.parametrize(
    ("to", "where"),
    [
        ("../../a/b/#c", "/a/b/#c"),
        ("../../", "/"),
        ("../../a/x.html", "/a/x.html"),
        ("../../a/index.html", "/a/"),
        ("../../a/#v%C3%A5rd", "/a/#vård"),
    ],
)
def test_a_page_that_sends_on_means_where_it_leads(to, where):
    source = f'<meta http-equiv="refresh" content="0; url={to}"><main><h2 id=a>A</h2></main>'
    assert list(read("/p/x/", source)) == [("/p/x/", f"→ {where}")]


def test_what_is_published_and_what_is_not(tmp_path):
    for name in (
        "assets/site.1.css", "a/index.html.gz", "a/b.txt.br", "404.html", ".nojekyll", "_headers", "web.config",
        "a/b.txt", "fil å.pdf", ".well-known/security.txt",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert list(published(BuiltSite(tmp_path))) == [
        "/.well-known/security.txt",
        "/a/b.txt",
        "/fil%20å.pdf",
    ]
