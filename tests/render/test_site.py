"""What macros have become in the built site."""

from __future__ import annotations

import html as entities
import re

import pytest
from lxml import html
from selectolax.lexbor import LexborHTMLParser

from scripts.content.content import Content
from tests.conftest import ROOT, SITE

CONTENT = Content.read(ROOT / "docs")
REGISTERS = CONTENT.registers
LISTS = REGISTERS.checklists


def tree(file) -> LexborHTMLParser:
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def test_no_page_shows_its_markdown(site):
    """Attribute lists and macros that nobody rendered, on any built page; code may show them."""
    for file in site.rglob("index.html"):
        root = html.fromstring(file.read_bytes())
        for code in root.xpath("//pre | //code | //script"):
            code.drop_tree()
        assert not re.findall(r".{40}\{:|.{40}\[\[", root.text_content()), file


def test_the_accessibility_statement_has_what_digg_asks(site):
    """By name, since a word in the wrong place is no statement."""
    text = (site / "om/tillganglighet/index.html").read_text(encoding="utf-8")
    for wanted in (
        *("Vem som svarar för sajten:", "hela den här sajten", "förenlig med kraven"),
        *("Brister vi känner till", "Varför:", "Bedömd:", "Senast ändrad:", "Så är den bedömd:"),
        *("Berätta om brister:", "https://www.digg.se/tdosanmalan"),
        *("oskäligt betungande", "lagen inte gäller för"),
    ):
        assert wanted in text, wanted


@pytest.mark.parametrize("name", LISTS)
def test_every_form_of_a_list_has_the_same_ids_and_text(site, name):
    wanted = [(row.id, row.text) for row in LISTS[name].rows]
    found = []
    for item in tree(site / f"checklistor/{name}/index.html").css(".check-rows > li"):
        label = item.css_first("label")
        assert label.attributes["for"] == item.css_first("input").id == f"kryss-{item.id}"
        found.append((item.id, entities.unescape(label.text())))
    assert found == wanted
    text = (site / f"checklistor/{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"^\[ \] (.*)$", text, re.M) == [text for _, text in wanted]


def test_the_page_for_those_who_link_has_the_sites_own_address(site):
    text = (site / "om/lanka/index.html").read_text(encoding="utf-8")
    assert SITE not in text
    url = re.search(r'rel="canonical" href="([^"]+)om/lanka/"', text)[1]
    page = LexborHTMLParser(text)
    rows = {
        row.css_first("code").text(): row.css_first("a").attributes["href"]
        for row in page.css(".link-list li")
    }
    assert len(rows) > 60 and all(address.startswith(url) for address in rows)
    for address, href in rows.items():
        file, _, anchor = address.removeprefix(url).partition("#")
        target = site / file / "index.html"
        there = (site / "om/lanka" / href.split("#")[0]).resolve()
        assert target.is_file() and there == target.parent.resolve()
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8")
    code = " ".join(c.text() for c in page.css("pre code.copy"))
    for key in (frame.key for frame in CONTENT.frames.values()):
        frame = re.search(f'src="{url}badda-in/{key}/".*?sandbox="([^"]*)"', code)
        assert "allow-scripts" in frame[1] and "same-origin" not in frame[1]
