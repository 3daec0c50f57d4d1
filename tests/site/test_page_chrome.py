"""What stands round a page's text, by what the text holds."""

from __future__ import annotations

import pytest

from scripts.content.front_matter import Frame
from scripts.site.html_site import HtmlPage
from scripts.site.page_chrome import (
    FEW_HEADINGS,
    add_page_assets,
    add_table_of_contents,
    move_law_day,
    move_sources,
    move_stage,
    set_embed_root,
    skip_repeated_urgent_number,
)

HEADINGS = "".join(f'<li><a href="#r{n}">R{n}</a><ul><li><a>x</a></li></ul></li>' for n in range(5))
FRAME = (
    '<html><head><link rel="stylesheet" href="../assets/site.css">'
    '<script src="../assets/dom.js" defer></script></head><body>'
    '<nav class="crumbs"><ol><li><a href="..">Start</a></li></ol></nav><nav class="toc"><ul>HEADINGS</ul></nav>'
    '<div id="innehall"><h1>Titel</h1>TEXT<div class="fresh">Granskad i dag. '
    '<span class="law-slot"></span><span class="source-slot"></span>'
    '<p class="fresh-next">Granskas senast i morgon.</p></div><div class="paper" data-dates="Granskad x, senast y"></div>'
    "</div></body></html>"
)
LAW = '<p class="law-read"><time class="law-day" datetime="2026-04-27">27 april</time></p>'


def made(text: str, headings: str = HEADINGS, address: str = "a/") -> HtmlPage:
    html = FRAME.replace("TEXT", text).replace("HEADINGS", headings)
    return HtmlPage(address, html)


def loaded(page: HtmlPage) -> list[str]:
    found = page.tree.css("link[rel=stylesheet], script[src]")
    return [str(n.attributes.get("href") or n.attributes.get("src"))[10:] for n in found]


@pytest.mark.parametrize(
    "text, own",
    [
        ("<p>Text</p>", []),
        ('<p><code>class="doors"</code></p>', []),
        ('<div class="doors"></div>', ["start.css"]),
        ('<div class="checklist"></div>', ["checklist.css", "checklist.js"]),
        ('<div class="dates"></div>', ["dates.css", "date-help.js"]),
        ('<figure class="figure figure-steps"></figure>', ["figures.css"]),
    ],
)
def test_a_page_loads_what_its_text_needs(text, own):
    page = made(text)
    add_page_assets(page)
    assert loaded(page) == ["site.css", "dom.js", *own]


FRAMES = {
    "a/": Frame(purpose="Till.", height=9),
    "guide/": Frame(purpose="Till.", height=9, below=True),
}


@pytest.mark.parametrize(
    ("address", "way"),
    [("a/", ""), ("a/b/", None), ("guide/", "./"), ("guide/c/", "../"), ("guide/c/d/", "../../")],
)
def test_set_embed_root_page_in_frames_loads_script_that_hides_its_chrome(address, way):
    page = made('<div class="counties"></div>', address=address)
    set_embed_root(page, FRAMES)
    add_page_assets(page)
    assert page.content.attributes.get("data-frame") == way
    own = ["county.js"] if way is None else ["framed.js", "county.js"]
    assert [path.rpartition("/")[2] for path in loaded(page)][2:] == own


@pytest.mark.parametrize(
    "text, headings, address, where",
    [
        ("<p>Ett</p><p>Två</p>", HEADINGS, "a/", "p"),
        ('<div class="switch"></div><p>Ett</p>', HEADINGS, "a/", "p"),
        ('<p>Ett</p><h3 class="step">Gräv</h3>', HEADINGS, "a/", ""),
        ("<ul></ul><p>Ett</p>", HEADINGS, "a/", ""),  # no words that say what it is
        ("<p>Ett</p>", "<li><a>R</a></li>" * FEW_HEADINGS, "a/", ""),  # short
        ("<p>Ett</p>", HEADINGS, "", ""),  # the start page
    ],
)
def test_a_long_page_has_its_contents_after_its_first_words(text, headings, address, where):
    page = made(text, headings, address)
    add_table_of_contents(page, "På sidan")
    box = page.find("details.contents")
    assert (box.prev.tag if box else "") == where
    if box:
        assert [link.text() for link in box.css("a")] == [f"R{n}" for n in range(5)]


def test_the_laws_day_moves_to_the_foot():
    page = made(LAW)
    move_law_day(page, "sv")
    assert "Granskad i dag. Lagen läst 27 april" in page.select_required(".fresh").text()
    dates = page.select_required(".paper").attributes["data-dates"]
    assert dates == "Granskad x, lagen läst 2026-04-27, senast y"
    assert not page.find(".law-read, .law-slot")


def test_move_stage_puts_the_place_last_in_the_breadcrumbs():
    page = made('<p class="process">Steg 2 av 3</p><p>Text</p>')
    move_stage(page)
    assert [item.text() for item in page.tree.css(".crumbs li")] == ["Start", "Steg 2 av 3"]
    assert not page.content.css_first(".process")


def test_move_sources_puts_the_list_on_the_foots_line_and_the_next_review_in_it():
    page = made('<details class="source-box"><summary>Källor</summary><ol></ol></details>')
    move_sources(page)
    (box,) = page.tree.css(".source-box")
    assert box.parent.attributes["class"] == "fresh"
    assert [child.tag for child in box.iter()] == ["summary", "p", "ol"]
    assert box.css_first("p.fresh-next") and not page.find(".source-slot")


def test_move_sources_leaves_the_next_review_where_there_is_no_list():
    page = made("<p>Text</p>")
    move_sources(page)
    assert page.select_required(".fresh > .fresh-next") and not page.find(".source-slot")


def test_a_page_without_law_has_no_empty_place():
    page = made("<p>Text</p>")
    move_law_day(page, "sv")
    assert not page.find(".law-slot")


@pytest.mark.parametrize(
    ("step", "stops"), [('<h3 class="step">1</h3>', ["-1", None, None]), ("", [None, None, None])]
)
def test_urgent_number_above_first_step_is_no_tab_stop(step, stops):
    """Another number there is one: the header doesn't have it."""
    call = '<a class="tel" href="tel:112">112</a>'
    other = '<a class="tel" href="tel:1177">1177</a>'
    header = '<a class="site-header__call" href="tel:112">Ring</a>'
    text = f"<p>{call} {other}</p>{step}<p>{call}</p>"
    page = HtmlPage("a/", f'{header}<div id="innehall">{text}</div>')
    skip_repeated_urgent_number(page)
    assert [a.attributes.get("tabindex") for a in page.content.css("a.tel")] == stops
