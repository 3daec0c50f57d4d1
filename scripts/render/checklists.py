"""A checklist of docs/_data/checklists/, as Markdown of its page and as plain text."""

from __future__ import annotations

from scripts.content.content import Content
from scripts.content.records import Checklist
from scripts.core.templates import template_renderer
from scripts.render.contacts import with_phone_links
from scripts.render.macro import Context

render_template = template_renderer(__file__)


def render_checklist(context: Context, name: str) -> str:
    """Render [[checklista:name]]: a checklist with checkboxes."""
    return render_template(
        "list",
        name=name,
        list=context.registers.checklists[name],
        context=context,
        linked=lambda text: with_phone_links(text, context.registers.contacts),
        text_address=text_address(context.content, name),
    )


def text_address(content: Content, name: str) -> str:
    """Return the address of the checklist's text file, beside its page: "listor/start.txt"."""
    page = content.page_with("checklista", name)
    stem = page.address.rstrip("/") if page else name
    return f"{stem}.txt"


def plain_text(checklist: Checklist) -> str:
    """Return the empty checklist as plain text."""
    return render_template("text", list=checklist)
