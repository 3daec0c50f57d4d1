"""The feed of changes: RFC 4287 as far as it binds us, and what feed readers trip over."""

from __future__ import annotations

import datetime as dt
import re

import feedparser
import pytest
from lxml import etree, html

from scripts.content.config import Config, Extra, read_config
from scripts.content.content import Content
from scripts.publish.built import BuiltSite
from scripts.publish.feed import FEED, add_feed, check, feed
from tests.conftest import ROOT, found, run_step
from tests.examples import record

A = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as RFC 4287, 3.3 narrows it: upper-case T and Z.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
CONFIG = read_config(ROOT)
TODAY = dt.date(2026, 12, 1)
KNOWN = {
    "feed": {"title", "subtitle", "id", "updated", "author", "link", "entry"},
    "entry": {"title", "id", "updated", "link", "content"},
    "author": {"name"},
}
ONE = {
    "feed": ("id", "title", "updated", "author", "subtitle"),
    "entry": ("id", "title", "updated", "content"),
}


def faults(data: bytes):
    """Yield what is wrong in a feed, by RFC 4287's sections."""
    root = etree.fromstring(data)
    if root.tag != f"{A}feed":
        yield "2: root"
        return
    for element in root.iter(etree.Element):
        name = element.tag.removeprefix(A)
        for child in element:
            if child.tag.removeprefix(A) not in KNOWN.get(name, set()):
                yield f"4: {child.tag} in {name}"
        for one in ONE.get(name, ()):
            if len(element.findall(A + one)) != 1:
                yield f"4.1: {name} has not one {one}"
        if name == "updated" and not DATE.fullmatch(element.text or ""):
            yield f"3.3: {element.text}"
        if name == "author" and len(element.findall(f"{A}name")) != 1:
            yield "3.2.1: an author without a name"
        if name in ("title", "name", "subtitle") and not (element.text or "").strip():
            yield f"3.1: {name} is empty"
        if name == "id" and not re.fullmatch(
            r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", element.text
        ):
            yield f"4.2.6: {element.text}"
        if name == "link" and not re.fullmatch(r"https?://\S+", element.get("href", "")):
            yield f"4.2.7.1: {element.attrib}"
    for holder in (root, *root.iter(f"{A}entry")):
        links = [
            (e.get("rel"), e.get("type"), e.get("hreflang")) for e in holder.findall(f"{A}link")
        ]
        if sum(link[0] == "alternate" for link in links) != 1:
            yield "4.1.1, 4.1.2: one alternate"
    if [e.get("rel") for e in root.findall(f"{A}link")].count("self") != 1:
        yield "4.1.1: self"
    ids = [e.text for e in root.iter(f"{A}id")]
    if len(set(ids)) < len(ids):
        yield "4.2.6.1: an id stands twice"
    days = [e.findtext(f"{A}updated") for e in root.iter(f"{A}entry")]
    if root.findtext(f"{A}updated") != max(days, default="") or days != sorted(days, reverse=True):
        yield "the feed is not as new as its newest entry, or not in order"
    for content in root.iter(f"{A}content"):
        if content.get("type") != "html" or len(content):
            yield "4.1.3.3: html is text"
        for part in html.fragments_fromstring(content.text):
            for element in part.iter():
                for name in ("href", "src"):
                    if not re.match("https?://|tel:|mailto:", element.get(name, "tel:")):
                        yield f"relative in a feed: {element.get(name)}"
                if element.get("id") or element.get("class") or element.tag in ("script", "style"):
                    yield f"{element.tag} with id, class or script"


def test_the_published_feed_is_right(site):
    data = (site / FEED).read_bytes()
    assert list(faults(data)) == []
    read = feedparser.parse(data)
    assert not read.bozo and read.version == "atom10"
    assert read.feed.language == "sv" and read.feed.author == "Oberoende kunskapssajt"
    assert read.feed.title == "Ändringar - Betänketid"
    changes = Content.read(ROOT / "docs").registers.changes
    assert [entry.link.partition("#")[2] for entry in read.entries] == list(changes)
    for entry in read.entries:
        path, _, anchor = entry.link.removeprefix("https://betanketid.example/").partition("#")
        assert (
            html.parse(str(site / path / "index.html")).getroot().get_element_by_id(anchor)
            is not None
        )
        assert changes[anchor].what.split()[0] in entry.content[0].value


PLANTED = {
    "updated without zone": (b"T12:00:00Z", b"T12:00:00"),
    "day only": (b"2026-11-24T12:00:00Z", b"2026-11-24"),
    "relative link": (b'href="https://betanketid.example/om', b'href="/om'),
    "id of the address": (b"urn:uuid:", b"https://betanketid.example/"),
    "no author": (b"<name>Oberoende kunskapssajt</name>", b""),
    "no self": (b'rel="self"', b'rel="via"'),
    "two alternates": (b'rel="self"', b'rel="alternate"'),
    "another type": (b'type="html"', b'type="xhtml"'),
    "relative in content": (b'a href="https://betanketid.example/om/oppna', b'a href="../oppna'),
    "another namespace": (b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns#"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_checks_find_a_planted_fault(site, name):
    old, new = PLANTED[name]
    data = (site / FEED).read_bytes()
    assert old in data
    assert list(faults(data.replace(old, new)))


def test_ids_last_though_the_site_moves(site):
    def ids(url, settings=CONFIG):
        data = feed(Content.read(ROOT / "docs"), BuiltSite(site, url), settings)
        return [e.text for e in etree.fromstring(data).iter(f"{A}id")]

    assert ids("https://a.example/") == ids("https://b.example/kunskap/")
    # what readers have already been given: these two never change
    assert ids("https://a.example/")[0] == "urn:uuid:b06f51b9-0917-5dc5-b052-1c4df777992b"
    assert ids("https://a.example/")[-1] == "urn:uuid:5c77d216-2e24-536a-b8f8-d874939c4d9c"
    other, third = (
        Config(ROOT / "mkdocs.yml", "https://a.example/", record(Extra, site={"key": key}))
        for key in "xy"
    )
    assert not {*ids("https://a.example/", other)} & {*ids("https://a.example/", third)}


def told(files, docs):
    return found(check, docs(files), today=TODAY)


CHANGE = "forsta:\n  date: 2026-11-24\n  title: första\n  what: Allt.\n  why: Nytt.\n"
NEWER = CHANGE.replace("forsta", "andra").replace("första", "andra").replace("11-24", "11-30")
FAULTY = {
    "to come": (CHANGE.replace("2026-11-24", "2026-12-02"), 1, "bad-date"),
    "oldest first": (CHANGE + NEWER, 6, "bad-order"),
    "key with å": (CHANGE.replace("forsta:", "första:"), 1, "bad-slug"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_change_is_told_with_its_line(docs, name):
    text, line, rule = FAULTY[name]
    faults = told({"_data/changes.yml": text}, docs)
    assert [(f.line, f.rule) for f in faults] == [(line, rule)]
    assert str(faults[0].path) == "docs/_data/changes.yml"


def test_right_changes_and_none_at_all_are_fine(docs):
    assert told({"_data/changes.yml": NEWER + CHANGE}, docs) == []
    assert told({"a.md": ""}, docs) == []


PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Ändringar</title>
<meta name="description" content="Nytt."></head><body><div id="innehall"><h1>Ändringar</h1>
<p class="fresh"><time datetime="2026-11-24"></time><time datetime="2027-05-24"></time></p>
<h2 id="andra">30 november 2026: andra</h2><ul><li id="x" class="y">Ring <a href="tel:112">112</a>.
<a href="../../a/#b">A</a></li></ul><p>5 &lt; 6 &amp; <em>7</em></p>
<h2 id="forsta">24 november 2026: första</h2><p>Allt.</p>
<h2 id="folj">Följ</h2><p>Flödet.</p></div>
<footer class="site-footer"><p><strong>Redaktionen &amp; Co.</strong> Text.</p></footer></body></html>"""


def test_an_entry_has_the_pages_text_with_whole_addresses(docs, tmp_path):
    folder = docs({"_data/changes.yml": NEWER + "  pages: [/a.md#b, /index.md]\n" + CHANGE,
                   "a.md": "## B {#b}\n", "index.md": "",
                   "om/andringar.md": "[[andringar]]\n"})  # fmt: skip
    place = tmp_path / "site/om/andringar"
    place.mkdir(parents=True)
    (place / "index.html").write_text(PAGE, encoding="utf-8")
    data = feed(Content.read(folder), BuiltSite(tmp_path / "site", "https://x.example/k"), CONFIG)
    assert list(faults(data)) == []
    first, second = feedparser.parse(data, sanitize_html=False).entries
    assert first.title == "Andra" and first.updated == "2026-11-30T12:00:00Z"
    assert '<a href="tel:112">112</a>' in first.content[0].value
    assert '<a href="https://x.example/k/a/#b">A</a></li></ul>' in first.content[0].value
    assert first.content[0].value.endswith("<p>5 &lt; 6 &amp; <em>7</em></p>")
    assert second.content[0].value == "<p>Allt.</p>"
    related = [link.href for link in first.links if link.rel == "related"]
    assert related == ["https://x.example/k/a/#b", "https://x.example/k/"]
    assert "Redaktionen &amp; Co<" in data.decode()


def test_a_change_that_its_page_does_not_show_is_told_of(docs, tmp_path):
    folder = docs({"_data/changes.yml": CHANGE, "om/andringar.md": "[[andringar]]\n"})
    place = tmp_path / "site/om/andringar"
    place.mkdir(parents=True)
    (place / "index.html").write_text(PAGE.replace('id="forsta"', ""), encoding="utf-8")
    (fault,) = run_step(add_feed, folder, tmp_path / "site")
    assert "[[andringar]]" in fault.message and "forsta" in fault.message


def test_the_pages_where_readers_look_name_the_feed(site):
    for address in ("", "om/andringar/"):
        root = html.parse(str(site / address / "index.html")).getroot()
        (link,) = root.xpath('//link[@type="application/atom+xml"]')
        assert (
            link.get("rel") == "alternate"
            and (site / address / link.get("href")).resolve() == site / FEED
        )
