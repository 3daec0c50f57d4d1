"""Kontrollerar källor och register: hänvisningar finns, källor används, inga lösa adresser."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from scripts.content.choices import CERTAINTY, CONTACT_TEXTS, QUESTION_KINDS, SETTLED, SOURCE_KINDS
from scripts.content.content import Content
from scripts.content.figures import figure_sources
from scripts.content.guide import texts
from scripts.content.law_changes import keys_of
from scripts.content.markdown import cited
from scripts.content.page import Page
from scripts.content.registers import Registers
from scripts.content.statutes import PLACE, UNKNOWN
from scripts.core.findings import Finding
from scripts.render.macros import MACROS, used_sources

RAW_URL = re.compile(r"(?:https?:)?//[\w-]+\.[\w./-]+|\bwww\.[\w-]+\.\w+")
ISO_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
# Register → the fields each record must have, and not empty.
REQUIRED = {
    "sources": ("title", "publisher", "url", "kind", "certainty"),
    "contacts": ("name", "group", "for_whom", "what_happens", "source", "certainty"),
    "questions": ("title", "kind", "text", "do", "checked", "checked_on"),
    "glossary": ("term", "text"),
}
DATES = ("as_of", "read_on", "checked_on", "confirmed_by_call", "version")
SFS_NUMBER = re.compile(r"^\d{4}:\d+$")
# Macro → the register its argument is a key of.
ARGUMENTS = {
    **{"osakert": "questions", "checklista": "checklists", "checklista-ruta": "checklists"},
    "figur": "figures",
}


def _near(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1)
    return f' Menade du "{near[0]}"?' if near else ""


def check_page(page: Page, shown: PurePosixPath, registers: Registers) -> Iterator[Finding]:
    """Yield unknown sources and macros, and addresses that belong in the register."""
    for line, key in page.citations():
        if key not in registers.sources:
            message = f'källan "{key}" finns inte i sources.yml.{_near(key, registers.sources)}'
            yield Finding(shown, line, "unknown-source", message)
    for line, name, argument in page.macros():
        if name not in MACROS:
            message = f'"[[{name}]]" är inget makro.{_near(name, MACROS)}'
            yield Finding(shown, line, "unknown-macro", message)
            continue
        known: Iterable[str] = getattr(registers, ARGUMENTS.get(name, ""), {})
        if name == "kontakter":
            known = {group for c in registers.contacts.values() for group in c.get("group", [])}
        if name == "checklista-ruta":
            known = {f"{n}/{g['id']}" for n, c in registers.checklists.items() for g in c["groups"]}
        if (name in ARGUMENTS or name == "kontakter") and argument not in known:
            message = f'"{argument}" finns inte i registret för "{name}".{_near(argument, known)}'
            yield Finding(shown, line, "unknown-macro", message)
    for line, text in page.lines():
        if match := RAW_URL.search(text):
            message = (
                f'adressen "{match[0]}" hör hemma i sources.yml. '
                "Hänvisa med [@nyckel] eller länka med (kalla:nyckel)."
            )
            yield Finding(shown, line, "raw-url", message)


def check_registers(content: Content) -> Iterator[Finding]:
    """Yield what is wrong inside the registers."""
    registers = content.registers

    def finding(file: str, key: str, rule: str, message: str) -> Finding:
        shown = content.files[file].shown
        return Finding(shown, content.line(file, key), rule, f'"{key}": {message}')

    for name, fields in REQUIRED.items():
        for key, record in getattr(registers, name).items():
            if name == "sources" and "act" in record:  # what it has from its act is told there
                record = {**dict.fromkeys(fields, "-"), **own_fields(record, registers.sources)}
            for field in fields:
                if record.get(field) in (None, "", []):
                    yield finding(name, key, "missing-field", f'fältet "{field}" saknas.')
            for field in DATES:
                if record.get(field) is not None and not is_iso_date(record[field]):
                    message = f'fältet "{field}" ska vara "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'
                    yield finding(name, key, "bad-date", message)

    yield from (finding("sources", *fault) for fault in check_addresses(registers.sources))
    yield from (finding("sources", *fault) for fault in check_acts(registers.sources))
    for key, question in registers.questions.items():
        if question.get("kind") not in QUESTION_KINDS:
            yield finding(
                "questions", key, "bad-field", f"kind ska vara {', '.join(QUESTION_KINDS)}."
            )
        elif question["kind"] != SETTLED:
            for field in ("settles", "ask"):
                if not question.get(field):
                    yield finding("questions", key, "missing-field", f'fältet "{field}" saknas.')
    for name in ("sources", "contacts"):
        for key, record in getattr(registers, name).items():
            if record.get("certainty") and record["certainty"] not in CERTAINTY:
                message = f"certainty ska vara {', '.join(CERTAINTY)}."
                message += _near(str(record["certainty"]), CERTAINTY)
                yield finding(name, key, "bad-field", message)

    for file, key, wanted in register_references(registers):
        if wanted not in registers.sources:
            message = f'källan "{wanted}" finns inte i sources.yml.'
            yield finding(file, key, "unknown-source", message + _near(wanted, registers.sources))
    for key, county in registers.regions.get("counties", {}).items():
        if county["region"] not in registers.regions["regions"]:
            message = f'regionen "{county["region"]}" finns inte.'
            yield finding("regions", key, "unknown-region", message)
    for name, checklist in registers.checklists.items():
        file = f"checklists/{name}"
        for field in ("title", "version", "sheets"):
            if not checklist.get(field):
                yield finding(file, field, "missing-field", "fältet saknas överst i listan.")
        seen: set[str] = set()
        for row in (row for group in checklist["groups"] for row in group["rows"]):
            if not row.get("text"):
                yield finding(file, row["id"], "missing-field", 'fältet "text" saknas.')
            if not row.get("applies") or not set(row["applies"]) <= {"vuxen", "barn"}:
                message = "applies ska vara [vuxen], [barn] eller [vuxen, barn]."
                yield finding(file, row["id"], "bad-field", message)
            if row.get("changed") and not is_iso_date(row["changed"]):
                message = "changed ska vara dagen då radens mening ändrades: ÅÅÅÅ-MM-DD."
                yield finding(file, row["id"], "bad-date", message)
            if row["id"] in seen:
                message = "radens id står två gånger. Ge varje rad ett eget."
                yield finding(file, row["id"], "duplicate-id", message)
            seen.add(row["id"])


def own_fields(record: Mapping[str, Any], sources: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a paragraph says that its act doesn't."""
    act = sources.get(record.get("act", ""), {})
    return {name: value for name, value in record.items() if name not in act or act[name] != value}


def check_addresses(sources: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (record, rule, message) for each kind and address that can't be right."""
    addresses: dict[str, str] = {}
    for key, source in sources.items():
        url, act = str(source.get("url", "")), sources.get(source.get("act", ""), {})
        if source.get("kind") not in SOURCE_KINDS and source.get("kind") != act.get("kind", ""):
            yield key, "bad-field", f"kind ska vara {', '.join(SOURCE_KINDS)}."
        if act and url.startswith(f"{act.get('url')}#"):
            continue  # made of the act's address, which is told of if it is wrong
        if not re.match(r"https?://[^\s/]+\.\w+", url):
            yield key, "bad-field", "url ska vara en hel webbadress."
        twin = addresses.setdefault(url, key)
        if twin != key:
            yield key, "same-url", f'samma adress som "{twin}". Behåll en.'


def check_acts(sources: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (citation key, rule, message) for what is wrong in an act or in its paragraphs."""
    for key, record in sources.items():
        if "paragraphs" in record:
            for field in ("name", "sfs", "read_on"):
                if not record.get(field):
                    yield key, "missing-field", f'fältet "{field}" saknas för författningen.'
            if record.get("sfs") and not SFS_NUMBER.match(str(record["sfs"])):
                yield key, "bad-field", 'sfs ska vara författningens nummer, som "2005:716".'
            if not isinstance(record["paragraphs"], dict):
                message = 'under "paragraphs" ska varje paragraf stå på en egen rad.'
                yield key, "bad-paragraph", message
                continue
            for place, own in record["paragraphs"].items():
                if not PLACE.match(str(place)) or not isinstance(own, dict):
                    message = (
                        'skriv paragrafen som "5-15d: {amended_by: …, in_force: …}": '
                        "kapitel, bindestreck, paragraf."
                    )
                    yield f"{key}-{place}", "bad-paragraph", message
        elif "place" in record:
            if not SFS_NUMBER.match(str(record.get("amended_by", ""))):
                message = (
                    'fältet "amended_by" ska vara SFS-numret som står efter paragrafen, till '
                    'exempel "2025:179", eller lagens eget om inget står där.'
                )
                yield key, "missing-amendment", message
            in_force = record.get("in_force")
            if in_force != UNKNOWN and not is_iso_date(in_force):
                message = (
                    f'fältet "in_force" ska vara dagen då lydelsen började gälla, eller {UNKNOWN}.'
                )
                yield key, "missing-amendment", message


def is_iso_date(value: Any) -> bool:
    """Whether ``value`` is a date, or text that is an ISO 8601 date or its beginning."""
    if isinstance(value, dt.date):
        return True
    if not ISO_DATE.match(str(value)):
        return False
    year, month, day = [*map(int, str(value).split("-")), 1, 1][:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def register_references(registers: Registers) -> Iterator[tuple[str, str, str]]:
    """Yield (register file, record, source key) for every source a register names."""
    for key, contact in registers.contacts.items():
        for field in ("source", "page"):
            if contact.get(field):
                yield "contacts", key, contact[field]
        for field in CONTACT_TEXTS:
            yield from (("contacts", key, s) for s in cited(str(contact.get(field) or "")))
    for part in ("regions", "counties"):
        for key, record in registers.regions.get(part, {}).items():
            if record.get("source"):
                yield "regions", key, record["source"]
    for key, question in registers.questions.items():
        for source in question.get("sources") or []:
            yield "questions", key, source
    for key, entry in registers.glossary.items():
        for source in cited(entry.get("text", "")):
            yield "glossary", key, source
    for key in [*registers.guide.get("questions", ()), *registers.guide.get("outcomes", ())]:
        for text in texts(registers.guide, key):
            yield from (("guide", key, source) for source in cited(text))
    for key, change in registers.law_changes.items():
        for source in [*keys_of(change, "sources"), *cited(str(change))]:
            yield "law_changes", key, source
    for name, checklist in registers.checklists.items():
        for row in (row for group in checklist["groups"] for row in group["rows"]):
            for source in cited(row.get("why") or ""):
                yield f"checklists/{name}", row["id"], source


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in pages and registers."""
    registers = content.registers
    used = {key for _, _, key in register_references(registers)}
    # figures.py says which source isn't there, and on which line
    used |= {key for figure in registers.figures for key in figure_sources(registers, figure)}
    for page in content.pages.values():
        used |= set(used_sources(page, registers))
        yield from check_page(page, content.shown(page), registers)
    yield from check_registers(content)
    # an act is used when one of its paragraphs is
    used |= {registers.sources[key].get("act", "") for key in used & registers.sources.keys()}
    for key in registers.sources.keys() - used:
        message = f'källan "{key}" används inte. Hänvisa till den eller ta bort den.'
        shown = content.files["sources"].shown
        yield Finding(shown, content.line("sources", key), "unused-source", message)
