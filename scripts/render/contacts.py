"""Cards of contacts; the counties and their regions are their form alone."""

from __future__ import annotations

from scripts.content.contacts import Contact
from scripts.core.forms import forms
from scripts.core.swedish import date_words
from scripts.render.macro import Context, MacroError
from scripts.render.numbers import own_number
from scripts.render.sources import age

FORM = forms(__file__)


def render_contacts(context: Context, group: str) -> str:
    """[[kontakter: group]]: those with a number first, for they are what the reader came for; the
    publisher's own before them."""
    chosen = {key: c for key, c in context.registers.contacts.items() if group in c.group}
    if not chosen:
        raise MacroError(f'gruppen "{group}" finns inte i docs/_data/contacts.yml')
    numbers = {key: own_number(context, key) or c.phone for key, c in chosen.items()}
    order = sorted(chosen, key=lambda key: (key not in context.extra.local, not numbers[key]))
    text = FORM(
        "cards",
        contacts=[chosen[key] for key in order],
        numbers=numbers,
        seen=context.seen,
        sources=context.registers.sources,
        fresh=contact_freshness,
    )
    context.seen.update(order)
    return text


def contact_freshness(contact: Contact) -> str:
    """Return how old a number is and whether somebody has rung; "" where that tells nothing."""
    unsure = "Osäker." if contact.certainty == "osaker" else ""
    if not contact.phone or not contact.test_call:
        return "" if contact.phone else unsure
    rung = contact.confirmed_by_call
    old = f"Från källan: {age(contact)}." if age(contact) else ""
    tried = f"Provringt {date_words(rung)}." if rung else "Ingen har provringt numret."
    return " ".join(filter(None, (old, unsure, tried)))
