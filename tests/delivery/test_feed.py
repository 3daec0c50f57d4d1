"""The feed of changes (RFC 4287), and what its register may say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from lxml import etree, html

from scripts.checks import changes
from scripts.content.config import Config, read_config
from scripts.content.content import Content
from scripts.content.settings import Extra
from scripts.delivery.feed import FEED, add_feed, feed
from tests.conftest import GARDEN, found, run_step
from tests.examples import record

A = "{http://www.w3.org/2005/Atom}"
HOME = "https://kolonilotten.example/"
TODAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def config():
    return read_config(GARDEN)


def made(docs, config):
    content = Content.read(docs)
    return feed(content, content.page_with("andringar"), config)


def test_feed_has_each_change_newest_first(garden):
    root = etree.fromstring((garden.site / FEED).read_bytes())
    changes = Content.read(garden.docs).registers.changes
    assert root.findtext(f"{A}title") == "Nytt - Kolonilotten"
    assert root.findtext(f"{A}author/{A}name") == "Odlarna"
    assert {e.get("rel") for e in root.findall(f"{A}link")} == {"self", "alternate"}
    entries = root.findall(f"{A}entry")
    days = [entry.findtext(f"{A}updated") for entry in entries]
    # RFC 3339, as RFC 4287, 3.3 narrows it
    assert days == [f"{change.date}T12:00:00Z" for change in changes.values()]
    assert root.findtext(f"{A}updated") == days[0]
    for entry, (key, change) in zip(entries, changes.items(), strict=True):
        (link,) = (e for e in entry.findall(f"{A}link") if e.get("rel") == "alternate")
        assert link.get("href") == f"{HOME}om/nytt/#{key}"
        assert f'id="{key}"' in garden.page("om/nytt")
        content = entry.find(f"{A}content")
        assert content.get("type") == "html" and change.what.split()[0] in content.text
    for element in root.iter():  # a reader of feeds has no page to start from
        assert re.match(r"https://", element.get("href", "https://"))
        assert not re.search("<(?!/?p>)", element.text or ""), (
            "text in paragraphs, nothing to press"
        )


def test_feed_entry_has_the_day_its_law_was_read(garden):
    about_tomatoes, about_all = etree.fromstring((garden.site / FEED).read_bytes()).iter(
        f"{A}content"
    )
    assert "Lagen bakom" not in about_tomatoes.text
    assert re.search(
        r"<p>Lagen bakom sidorna lästes \d+ \w+ \d{4} eller senare\.</p>$", about_all.text
    )


def test_feed_is_linked_from_the_pages(garden):
    for address in ("", "om/nytt/"):
        root = html.fromstring(garden.page(address))
        (link,) = root.xpath('//link[@type="application/atom+xml"]')
        file = garden.site / address / link.get("href")
        assert link.get("rel") == "alternate" and file.resolve() == garden.site / FEED


def test_feed_ids_stay_when_the_site_moves(garden, config):
    def ids(url, settings=config):
        data = made(garden.docs, replace(settings, site_url=url))
        return [e.text for e in etree.fromstring(data).iter(f"{A}id")]

    assert ids("https://a.example/") == ids("https://b.example/kunskap/")
    assert len({*ids("https://a.example/")}) == 3
    # what readers of a feed have been given never changes
    assert ids("https://a.example/")[0] == "urn:uuid:481efc93-cee8-5d26-a8f6-dec18589c92a"
    other, third = (
        Config(config.file, "https://a.example/", record(Extra, site={"key": key})) for key in "xy"
    )
    assert not {*ids("https://a.example/", other)} & {*ids("https://a.example/", third)}


CHANGE = "forsta:\n  date: 2026-11-24\n  title: första\n  what: Allt.\n  why: Nytt.\n"
NEWER = CHANGE.replace("forsta", "andra").replace("första", "andra").replace("11-24", "11-30")
FAULTY = {
    "to come": (CHANGE.replace("2026-11-24", "2026-12-02"), [(1, "bad-date")]),
    "key with å": (CHANGE.replace("forsta:", "första:"), [(1, "bad-field")]),
    "right": (NEWER + CHANGE, []),
    "today": (CHANGE.replace("2026-11-24", "2026-12-01"), []),
}


@pytest.mark.parametrize("name", FAULTY)
def test_changes_faulty_one_is_reported_at_its_line(docs, name):
    text, wrong = FAULTY[name]
    faults = found(changes.check, docs({"_data/changes.yml": text}), today=TODAY)
    assert [(f.line, f.rule) for f in faults] == wrong


def test_feed_entry_has_text_and_links_to_changed_pages(docs, config):
    newer = NEWER.replace("Allt.", "Ring [oss](/a.md#b), 5 < 6 & 7.")
    folder = docs({"_data/changes.yml": newer + "  pages: [/a.md#b, /index.md]\n" + CHANGE,
                   "a.md": "## B {#b}\n", "index.md": "",
                   "om/andringar.md": "[[andringar]]\n"})  # fmt: skip
    first, second = etree.fromstring(made(folder, config)).findall(f"{A}entry")
    assert first.findtext(f"{A}title") == "Andra"
    text = first.findtext(f"{A}content")
    assert text == "<p>Ring oss, 5 &lt; 6 &amp; 7.</p><p>Varför: Nytt.</p>"
    assert second.findtext(f"{A}content") == "<p>Allt.</p><p>Varför: Nytt.</p>"
    related = [e.get("href") for e in first.findall(f"{A}link") if e.get("rel") == "related"]
    assert related == [f"{HOME}a/#b", HOME]


def test_feed_without_a_page_of_changes_is_reported(docs, tmp_path):
    folder = docs({"_data/changes.yml": CHANGE, "index.md": ""})
    (fault,) = run_step(add_feed, folder, tmp_path / "site")
    assert "[[andringar]]" in fault.message
