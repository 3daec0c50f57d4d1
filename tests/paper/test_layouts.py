from __future__ import annotations

import pytest

from scripts.content.field_types import HANDOUT_FORMATS
from scripts.content.settings import Extra
from scripts.paper.layouts import LAYOUTS
from scripts.paper.sections import PaperError, text_of
from tests.examples import record
from tests.paper.test_composer import NOBODY, made, site  # noqa: F401
from tests.paper.test_sections import change

pytestmark = pytest.mark.slow
NUMBERS = {
    "numbers": {
        "socialjour": {"text": "Vår socialjour", "poster": True},
        "regionkoordinator": {"text": "Vår regionkoordinator", "poster": True},
        "chef": {"text": "Chef i beredskap"},
    }
}


def test_pocket_card_without_seven_sections_is_refused(site):  # noqa: F811
    with pytest.raises(PaperError, match="sju avsnitt"):
        made(site, "#ett", form="fickkort")


def test_poster_and_pocket_card_have_lines_for_own_numbers(site):  # noqa: F811
    for form, sections, own in (
        ("affisch", ["#ett"], 2),
        ("fickkort", [["#ett", "a/#ett"]] * 7, 3),
    ):
        document = made(site, *sections, form=form, extra=record(Extra, site=NUMBERS))
        assert not document.find_class("cite") and not document.find_class("see")
        lines = document.find_class("own")
        assert len(lines) == own and text_of(lines[0]) == "Vår socialjour"


def test_poster_known_own_numbers_are_first_and_missing_last(site):  # noqa: F811
    extra = record(Extra, site=NUMBERS, local={"socialjour": "Ring växeln"})
    document = made(site, "#ett", form="affisch", extra=extra)
    assert [text_of(e) for e in document.find_class("own")] == [
        "Vår socialjour Ring växeln",
        "Vår regionkoordinator",
    ]
    main = next(document.iter("main"))
    assert [child.tag for child in main] == ["p", "section", "p"], (
        "known first, a line to fill last"
    )


def test_footer_of_one_page_has_no_title(site):  # noqa: F811
    assert made(site, "#ett").find_class("run-title")
    assert not made(site, "#ett", pages=1).find_class("run-title")


def test_footer_of_two_pages_has_the_version(site):  # noqa: F811
    (version,) = made(site, "#ett").find_class("run-fresh")
    assert text_of(version) == "Version 2026-01-02."


@pytest.mark.parametrize("form", ["affisch", "blad"])
def test_read_more_sentence_is_removed_on_paper(site, form):  # noqa: F811
    more = 'A. <span class="read-more">Läs <a href="../borta/">hur</a> och <a href="../b/">när</a>.</span> C.'
    change(site, "Djupare.", more)
    paragraph = made(site, "#under", form=form).find(".//main").find(".//section/p")
    assert text_of(paragraph) == "A. C."


@pytest.mark.parametrize("form, linked", [("blad", True), ("affisch", False)])
def test_link_is_kept_on_a_sheet_and_text_on_a_poster(site, form, linked):  # noqa: F811
    change(site, "Djupare.", '<a href="../borta/">Dit</a>.')
    main = made(site, "#under", form=form).find(".//main")
    assert bool(main.findall(".//section//a")) == linked and "Dit" in text_of(main)


def test_sheet_with_shortened_steps_says_where_the_rest_is(site):  # noqa: F811
    (whole,) = made(site, "#ett").find_class("fresh")
    (brief,) = made(site, {"section": "#ett", "sentences": 1}).find_class("fresh")
    assert "Källor, lagrum och länkar: exempel.se/p/prov/" in text_of(whole)
    assert "Stegen i korthet. Allt om dem, med källor och lagrum: exempel.se" in text_of(brief)


def test_layouts_are_the_forms_of_the_register():
    assert tuple(LAYOUTS) == HANDOUT_FORMATS


def test_poster_heading_lacks_the_paper_format(site):  # noqa: F811
    (heading,) = made(site, "#ett", form="affisch-a3", title="Vem ringer jag? (A3)").iter("h1")
    assert text_of(heading) == "Vem ringer jag?"
