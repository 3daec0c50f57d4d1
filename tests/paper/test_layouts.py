from __future__ import annotations

import pytest
from lxml import html

from scripts.content.field_types import FORMS
from scripts.content.settings import Extra
from scripts.paper.composer import Composer
from scripts.paper.layouts import LAYOUTS, lists
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
        assert not document.find_class("notes")
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


def test_a_footer_has_short_dates(site):  # noqa: F811
    (fresh,) = made(site, "#ett").find_class("run-fresh")
    assert text_of(fresh) == "Version 2026-01-02. Granskas senast 2026-07-02."


@pytest.mark.parametrize("form, said", [("affisch", "A. C."), ("blad", "A. Läs hura. C.")])
def test_a_sentence_that_only_leads_on_stands_where_links_are_told(site, form, said):  # noqa: F811
    more = 'A. <span class="read-more">Läs <a href="../borta/">hur</a>.</span> C.'
    change(site, "Djupare.", more)
    paragraph = made(site, "#under", form=form).find(".//main").find(".//section/p")
    assert text_of(paragraph) == said


def test_the_register_may_choose_every_form_that_there_is():
    assert tuple(LAYOUTS) == FORMS


@pytest.mark.parametrize(
    "glossary, names",
    [
        pytest.param(False, ["Ord förklarade", "Sidor som texten länkar till", "Källor"], id="all"),
        pytest.param(
            True, ["Sidor som texten länkar till", "Källor"], id="words are there already"
        ),
    ],
)
def test_each_list_has_its_heading_with_an_id(site, glossary, names):  # noqa: F811
    composer = Composer(site, NOBODY)
    for part in (("", "*", ()), ("a/", "under", ())):
        composer.section(*part)
    composer.glossary = glossary
    found = [html.fromstring(text).find("h2") for text in lists(composer, short=False)]
    assert [text_of(heading) for heading in found] == names
    assert all(heading.get("id") for heading in found)


@pytest.mark.parametrize("short, dated", [(True, False), (False, True)])
def test_a_short_list_of_sources_is_undated_but_says_its_doubt(site, short, dated):  # noqa: F811
    composer = Composer(site, NOBODY)
    composer.section("a/", "under", ())
    text = text_of(html.fromstring(list(lists(composer, short))[-1]))
    assert ("Lydelse: 2026." in text) == dated and "Osäker källa." in text


def test_a_format_is_told_in_the_list_and_not_on_the_sheet(site):  # noqa: F811
    (heading,) = made(site, "#ett", form="affisch-a3", title="Vem ringer jag? (A3)").iter("h1")
    assert text_of(heading) == "Vem ringer jag?"
