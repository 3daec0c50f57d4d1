"""The telephone numbers to call first, from contacts.yml and the publisher's own in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scripts.content.phones import WRITTEN, tel
from scripts.content.registers import Registers
from scripts.core.config import LOCAL
from scripts.render.macro import Context, MacroError


def render_numbers(context: Context, keys: str) -> str:
    """[[nummer: keys]]: contacts as name, for whom and when, and then the number.

    ``keys`` are keys in contacts.yml, or of the publisher's own numbers, with commas between, in
    the order they are shown. An own number that isn't set is left out. Raises MacroError where a
    contact isn't there, or has no number.
    """
    rows = []
    for key in keys.split(","):
        contact = context.registers.contacts.get(key, {})
        if key in LOCAL:
            if own := own_number(context, key):
                rows.append(
                    f'<li markdown="span"><span>**{LOCAL[key]}**</span> <span>{own}</span></li>\n'
                )
            continue
        number = contact.get("phone")
        if not number:
            raise MacroError(f'kontakten "{key}" finns inte i contacts.yml, eller saknar nummer')
        name = contact["name"].removesuffix(f", {number}")
        when = f" {contact['hours'].rstrip('.')}." if contact.get("hours") else ""
        rows.append(
            f'<li markdown="span"><span>**{name}.** {contact["for_whom"]}.{when}'
            f"[@{contact['source']}]</span> **{number}**</li>\n"
        )
    return f'<ul class="numbers" markdown="block">\n{"".join(rows)}</ul>' if rows else ""


def own_number(context: Context, key: str) -> str:
    """Return the publisher's own number ``key`` (see ``LOCAL``) as HTML with a link to call it,
    kept from Markdown; "" where mkdocs.yml has none."""
    value = escape(context.own.get(key, ""))
    call = WRITTEN.sub(
        lambda m: f'<a class="tel" href="tel:{tel(m[0])}">{m[0]}</a>', value, count=1
    )
    return context.stash(call) if call else ""


def number_sources(registers: Registers, keys: str) -> Iterator[str]:
    """Yield the sources of the numbers that the macro shows."""
    for key in keys.split(","):
        if key not in LOCAL and (contact := registers.contacts.get(key)):
            yield contact["source"]
