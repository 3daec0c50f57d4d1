from __future__ import annotations

import html
import re

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from scripts.render.links import render_addresses, render_embeds
from scripts.render.macro import MacroError
from tests.conftest import ROOT, SITE, context


def test_every_page_has_its_address_by_folder_and_steps_of_the_guide_do_not(docs):
    folder = docs(
        {
            "index.md": "Text.",
            "a/rad.md": "Text.",
            "a/index.md": "Text.",
            "a/steg/fraga.md": "[[vagledning: fraga]]",
        }
    )
    text = render_addresses(context(folder), "sidor")
    assert re.findall(r"\]\((\S+)\)", text) == ["/index.md", "/a/index.md", "/a/rad.md"]
    assert re.findall(r'class="copy">([^<]+)', text) == [SITE, f"{SITE}a/", f"{SITE}a/rad/"]
    assert "### Prov {#adresser-a}" in text


def test_an_anchor_is_a_link_and_an_address(docs):
    anchors = "a/index.md#x: Ett & annat\nb.md#y: Mer\nb.md#borta: Borta\n"
    pages = {"a/index.md": "## X {#x}\n", "b.md": "## Y {#y}\n"}
    folder = docs({"_data/anchors.yml": anchors, **pages})
    text = render_addresses(context(folder), "rubriker")
    assert "- [Ett & annat](/a/index.md#x)" in text
    assert re.findall(r'class="copy">([^<]+)', text) == [f"{SITE}a/#x", f"{SITE}b/#y"]


def test_an_unknown_list_is_told_of(docs):
    with pytest.raises(MacroError, match="sidor eller rubriker"):
        render_addresses(context(docs({})), "allt")


def test_a_frame_is_sandboxed_and_has_a_name(docs):
    folder = docs(
        {
            "a.md": "Text.",
            "_data/embeds.yml": "nyckel:\n  page: a/\n  purpose: Till er.\n  height: 700\n",
        }
    )
    text = html.unescape(
        re.search(r"<code[^>]*>(.*?)</code>", render_embeds(context(folder), ""))[1]
    )
    frame = LexborHTMLParser(text).css_first("iframe").attributes
    assert frame["src"] == f"{SITE}badda-in/nyckel/"
    assert (frame["title"], frame["height"], frame["loading"]) == ("Prov", "700", "lazy")
    assert "allow-scripts" in frame["sandbox"] and "same-origin" not in frame["sandbox"]


def test_the_page_for_those_who_link_has_the_sites_own_address(site):
    text = (site / "om/lanka/index.html").read_text(encoding="utf-8")
    assert SITE not in text
    url = re.search(r'rel="canonical" href="([^"]+)om/lanka/"', text)[1]
    tree = LexborHTMLParser(text)
    rows = {
        row.css_first("code").text(): row.css_first("a").attributes["href"]
        for row in tree.css(".link-list li")
    }
    assert len(rows) > 60 and all(address.startswith(url) for address in rows)
    for address, href in rows.items():
        file, _, anchor = address.removeprefix(url).partition("#")
        target = site / file / "index.html"
        assert (
            target.is_file() and (site / "om/lanka" / href.split("#")[0]).resolve() == target.parent
        )
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8")
    embeds = yaml.safe_load((ROOT / "docs/_data/embeds.yml").read_text(encoding="utf-8"))
    code = " ".join(c.text() for c in tree.css("pre code.copy"))
    for key in embeds:
        assert f'src="{url}badda-in/{key}/"' in code
