"""Every rule of the validator, and findings as text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from scripts.core.findings import Finding, as_text, one_line

# The key is its name for exceptions and --only/--skip.
RULES = {
    "bad-id": "Ett id är tomt eller har mellanslag",
    "bad-mailto": "En mailto-länk har ingen giltig e-postadress",
    "bad-tel": "En tel-länk går inte att ringa",
    "bad-tel-register": "Ett nummer i en tel-länk finns inte bland kontakterna",
    "credentials": "En adress innehåller inloggningsuppgifter",
    "duplicate-id": "Ett id står på flera ställen på samma sida",
    "empty-link": "En adress är tom",
    "local-link": "En adress fungerar bara på den egna datorn eller i det egna nätet",
    "malformed-url": "En adress är felskriven",
    "missing-anchor": "Sidan finns men inte stället på den",
    "missing-asset": "En fil som sidan behöver finns inte",
    "missing-page": "Sidan som länken leder till finns inte",
    "missing-ref": "Ett attribut pekar på ett id som inte finns på sidan",
    "missing-slash": "Adressen saknar snedstreck på slutet",
    "orphan-page": "Ingen väg leder till sidan från startsidan",
    "outside-site": "Länken leder ut ur webbplatsens mapp",
    "unreadable-file": "En fil kan inte läsas",
    "wrong-case": "Adressen skiljer sig från filens namn i skiftläge eller kodning",
    "exception-expired": "Ett undantag har gått ut",
    "exception-unused": "Ett undantag behövs inte längre",
    "exception-invalid": "Ett undantag är ofullständigt",
    "external-dead": "En sida på en annan webbplats är borta",
    "external-place": "En sida på en annan webbplats finns, men inte stället på den",
    "insecure-link": "En adress är okrypterad fast webbplatsen svarar krypterat",
    "external-moved": "En sida på en annan webbplats har flyttat",
    "external-unsure": "En sida på en annan webbplats kunde inte bedömas",
    "external-changed": "En källa har ändrats",
    "statute-changed": "En paragraf har en annan lydelse än den i registret",
}
# Those that only other sites' answers can tell of.
EXTERNAL = {rule for rule in RULES if rule.startswith("external-")}
EXTERNAL |= {"insecure-link", "statute-changed"}

NAMED = 5  # places of one and the same fault in a row


def as_markdown(findings: Sequence[Finding]) -> str:
    """Return a report to read or to post: a table for each rule, a row for each fault."""
    if not findings:
        return "Inga fel."
    tables: dict[str, dict[str, list[str]]] = {}
    for f in sorted(findings, key=lambda f: (f.rule, f)):
        # A fault of a template stands on every page, with as many "../" as each is deep.
        rows = tables.setdefault(f.rule, {})
        same = re.sub(r"(?:\.\./)+", "", f.message) if f.page else str(f)
        first = rows.setdefault(same, [_cell(f.message)])
        first.append(one_line(f"{f.path}:{f.line}"))
    lines = [f"{len(findings)} fynd", ""]
    for rule, rows in tables.items():
        lines += [f"### {RULES.get(rule, rule)} (`{rule}`)", "", "| plats | fynd |", "|---|---|"]
        for message, *places in rows.values():
            more = f" och {len(places) - NAMED} till" if len(places) > NAMED else ""
            lines.append(f"| {', '.join(places[:NAMED])}{more} | {message} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def _cell(text: str) -> str:
    return re.sub(r"[|<>`*_\[\]\\]", r"\\\g<0>", one_line(text))


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "markdown": as_markdown}
