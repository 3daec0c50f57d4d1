"""The questions before a page's steps (situations.yml)."""

from __future__ import annotations

from collections.abc import Collection

from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_first(context: Context, argument: str) -> str:
    """Render [[forst:one,two]]: the questions before the steps, in the register's order, the most
    urgent first."""
    asking_page = context.page.link if context.page else ""
    return render_situations(context, argument.split(","), asking_page)


def render_situations(context: Context, keys: Collection[str], asking_page: str) -> str:
    """Return situations as a Markdown list in the register's order; each question is a link.

    Args:
        keys: the situations' keys, in any order.
        asking_page: link to the page that asks, "/odla/tomat.md". Where a question leads may depend
            on the asking page.
    """
    rows = []
    for key, situation in context.registers.situations.items():
        if key in keys:
            link = situation.link_asked_on(asking_page)
            rows.append((situation.question, link, situation.then))
    return render_template("first", rows=rows)
