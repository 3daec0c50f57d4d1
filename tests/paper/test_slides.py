from __future__ import annotations

import pytest
import yaml
from lxml import html

from scripts.content.handouts import SlideRow, Slides
from scripts.paper.sections import PaperError, load_page, text_of
from scripts.paper.slide_size import text_size
from scripts.paper.slides import (
    add_slides,
    deck_html,
    make_decks,
    make_slide,
    questions_to_ask,
)
from scripts.site.html_site import HtmlSite
from tests.conftest import PAGE, run_step
from tests.examples import record
from tests.paper.test_sections import START, change

ROWS = {
    "title": "Bilder",
    "purpose": "Till provet.",
    "plan": "",
    "overview": "under",
    "short_title": "Korta",
    "short_overview": "under",
    "slides": [{"notes": "under", "short": True}, {"show": "#ett"}],
}
ROW = record(Slides, **ROWS)


@pytest.fixture
def site(tmp_path) -> HtmlSite:
    asked = START.replace(
        "<p>Djupare.</p>",
        '<p>Säg: "Hej." Fråga runt bordet: "Vad ser du?" Vänta. Fråga: "Var?"</p>',
    )
    (tmp_path / "index.html").write_text(asked, encoding="utf-8")
    return HtmlSite(tmp_path, "https://exempel.se/")


def slide_of(site, **row):
    """Return a row of slides.yml as a slide of the site as it stands now."""
    again = HtmlSite(site.root, site.url)
    return make_slide(record(SlideRow, **row), load_page(again, ""), again)


def decks_of(site):
    plan = load_page(site, "")
    slides = [make_slide(row, plan, site) for row in ROW.slides]
    return make_decks(ROW, slides, plan, "skriv-ut/presentation")


def blocks(*pieces: str):
    return [html.fromstring(piece) for piece in pieces]


def test_opening_slide_has_the_questions_of_its_notes(site):
    slide = slide_of(site, notes="under")
    assert (slide.title, slide.is_opening) == ("Under", True)
    assert [text_of(b) for b in slide.blocks] == ["Vad ser du?", "Var?"]
    assert text_of(slide.notes[1]).startswith('Säg: "Hej."')


def test_opening_slide_title_lacks_the_minutes(site):
    change(site, ">Under<", ">Under, 10 minuter<")
    slide = slide_of(site, notes="under")
    assert slide.title == "Under" and "10 minuter" in text_of(slide.notes[0])


def test_questions_to_ask_are_quoted_ones_only():
    plan = blocks("<p>Fråga vad de tror.</p>", '<p>Fråga alla. Säg: "Nej."</p>')
    assert list(questions_to_ask(plan)) == []


def test_slide_without_blocks_is_an_error(site):
    slide = slide_of(site, show="#ett")
    assert slide.title == "Ett" and "Första." in text_of(slide.blocks[0])
    with pytest.raises(PaperError, match="är tom"):
        slide_of(site, show="#ett", only=["table"])


def test_slide_too_long_is_an_error(site):
    rows = "".join(f"<tr><td>{'ord ' * 20}</td><td>{n}</td></tr>" for n in range(19))
    table = f"<p>Första.</p><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table><p>"
    change(site, "<p>Första.", table)
    with pytest.raises(PaperError, match='bilden "Ett" är för lång'):
        slide_of(site, show="#ett")


@pytest.mark.parametrize(
    "lines, expected", [(5, ""), (11, "dense"), (13, "dense denser"), (40, None)]
)
def test_text_size_of_long_text_is_smaller_to_a_limit(lines, expected):
    items = "".join(f"<li>{'x' * 40}</li>" for _ in range(lines))
    assert text_size(blocks(f"<ul>{items}</ul>")) == expected


def test_slide_brief_figure_has_its_title_and_no_explanation(site):
    figure = (
        '<figure class="figure" id="figur-x"><figcaption><p class="figure-title">Namn</p>'
        '<p class="figure-how">Läs så här.</p></figcaption><ol class="figure-steps"><li><p class="figure-when">Dag 0 '
        '<span class="figure-date"></span></p><p><strong>Misstanke.</strong> Mer text.</p></li></ol></figure>'
    )
    change(site, "<p>Första.", f"{figure}<p>Första.")
    slide = slide_of(site, show="#figur-x", brief=True)
    assert slide.title == "Namn"
    assert " ".join(text_of(b) for b in slide.blocks) == "Dag 0Misstanke."
    (whole,) = slide_of(site, show="#figur-x").blocks
    assert "Mer text." in text_of(whole), "the page's own is untouched"


def test_decks_are_long_and_short_with_a_title(site):
    whole, short = decks_of(site)
    assert [s.title for s in whole.slides] == ["Bilder", "Under", "Ett"]
    assert [s.title for s in short.slides] == ["Bilder", "Under"]
    assert (whole.folder, short.name) == ("skriv-ut/presentation", "presentation-kort")
    assert text_of(whole.slides[0].blocks[0]).startswith("Version ")


def whole(site):
    again = HtmlSite(site.root, site.url)  # as it is now
    return html.fromstring(deck_html(*decks_of(again), again))


def test_deck_links_to_the_site_and_cites_in_the_notes(site):
    page = whole(site)
    third = page.get_element_by_id("bild-3")
    assert third.xpath('.//p[@class="foot"]/a/@href') == ["../../#ett"]
    assert "Första.1" not in text_of(third), "numbers would lead nowhere"
    assert "Titel. Utgivare. Läst 2026." in text_of(third.find("aside"))
    led = page.xpath("//header//a/@href")
    assert led == ["#bild-1", "../presentation-kort/", "../../", "../../skriv-ut/"]


def test_deck_ids_are_unique_and_nothing_is_inline(site):
    figure = '<figure class="figure" id="figur-x" aria-labelledby="t"><figcaption><p id="t">Namn</p></figcaption></figure>'
    change(site, "<p>Första.", f"{figure}<p>Första.")
    page = whole(site)
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids)) and "t" not in ids
    assert not page.xpath("//@aria-labelledby")
    assert not page.xpath("//*[@style] | //script[not(@src)] | //style | //button")


def run(tmp_path, row):
    (tmp_path / "docs/_data").mkdir(parents=True)
    (tmp_path / "docs/_data/slides.yml").write_text(yaml.safe_dump(row), encoding="utf-8")
    (tmp_path / "skriv-ut").mkdir()
    (tmp_path / "docs/skriv-ut.md").write_text(PAGE + "[[bilder]]\n", encoding="utf-8")
    (tmp_path / "skriv-ut/index.html").write_text('<span class="slides">Bilder</span>', "utf-8")
    return [str(fault) for fault in run_step(add_slides, tmp_path / "docs", tmp_path)]


@pytest.mark.usefixtures("site")
def test_slides_step_adds_decks_and_links_to_them(tmp_path):
    assert run(tmp_path, ROWS) == []
    listing = (tmp_path / "skriv-ut/index.html").read_text("utf-8")
    assert '<a href="presentation/">Bilder</a> (3 bilder)' in listing
    assert '<a href="presentation-kort/">Korta</a> (2 bilder)' in listing
    for name in ("presentation", "presentation-kort"):
        assert (tmp_path / f"skriv-ut/{name}/index.html").is_file()


@pytest.mark.usefixtures("site")
def test_slides_step_missing_section_is_reported_at_its_row(tmp_path):
    assert run(tmp_path, {**ROWS, "slides": [{"show": "#borta"}]}) == [
        "docs/_data/slides.yml:7: rubriken #borta finns inte på sidan start. (slides)"
    ]
