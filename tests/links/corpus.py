"""A site with planted faults, one a page or file, and its clean twin with the same markup done right.

Each row: a name, the wrong markup, the same done right, the rule that must find it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import NamedTuple

SITE_URL = "https://exempel.se/kunskap/"
PIXEL = b"\x89PNG\r\n\x1a\n"


class Plant(NamedTuple):
    name: str
    bad: str | bytes
    good: str | bytes
    rule: str
    file: str  # where it is planted


# Files of both sites. Every page of the corpus stands one folder down, in f/.
BASE: dict[str, str | bytes] = {
    "mal/index.html": '<!doctype html><title>Mål</title><h1 id="rubrik">Mål</h1><p id="å-ö">x</p>'
    '<p id="A&amp;B">x</p><a name="gammalt">x</a><p id="100%">x</p>',
    "mal/sida.html": '<!doctype html><title>Sida</title><p id="del">x</p>',
    "råd/index.html": '<!doctype html><title>Råd</title><p id="x">x</p>',
    "en mapp/index.html": "<!doctype html><title>Mellanslag</title>",
    "b/bild.png": PIXEL, "b/bild@2x.png": PIXEL, "b/Stor.PNG": PIXEL,
    "b/film.mp4": b"", "b/ikon.ico": b"",
    "b/dokument.bin": b"", "b/a b.png": PIXEL,
    "s/skript.js": "", "s/stil.css": "p { color: red }\n", "bra.webmanifest": "{}",
}  # fmt: skip

ROWS: list[tuple[str, str, str, str]] = [
    # name, bad, good, rule
    ("a-gone", '<a href="../borta/">x</a>', '<a href="../mal/">x</a>', "missing-page"),
    ("a-gone-md", '<a href="../mal/sida.md">x</a>', '<a href="../mal/sida.html#del">x</a>', "missing-page"),
    ("a-gone-root", '<a href="/kunskap/borta/">x</a>', '<a href="/kunskap/mal/">x</a>', "missing-page"),
    ("a-gone-protocol", '<a href="//exempel.se/kunskap/borta/">x</a>', '<a href="//exempel.se/kunskap/mal/">x</a>', "missing-page"),
    ("a-gone-encoded", '<a href="../r%C3%A4d/">x</a>', '<a href="../r%C3%A5d/">x</a>', "missing-page"),
    ("a-www", '<a href="www.polisen.se">x</a>', '<a href="https://www.polisen.se">x</a>', "missing-page"),
    ("a-no-index", '<a href="../b/">x</a>', '<a href="../b/bild.png">x</a>', "missing-page"),
    ("a-download", '<a href="../b/borta.bin" download>x</a>', '<a href="../b/dokument.bin" download>x</a>', "missing-page"),
    ("form", '<form action="../borta/"><button>x</button></form>', '<form action="../mal/"><button>x</button></form>', "missing-page"),
    ("canonical", '<link rel="canonical" href="https://exempel.se/kunskap/borta/">', '<link rel="canonical" href="https://exempel.se/kunskap/mal/">', "missing-page"),
    ("refresh", '<meta http-equiv="refresh" content="5; url=../borta/">', '<meta http-equiv="refresh" content="5; url=../mal/">', "missing-page"),
    # anchors
    ("anchor-here", '<a href="#borta">x</a>', '<p id="har"></p><a href="#har">x</a>', "missing-anchor"),
    ("anchor-there", '<a href="../mal/#borta">x</a>', '<a href="../mal/#rubrik">x</a>', "missing-anchor"),
    ("anchor-index", '<a href="../mal/index.html#borta">x</a>', '<a href="../mal/index.html#rubrik">x</a>', "missing-anchor"),
    ("anchor-case", '<a href="../mal/#Rubrik">x</a>', '<a href="../mal/#rubrik">x</a>', "missing-anchor"),
    ("anchor-encoded", '<a href="../mal/#%C3%A4-%C3%B6">x</a>', '<a href="../mal/#%C3%A5-%C3%B6">x</a>', "missing-anchor"),
    ("anchor-nfd", '<a href="../mal/#a\u030a-o\u0308">x</a>', '<a href="../mal/#\u00e5-\u00f6">x</a>', "missing-anchor"),
    ("anchor-name", '<a href="../mal/#gammal">x</a>', '<a href="../mal/#gammalt">x</a>', "missing-anchor"),
    # assets
    ("img", '<img src="../b/borta.png" alt="">', '<img src="../b/bild.png" alt="">', "missing-asset"),
    ("srcset", '<img src="../b/bild.png" srcset="../b/bild.png 1x, ../b/borta.png 2x" alt="">', '<img src="../b/bild.png" srcset="../b/bild.png 1x, ../b/bild@2x.png 2x" alt="">', "missing-asset"),
    ("video", '<video src="../b/borta.mp4"></video>', '<video src="../b/film.mp4"></video>', "missing-asset"),
    ("iframe", '<iframe src="../borta/" title="x"></iframe>', '<iframe src="../mal/" title="x"></iframe>', "missing-asset"),
    ("script", '<script src="../s/borta.js"></script>', '<script src="../s/skript.js"></script>', "missing-asset"),
    ("stylesheet", '<link rel="stylesheet" href="../s/borta.css">', '<link rel="stylesheet" href="../s/stil.css">', "missing-asset"),
    ("manifest-link", '<link rel="manifest" href="../borta.webmanifest">', '<link rel="manifest" href="../bra.webmanifest">', "missing-asset"),
    ("style-attribute", '<p style="background: url(../b/borta.png)">x</p>', '<p style="background: url(../b/bild.png)">x</p>', "missing-asset"),
    ("style-element", "<style>p { background: url('../b/borta.png') }</style>", "<style>/* url(../b/borta.png) */ p { background: url('../b/bild.png') }</style>", "missing-asset"),
    # ids
    ("duplicate-id", '<p id="d">x</p><p id="d">y</p>', '<p id="d">x</p><p id="e">y</p>', "duplicate-id"),
    ("id-empty", '<p id="">x</p>', '<p id="p">x</p>', "bad-id"),
    ("labelledby", '<section aria-labelledby="borta">x</section>', '<section aria-labelledby="r"><h2 id="r">x</h2></section>', "missing-ref"),
    ("describedby", '<input aria-describedby="borta">', '<input aria-describedby="h"><p id="h">x</p>', "missing-ref"),
    ("label-for", '<label for="borta">x</label>', '<label for="i">x</label><input id="i">', "missing-ref"),
    ("popovertarget", '<button popovertarget="borta">x</button>', '<button popovertarget="po">x</button><div id="po" popover>y</div>', "missing-ref"),
    # case and coding
    ("case-page", '<a href="../Mal/">x</a>', '<a href="../mal/">x</a>', "wrong-case"),
    ("case-file", '<img src="../b/stor.png" alt="">', '<img src="../b/Stor.PNG" alt="">', "wrong-case"),
    ("nfd", '<a href="../ra\u030ad/">x</a>', '<a href="../r\u00e5d/">x</a>', "wrong-case"),
    ("slash", '<a href="../mal">x</a>', '<a href="../mal/">x</a>', "missing-slash"),
    # out of the site
    ("above", '<a href="../../../x/">x</a>', '<a href="../mal/">x</a>', "outside-site"),
    ("other-folder", '<a href="/annat/">x</a>', '<a href="https://exempel.se/annat/">x</a>', "outside-site"),
    ("no-base", '<a href="/mal/">x</a>', '<a href="/kunskap/mal/">x</a>', "outside-site"),
    ("localhost", '<a href="http://localhost:8000/mal/">x</a>', '<a href="https://example.org:8000/mal/">x</a>', "local-link"),
    ("private", '<a href="http://192.168.1.10/">x</a>', '<a href="https://93.184.216.34/">x</a>', "local-link"),
    ("file", '<a href="file:///C:/handlingar/x.pdf">x</a>', '<a href="../b/dokument.bin">x</a>', "local-link"),
    # form of the address
    ("empty", '<a href="">x</a>', '<a href="#">x</a>', "empty-link"),
    ("javascript", '<a href="javascript:void(0)">x</a>', '<a href="#">x</a>', "malformed-url"),
    ("space", '<a href="https://polisen.se/en sida">x</a>', '<a href="https://polisen.se/en%20sida">x</a>', "malformed-url"),
    ("backslash", '<a href="..\\mal\\">x</a>', '<a href="../mal/">x</a>', "malformed-url"),
    ("one-word-host", '<a href="https://polisen/">x</a>', '<a href="https://polisen.se/">x</a>', "malformed-url"),
    ("scheme", '<a href="htps://polisen.se/">x</a>', '<a href="https://polisen.se/">x</a>', "malformed-url"),
    ("port", '<a href="https://polisen.se:99999/">x</a>', '<a href="https://polisen.se:8443/">x</a>', "malformed-url"),
    ("credentials", '<a href="https://anna:hemligt@polisen.se/">x</a>', '<a href="https://polisen.se/@anna">x</a>', "credentials"),
    ("mail-no-at", '<a href="mailto:redaktionen">x</a>', '<a href="mailto:redaktionen@exempel.se">x</a>', "bad-mailto"),
    ("mail-space", '<a href="mailto:a b@exempel.se">x</a>', '<a href="mailto:a.b@exempel.se?subject=Hej%20du">x</a>', "bad-mailto"),
    ("tel-short", '<a href="tel:12">x</a>', '<a href="tel:112">x</a>', "bad-tel"),
    ("img-page", '<img src="../mal/" alt="">', '<iframe src="../mal/" title="x"></iframe>', "missing-asset"),
    ("query-anchor", '<a href="?q=1#borta">x</a>', '<p id="har"></p><a href="?q=1#har">x</a>', "missing-anchor"),
    ("tel-zero", '<a href="tel:+46(0)812345678">x</a>', '<a href="tel:+46812345678">x</a><a href="tel:+390612345678">y</a>', "bad-tel"),
]  # fmt: skip

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
# Faults that are a file of their own. The good form stands under the same name in the twin.
FILES: list[tuple[str, str, str, str]] = [
    ("sitemap.xml", XML + '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://exempel.se/kunskap/borta/</loc></url></urlset>', XML + '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://exempel.se/kunskap/mal/</loc></url></urlset>', "missing-page"),
    ("robots.txt", "User-agent: *\nSitemap: https://exempel.se/kunskap/borta.xml\n", "User-agent: *\nSitemap: https://exempel.se/kunskap/sitemap.xml\n", "missing-page"),
    ("feed.xml", XML + "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://exempel.se/kunskap/borta/'/></entry></feed>", XML + "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://exempel.se/kunskap/mal/'/></entry></feed>", "missing-page"),
    ("css/url.css", "p { background: url(../b/borta.png) }", "p { background: url( '../b/a%20b.png' ) }", "missing-asset"),
    ("css/import.css", "@import url(borta.css);", '@import "url.css" screen;', "missing-asset"),
    ("css/case.css", "p { background: url(../b/BILD.png) }", "/* url(x) */ p { background: url(../b/bild.png) }", "wrong-case"),
    ("feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://exempel.se/kunskap/borta/"}]}', '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://exempel.se/kunskap/mal/"}]}', "missing-page"),
    ("orphan/index.html", "<title>Ensam</title>", "<title>Inte ensam</title>", "orphan-page"),
    ("opensearch.xml", XML + '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><Url type="text/html" template="https://exempel.se/kunskap/borta/?q={searchTerms}"/></OpenSearchDescription>', XML + '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><Image>https://exempel.se/kunskap/b/ikon.ico</Image><Url type="text/html" template="https://exempel.se/kunskap/mal/?q={searchTerms}"/></OpenSearchDescription>', "missing-page"),
    (".well-known/security.txt", "Contact: mailto:a@exempel.se\nExpires: 2030-01-01T00:00:00Z\nPolicy: https://exempel.se/kunskap/borta/\n", "# Policy: https://exempel.se/kunskap/borta/\nContact: mailto:a@exempel.se\nCanonical: https://exempel.se/kunskap/.well-known/security.txt\nEncryption: openpgp4fpr:5f2d\nPolicy: https://exempel.se/kunskap/mal/\n", "missing-page"),
    ("anchor-stub/index.html", '<meta http-equiv="refresh" content="0; url=../mal/#borta">', '<meta http-equiv="refresh" content="0; url=../mal/#rubrik">', "missing-anchor"),
    ("gone-stub/index.html", '<meta http-equiv="refresh" content="0; url=../borta/">', '<meta http-equiv="refresh" content="0; url=https://example.org/">', "missing-page"),
]  # fmt: skip


def pdf(link: str = "") -> bytes:
    """Return a one-page PDF with a link to an address."""
    from pikepdf import Array, Dictionary, Name, String, new

    out = io.BytesIO()
    with new() as file:
        page = file.add_blank_page(page_size=(72, 72)).obj
        action = Dictionary(S=Name.URI, URI=String(link))
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        page.Annots = Array([annotation] if link else [])
        file.save(out)
    return out.getvalue()


def _own(markup: str, name: str) -> str:
    return markup.replace("borta", "borta-" + re.sub(r"[^a-z0-9]", "-", name))


def _page(markup: str) -> str:
    return f'<!doctype html><html lang="sv"><title>x</title>\n<p>rad</p>\n{markup}\n'


def plants() -> list[Plant]:
    """Return every planted fault."""
    rows = [Plant(n, _own(bad, n), good, r, f"f/{n}.html") for n, bad, good, r in ROWS]
    rows += [Plant(f, _own(bad, f), good, rule, f) for f, bad, good, rule in FILES]
    address = "https://exempel.se/kunskap/"
    rows += [
        Plant("pdf-link", pdf(address + "borta-pdf/"), pdf(address + "mal/"), "missing-page", "pdf/link.pdf"),
        Plant("pdf-broken", b"%PDF-1.7\nx", pdf(), "unreadable-file", "pdf/broken.pdf"),
        Plant("latin-1", _page('<a href="../mal/#ä-ö">x</a>').encode("latin1"), _page('<a href="../mal/#å-ö">x</a>').encode("latin1"), "missing-anchor", "f/latin-1.html"),
    ]  # fmt: skip
    return rows


def write(root: Path, good: bool) -> Path:
    """Write the corpus, or its clean twin, into ``root``."""
    files = dict(BASE)
    files["stub/index.html"] = '<meta http-equiv="refresh" content="0; url=../mal/">'
    links = []
    for plant in plants():
        text = plant.good if good else plant.bad
        if plant.file.startswith("f/") and isinstance(text, str):
            text = _page(text)
        elif plant.file.endswith(".html") and isinstance(text, str):
            text = f"<!doctype html>{text}"
        files[plant.file] = text
        if plant.file.endswith(".html") and (good or plant.rule != "orphan-page"):
            links.append(plant.file)
    links += [
        "mal/index.html",
        "mal/sida.html",
        "råd/index.html",
        "en%20mapp/index.html",
        "stub/index.html",
    ]
    body = "\n".join(f'<a href="{name}">x</a>' for name in links)
    files["index.html"] = f'<!doctype html><html lang="sv"><title>Start</title>\n{body}\n'
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root
