from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from lxml import html

from scripts.content.content import Content
from scripts.content.registers import Registers
from scripts.render.macro import MacroError
from scripts.render.reports import FILES, render_changes, render_dates, render_short_addresses
from tests.conftest import context


def test_no_page_shows_its_markdown(site):
    """Attribute lists and macros that nobody rendered, on any built page; code may show them."""
    for file in site.rglob("index.html"):
        root = html.fromstring(file.read_bytes())
        for code in root.xpath("//pre | //code | //script"):
            code.drop_tree()
        assert not re.findall(r".{40}\{:|.{40}\[\[", root.text_content()), file


def test_the_accessibility_statement_has_what_digg_asks(root):
    """By name, since a word in the wrong place is no statement; sender and contact: the footer."""
    text = (root / "site/om/tillganglighet/index.html").read_text(encoding="utf-8")
    for wanted in (
        *("avsändaren, längst ner", "hela den här sajten", "delvis förenlig med kraven"),
        *("Brister vi känner till", "Varför:", "Bedömd:", "Senast ändrad:", "Så är den bedömd:"),
        *("Hör av dig till avsändaren", "https://www.digg.se/tdosanmalan"),
        *("oskäligt betungande", "lagen inte gäller för"),
    ):
        assert wanted in text, wanted


def test_a_change_names_its_pages_and_keeps_its_id(docs):
    folder = docs({"a.md": "## B {#b}\n", "om/andringar.md": ""})
    changes = {
        "ny": {"date": dt.date(2026, 12, 1), "title": "ny", "what": "A.\n", "why": "B.",
               "pages": ["/a.md#b", "/borta.md"]},
        "forst": {"date": dt.date(2026, 11, 24), "title": "först", "what": "A.", "why": "B.",
                  "know": "Läs [mer](/a.md)."},
    }  # fmt: skip
    text = render_changes(
        replace(
            context(folder),
            content=replace(Content.read(folder), registers=Registers(changes=changes)),
        ),
        "",
    )
    newest, oldest = text.split("\n\n## ")
    assert newest.startswith("## 1 december 2026: ny {#ny}\n\n- **Vad:** A.\n- **Varför:** B.\n")
    # a page that is gone since then is no fault of what was done
    assert newest.endswith("- **Gäller:** [Prov](/a.md#b)")
    assert oldest.startswith("24 november 2026: först {#forst}")
    assert oldest.endswith("- **Gäller:** Hela sajten.\n- **Att veta:** Läs [mer](/a.md).")


def test_every_file_for_programs_is_listed_once_and_is_there(site):
    root = html.parse(str(site / "om/andringar/index.html")).getroot()
    links = [a.get("href") for a in root.get_element_by_id("innehall").iter("a")]
    for name in FILES:
        assert links.count(f"../../{name}") == 1 and (site / name).is_file()
    schemas = {f"../../{file.name}" for file in site.glob("*.schema.json")}
    assert schemas <= set(links)


def test_short_addresses_are_listed_with_the_page_they_open(docs):
    folder = docs(
        {
            "index.md": "",
            "kontakt/index.md": "",
            "_data/handouts.yml": "affisch: {title: X, page: kontakt/}\nbok: {title: X, page: ''}\n",
            "_data/shortcuts.yml": "akut: /kontakt/#nu\n112: /kontakt/\n",
        }
    )
    made = context(folder)
    assert render_short_addresses(made, "").split("\n")[2:] == [
        "| `/p/112` | [Prov](/kontakt/index.md) |",
        "| `/p/affisch` | [Prov](/kontakt/index.md) |",
        "| `/p/akut` | [Prov](/kontakt/index.md#nu) |",
        "| `/p/bok` | [Prov](/index.md) |",
    ]
    folder = docs({"_data/shortcuts.yml": "akut: /borta/\n"})
    with pytest.raises(MacroError, match='"akut" leder till "/borta/"'):
        render_short_addresses(context(folder), "")


@pytest.mark.parametrize("value", [None, "tre veckor", "3 helger", "3 veckor"])
def test_the_date_help_counts_with_the_facts_and_with_nothing_else(value):
    given = context(Registers(facts={"facts": {"frist": {"value": value}}} if value else {}))
    if value == "3 veckor":
        assert 'data-frist="3 veckor"' in render_dates(given, "frist")
        return
    with pytest.raises(MacroError, match='"frist"'):
        render_dates(given, "frist")
