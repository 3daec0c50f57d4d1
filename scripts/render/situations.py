"""The questions before a page's steps (situations.yml)."""

from __future__ import annotations

from collections.abc import Collection

from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_first(context: Context, argument: str) -> str:
    """Render [[forst:one,two]]: the questions before the steps, in the register's order, the most
    urgent first."""
    link = context.page.link if context.page else ""
    return render_situations(context, argument.split(","), link)


def render_situations(context: Context, keys: Collection[str], page: str) -> str:
    """Return situations as a Markdown list; each question is a link.

    Args:
        keys: of the situations, in any order.
        page: link to the page that asks, "/odla/tomat.md": a situation may lead elsewhere there.
    """
    rows = []
    for key, situation in context.registers.situations.items():
        if key in keys:
            rows.append((situation.question, situation.link_asked_on(page), situation.then))
    return render_template("first", rows=rows)
