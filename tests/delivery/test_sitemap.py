"""sitemap.xml and robots.txt are true to the site."""

from __future__ import annotations

import datetime as dt
import urllib.robotparser

from lxml import etree, html

from scripts.content.content import Content
from scripts.delivery.sitemap import last_modified

HOME = "https://kolonilotten.example/"


def test_a_page_was_updated_when_it_was_reviewed_or_a_change_was_about_it(docs):
    change = {"what": "A.", "why": "B.", "title": "x"}
    folder = docs({"a.md": "", "b.md": "", "_data/changes.yml": {
        "ny": {**change, "date": dt.date(2026, 11, 30), "pages": ["/a.md#x", "/gone.md"]},
        "gammal": {**change, "date": dt.date(2026, 11, 1), "pages": ["/b.md"]}}})  # fmt: skip
    assert last_modified(Content.read(folder)) == {"a/": "2026-11-30", "b/": "2026-11-24"}
    whole = docs({"_data/changes.yml": {"allt": {**change, "date": dt.date(2026, 12, 1)}}})
    assert set(last_modified(Content.read(whole)).values()) == {"2026-12-01"}


def test_the_sitemap_has_every_page_and_deck_for_search_engines_and_its_last_change(garden):
    """By sitemaps.org/protocol: the namespace, whole addresses on one host, W3C dates."""
    root = etree.parse(str(garden.site / "sitemap.xml")).getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    rows = {row.findtext(f"{space}loc"): row.findtext(f"{space}lastmod") for row in root}
    pages = {
        HOME + address: day for address, day in last_modified(Content.read(garden.docs)).items()
    }
    assert pages.items() < rows.items()
    slides = {file.parent for file in garden.site.glob("om/skriv-ut/presentation*/index.html")}
    assert len(slides) == 2
    assert {f"{HOME}om/skriv-ut/{folder.name}/" for folder in slides} == rows.keys() - pages.keys()
    for file in garden.site.rglob("index.html"):  # what only leads on, or is a part, is not
        head = html.fromstring(file.read_bytes())
        hidden = bool(head.xpath('//meta[@name="robots"][contains(@content, "noindex")]'))
        address = file.parent.relative_to(garden.site).as_posix().removeprefix(".")
        assert hidden == (HOME + address + ("/" if address else "") not in rows), address


def test_robots_may_read_all_and_are_told_of_the_sitemap(garden):
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((garden.site / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.can_fetch("AnyBot", f"{HOME}om/kontakt/?q=1")
    assert robots.site_maps() == [f"{HOME}sitemap.xml"]
