"""Statutes verbatim: a page for each that the site cites, and for each chapter of a long one."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.records import Question
from scripts.content.rules import RULE_KIND, Rule
from scripts.content.sources import Source
from scripts.core.templates import template_renderer
from scripts.render.macro import Context
from scripts.render.sources import source_dates

render_template = template_renderer(__file__)


def render_statutes(context: Context, _: str) -> str:
    """Render [[lagar]]: a list of the statutes whose wording the site has, with links."""
    sources = context.registers.sources
    pages = {  # key of a statute → its page; many sections have the same
        source.statute: source.statute_page for source in sources.values() if source.wording_page
    }
    rows = [(sources[key].title, page) for key, page in pages.items()]
    return render_template("statutes", rows=rows)


def render_statute(context: Context, argument: str) -> str:
    """Render [[lagtext:utl]] or [[lagtext:utl/5]]: a statute's sections, or those of one chapter.

    Each section has its wording, the date it was read, and its ``References``. A statute with a
    page for each chapter is rendered as a table of contents, with the sections' ids.
    """
    statute = argument.partition("/")[0]
    all_sections = {}
    for key, source in context.registers.sources.items():
        if source.statute == statute:
            all_sections[key] = source
    sections = {
        key: source for key, source in all_sections.items() if source.wording_argument == argument
    }
    if not sections:  # the pages of the chapters have the wording
        return render_template("contents", chapters=_chapters(all_sections), context=context)
    return render_template(
        "statute",
        context=context,
        chapters=_chapters(sections),
        is_whole=argument == statute,
        statute_page=next(iter(sections.values())).statute_page,
        verbatim=lambda source: context.stash(_verbatim(source.wording)),
        dates=source_dates,
        references_to=lambda key: _references_to(key, context),
    )


class References(NamedTuple):
    """Other pages about a statute section."""

    rules: list[Rule]  # that interpret it
    questions: list[Question]  # open ones about it
    pages: list[tuple[str, str]]  # that cite it: (title, link)


def _references_to(key: str, context: Context) -> References:
    """Return the references to the statute section ``key``."""
    rules = [rule for rule in context.content.rules.values() if key in rule.sources]
    questions = [
        question
        for question in context.registers.questions.values()
        if key in question.sources and not question.settled
    ]
    pages = list(_citing_pages(context.content, key, has_rules=bool(rules)))
    return References(rules, questions, pages)


class Chapter(NamedTuple):
    """A chapter of a statute, or all of a statute without chapters."""

    anchor: str  # "utl-kap-5"
    heading: str  # "5 kap. Inledande bestämmelser"; "" in a statute without chapters
    page: str  # link to the page with the wording: "/lag/lvu.md"
    sections: Mapping[str, Source]  # by key


def _chapters(sections: Mapping[str, Source]) -> list[Chapter]:
    """Group statute sections, by key, into chapters, in the order of ``sections``."""
    by_number: dict[str, dict[str, Source]] = {}
    for key, source in sections.items():
        before, separator, _ = source.section.partition(" kap.")  # "5", of "5 kap. 15 §"
        number = before if separator else ""
        by_number.setdefault(number, {})[key] = source
    chapters = []
    for number, chapter_sections in by_number.items():
        first = next(iter(chapter_sections.values()))
        heading = f"{number} kap. {first.chapter}".rstrip() if number else ""
        anchor = f"{first.statute}-kap-{number.replace(' ', '')}"
        chapters.append(Chapter(anchor, heading, first.wording_page, chapter_sections))
    return chapters


def _citing_pages(content: Content, key: str, *, has_rules: bool) -> Iterator[tuple[str, str]]:
    """Yield (title, link) of each page that cites the statute section ``key``. The link leads to
    the page's first step with a citation of the section, or else to the page.

    Generated pages are left out: they show text of other pages. With ``has_rules`` the pages of
    rules are left out too: the rules have links of their own.
    """
    steps = content.steps_by_source.get(key, [])
    for page in content.pages_by_source.get(key, []):
        if page not in content.authored_pages or (has_rules and page.meta.kind == RULE_KIND):
            continue
        link = next((step.link for step in steps if step.page == page), page.link)
        yield page.title, link


def _verbatim(wording: str) -> str:
    """Return a statute section's wording as HTML; Markdown would take signs in it for markup."""
    parts = "".join(f"<p>{html.escape(part)}</p>" for part in wording.split("\n\n") if part)
    return f'<blockquote class="statute">{parts}</blockquote>'
