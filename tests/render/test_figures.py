"""Each kind of figure, as the HTML that the Markdown gives: words, order, names, no inline style."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from lxml import html

from scripts.content.content import read_registers
from scripts.content.figure_kinds import ANSWERS, ICONS, KINDS, MARKS, make
from scripts.render.extension import RegisterExtension
from scripts.render.figures import ICONS as SHAPES
from scripts.render.figures import SIGNS, render_figure
from scripts.render.macro import MacroError
from tests.conftest import ROOT, context

REGISTERS = read_registers(ROOT / "docs")
KEYS = list(REGISTERS.figures)


def rendered(key: str) -> str:
    """Return the HTML of a page that holds only the figure ``key``."""
    extensions = [
        "attr_list",
        "md_in_html",
        "tables",
        RegisterExtension(docs_dir=str(ROOT / "docs")),
    ]
    return markdown.markdown(f"# Sida\n\n[[figur: {key}]]\n", extensions=extensions)


@pytest.fixture(scope="module")
def figures():
    """Every figure as an element, by its key."""
    return {key: html.fromstring(f"<div>{rendered(key)}</div>").find("figure") for key in KEYS}


def words(element) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_has_its_name_its_description_and_every_word(figures, key):
    figure, row = figures[key], REGISTERS.figures[key]
    assert figure.get("id") == f"figur-{key}"
    (title,) = figure.xpath(f'.//*[@id="{figure.get("aria-labelledby")}"]')
    assert words(title) == row["title"]
    said = re.sub(r"<[^>]+>", "", row["description"])  # on-screen
    assert words(figure.find("figcaption")) == f"{row['title']} {said}"
    text = figure.text_content()
    for part in re.findall(r"(?:when|title|who): '([^'[]+)'", str(row)):
        assert part in text, part


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_left_of_the_markdown_and_nothing_breaks_the_policy(figures, key):
    source = html.tostring(figures[key], encoding="unicode")
    assert not re.search(r"\[@|\]\(|\*\*|markdown=|wzxhzdk", source)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script", source)
    for shape in figures[key].iter("svg"):
        assert shape.get("aria-hidden") == "true", "a shape only shows what the words say"
        assert not shape.text_content().strip()


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_is_cited_and_its_ids_are_its_own(figures, key):
    ids = figures[key].xpath(".//@id")
    assert len(ids) == len(set(ids))
    # a page in easy Swedish has its sources in the list at its foot alone
    assert bool(figures[key].xpath('.//sup[@class="cite"]/a')) == (key != "lattlast-steg")


def test_every_kind_is_in_our_register():
    assert {row["kind"] for row in REGISTERS.figures.values()} == set(KINDS)


def test_every_sign_and_shape_has_its_own():
    assert set(SIGNS) == {*ANSWERS, *MARKS}
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert set(SHAPES) == set(ICONS)


def test_steps_go_on_counting_and_a_deadline_is_a_word(figures):
    lists = figures["tidslinje"].findall("ol")
    assert [int(ol.get("start") or 1) for ol in lists] == [1, 4, 6, 7]
    for step in figures["tidslinje"].iter("li"):
        deadline = "figure-has-frist" in (step.get("class") or "")
        assert ("Frist" in words(step)) == deadline
    assert "Råd" in words(figures["tidslinje"])


def test_places_for_dates_are_empty_and_hidden(figures):
    slots = figures["tidslinje"].xpath(".//*[@data-date]")
    assert [slot.get("data-date") for slot in slots] == [
        *("ansokan", "beslut", "slut", "overklaga", "ersattning")
    ]
    assert all("hidden" in slot.attrib and not slot.text for slot in slots)


def test_an_answer_is_a_word_and_its_sign_is_not_read(figures):
    for cell in figures["vem-far-veta"].iter("td"):
        answer = cell.get("class").removeprefix("figure-has-")
        (sign,) = cell.xpath('.//*[contains(@class, "figure-sign")]')
        assert (sign.get("aria-hidden"), sign.text) == ("true", SIGNS[answer])
        assert words(cell).removeprefix(sign.text).strip().startswith(f"{ANSWERS[answer]}.")


@pytest.mark.parametrize("key", ["vem-gor-vad", "vem-far-veta", "vantan-eller-beviljat"])
def test_each_cell_says_its_column_and_has_a_head(figures, key):
    table, row = figures[key].find("table"), REGISTERS.figures[key]
    for body in table.iter("tr"):
        labels = [cell.get("data-label") for cell in body.findall("td")]
        assert labels in ([], row["columns"])
    assert {th.get("scope") for th in table.find("thead").iter("th")} == {"col"}
    names = [words(th) for th in table.iter("th") if th.get("scope") in ("row", "rowgroup")]
    assert names == [r["title"] for r in row["rows"]]


def test_a_wide_table_has_each_row_s_name_above_it(figures):
    bodies = figures["vem-gor-vad"].find("table").findall("tbody")
    assert len(bodies) == 5
    assert all(body.find("tr/th").get("colspan") == "4" for body in bodies)


def test_the_map_has_every_county_once_with_its_region_and_leads_to_it(figures):
    links = figures["lan"].findall(".//li/a")
    counties, regions = REGISTERS.regions["counties"], REGISTERS.regions["regions"]
    found = {link.get("href").partition("#")[2]: link for link in links}
    assert len(links) == len(found) == 21
    assert set(found) == set(counties)
    for key, link in found.items():
        county = counties[key]
        text = words(link).replace("\u00ad", "")
        assert re.sub(r"s? län$", "", county["name"]) in text
        sure = "" if county["certainty"] == "saker" else "?"
        assert text.endswith(regions[county["region"]]["name"] + sure), "doubt is shown"
    assert len({li.get("class") for li in figures["lan"].find("ul")}) == 21


def test_boxes_stand_in_the_order_of_the_law(figures):
    titles = [words(b) for b in figures["handel-eller-exploatering"].findall(".//li/p/strong")]
    assert titles == ["Åtgärd", "Medel", "Syfte", "Medel", "Utnyttjande"]


def test_a_bar_has_its_number_from_the_facts_and_is_as_long(figures):
    facts = REGISTERS.facts["facts"]
    figure, _ = make("x", REGISTERS.figures["former-och-kon"])
    shown = figures["former-och-kon"].findall(".//li")
    bars = [(group, bar) for group in figure.groups for bar in group.bars]
    keys = [key for group, bar in bars for key in (group.of, bar.fact) if key]
    whole = max(int(facts[key]["value"]) for key in keys)  # one scale, or 189 is longer than 223
    for item, (_, bar) in zip(shown, bars, strict=True):
        value = int(facts[bar.fact]["value"])
        assert words(item) == f"{bar.title}: {value}"
        share = int(item.find(".//rect").get("width")) / 1000
        assert share == pytest.approx(value / whole, abs=0.001)
    assert "Sammanlagt 375." in words(figures["former-och-kon"])


def test_icons_stand_beside_words(figures):
    for item in figures["tecken-ikoner"].iter("li"):
        assert item.find(".//svg/path").get("stroke") == "currentColor"
        assert words(item.find(".//a"))


@pytest.mark.parametrize(
    ("key", "row", "message"),
    [
        ("borta", None, "finns inte"),
        ("prov", {"kind": "tabell", "title": "T", "description": "D"}, '"corner" saknas'),
        ("prov", {"kind": "staplar", "title": "T", "description": "D", "groups": [
            {"title": "G", "bars": [{"title": "B", "fact": "borta"}]}]}, "inget antal"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_says_why(key, row, message):
    registers = read_registers(Path("nowhere"))
    registers.figures.clear()
    registers.figures.update({key: row} if row else {})
    with pytest.raises(MacroError, match=message):
        render_figure(context(registers), key)
