from __future__ import annotations

import itertools
import os
from types import SimpleNamespace

import markdown
import pytest
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

ACT = """\
lagen: {title: Lagen (2001:1), name: lagen, publisher: Riksdagen, url: "https://example.se/lag",
  kind: lag, sfs: "2001:1", read_on: "2026-04-27", certainty: saker,
  paragraphs: {"1": {amended_by: "2001:1", in_force: okant}}}
annan: {title: Annan, publisher: X, url: "https://example.se/x", kind: annan, certainty: saker}
"""
CHANGE = """\
ny-lag: {title: Ny lag, status: beslutat, in_force: 2027-01-01, affects: [lagen-1],
  notice: Lagen & LVU ändras 1 januari 2027., changes: C, seen: S, checked_on: "2026-11-24",
  sources: [annan]}
"""
CONTACTS = """\
sos: {name: SOS, group: [akut], for_whom: Alla, phone: "112", tel: "112", hours: Alltid,
  what_happens: Svar., source: lagen-1, as_of: "2023"}
"""
GLOSSARY = 'lvu: {term: lagen om vård av unga, abbr: LVU, text: "Tvångsvård."}\n'
NOTICE = (
    '<p class="law-notice" data-search-exclude="">Lagen &amp; LVU ändras 1 januari 2027. '
    '<a href="b.md">Vad som ändras</a></p>'
)


class Here(Extension):
    """Tells which page is converted, as Zensical does."""

    def extendMarkdown(self, md):  # noqa: N802
        context = Preprocessor(md)
        context.page = SimpleNamespace(path="a.md")
        context.config = {"site_url": "https://example.se/"}
        context.run = lambda lines: lines
        md.preprocessors.register(context, "rendering_context", 0)


PAGE = "# Prov\n\nText.[@lagen-1]\n"


@pytest.fixture
def render(docs):
    clock = itertools.count(1)

    def run(text: str, front: str = "", changes: str = CHANGE) -> str:
        page = f"---\ntitle: Prov\n{front}---\n{text}"
        folder = docs({
            "a.md": page, "b.md": "[[lagandringar]]\n", "_data/sources.yml": ACT, "_data/law_changes.yml": changes,
            "_data/contacts.yml": CONTACTS, "_data/glossary.yml": GLOSSARY,
        })  # fmt: skip
        # what is written within the clock's step would else look like what was read before
        now = next(clock)
        for file in folder.rglob("*.*"):
            os.utime(file, ns=(now, now))
        return markdown.markdown(
            text,
            extensions=["attr_list", "md_in_html", "toc", "scripts.render.extension", Here()],
            extension_configs={"scripts.render.extension": {"docs_dir": str(folder)}},
        )

    return run


def test_a_page_that_cites_what_will_change_says_so_right_after_its_title(render):
    html = render(PAGE)
    assert html.index("</h1>") < html.index("<p>Text.") < html.index(NOTICE)
    assert html.count("law-notice") == 1
    assert "popovertarget" not in html, "a word is explained where the page says it"


def test_in_the_guide_the_answer_comes_before_it(render):
    html = render('# Prov\n\n<div class="guide" markdown="block">\n\nSvar.[@lagen-1]\n\n</div>\n')
    assert html.index("Svar") < html.index("</div>") < html.index(NOTICE)


def test_where_two_pages_share_a_title_the_steps_come_before_it(render):
    choice = '<div class="switch" markdown="block">\n\n- **Vuxen**\n\n</div>\n\n'
    html = render(f"# Prov\n\n{choice}## Gör {{#gor}}\n\n1. Text.[@lagen-1]\n\n## Sedan {{#s}}\n")
    assert html.index("<ol>") < html.index(NOTICE) < html.index("Sedan")


def test_a_page_that_rests_on_it_through_a_register_says_so(render):
    assert NOTICE in render("# Prov\n\n[[kontakter: akut]]\n")
    assert NOTICE in render("# Prov\n\nRing 112.\n")
    assert NOTICE in render("# Prov\n\nLäs [lagen](kalla:lagen-1).\n")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("# Prov\n\nText.[@lagen]\n", CHANGE),
        ("# Prov\n\nText.[@annan]\n", CHANGE),
        ("# Prov\n\nText.\n", CHANGE),
        ("Text.[@lagen-1]\n", CHANGE),
        (PAGE, CHANGE.replace("2027-01-01,", "2026-04-27,")),
        (PAGE, CHANGE.replace("notice: Lagen & LVU ändras 1 januari 2027., ", "")),
        (PAGE, "{}\n"),
    ],
)
def test_other_pages_say_nothing(render, text, changes):
    assert "law-notice" not in render(text, changes=changes)


def test_no_swedish_line_on_a_page_in_another_language_or_over_the_changes_themselves(render):
    assert "law-notice" not in render(PAGE, "lang: en\n")
    assert "law-notice" not in render(PAGE + "\n[[lagandringar]]\n")
    assert "law-notice" in render(PAGE, "lang: sv\n")


def test_several_changes_share_the_line(render):
    more = "".join(
        CHANGE.replace("ny-lag", f"lag-{year}").replace("2027", str(year)) for year in (2029, 2028)
    )
    html = render(PAGE, changes=more + CHANGE)
    assert html.count("law-notice") == 1
    assert "LVU ändras 1 januari 2027. Fler ändringar rör sidan. <a" in html


def test_on_a_page_in_easy_swedish_it_and_the_sources_stand_last_and_no_mark_in_the_text(render):
    html = render(PAGE.replace("@lagen-1]", "@lagen-1] Och mer."), "easy: true\n")
    assert "doc-noteref" not in html and 'class="cite"' not in html and 'class="back"' not in html
    assert "Och mer." in html, "what stood after a mark is left"
    assert html.index("Och mer.") < html.index("law-notice") < html.index("kalla-lagen-1")
