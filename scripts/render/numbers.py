"""The telephone numbers to call first, from contacts.yml."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.content.registers import Registers
from scripts.render.macro import Context, MacroError


def render_numbers(context: Context, keys: str) -> str:
    """[[nummer: keys]]: contacts as name, for whom and when, and then the number.

    ``keys`` are keys in contacts.yml with commas between, in the order they are shown. Raises
    MacroError where one isn't there, or has no number.
    """
    rows = []
    for key in keys.split(","):
        contact = context.registers.contacts.get(key, {})
        number = contact.get("phone")
        if not number:
            raise MacroError(f'kontakten "{key}" finns inte i contacts.yml, eller saknar nummer')
        name = contact["name"].removesuffix(f", {number}")
        when = f" {contact['hours'].rstrip('.')}." if contact.get("hours") else ""
        rows.append(
            f'<li markdown="span"><span>**{name}.** {contact["for_whom"]}.{when}'
            f"[@{contact['source']}]</span> **{number}**</li>\n"
        )
    return f'<ul class="numbers" markdown="block">\n{"".join(rows)}</ul>'


def number_sources(registers: Registers, keys: str) -> Iterator[str]:
    """Yield the sources of the numbers that the macro shows."""
    for key in keys.split(","):
        if contact := registers.contacts.get(key):
            yield contact["source"]
