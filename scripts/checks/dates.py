"""Kontrollerar att datumhjälpens dagar går att räkna ut, och att det som fylls i finns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from scripts.content.content import Content
from scripts.content.dates import DURATION, PLACEHOLDER, DateRule
from scripts.content.facts import Fact
from scripts.content.yaml_file import ValuePath
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each unknown placeholder, each rule that can't be calculated, and each
    rule whose heading isn't on the page with the macro [[datumhjalp]]."""
    dates = content.registers.dates
    if dates is None:  # the site has no date calculator
        return
    facts = content.registers.facts
    page = content.page_with("datumhjalp")
    violations: list[tuple[ValuePath, str]] = []  # place in dates.yml, Swedish message
    for message in _unknown_placeholders(dates.holiday, ("helg", "vardag")):
        violations.append((("holiday",), message))
    for key, field in dates.fields.items():
        for message in _unknown_placeholders(field.shown, ("dag",)):
            violations.append((("fields", key, "shown"), message))
    for key, rule in dates.days.items():
        for name, message in _check_rule(rule, facts):
            violations.append((("days", key, name), message))
        if page and rule.rule not in page.headings:
            near = did_you_mean(rule.rule, page.headings)
            message = f'rubriken "#{rule.rule}" finns inte på sidan {page.path}.{near}'
            violations.append((("days", key, "rule"), message))
    file = content.files["dates"]
    for where, message in violations:
        label = f'"{where[1]}": ' if len(where) > 1 else ""
        yield Finding(*file.location(*where), "date-rule", f"{label}{message}")


def _check_rule(rule: DateRule, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Yield (field, message) for each field of a rule that is no time to count with, that lacks
    the field it needs, or that has a placeholder the rule can't fill in."""
    if rule.time in facts:
        value = facts[rule.time].value_in_digits
        if not DURATION.fullmatch(value):
            message = f'uppgiften "{rule.time}" är "{value}" i facts.yml.'
            yield "time", f'{message} Här behövs en tid som "3 veckor" eller "6 månader".'
    if rule.quarters_to and not rule.time:
        yield "quarters_to", "ett kvartal behöver en tid i time."
    if (rule.halfway or rule.least) and not rule.since:
        yield "halfway" if rule.halfway else "least", "räknas från ett fält: skriv det i since."
    texts = [(name, getattr(rule, name)) for name in ("title", "counted", "event")]
    texts += [("text", text) for text in rule.text]
    for name, text in texts:
        for message in _unknown_placeholders(text, rule.placeholders):
            yield name, message


def _unknown_placeholders(text: str, known: tuple[str, ...]) -> Iterator[str]:
    """Yield a message for each placeholder in ``text``, "{dag}", that isn't one of ``known``."""
    for placeholder in PLACEHOLDER.findall(text):
        name = placeholder[1:-1]  # without the braces
        if name not in known:
            cure = ", ".join(f"{{{other}}}" for other in known)
            yield f"{placeholder} går inte att fylla i här. Välj bland {cure}."
