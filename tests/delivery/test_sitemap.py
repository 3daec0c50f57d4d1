"""sitemap.xml and robots.txt are true to the site."""

from __future__ import annotations

import datetime as dt
import urllib.robotparser

from lxml import etree, html

from scripts.content.content import Content
from scripts.delivery.sitemap import last_modified

HOME = "https://kolonilotten.example/"


def test_last_modified_is_the_review_or_a_later_change(docs):
    change = {"what": "A.", "why": "B.", "title": "x"}
    folder = docs({"a.md": "", "b.md": "", "_data/changes.yml": {
        "ny": {**change, "date": dt.date(2026, 11, 30), "pages": ["/a.md#x", "/gone.md"]},
        "gammal": {**change, "date": dt.date(2026, 11, 1), "pages": ["/b.md"]}}})  # fmt: skip
    assert last_modified(Content.read(folder)) == {"a/": "2026-11-30", "b/": "2026-11-24"}
    whole = docs({"_data/changes.yml": {"allt": {**change, "date": dt.date(2026, 12, 1)}}})
    assert set(last_modified(Content.read(whole)).values()) == {"2026-12-01"}


def test_sitemap_has_every_page_and_its_last_change(garden):
    """By sitemaps.org/protocol: the namespace, whole addresses on one host, W3C dates."""
    root = etree.parse(str(garden.site / "sitemap.xml")).getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    rows = {row.findtext(f"{space}loc"): row.findtext(f"{space}lastmod") for row in root}
    days = last_modified(Content.read(garden.docs))
    assert rows == {HOME + address: day for address, day in days.items()}
    for address in days:
        head = html.fromstring(garden.page(address))
        assert not head.xpath('//meta[@name="robots"][contains(@content, "noindex")]'), address


def test_robots_may_read_all_and_find_the_sitemap(garden):
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((garden.site / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.can_fetch("AnyBot", f"{HOME}om/kontakt/?q=1")
    assert robots.site_maps() == [f"{HOME}sitemap.xml"]
