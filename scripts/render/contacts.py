"""Contacts in Markdown and HTML: cards, numbers to call first, and ``tel:`` links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from scripts.content.contacts import Contact, spellings
from scripts.core import phone
from scripts.core.swedish import date_words
from scripts.core.templates import template_renderer
from scripts.render.macro import Context, MacroError
from scripts.render.sources import age

render_template = template_renderer(__file__)


def render_contacts(context: Context, group: str) -> str:
    """[[kontakter:group]]: those with a number first, for they are what the reader came for; the
    publisher's own before them."""
    chosen = {key: c for key, c in context.registers.contacts.items() if group in c.group}
    numbers = {key: own_number(context, key) or phone_link(c) for key, c in chosen.items()}
    order = sorted(chosen, key=lambda key: (key not in context.extra.local, not numbers[key]))
    text = render_template(
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
    old = f"Från källan: {age(contact)}." if age(contact) else ""
    tried = "Ingen har provringt numret."
    if contact.confirmed_by_call:
        tried = f"Provringt {date_words(contact.confirmed_by_call)}."
    return " ".join(filter(None, (old, unsure, tried)))


def render_numbers(context: Context, keys: str) -> str:
    """[[nummer:keys]]: contacts as name, for whom and when, and then the number.

    ``keys`` are keys in contacts.yml, or of the publisher's own numbers, with commas between, in
    the order they are shown. An own number that isn't set is left out. Raises MacroError where a
    contact isn't there, or has no number.
    """
    rows: list[tuple[str, Contact | None, str]] = []
    for key in keys.split(","):
        contact = context.registers.contacts.get(key)
        if slot := context.extra.site.numbers.get(key):
            if own := own_number(context, key):
                rows.append((slot.text, None, own))
        elif contact is None or not contact.phone:
            raise MacroError(f'kontakten "{key}" finns inte i contacts.yml, eller saknar nummer')
        else:
            rows.append((contact.called, contact, ""))
    return render_template("numbers", rows=rows)


def own_number(context: Context, key: str) -> str:
    """Return the publisher's own number ``key`` from mkdocs.yml as HTML with a ``tel:`` link,
    stashed from Markdown; "" if the publisher has none."""
    text = escape(context.extra.local.get(key, ""))
    number = phone.number_in_field(text)
    if number is None:
        return context.stash(text) if text else ""
    link = render_template("call", uri=phone.uri(number[0]), number=number[0], key="")
    return context.stash(text[: number.start()] + link + text[number.end() :])


def phone_link(contact: Contact) -> str:
    """Return a contact's number as a Markdown link, "[020-390 000](kontakt:stod)"; "" without a
    number. SourceTreeprocessor resolves the link."""
    return render_template("phone_link", c=contact) if contact.phone else ""


def linked(text: str, contacts: Mapping[str, Contact]) -> str:
    """Return plain ``text`` as HTML where each contact's number is a ``tel:`` link."""
    known = {escape(written): contact for written, contact in spellings(contacts).items()}

    def link(match: re.Match[str]) -> str:
        contact = known[match[1]]
        return render_template(
            "call", uri=phone.uri(contact.phone), number=match[1], key=contact.key
        )

    return re.sub(phone.known_pattern(known), link, escape(text))
