"""Contacts in Markdown and HTML: cards, numbers to call first, and ``tel:`` links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from scripts.content.contacts import Contact, contacts_by_number
from scripts.core import phone
from scripts.core.swedish import date_words
from scripts.core.templates import template_renderer
from scripts.render.macro import Context
from scripts.render.sources import date_with_note

render_template = template_renderer(__file__)


def render_contacts(context: Context, group: str) -> str:
    """Render [[kontakter:group]]: a group of contacts as cards.

    The publisher's own numbers come first, then contacts with a number, then the others.
    """
    contacts = {
        key: contact
        for key, contact in context.registers.contacts.items()
        if group in contact.group
    }
    # the publisher's own number replaces that of the contact with the same key
    numbers = {
        key: own_number(context, key) or phone_link(contact) for key, contact in contacts.items()
    }
    order = sorted(contacts, key=lambda key: (key not in context.extra.local, not numbers[key]))
    text = render_template(
        "cards",
        contacts=[contacts[key] for key in order],
        numbers=numbers,
        shown_contacts=context.shown_contacts,
        sources=context.registers.sources,
        freshness=contact_freshness,
    )
    context.shown_contacts.update(order)
    return text


def contact_freshness(contact: Contact) -> str:
    """Return how old a contact's number is and when it was test-called, as short sentences.

    Without a number: "Osäker." if its source is uncertain, else "". A number that needs no test
    call: "".
    """
    uncertain = "Osäker." if contact.certainty == "osaker" else ""
    if not contact.phone:
        return uncertain
    if not contact.test_call:
        return ""
    source_date = f"Från källan: {date_with_note(contact)}." if date_with_note(contact) else ""
    tested = "Ingen har provringt numret."
    if contact.confirmed_by_call:
        tested = f"Provringt {date_words(contact.confirmed_by_call)}."
    return " ".join(filter(None, (source_date, uncertain, tested)))


def render_numbers(context: Context, keys: str) -> str:
    """Render [[nummer:keys]]: a list of numbers, each with its name, for whom it is, and when.

    ``keys`` are keys in contacts.yml, or of the publisher's own numbers, separated by commas. Own
    numbers come first; one that the publisher hasn't set is left out.
    """
    slots = context.extra.site.numbers  # the numbers that a publisher may have of its own
    rows: list[tuple[str, Contact | None, str]] = []  # (name, contact, own number as HTML)
    for key in sorted(keys.split(","), key=lambda key: key not in slots):
        contact = context.registers.contacts.get(key)
        if key in slots:
            own = own_number(context, key)
            if own:
                rows.append((slots[key].text, None, own))
        elif contact:
            rows.append((contact.name_without_number, contact, ""))
    return render_template("numbers", rows=rows)


def own_number(context: Context, key: str) -> str:
    """Return the publisher's own number ``key`` from mkdocs.yml, "08-123 45 67, efter klockan 17",
    as HTML with a ``tel:`` link, stashed from Markdown; "" if the publisher has none."""
    text = escape(context.extra.local.get(key, ""))
    number = phone.first_number_in_field(text)
    if number is None:  # words alone, without a number to call
        return context.stash(text) if text else ""
    link = render_template("call", uri=phone.uri(number[0]), number=number[0], key="")
    return context.stash(text[: number.start()] + link + text[number.end() :])


def phone_link(contact: Contact) -> str:
    """Return a contact's number as a Markdown link, "[020-390 000](kontakt:stod)"; "" without a
    number. SourceTreeprocessor resolves the link."""
    return render_template("phone_link", c=contact) if contact.phone else ""


def with_phone_links(text: str, contacts: Mapping[str, Contact]) -> str:
    """Return plain ``text`` as HTML where each contact's number is a ``tel:`` link."""
    by_number = contacts_by_number(contacts)
    by_escaped_number = {escape(number): contact for number, contact in by_number.items()}

    def tel_link(match: re.Match[str]) -> str:
        """Return a number, in any of a contact's spellings, as a link to the contact's number."""
        contact = by_escaped_number[match[1]]
        return render_template(
            "call", uri=phone.uri(contact.phone), number=match[1], key=contact.key
        )

    return re.sub(phone.known_pattern(by_escaped_number), tel_link, escape(text))
