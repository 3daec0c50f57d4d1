"""Turns a checklist in docs/_data/checklists/ into its forms: page and paper, box, plain text.

Page and paper are the same markup: what a person ticks is what she prints (checklist.css).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.content.content import Content
from scripts.content.markdown import cited
from scripts.content.phones import linked
from scripts.content.registers import Registers
from scripts.core.swedish import date_words
from scripts.render.macro import Context, MacroError, item

MORE = '{: .check-more data-search-exclude="" }'


def rows(checklist: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every row of a list, in its order."""
    for group in checklist["groups"]:
        yield from group["rows"]


def _list(registers: Registers, name: str) -> dict[str, Any]:
    checklist = registers.checklists.get(name)
    if checklist is None:
        raise MacroError(f"listan docs/_data/checklists/{name}.yml finns inte")
    return checklist


def render_checklist(context: Context, name: str) -> str:
    """[[checklista: name]]: native checkboxes, each with its own label; no JavaScript.

    ``data-changed`` is the day a row got another meaning: checklist.js doesn't bring an older tick
    back. ``data-uncounted`` marks a group whose ticks are never summed (signs are not a score).
    """
    checklist = _list(context.registers, name)
    everyone = {tuple(row.get("applies") or ()) for row in rows(checklist)}
    parts = []
    for group in checklist["groups"]:
        lines = []
        for row in group["rows"]:
            applies = row.get("applies") or ()
            tick = context.stash(
                f'<span class="tick"><input type="checkbox" id="kryss-{row["id"]}" '
                f'data-applies="{" ".join(applies)}" data-changed="{row.get("changed", "")}"'
                f'><label for="kryss-{row["id"]}">{linked(row["text"], context.registers.contacts)}'
                "</label></span>"
            )
            more = [row["why"].strip()] if row.get("why") else []
            if row.get("who"):
                more.append(f"Vem: {row['who'].rstrip('.')}.")
            if len(everyone) > 1 and len(applies) == 1:
                more.append(f"Gäller {'barn' if applies == ['barn'] else 'vuxna'}.")
            if row.get("page"):
                # its words are the page's own, and a search should find the page
                words = row.get("page_title") or context.content.words_of(row["page"])
                more.append(f"[{words}]({row['page']}){MORE}")
            lines.append(item("li", row["id"], tick + ("\n\n" + " ".join(more) if more else "")))
        inner = "\n".join(lines)
        uncounted = ' data-uncounted=""' if group.get("count") is False else ""
        parts.append(
            f"## {group['title']} {{#{group['id']}}}\n\n"
            f'<ul class="check-rows"{uncounted} markdown="block">\n\n{inner}\n</ul>'
        )
    body = "\n\n".join(parts)
    text_file = context.made(text_address(context.content, name), "textfil", " download")
    lines_to_fill = context.stash(
        '<p class="paper-lines"><span>Ifylld av</span> <span>Datum</span></p>'
    )
    version = date_words(checklist["version"])
    return (
        f'<div class="checklist" data-checklist="{name}" data-version="{version}" '
        f'markdown="block">\n\n{body}\n\n</div>\n\n'
        f'<div class="check-foot" data-search-exclude="" markdown="block">\n\n{lines_to_fill}'
        f"\n\n{context.said.get('ticked_paper', '')}\n\n"
        f"Listans version: {version}.\n\n"
        f"På papper: {sheets(checklist)}. Tom lista: {text_file}.\n{{: .check-more }}\n\n</div>"
    )


def sheets(checklist: Mapping[str, Any]) -> str:
    """Return how many A4 pages the list fills on paper, as its register says (a test prints it)."""
    return "1 sida" if checklist.get("sheets", 1) == 1 else f"{checklist['sheets']} sidor"


def render_box(context: Context, argument: str) -> str:
    """[[checklista-ruta: name/group]]: the group's rows in short, on the step's own page."""
    name, _, wanted = argument.partition("/")
    checklist = _list(context.registers, name)
    group = next((g for g in checklist["groups"] if g["id"] == wanted), None)
    if group is None:
        known = ", ".join(f"{name}/{g['id']}" for g in checklist["groups"])
        raise MacroError(f'gruppen "{argument}" finns inte. Välj bland {known}')
    page = context.home("checklista", name)
    lines = "\n".join(f"- [{row['text']}]({page}#{row['id']})" for row in group["rows"])
    return (
        f'<div class="check-box" data-search-exclude="" markdown="block">\n\n'
        f"**{checklist['title']}: {group['title'].lower()}**\n\n{lines}\n\n"
        f"[Hela checklistan att kryssa i]({page}#{group['id']})\n\n</div>"
    )


def text_address(content: Content, name: str) -> str:
    """Return the address in the site of a list as plain text: beside its page."""
    page = content.page_with("checklista", name)
    return f"{page.address.rstrip('/') if page else name}.txt"


def plain_text(checklist: Mapping[str, Any]) -> str:
    """Return the empty list as plain text, for pasting into a case system's template."""
    lines = [f"{checklist['title']} (version {date_words(checklist['version'])})"]
    for group in checklist["groups"]:
        lines += ["", group["title"], *(f"[ ] {row['text']}" for row in group["rows"])]
    return "\n".join([*lines, ""])


def groups(registers: Registers) -> Iterator[str]:
    """Yield what [[checklista-ruta: …]] may name: a list and one of its groups."""
    for name, checklist in registers.checklists.items():
        yield from (f"{name}/{group['id']}" for group in checklist["groups"])


def checklist_sources(registers: Registers, name: str) -> Iterator[str]:
    """Yield the sources that a list cites."""
    checklist = registers.checklists.get(name)
    for row in rows(checklist) if checklist else ():
        yield from cited(row.get("why") or "")
