"""The telephone numbers to call first, from contacts.yml and the publisher's own in mkdocs.yml."""

from __future__ import annotations

from html import escape

from scripts.content.config import LOCAL
from scripts.content.contacts import WRITTEN, Contact, tel
from scripts.core.forms import forms
from scripts.render.macro import Context, MacroError

FORM = forms(__file__)


def render_numbers(context: Context, keys: str) -> str:
    """[[nummer: keys]]: contacts as name, for whom and when, and then the number.

    ``keys`` are keys in contacts.yml, or of the publisher's own numbers, with commas between, in
    the order they are shown. An own number that isn't set is left out. Raises MacroError where a
    contact isn't there, or has no number.
    """
    rows: list[tuple[str, Contact | None, str]] = []
    for key in keys.split(","):
        contact = context.registers.contacts.get(key)
        if key in LOCAL:
            if own := own_number(context, key):
                rows.append((LOCAL[key], None, own))
        elif contact is None or not contact.phone:
            raise MacroError(f'kontakten "{key}" finns inte i contacts.yml, eller saknar nummer')
        else:
            rows.append((contact.called, contact, ""))
    return FORM("list", rows=rows)


def own_number(context: Context, key: str) -> str:
    """Return the publisher's own number ``key`` (see ``LOCAL``) as HTML with a link to call it,
    kept from Markdown; "" where mkdocs.yml has none."""
    value = escape(context.extra.local.get(key, ""))
    call = WRITTEN.sub(lambda m: FORM("call", tel=tel(m[0]), number=m[0]), value, count=1)
    return context.stash(call) if call else ""
