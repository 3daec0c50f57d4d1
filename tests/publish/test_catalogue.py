"""The files for other programs are true to the site."""

from __future__ import annotations

import datetime as dt
import json
import re
import urllib.robotparser
from collections import defaultdict
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from scripts.content.content import Content
from scripts.publish.built import BuiltSite
from scripts.publish.catalogue import add_checklists, anchors, catalogue, contacts, updated
from scripts.publish.search.pages import read_site
from tests.conftest import run_step

HOME = "https://kolonilotten.example/"


@pytest.fixture(scope="module")
def pages(garden):
    """The catalogue's pages, by address."""
    return {page["url"]: page for page in load(garden, "katalog")["pages"]}


def load(garden, name):
    return json.loads((garden.site / f"{name}.json").read_text(encoding="utf-8"))


def test_each_page_says_the_same_of_itself_as_the_catalogue_and_the_way_it_shows(garden, pages):
    for page in pages.values():
        root = html.fromstring(garden.page(page["url"]))
        (block,) = root.xpath("//head/script[not(@src)]")
        assert block.get("type") == "application/ld+json", "a script the policy would stop"
        said = json.loads(block.text)
        named = (said["@type"], said["name"], said["inLanguage"], said["lastReviewed"])
        assert named == ("WebPage", page["title"], page["language"], page["reviewed"])
        assert said["url"] == urljoin(HOME, page["url"])
        shown = [(a.text, a.get("href")) for a in root.xpath('//nav[@class="crumbs"]//a')]
        items = said.get("breadcrumb", {}).get("itemListElement", [])
        assert [row["position"] for row in items] == list(range(1, len(items) + 1))
        way = [(text, urljoin(said["url"], href)) for text, href in shown]
        way += [(page["title"], said["url"])] if shown else []
        assert [(row["name"], row["item"]) for row in items] == way


def test_the_catalogue_has_every_page_and_the_ids_that_stand_there(garden, pages):
    addresses = {page.address for page in Content.read(garden.docs).pages.values()}
    assert {url.removeprefix("./") for url in pages} == addresses
    searched = {
        page.address: {unit.id for unit in page.units} for page in read_site(BuiltSite(garden.site))
    }
    for url, page in pages.items():
        root = html.fromstring(garden.page(url))
        ids = [anchor["id"] for anchor in page["anchors"]]
        assert len(ids) == len(set(ids)) and set(ids) <= set(root.xpath("//@id"))
        # every heading that a reader can link to, and every place the search leads to
        headings = set(root.xpath('//*[@id="innehall"]//*[self::h2 or self::h3]/@id'))
        found = headings | searched.get(url.removeprefix("./"), set())
        assert found - set(ids) <= {"", "kallor"}, url
        for name in (*page["short"], *filter(None, [page["frame"]])):
            assert (garden.site / name / "index.html").is_file()
        for file in page["files"]:
            assert (garden.site / file["url"]).exists()


def test_a_place_is_named_by_its_heading_row_or_file(garden):
    built = BuiltSite(garden.site).pages

    def named(address):
        return {a["id"]: a["heading"] for a in anchors(built[address])}

    assert named("odla/host/")["las"] == "Är grinden låst?"
    assert named("om/ordlista/")["avhardning"] == "avhärdning"
    assert named("om/omraden/")["ostra"] == "Östra lotten"
    assert named("odla/tomat/")["vattna"] == "Vattna"
    assert "tomat" not in named("odla/tomat/"), "it changes with the title"


def test_other_forms_of_a_page_stand_in_its_row(pages):
    assert [file["url"] for file in pages["odla/tomat/"]["files"]] == ["om/skriv-ut/tomat.pdf"]
    types = {file["type"] for file in pages["odla/host/"]["files"]}
    assert types == {"application/pdf", "text/plain"}
    assert "p/tomat/" in pages["odla/tomat/"]["short"]
    assert pages["odla/host/"]["frame"] == "badda-in/host/"
    assert pages["om/"]["short"] == [] and pages["om/"]["frame"] is None
    assert pages["om/english/"]["language"] == "en"
    assert pages["guide/var/"]["section"] == "Är plantan sjuk?"
    assert pages["./"]["section"] == "Start"


def test_addresses_are_relative_so_that_a_copy_is_right_too(garden):
    here, there = (
        catalogue(Content.read(garden.docs), BuiltSite(garden.site, url), defaultdict(list))
        for url in ("https://a.example", "https://b.example/k/")
    )
    assert there["site"] == "https://b.example/k/" and here["site"] == "https://a.example/"
    assert here["pages"] == there["pages"]


def test_contacts_say_what_their_page_says(garden):
    data, registers = load(garden, "kontakter"), Content.read(garden.docs).registers
    for row in data["contacts"] + data["regions"] + data["counties"]:
        place = urlsplit(row["shown_on"])
        root = html.fromstring(garden.page(place.path))
        assert root.get_element_by_id(place.fragment) is not None
    for row in data["contacts"]:
        contact = registers.contacts[row["id"]]
        words = " ".join(str(row[field]) for field in ("for_whom", "what_happens", "not_for"))
        assert not re.search(r"[\[\]{}*]|\.md", words), "text, not Markdown"
        assert bool(row["not_for"]) == bool(contact.not_for), "the caveat follows the number"
        assert row["certain"] == (contact.certainty == "saker")
        assert row["phone"] == (contact.phone or None)
        assert row["tel"] == (row["phone"] and "tel:" + re.sub(r"\D", "", row["phone"]))
    numbers = {row["id"]: row["phone"] for row in data["contacts"]}
    for row in data["regions"]:
        place = urlsplit(row["shown_on"])
        heading = html.fromstring(garden.page(place.path)).get_element_by_id(place.fragment)
        first = heading.xpath("following-sibling::ul[1]/li[1]//a[starts-with(@href, 'tel:')]")
        assert [link.text_content() for link in first] == [row["phone"]]
        assert row["phone"] == numbers[row["answered_by"]]
    counties = {row["id"]: row["counties"] for row in data["contacts"] if row["counties"]}
    assert counties == {"omradesvard": ["norra"], "dalvard": ["sodra", "ostra"]}


def test_a_contact_that_no_page_shows_is_left_out(garden):
    registers = Content.read(garden.docs).registers
    ids = ["dalvard", *registers.regions.counties]
    ids += [f"region-{key}" for key in registers.regions.regions]
    made = contacts(registers, [{"url": "a/", "anchors": [{"id": key} for key in ids]}], HOME)
    assert [row["id"] for row in made["contacts"]] == ["omradesvard", "dalvard"], (
        "of a region: its own place"
    )


def test_a_page_was_updated_when_it_was_reviewed_or_a_change_was_about_it(docs):
    change = {"what": "A.", "why": "B.", "title": "x"}
    folder = docs({"a.md": "", "b.md": "", "_data/changes.yml": {
        "ny": {**change, "date": dt.date(2026, 11, 30), "pages": ["/a.md#x", "/gone.md"]},
        "gammal": {**change, "date": dt.date(2026, 11, 1), "pages": ["/b.md"]}}})  # fmt: skip
    assert updated(Content.read(folder)) == {"a/": "2026-11-30", "b/": "2026-11-24"}
    whole = docs({"_data/changes.yml": {"allt": {**change, "date": dt.date(2026, 12, 1)}}})
    assert set(updated(Content.read(whole)).values()) == {"2026-12-01"}


def test_the_sitemap_has_every_page_and_deck_for_search_engines_and_its_last_change(garden, pages):
    """By sitemaps.org/protocol: the namespace, whole addresses on one host, W3C dates."""
    root = etree.parse(str(garden.site / "sitemap.xml")).getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    rows = {row.findtext(f"{space}loc"): row.findtext(f"{space}lastmod") for row in root}
    assert {
        urljoin(HOME, url): page["updated"] for url, page in pages.items()
    }.items() < rows.items()
    slides = {file["url"] for file in pages["om/skriv-ut/"]["files"]}
    assert len(slides) == 2 and {HOME + url for url in slides} < rows.keys()
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


def test_what_is_to_be_reviewed_is_a_part_of_the_catalogue_with_the_next_first(garden, pages):
    rows = load(garden, "granskning")["pages"]
    assert [row["review_by"] for row in rows] == sorted(p["review_by"] for p in pages.values())
    for row in rows:
        page = pages[row["url"]]
        assert row["last_reviewed_on"] == page["reviewed"] and row["owner"] == page["owner"]


LIST = """\
title: Misstanke
version: 2026-11-24
groups:
  - {id: akut, title: Akut, rows: [{id: ring, text: Ring 112.}]}
"""


def test_a_list_is_text_beside_its_page(docs, tmp_path):
    folder = docs({"_data/checklists/x.yml": LIST, "a/prov.md": "[[checklista: x]]\n"})
    site = tmp_path / "site"
    site.mkdir()
    assert run_step(add_checklists, folder, site) == []
    text = (site / "a/prov.txt").read_text(encoding="utf-8")
    assert text.endswith("\nAkut\n[ ] Ring 112.\n")
