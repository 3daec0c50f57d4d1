"""Statutes verbatim: a page for each that the site cites, and for each chapter of a long one."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.sources import Source
from scripts.core.templates import template_renderer
from scripts.render.macro import Context
from scripts.render.sources import source_dates

render_template = template_renderer(__file__)


def render_statutes(context: Context, _: str) -> str:
    """[[lagar]]: the statutes whose wording the site has, each a link to its page."""
    sources = context.registers.sources
    pages = {source.act: source.statute_page for source in sources.values() if source.home}
    return render_template(
        "statutes", rows=[(sources[key].title, page) for key, page in pages.items()]
    )


def render_statute(context: Context, argument: str) -> str:
    """[[lagtext:utl]]: a statute's paragraphs in order, each with its wording, the day it was read,
    the rules that say how we read it, what is in doubt and every page that rests on it.

    [[lagtext:utl/5]]: those of one chapter, where each has a page of its own; then the statute's
    own page lists the chapters and their paragraphs, with the paragraphs' ids.
    """
    content, registers = context.content, context.registers
    statute = argument.partition("/")[0]
    places = {key: one for key, one in registers.sources.items() if one.act == statute}
    shown = {key: one for key, one in places.items() if one.shown_as == argument}
    if not shown:
        return render_template("contents", chapters=_chapters(places), context=context)
    rules = {k: [r for r in content.rules.values() if k in r.sources] for k in shown}
    return render_template(
        "statute",
        context=context,
        chapters=_chapters(shown),
        whole=argument == statute,
        up=next(iter(shown.values())).statute_page,
        wording={k: context.stash(_verbatim(source.wording)) for k, source in shown.items()},
        dates=source_dates,
        rules=rules,
        pages={k: list(_pages_on(content, k, bool(rules[k]))) for k in shown},
        doubts={
            k: [q for q in registers.questions.values() if k in q.sources and not q.settled]
            for k in shown
        },
    )


class Chapter(NamedTuple):
    """A chapter of a statute, or all of one without chapters."""

    anchor: str  # "utl-kap-5"
    heading: str  # "5 kap. Inledande bestämmelser"; "" in a statute without chapters
    page: str  # with the wording, in docs/: "/lag/lvu.md"
    paragraphs: Mapping[str, Source]  # by key


def _chapters(places: Mapping[str, Source]) -> list[Chapter]:
    """Return the chapters that paragraphs stand in, in order."""
    found: dict[str, dict[str, Source]] = {}
    for key, source in places.items():
        number, mark, _ = source.place.partition(" kap.")
        found.setdefault(number if mark else "", {})[key] = source
    chapters = []
    for number, paragraphs in found.items():
        one = next(iter(paragraphs.values()))
        heading = f"{number} kap. {one.chapter}".rstrip() if number else ""
        anchor = f"{one.act}-kap-{number.replace(' ', '')}"
        chapters.append(Chapter(anchor, heading, one.home, paragraphs))
    return chapters


def _pages_on(content: Content, key: str, has_rules: bool) -> Iterator[tuple[str, str]]:
    """Yield (title, link) of each page that rests on a paragraph, to the first step that does.

    Generated pages are left out, as their text has its home elsewhere, and so are the pages of
    rules where ``has_rules``: the rules are named above the list.
    """
    steps = content.steps_by_source.get(key, [])
    for page in content.pages_by_source.get(key, []):
        if page not in content.authored_pages or (has_rules and page.meta.kind == "regel"):
            continue
        link = next((step.link for step in steps if step.page == page), page.link)
        yield page.title, link


def _verbatim(wording: str) -> str:
    """Return a wording as HTML: no mark in it is read as Markdown's."""
    parts = "".join(f"<p>{html.escape(part)}</p>" for part in wording.split("\n\n") if part)
    return f'<blockquote class="statute">{parts}</blockquote>'
