"""The law in the house: each act that the site cites as a page, verbatim, and who rests on it."""

from __future__ import annotations

import html
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.sources import Source
from scripts.core.templates import template_renderer
from scripts.render.macro import Context
from scripts.render.sources import source_dates

render_template = template_renderer(__file__)


def render_acts(context: Context, _: str) -> str:
    """[[lagar]]: the acts with a wording in the house, each a link to its page."""
    sources = context.registers.sources
    homes = {source.act: source.home for source in sources.values() if source.home}
    return render_template("acts", acts=[(sources[key].title, home) for key, home in homes.items()])


def render_act(context: Context, key: str) -> str:
    """[[lagtext:key]]: an act's paragraphs in order, each with its wording, the day it was read,
    the rules that say how we read it, what is in doubt and every page that rests on it."""
    content, registers = context.content, context.registers
    places = {k: source for k, source in registers.sources.items() if source.act == key}
    rules = {k: [r for r in content.rules.values() if k in r.sources] for k in places}
    return render_template(
        "act",
        context=context,
        places=places,
        chapters={k: _chapter(source) for k, source in places.items()},
        wording={k: context.stash(_verbatim(source.wording)) for k, source in places.items()},
        dates=source_dates,
        rules=rules,
        pages={k: list(_pages_on(content, k, bool(rules[k]))) for k in places},
        doubts={
            k: [q for q in registers.questions.values() if k in q.sources and not q.settled]
            for k in places
        },
    )


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


def _chapter(source: Source) -> str:
    """Return "5 kap." of "5 kap. 15 §", or "" in an act without chapters."""
    chapter, mark, _ = source.place.partition(" kap.")
    return f"{chapter} kap." if mark else ""


def _verbatim(wording: str) -> str:
    """Return a wording as HTML: no mark in it is read as Markdown's."""
    parts = "".join(f"<p>{html.escape(part)}</p>" for part in wording.split("\n\n") if part)
    return f'<blockquote class="statute">{parts}</blockquote>'
