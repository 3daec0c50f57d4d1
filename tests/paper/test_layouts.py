from __future__ import annotations

import pytest

from scripts.content.config import Extra
from scripts.content.kinds import FORMS
from scripts.paper.layouts import LAYOUTS
from scripts.paper.sections import PaperError, by_class, text_of
from tests.examples import record
from tests.paper.test_composer import made, site, squeeze  # noqa: F401

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
        assert not by_class(document, "cite") and not by_class(document, "see")
        assert not by_class(document, "notes")
        lines = by_class(document, "own")
        assert len(lines) == own and text_of(lines[0]) == "Vår socialjour"


def test_own_numbers_of_mkdocs_yml_fill_the_lines(site):  # noqa: F811
    extra = record(Extra, site=NUMBERS, local={"socialjour": "Ring växeln"})
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


def test_the_register_may_choose_every_form_that_there_is():
    assert tuple(LAYOUTS) == FORMS
