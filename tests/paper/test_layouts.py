from __future__ import annotations

import re
from functools import cache

import pytest
from lxml import html

from scripts.content.config import LOCAL, Extra, read_config
from scripts.content.content import Content
from scripts.content.kinds import FORMS
from scripts.paper.composer import parts_of
from scripts.paper.layouts import LAYOUTS, compose
from scripts.paper.sections import PaperError, by_class, has_class, page_of, text_of
from scripts.publish.built import BuiltSite
from tests.conftest import ROOT
from tests.paper.test_composer import made, site, squeeze  # noqa: F401

pytestmark = pytest.mark.slow


def test_a_pocket_card_has_seven_sections(site):  # noqa: F811
    with pytest.raises(PaperError, match="sju avsnitt"):
        made(site, "#ett", form="fickkort")


def test_a_poster_and_a_pocket_card_have_no_marks_and_lines_for_own_numbers(site):  # noqa: F811
    for form, sections, own in (
        ("affisch", ["#ett"], 2),
        ("fickkort", [["#ett", "a/#ett"]] * 7, len(LOCAL)),
    ):
        document = made(site, *sections, form=form)
        assert not by_class(document, "cite") and not by_class(document, "see")
        assert not by_class(document, "notes")
        lines = by_class(document, "own")
        assert len(lines) == own and text_of(lines[0]) == "Vår socialjour"


def test_own_numbers_of_mkdocs_yml_fill_the_lines(site):  # noqa: F811
    extra = Extra(local={"socialjour": "Ring växeln"})
    document = made(site, "#ett", form="affisch", extra=extra)
    assert [text_of(e) for e in by_class(document, "own")] == [
        "Vår socialjour Ring växeln",
        "Vår regionkoordinator",
    ]
    main = next(document.iter("main"))
    assert [child.tag for child in main] == ["p", "section", "p"], (
        "known first, a line to fill last"
    )


def test_a_sheet_of_one_page_has_no_running_title(site):  # noqa: F811
    assert by_class(made(site, "#ett"), "run-title")
    assert not by_class(made(site, "#ett", pages=1), "run-title")


REGISTER = Content.read(ROOT / "docs").registers.handouts
real = BuiltSite(ROOT / "site", "https://betanketid.example/")


@cache
def composed(key: str) -> str:
    return compose(REGISTER[key], real, read_config(ROOT).extra)


@pytest.mark.parametrize("key", REGISTER)
def test_a_handout_says_what_its_sections_say_and_nothing_else(key):
    """The real ones: their text without numbers and letters is the pages' text without theirs."""
    handout = REGISTER[key]
    document = html.fromstring(composed(key))
    main = document.find(".//main")
    expected = [
        b
        for a, anchor, out in parts_of(handout.sections)
        for b in page_of(real, a).section(anchor, out)
    ]
    if handout.form == "fickkort":
        main.find("section").drop_tree()  # the cover
        expected = [b for b in expected if b.tag != "figure" and not has_class(b, "uncertain")]
    for line in by_class(main, "own") + by_class(main, "page-title"):
        line.drop_tree()
    if not LAYOUTS[handout.form][1]:
        for sentence in (s for block in expected for s in by_class(block, "read-more")):
            sentence.drop_tree()
    for element in [main, *expected]:
        for name in ("cite", "see", "figure-sign"):  # a sign's word stands beside it
            for sup in by_class(element, name):
                sup.drop_tree()
    if handout.form in ("samtalsblad", "kort", "kort-a6"):  # in another order, without a heading
        cells = [squeeze(e) for block in expected for e in block.iter("td", "li")]
        assert cells and [cell for cell in cells if cell not in squeeze(main)] == []
        return
    # paper has a dot between when and what kind of time it is
    assert squeeze(main).replace("·", "") == "".join(map(squeeze, expected)).replace("·", "")
    assert len(squeeze(main)) > 400


def test_another_whole_page_on_a_sheet_has_its_name(site):  # noqa: F811
    main = made(site, "#*", "a/#*").find(".//main")
    heads = [(e.tag, text_of(e)) for e in main.iter("h2", "h3") if text_of(e) in ("Andra", "Ett")]
    assert heads == [("h2", "Ett"), ("h2", "Andra"), ("h3", "Ett")]


def test_a_footer_has_short_dates(site):  # noqa: F811
    (fresh,) = by_class(made(site, "#ett"), "run-fresh")
    assert text_of(fresh) == "Version 2026-01-02. Granskas senast 2026-07-02."


@pytest.mark.parametrize("form, said", [("affisch", "A. C."), ("blad", "A. Läs hura. C.")])
def test_a_sentence_that_only_leads_on_stands_where_links_are_told(site, form, said):  # noqa: F811
    file = site.root / "index.html"
    more = 'A. <span class="read-more">Läs <a href="../borta/">hur</a>.</span> C.'
    file.write_text(file.read_text("utf-8").replace("Djupare.", more), encoding="utf-8")
    paragraph = made(site, "#under", form=form).find(".//main").find(".//section/p")
    assert text_of(paragraph) == said


SCREEN = "klicka på |tryck på o|hopfäll|sökfältet|knapparna under|i din webbläsare, och|räknaren|öppna sedan"


@pytest.mark.parametrize("key", REGISTER)
def test_a_handout_speaks_of_nothing_that_only_a_screen_has(key):
    assert re.findall(rf"(?i)(?:{SCREEN})[^.<]*", composed(key)) == []


def test_the_register_may_choose_every_form_that_there_is():
    assert tuple(LAYOUTS) == FORMS
