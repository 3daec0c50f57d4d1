"""A checklist of docs/_data/checklists/ in its forms: page and paper, box, plain text."""

from __future__ import annotations

from scripts.content.contacts import linked
from scripts.content.content import Content
from scripts.content.records import Checklist
from scripts.core.forms import forms
from scripts.render.macro import Context, MacroError

FORM = forms(__file__)


def _list(context: Context, name: str) -> Checklist:
    checklist = context.registers.checklists.get(name)
    if checklist is None:
        raise MacroError(f"listan docs/_data/checklists/{name}.yml finns inte")
    return checklist


def render_checklist(context: Context, name: str) -> str:
    """[[checklista: name]]: the list to tick."""
    return FORM(
        "list",
        name=name,
        list=_list(context, name),
        context=context,
        linked=lambda text: linked(text, context.registers.contacts),
        text_address=text_address(context.content, name),
    )


def render_box(context: Context, argument: str) -> str:
    """[[checklista-ruta: name/group]]: the group's rows in short, on the step's own page."""
    name, _, wanted = argument.partition("/")
    checklist = _list(context, name)
    group = next((g for g in checklist.groups if g.id == wanted), None)
    if group is None:
        known = ", ".join(f"{name}/{g.id}" for g in checklist.groups)
        raise MacroError(f'gruppen "{argument}" finns inte. Välj bland {known}')
    return FORM("box", list=checklist, group=group, page=context.home("checklista", name))


def text_address(content: Content, name: str) -> str:
    """Return the address in the site of a list as plain text: beside its page."""
    page = content.page_with("checklista", name)
    return f"{page.address.rstrip('/') if page else name}.txt"


def plain_text(checklist: Checklist) -> str:
    """Return the empty list as plain text."""
    return FORM("text", list=checklist)
