from __future__ import annotations

import pytest
import yaml
from lxml import html

from scripts.paper import slides as build_slides
from scripts.paper.sections import Site, text_of
from scripts.paper.slides import LINES, lines_of, make_slides, pack, page_html, questions
from tests.conftest import ROOT, run_step
from tests.paper.test_sections import START

ROW = {
    "title": "Bilder",
    "purpose": "Till provet.",
    "plan": "",
    "parts": [{"notes": "under", "show": ["#ett", ""]}],
}


@pytest.fixture
def site(tmp_path) -> Site:
    asked = START.replace(
        "<p>Djupare.</p>",
        '<p>Säg: "Hej." Fråga runt bordet: "Vad ser du?" Vänta. Fråga: "Var?"</p>',
    )
    (tmp_path / "index.html").write_text(asked, encoding="utf-8")
    return Site(tmp_path, "https://exempel.se/")


def blocks(*pieces: str):
    return [html.fromstring(piece) for piece in pieces]


def shape(slides):
    return [(s.title, " ".join(text_of(b) for b in s.blocks)) for s in slides]


def test_a_part_opens_with_its_questions_and_has_the_plan_as_notes(site):
    slides = make_slides(ROW, site)
    assert (slides[0].title, slides[0].opening) == ("Under", True)
    assert [text_of(b) for b in slides[0].blocks] == ["Vad ser du?", "Var?"]
    assert text_of(slides[0].notes[0]).startswith('Säg: "Hej."')
    assert shape(slides[1:])[0] == ("Ett", "Första.1")
    assert slides[-1].title == "Sidan", "a section with no heading of its own has the page's"


def test_questions_without_a_quotation_are_left_to_the_speaker():
    assert questions(blocks("<p>Fråga vad de tror.</p>", '<p>Fråga alla. Säg: "Nej."</p>')) == []


def test_a_heading_begins_a_slide(site):
    found = pack(
        "Sidan", blocks("<h2>A</h2>", "<p>ett</p>", "<h3>B</h3>", "<p>två</p>"), site.page(""), ""
    )
    assert shape(found) == [("A", "ett"), ("B", "två")]


def test_a_long_list_goes_on_with_its_numbers_on_the_next_slide(site):
    items = "".join(f"<li>{'ord ' * 20}{n}</li>" for n in range(1, 13))
    found = pack("Steg", blocks("<p>Gör så här:</p>", f"<ol>{items}</ol>"), site.page(""), "")
    assert len(found) > 1 and {s.title for s in found} == {"Steg"}
    lists = [b for s in found for b in s.blocks if b.tag == "ol"]
    assert len(lists) == len(found), "one list a slide"
    numbers = [int(text_of(item).split()[-1]) for part in lists for item in part]
    assert numbers == list(range(1, 13))
    assert [int(part.get("start")) for part in lists] == [
        int(text_of(part[0]).split()[-1]) for part in lists
    ]


def test_what_introduces_a_list_goes_with_it(site):
    filler = f"<p>{'ord ' * 130}</p>"
    rows = "".join(f"<li>{'ord ' * 14}</li>" for _ in range(4))
    found = pack("X", blocks(filler, "<p>Tre saker:</p>", f"<ul>{rows}</ul>"), site.page(""), "")
    assert not text_of(found[0].blocks[-1]).endswith(":")


def test_a_long_table_has_its_head_on_each_slide(site):
    rows = "".join(f"<tr><td>{'ord ' * 20}</td><td>{n}</td></tr>" for n in range(9))
    table = f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>"
    found = pack("X", blocks(table), site.page(""), "")
    assert len(found) > 1
    assert all(text_of(s.blocks[0].find("thead")) == "AB" for s in found)
    assert sum(len(s.blocks[0].find("tbody")) for s in found) == 9


def test_a_folded_answer_is_unfolded_under_its_own_heading(site):
    details = "<details><summary>Ett sätt</summary><p>Svar.</p></details>"
    assert shape(pack("Fall", blocks("<p>Läget.</p>", details), site.page(""), "")) == [
        ("Fall", "Läget."),
        ("Ett sätt", "Svar."),
    ]


FIGURE = (
    '<figure class="figure" id="figur-x" aria-labelledby="t"><figcaption><p id="t">Namn</p></figcaption>'
    "<table><thead><tr><th>A</th></tr></thead>{}</table></figure>"
)


def test_a_figure_that_fits_is_one_and_a_longer_one_is_parted(site):
    rows = "<tbody><tr><th>R</th></tr></tbody><tbody><tr><td>ord</td></tr></tbody>"
    assert [b.tag for b in pack("X", blocks(FIGURE.format(rows)), site.page(""), "")[0].blocks] == [
        "figure"
    ]
    many = "".join(f"<tbody><tr><td>{'ord ' * 20}{n}</td></tr></tbody>" for n in range(9))
    found = pack("X", blocks(FIGURE.format(many)), site.page(""), "")
    assert len(found) > 1
    shown = [text_of(row) for s in found for b in s.blocks for row in b.iter("td")]
    assert [int(text.split()[-1]) for text in shown] == list(range(9)), "every row, once, in order"


def test_a_wide_figure_keeps_a_row_with_its_name_above(site):
    many = "".join(
        f"<tbody><tr><th>Rad {n}</th></tr><tr><td>{'ord ' * 30}</td></tr></tbody>" for n in range(9)
    )
    for slide in pack("X", blocks(FIGURE.format(many)), site.page(""), ""):
        rows = [row for table in slide.blocks if table.tag == "table" for row in table.iter("tr")]
        assert [row[0].tag for row in rows[1:]] == ["th", "td"] * (len(rows) // 2)


def test_a_map_is_never_parted(site):
    tiles = "<ul class='figure-tiles'>" + "<li>Län</li>" * 21 + "</ul>"
    (slide,) = pack("X", blocks(tiles), site.page(""), "")
    assert len(slide.blocks[0]) == 21


def test_a_slide_names_no_id_of_the_page(site):
    text = START.replace("<p>Första.", FIGURE.format("<tbody></tbody>") + "<p>Första.")
    (site.root / "index.html").write_text(text, encoding="utf-8")
    assert "aria-labelledby" not in page_html(ROW, make_slides(ROW, site), site)


@pytest.mark.parametrize("signs, least, most", [(10, 1, 2), (130, 3, 4)])
def test_lines_of_a_paragraph(signs, least, most):
    assert least <= lines_of(html.fromstring(f"<p>{'x' * signs}</p>")) <= most


REGISTER = yaml.safe_load((ROOT / "docs/_data/slides.yml").read_text(encoding="utf-8"))


def test_the_real_slides_say_all_that_their_sections_say(site):  # noqa: ARG001
    real = Site(ROOT / "site", "https://betanketid.example/")
    slides = make_slides(REGISTER, real)
    shown = "".join(text_of(b) for s in slides for b in s.blocks if not s.opening)
    shown = "".join(shown.split())
    for part in REGISTER["parts"]:
        for address, anchor, without in build_slides.parts_of(part["show"]):
            for block in real.page(address).section(anchor, without):
                for item in block.iter("li", "p"):
                    assert "".join(text_of(item).split()) in shown
    assert all(
        sum(map(lines_of, s.blocks)) <= LINES + 0.01 or len(s.blocks) == 1
        for s in slides
        if not s.opening
    )


def test_the_page_links_to_the_site_and_cites_in_the_notes(site, tmp_path):  # noqa: ARG001
    (tmp_path / "docs/_data").mkdir(parents=True)
    (tmp_path / "docs/_data/slides.yml").write_text(yaml.safe_dump(ROW), encoding="utf-8")
    (tmp_path / "skriv-ut").mkdir()
    (tmp_path / "skriv-ut/index.html").write_text('<span class="slides">Bilder</span>', "utf-8")
    assert run_step(build_slides.add_slides, tmp_path / "docs", tmp_path) == []
    listing = (tmp_path / "skriv-ut/index.html").read_text("utf-8")
    assert '<a href="presentation/">Bilder</a>' in listing and "<span" not in listing
    page = html.parse(tmp_path / "skriv-ut/presentation/index.html").getroot()
    second = page.get_element_by_id("bild-2")
    assert second.xpath('.//p[@class="foot"]/a/@href') == ["../../#ett"]
    assert "Första.1" not in text_of(second), "numbers would lead nowhere"
    assert "Titel. Utgivare. Läst 2026." in text_of(second.find("aside"))
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))
    assert not page.xpath("//*[@style] | //script[not(@src)] | //style | //button")


def test_a_section_that_is_not_there_stops_the_build(site, tmp_path):  # noqa: ARG001
    (tmp_path / "docs/_data").mkdir(parents=True)
    bad = {**ROW, "parts": [{"notes": "under", "show": ["#borta"]}]}
    (tmp_path / "docs/_data/slides.yml").write_text(yaml.safe_dump(bad), encoding="utf-8")
    found = run_step(build_slides.add_slides, tmp_path / "docs", tmp_path)
    assert [str(f) for f in found] == [
        "docs/_data/slides.yml:1: rubriken #borta finns inte på sidan start. (slides)"
    ]
