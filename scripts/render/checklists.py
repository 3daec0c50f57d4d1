"""A checklist of docs/_data/checklists/ in its forms: page and paper, plain text."""

from __future__ import annotations

from scripts.content.content import Content
from scripts.content.records import Checklist
from scripts.core.templates import template_renderer
from scripts.render.contacts import linked
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_checklist(context: Context, name: str) -> str:
    """[[checklista:name]]: the list to tick."""
    return render_template(
        "list",
        name=name,
        list=context.registers.checklists[name],
        context=context,
        linked=lambda text: linked(text, context.registers.contacts),
        text_address=text_address(context.content, name),
    )


def text_address(content: Content, name: str) -> str:
    """Return the address in the site of a list as plain text: beside its page."""
    page = content.page_with("checklista", name)
    return f"{page.address.rstrip('/') if page else name}.txt"


def plain_text(checklist: Checklist) -> str:
    """Return the empty list as plain text."""
    return render_template("text", list=checklist)
