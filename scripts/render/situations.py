"""What is asked first on a page, each situation once; and a step of another page."""

from __future__ import annotations

from collections.abc import Collection

from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_first(context: Context, argument: str) -> str:
    """[[forst:one,two]]: the questions, the most urgent first: in the register's order."""
    return questions(context, argument.split(","), context.here.link if context.here else "")


def render_step(context: Context, key: str) -> str:
    """[[steg:odla/tomat#vattna]]: the body of another page's step, without its heading."""
    step = context.content.page_steps[key]
    return "\n".join([step.body, *step.boxes])


def questions(context: Context, keys: Collection[str], page: str) -> str:
    """Return situations as list items in Markdown: the question is the link.

    Args:
        keys: those to ask, in any order.
        page: the page that asks, as a link target: "/odla/tomat.md". Some lead elsewhere there.
    """
    rows = [
        {"question": one.question, "then": one.then, "page": one.link_from(page)}
        for key, one in context.registers.situations.items()
        if key in keys
    ]
    return render_template("first", rows=rows)
