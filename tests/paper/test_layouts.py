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


def test_a_pocket_card_has_seven_sections(site):  # noqa: F811
    with pytest.raises(PaperError, match="sju avsnitt"):
        made(site, "#ett", form="fickkort")


def test_a_poster_and_a_pocket_card_have_no_marks_and_lines_for_own_numbers(site):  # noqa: F811
    for form, sections, own in (
        ("affisch", ["#ett"], 2),
        ("fickkort", [["#ett", "a/#ett"]] * 7, 3),
    ):
        document = made(site, *sections, form=form, extra=record(Extra, site=NUMBERS))
        assert not document.find_class("cite") and not document.find_class("see")
        lines = document.find_class("own")
        assert len(lines) == own and text_of(lines[0]) == "Vår socialjour"


def test_own_numbers_of_mkdocs_yml_fill_the_lines(site):  # noqa: F811
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


def test_a_sheet_of_one_page_has_no_running_title(site):  # noqa: F811
    assert made(site, "#ett").find_class("run-title")
    assert not made(site, "#ett", pages=1).find_class("run-title")


def test_another_whole_page_on_a_sheet_has_its_name(site):  # noqa: F811
    main = made(site, "#*", "a/#*").find(".//main")
    heads = [(e.tag, text_of(e)) for e in main.iter("h2", "h3") if text_of(e) in ("Andra", "Ett")]
    assert heads == [("h2", "Ett"), ("h2", "Andra"), ("h3", "Ett")]


def test_a_footer_has_its_version(site):  # noqa: F811
    (version,) = made(site, "#ett").find_class("run-fresh")
    assert text_of(version) == "Version 2026-01-02."


@pytest.mark.parametrize("form", ["affisch", "blad"])
def test_a_sentence_that_only_leads_on_is_not_on_paper(site, form):  # noqa: F811
    more = 'A. <span class="read-more">Läs <a href="../borta/">hur</a> och <a href="../b/">när</a>.</span> C.'
    change(site, "Djupare.", more)
    paragraph = made(site, "#under", form=form).find(".//main").find(".//section/p")
    assert text_of(paragraph) == "A. C."


@pytest.mark.parametrize("form, linked", [("blad", True), ("affisch", False)])
def test_links_stay_links_on_a_sheet_and_are_text_on_a_poster(site, form, linked):  # noqa: F811
    change(site, "Djupare.", '<a href="../borta/">Dit</a>.')
    main = made(site, "#under", form=form).find(".//main")
    assert bool(main.findall(".//section//a")) == linked and "Dit" in text_of(main)


def test_a_sheet_says_where_the_rest_of_its_steps_are(site):  # noqa: F811
    (whole,) = made(site, "#ett").find_class("fresh")
    (brief,) = made(site, {"section": "#ett", "sentences": 1}).find_class("fresh")
    assert "Källor, lagrum och länkar: exempel.se/p/prov/" in text_of(whole)
    assert "Stegen i korthet. Allt om dem, med källor och lagrum: exempel.se" in text_of(brief)


def test_the_register_may_choose_every_form_that_there_is():
    assert tuple(LAYOUTS) == HANDOUT_FORMATS


def test_a_format_is_told_in_the_list_and_not_on_the_sheet(site):  # noqa: F811
    (heading,) = made(site, "#ett", form="affisch-a3", title="Vem ringer jag? (A3)").iter("h1")
    assert text_of(heading) == "Vem ringer jag?"
