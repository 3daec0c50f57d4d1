"""Kontrollerar att datumhjälpens dagar går att räkna ut, och att det som fylls i finns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from scripts.content.content import Content
from scripts.content.dates import PLACE, TIME, DateRule
from scripts.content.facts import Fact
from scripts.content.yaml_file import ValuePath
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding of the register."""
    dates = content.registers.dates
    if dates is None:
        return
    facts, page = content.registers.facts, content.page_with("datumhjalp")
    faults: list[tuple[ValuePath, str]] = [
        (("holiday",), fault) for fault in _places(dates.holiday, ("helg", "vardag"))
    ]
    for key, field in dates.fields.items():
        faults += [(("fields", key, "shown"), fault) for fault in _places(field.shown, ("dag",))]
    for key, rule in dates.days.items():
        faults += [(("days", key, name), fault) for name, fault in _of_rule(rule, facts)]
        if page and rule.rule not in page.headings:
            near = did_you_mean(rule.rule, page.headings)
            message = f'rubriken "#{rule.rule}" finns inte på sidan {page.path}.{near}'
            faults += [(("days", key, "rule"), message)]
    file = content.files["dates"]
    for where, message in faults:
        label = f'"{where[1]}": ' if where[1:] else ""
        yield Finding(*file.location(*where), "date-rule", f"{label}{message}")


def _of_rule(rule: DateRule, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Yield (field, message) for what the page can't count with or fill in."""
    if rule.time in facts and not TIME.fullmatch(value := facts[rule.time].counted):
        message = f'uppgiften "{rule.time}" är "{value}" i facts.yml.'
        yield "time", f'{message} Här behövs en tid som "3 veckor" eller "6 månader".'
    if rule.quarters_to and not rule.time:
        yield "quarters_to", "ett kvartal behöver en tid i time."
    if (rule.halfway or rule.least) and not rule.since:
        yield "halfway" if rule.halfway else "least", "räknas från ett fält: skriv det i since."
    for name in ("title", "counted", "event"):
        yield from ((name, fault) for fault in _places(getattr(rule, name), rule.places))
    for text in rule.text:
        yield from (("text", fault) for fault in _places(text, rule.places))


def _places(text: str, known: tuple[str, ...]) -> Iterator[str]:
    """Yield a message for what stands in braces and isn't one of ``known``."""
    for place in PLACE.findall(text):
        if place[1:-1] not in known:
            cure = ", ".join(f"{{{name}}}" for name in known)
            yield f"{place} går inte att fylla i här. Välj bland {cure}."
