"""The files for other programs are true to the site."""

from __future__ import annotations

import json
import re
import urllib.robotparser
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from scripts.content.content import Content
from scripts.content.markdown import plain
from scripts.publish.built import BuiltSite
from scripts.publish.catalogue import anchors, catalogue, contacts
from scripts.publish.search.pages import read_site
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def load(site, name):
    return json.loads((site / f"{name}.json").read_text(encoding="utf-8"))


def test_each_page_says_the_same_of_itself_as_the_catalogue_and_the_way_it_shows(site):
    home = "https://betanketid.example/"
    for page in load(site, "katalog")["pages"]:
        root = html.parse(str(site / page["url"] / "index.html")).getroot()
        (block,) = root.xpath("//head/script[not(@src)]")
        assert block.get("type") == "application/ld+json", "a script the policy would stop"
        said = json.loads(block.text)
        assert (said["@type"], said["name"], said["inLanguage"], said["lastReviewed"]) == (
            *("WebPage", page["title"], page["language"]),
            page["reviewed"],
        )
        assert said["url"] == urljoin(home, page["url"])
        shown = [(a.text, a.get("href")) for a in root.xpath('//nav[@class="crumbs"]//a')]
        items = said.get("breadcrumb", {}).get("itemListElement", [])
        assert [row["position"] for row in items] == list(range(1, len(items) + 1))
        way = [(text, urljoin(said["url"], href)) for text, href in shown]
        way += [(page["title"], said["url"])] if shown else []
        assert [(row["name"], row["item"]) for row in items] == way


def test_the_catalogue_has_every_page_and_only_ids_that_stand_there(site):
    data = load(site, "katalog")
    listed = [page["url"] for page in data["pages"]]
    assert listed == sorted(listed, key=lambda url: url.removeprefix("./"))
    assert {url.removeprefix("./") for url in listed} == {
        p.address for p in Content.read(DOCS).pages.values()
    }
    for page in data["pages"]:
        root = html.fromstring((site / page["url"] / "index.html").read_bytes())
        ids = {anchor["id"] for anchor in page["anchors"]}
        assert len(ids) == len(page["anchors"])
        assert ids <= set(root.xpath("//@id"))
        # every heading that a reader can link to
        assert set(root.xpath('//*[@id="innehall"]//*[self::h2 or self::h3]/@id')) - ids <= {
            "kallor"
        }
        assert not any(re.match("ref-|kalla-|kryss-|ord-", key) for key in ids)
        for file in page["files"]:
            assert (site / file["url"]).is_file()


def test_what_the_search_leads_to_is_in_the_catalogue(site):
    ids = {
        page["url"].removeprefix("./"): page["anchors"] for page in load(site, "katalog")["pages"]
    }
    for page in read_site(site):
        if page.address in ids:  # pages made after the catalogue's have no front matter
            known = {anchor["id"] for anchor in ids[page.address]}
            assert {unit.id for unit in page.units} - known <= {"", "kallor"}, page.address


def test_a_place_is_named_by_its_heading_row_or_file(site):
    pages = BuiltSite(site).pages

    def named(address):
        return {a["id"]: a["heading"] for a in anchors(pages[address])}

    assert named("checklistor/misstanke/")["akut-fara"] == "Är någon i fara nu? Ring 112."
    assert named("definitioner/ordlista/")["anledning-att-anta"] == "anledning att anta"
    assert named("kontakt/regionkoordinatorer/")["orebro"] == "Örebro län"
    assert named("betanketid/")["villkor"]
    assert "ansok-om-betanketid" not in named("betanketid/ansok/"), "it changes with the title"


def test_other_forms_of_a_page_stand_in_its_row(site):
    pages = {page["url"]: page for page in load(site, "katalog")["pages"]}
    assert [f["url"] for f in pages["betanketid/"]["files"]] == [
        "skriv-ut/betanketid-pa-en-sida.pdf"
    ]
    types = {f["type"] for f in pages["checklistor/misstanke/"]["files"]}
    assert types == {"application/pdf", "text/plain"}
    assert "p/betanketid/" in pages["betanketid/"]["short"]
    assert pages["checklistor/misstanke/"]["frame"] == "badda-in/checklista-misstanke/"
    assert pages["om/"]["short"] == [] and pages["om/"]["frame"] is None
    for page in pages.values():
        for address in [*page["short"], *filter(None, [page["frame"]])]:
            assert (site / address / "index.html").is_file()
    assert pages["om/english/"]["language"] == "en"
    assert pages["betanketid/vagledning/plats/"]["section"] == "Betänketid"
    assert pages["./"]["section"] == "Start"


def test_addresses_are_relative_so_that_a_copy_is_right_too(site):
    """At the root, in a folder and from a stick, each leads to a file beside the catalogue."""
    for name, field in (("katalog", "pages"), ("granskning", "pages")):
        for base in (
            f"https://x.example/{name}.json",
            f"https://x.example/kunskap/tid/{name}.json",
        ):
            home = base.removesuffix(f"{name}.json")
            for row in load(site, name)[field]:
                address = urljoin(base, row["url"])
                assert address.startswith(home)
                assert (site / address.removeprefix(home) / "index.html").is_file()


def test_only_numbers_that_pages_show_are_given(site):
    data = load(site, "kontakter")
    shown = set()
    for file in site.rglob("index.html"):
        shown |= {link.get("href") for link in html.fromstring(file.read_bytes()).iter("a")}
    for row in data["contacts"]:
        assert (row["phone"] is None) == (row["tel"] is None)
        assert row["tel"] is None or row["tel"] in shown
        assert row["phone"] is None or row["tel"] == "tel:" + re.sub(r"\D", "", row["phone"])
    assert {r["phone"] for r in data["contacts"]} - {None} == {
        "112", "114 14", "020-390 000", "116 111", "116 006", "020-50 50 50", "020-160 10 06",
        "020-35 40 40",
    }  # fmt: skip


def test_contacts_say_what_their_page_says(site):
    data, registers = load(site, "kontakter"), Content.read(DOCS).registers
    for row in data["contacts"] + data["regions"] + data["counties"]:
        place = urlsplit(row["shown_on"])
        root = html.fromstring((site / place.path / "index.html").read_bytes())
        assert root.get_element_by_id(place.fragment) is not None
    for row in data["contacts"]:
        contact = registers.contacts[row["id"]]
        assert not re.search(
            r"[\[\]{}*]|\.md",
            json.dumps(
                [row[f] for f in ("for_whom", "hours", "what_happens", "not_for", "note")]
            ).replace("[", "", 1)[:-1],
        )
        assert bool(row["not_for"]) == bool(contact.not_for), "the caveat follows the number"
        assert row["certain"] == (contact.certainty == "saker")
    south = next(row for row in data["contacts"] if row["id"] == "regionkoordinator-syd")
    assert south["counties"] == ["blekinge", "kalmar", "kronoberg", "skane"]
    numbers = {row["id"]: row["phone"] for row in data["contacts"]}
    for row in data["regions"]:
        place = urlsplit(row["shown_on"])
        root = html.fromstring((site / place.path / "index.html").read_bytes())
        heading = root.get_element_by_id(place.fragment)
        first = heading.xpath("following-sibling::ul[1]/li[1]//a[starts-with(@href, 'tel:')]")
        assert [link.text_content() for link in first] == [row["phone"]]
        assert row["phone"] == numbers[row["answered_by"]]
    assert len(data["counties"]) == 21
    assert sum(len(row["counties"]) for row in data["contacts"]) == 21


def test_a_contact_no_page_shows_and_a_number_not_in_the_register_are_left_out():
    registers = Content.read(DOCS).registers
    pages = [
        {"url": "kontakt/", "anchors": [{"id": "bris"}]},
        {"url": "kontakt/r/", "anchors": [
            {"id": key} for key in registers.regions.counties
        ] + [{"id": f"region-{key}"} for key in registers.regions.regions]},
    ]  # fmt: skip
    made = contacts(registers, pages, "https://x.example/")
    assert [row["id"] for row in made["contacts"]] == [
        "bris",
        "regionkoordinator-syd",
        "regionkoordinator",
    ]
    assert made["contacts"][2]["phone"] is None and made["contacts"][2]["tel"] is None
    assert plain("Ring.[@a, @b] Läs [mer](/b.md).") == "Ring. Läs mer."


def test_the_sitemap_has_every_page_for_search_engines_and_its_review(site):
    """By sitemaps.org/protocol: the namespace, whole addresses on one host, W3C dates."""
    root = etree.parse(str(site / "sitemap.xml")).getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    rows = {}
    for row in root:
        assert [child.tag for child in row] == [f"{space}loc", f"{space}lastmod"]
        rows[row.findtext(f"{space}loc")] = row.findtext(f"{space}lastmod")
    assert len(rows) == len(root)
    reviewed = {
        page.address: str(page.meta.last_reviewed_on) for page in Content.read(DOCS).pages.values()
    }
    home = "https://betanketid.example/"
    assert rows == {home + address: date for address, date in reviewed.items()}
    for file in site.rglob("index.html"):  # what only leads on, or is another page's part, is not
        head = html.fromstring(file.read_bytes())
        hidden = bool(head.xpath('//meta[@name="robots"][contains(@content, "noindex")]'))
        address = file.parent.relative_to(site).as_posix().removeprefix(".")
        assert hidden == (home + address + ("/" if address else "") not in rows), address


def test_robots_may_read_all_and_are_told_of_the_sitemap(site):
    """RFC 9309: UTF-8 text, a group and its rules; Sitemap is the other record."""
    text = (site / "robots.txt").read_text(encoding="utf-8")
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(text.splitlines())
    assert robots.can_fetch("AnyBot", "https://betanketid.example/kontakt/?q=1")
    assert robots.site_maps() == ["https://betanketid.example/sitemap.xml"]
    for line in filter(None, text.splitlines()):
        assert re.fullmatch(r"#.*|(?:User-agent|Disallow|Allow|Sitemap):[ \t]*\S*", line), line


def test_another_address_changes_only_what_names_it(site):
    here, there = (
        catalogue(Content.read(DOCS), BuiltSite(site, url))
        for url in ("https://a.example", "https://b.example/k/")
    )
    assert there["site"] == "https://b.example/k/" and here["site"] == "https://a.example/"
    assert here["pages"] == there["pages"]
