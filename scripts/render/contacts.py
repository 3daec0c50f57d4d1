"""Cards of contacts, and the counties with their regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.content.choices import CONTACT_TEXTS
from scripts.content.markdown import cited
from scripts.content.registers import Registers
from scripts.core.swedish import date_words, swedish_order
from scripts.render.macro import UNSEARCHED, Context, MacroError, unsearched
from scripts.render.numbers import own_number
from scripts.render.sources import age


def render_contacts(context: Context, group: str) -> str:
    """[[kontakter: group]]: who answers, when, what happens, and where the number is from."""
    chosen = {k: c for k, c in context.registers.contacts.items() if group in c["group"]}
    if not chosen:
        raise MacroError(f'gruppen "{group}" finns inte i docs/_data/contacts.yml')
    parts = []
    # Those with a number first: they are what the reader came for. The publisher's own before them.
    numbers = {
        key: own_number(context, key) or contact.get("phone") for key, contact in chosen.items()
    }
    order = sorted(chosen, key=lambda key: (key not in context.own, not numbers[key]))
    for key in order:
        contact = chosen[key]
        if key in context.seen:  # an id stands once on a page
            parts.append(f"[{contact['name']}](#{key}): se ovan.")
            continue
        context.seen.add(key)
        source = context.registers.sources[
            contact["page"] if "page" in contact else contact["source"]
        ]
        first = {
            "Öppet": contact.get("hours") and f"{contact['hours'].rstrip('.')}.",
            "För": f"{contact['for_whom']}.[@{contact['source']}]",
            "Tänk på": contact.get("not_for"),
            "Osäkert": contact.get("doubt"),
        }
        rest = {
            "Det här händer": contact.get("what_happens"),
            "Bra att veta": contact.get("note"),
            "Mer": f"[{source['title']}](kalla:{contact.get('page', contact['source'])})",
            "Uppgiften": contact_freshness(contact),
        }
        rows = [f"### {contact['name']} {{#{key}}}"]
        if numbers[key]:
            rows += [
                f"**{numbers[key]}**{{: .phone}}",
                _facts(first),
                '<details markdown="block">\n'
                f"<summary>Mer om {contact['name'].removesuffix(f', {numbers[key]}')}</summary>\n\n"
                f"{_facts(rest)}\n\n</details>",
            ]
        else:  # the way to them stands in the rest
            rows.append(_facts(first | rest))
        parts.append("\n\n".join(rows))
    return "\n\n".join(parts)


def _facts(facts: Mapping[str, str | None]) -> str:
    # "Not for emergencies" and where the number is from is said of all of them.
    unsearched = dict.fromkeys(("Tänk på", "Mer", "Uppgiften"), UNSEARCHED)
    return "\n".join(
        f"- **{name}:** {text}{unsearched.get(name, '')}" for name, text in facts.items() if text
    )


def contact_freshness(contact: Mapping[str, Any]) -> str:
    """Return how old a number is and whether somebody has rung; "" where that tells nothing.

    ``test_call: false`` is a number that nobody rings to try it.
    """
    if "phone" not in contact:
        return "Osäker." if contact.get("certainty") == "osaker" else ""
    rung = contact.get("confirmed_by_call")
    parts = [f"Från källan: {age(contact)}."] if age(contact) else []
    if contact.get("certainty") == "osaker":
        parts.append("Osäker.")
    if rung:
        parts.append(f"Provringt {date_words(rung)}.")
    elif contact.get("test_call", True):
        parts.append("Ingen har provringt numret.")
    return " ".join(parts) if contact.get("test_call", True) else ""


def render_counties(context: Context, _: str) -> str:
    """[[lan]]: each of the 21 counties with its region; a star where it is inferred.

    county.js makes a choice of them, and shows what [[regioner]] says further down.
    """
    regions, counties = context.registers.regions["regions"], context.registers.regions["counties"]
    rows, notes = ["| Län | Region |", "| --- | --- |"], dict[str, None]()
    for key, county in sorted(counties.items(), key=lambda item: swedish_order(item[1]["name"])):
        region = f"[{regions[county['region']]['name']}](#region-{county['region']})"
        # No source says what is inferred, so none is cited.
        inferred = county["certainty"] != "saker"
        if inferred:
            notes[county["note"]] = None
        mark = " \\*" if inferred else f"[@{county['source']}]"
        rows.append(f"| {county['name']} {{: #{key} }} | {region}{mark} |")
    table = "\n".join(rows)
    told = "".join(f"\n\n\\* {note}\n{{: .county-note }}" for note in notes)
    return f'<div class="counties" markdown="block">\n\n{table}{told}\n\n</div>'


def render_regions(context: Context, _: str) -> str:
    """[[regioner]]: each region, how to reach its coordinators and what is known of it."""
    regions, counties = context.registers.regions["regions"], context.registers.regions["counties"]
    parts = []
    for key, region in regions.items():
        contact = context.registers.contacts[region["contact"]]
        names = [c["name"] for c in counties.values() if c["region"] == key]
        answering = context.registers.contacts.get(answered_by(context.registers, key), {})
        facts = [
            # the mark of the number's source stands after the words
            ("Nå dem", _call(answering)),
            ("Det här händer", contact["what_happens"]),
            ("Tänk på", contact.get("not_for")),
            ("Osäkert", contact.get("doubt")),
            ("Aktuella kontakter", context.registers.regions.get("current")),
            ("Län", ", ".join(sorted(names, key=swedish_order))),
            ("Värd", f"{region['host'] or 'Vet vi inte'}.[@{region['source']}] {region['note']}"),
        ]
        lines = "\n".join(f"- **{name}:** {text}" for name, text in facts if text)
        parts.append(f"### Region {region['name']} {{#region-{key}}}\n\n{lines}")
    return unsearched("\n\n".join(parts))  # a county is found in the table


def answered_by(registers: Registers, region: str) -> str:
    """Return the contact whose number reaches a region: its own, else the general one or ""."""
    own: str = registers.regions["regions"][region]["contact"]
    return own if "phone" in registers.contacts[own] else str(registers.regions.get("general", ""))


def _call(contact: Mapping[str, Any]) -> str:
    if "phone" not in contact:
        return ""
    return f"Ring {contact['phone']}. {contact['hours']}.[@{contact['source']}]"


def groups(registers: Registers) -> Iterator[str]:
    """Yield what [[kontakter: …]] may name."""
    for contact in registers.contacts.values():
        yield from contact["group"]


def contact_sources(registers: Registers, group: str) -> Iterator[str]:
    """Yield the sources of a group's cards, and what they cite."""
    for contact in registers.contacts.values():
        if group in contact["group"]:
            yield contact["source"]
            yield from cited(" ".join(str(contact.get(name) or "") for name in CONTACT_TEXTS))


def county_sources(registers: Registers, _: str) -> Iterator[str]:
    yield from (county["source"] for county in registers.regions.get("counties", {}).values())


def region_sources(registers: Registers, _: str) -> Iterator[str]:
    yield from (region["source"] for region in registers.regions.get("regions", {}).values())
