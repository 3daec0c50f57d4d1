"""Kontrollerar sakuppgifter: varje nummer, tid, paragraf och belopp ska stå i facts.yml.

Hittar telefonnummer, blanketter, tider, åldrar, straff, datum, lagrum, beteckningar, belopp, antal,
procent och e-postadresser i docs/ och jämför dem med docs/_data/facts.yml. Hittar också gammal lag
och ord att undvika, enligt samma register.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from scripts.checks.fact_register import Facts
from scripts.checks.fact_sentences import Sentence, page_sentences, register_sentences
from scripts.content.content import Content
from scripts.content.facts import Fact
from scripts.content.figures import BarFigure
from scripts.content.macros import used_sources
from scripts.content.page import Page
from scripts.core.findings import UNUSED, Finding
from scripts.core.near import did_you_mean

# What a source says, and what several facts may have alike: a paragraph tells which one is meant.
FROM_SOURCES = ("tid", "år", "procent", "tal", "datum")


def check_text(
    facts: Facts,
    shown: PurePosixPath,
    texts: Sequence[Sentence],
    used: dict[tuple[str, ...], list[int]],
) -> Iterator[Finding]:
    """Yield where ``texts``, one page or register, and the facts differ.

    Adds to ``used`` the records of each value that agrees, with the lines that show it.
    """
    path = str(texts[0].path) if texts else ""
    page_laws, local_laws = facts.named_laws_in(texts), facts.local_laws(path)
    whole = "\n".join(sentence.text.replace("\n", " ") for sentence in texts)
    wrong = facts.wrong.of(whole)
    for sentence in texts:
        text = sentence.text.replace("\n", " ")

        def line(at: int, sentence: Sentence = sentence) -> int:
            return sentence.line + sentence.text[:at].count("\n")

        for key, pattern in wrong:
            if not pattern.search(text):
                continue
            avoid = facts.avoid[key]
            if path in avoid.pages or (avoid.unless and re.search(avoid.unless, text)):
                continue
            for match in pattern.finditer(text):
                message = f'"{match[0].strip()}": {avoid.message}'
                yield Finding(shown, line(match.start()), "avoid", message)
            # One fault, one finding: what is to be avoided isn't looked up as well.
            text = pattern.sub(lambda m: "_" * len(m[0]), text)
        values = facts.extract(text)
        laws = ((values and facts.named_laws(text)) or page_laws) | local_laws
        for value in values:
            keys = facts.lookup(value, laws)
            # A sentence that doesn't say what it is about is about what its heading says.
            subject = facts.subject(text, value.kind) or facts.subject(sentence.heading, value.kind)
            allowed = [k for k in keys if path in (facts.records[k].pages or (path,))]
            by_source = value.kind in FROM_SOURCES and sentence.cited
            said = [k for k in allowed if not by_source or facts.is_said(k, sentence.cited)]
            rule = ""
            if not keys or (subject and not subject & set(keys)):
                rule = "wrong-fact" if keys else "unregistered-fact"
                message = facts.explain(value, subject)
            elif not allowed:
                rule, pages = "wrong-page", ", ".join(facts.records[keys[0]].pages)
                message = (
                    f'"{value.text}" får bara stå på {pages}.{facts.given(value, sentence.cited)} '
                    "Rätta texten, också om den nyss ändrades i facts.yml. Hör den hemma här nu? "
                    "Ändra pages där."
                )
            elif not said:
                rule, message = (
                    "wrong-source",
                    facts.explain_source(value, allowed[0], sentence.cited),
                )
            elif value.kind == "telefon":
                record = facts.records[keys[0]]
                if value.text.lower() not in (record.value, *record.spellings):
                    rule, message = "wrong-spelling", f'"{value.text}" skrivs {record.value}.'
            if rule:
                yield Finding(shown, line(value.start), rule, message)
            if said:
                used.setdefault(tuple(said), []).append(line(value.start))


def check_citations(
    facts: Facts,
    page: Page,
    shown: PurePosixPath,
    content: Content,
    used: Mapping[tuple[str, ...], Sequence[int]],
) -> Iterator[Finding]:
    """Yield each value that ``page`` shows without citing any of its sources."""
    registers = content.registers
    cited = set(used_sources(page, registers))
    # A box or a link about an open question shows or leads to the question's own sources.
    asked = [argument for _, name, argument in page.macros() if name == "osakert"]
    if home := content.questions:
        asked += re.findall(rf"{re.escape(home.path.name)}#([\w-]+)", page.body)
    for key in asked:
        cited |= set(registers.questions[key].sources) if key in registers.questions else set()
    for keys, lines in used.items():
        records = [facts.records[key] for key in keys]
        # The build adds a phone number's source by itself.
        if any(record.kind == "telefon" for record in records):
            continue
        if not any(facts.is_cited(key, cited) for key in keys):
            also = f" (också rad {', '.join(map(str, lines[1:]))})" if lines[1:] else ""
            source = records[0].sources[0]
            message = (
                f'"{records[0].value}"{also} står utan källa på sidan. Är det uppgiften '
                f"{keys[0]}: hänvisa till [@{source}]. Annars: rätta talet."
            )
            yield Finding(shown, lines[0], "uncited-fact", message)


def missing_fields(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str, str]]:
    """Yield (record, rule, message) for what a fact must have: a source, or a page of its own."""
    for key, record in facts.items():
        for name in ("pages",) if record.own else ("source", "as_of", "certainty"):
            if not getattr(record, name):
                yield key, "missing-field", f'fältet "{name}" saknas.'


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in pages and registers."""
    registers, file = content.registers, content.files.get("facts")
    if file is None:
        return  # no facts: nothing to compare with

    def at(key: str, rule: str, message: str) -> Finding:
        return Finding(file.shown, content.line("facts", key), rule, f'"{key}": {message}')

    faults = [at(*fault) for fault in missing_fields(registers.facts.facts)]
    yield from faults
    if faults:
        return  # A register that is wrong itself says nothing about the pages.
    facts = Facts(registers)
    for key in registers.fact_patterns.subjects:
        if key not in facts.records:
            near = did_you_mean(key, facts.records)
            message = f'uppgiften "{key}" finns inte i facts.yml.{near} Ta bort raden.'
            yield _pattern(content, key, "unknown-fact", message, "error" if near else UNUSED)
    indexed = {key for keys in facts.index.values() for key in keys}
    for key in facts.records.keys() - indexed - facts.derived.keys():
        yield at(key, "bad-field", f'värdet "{facts.records[key].value}" passar inte kind.')
    seen: set[str] = set()
    wrong = [at(key, "bad-field", message) for key, message in facts.worked_out()]
    for page in content.pages.values():
        used: dict[tuple[str, ...], list[int]] = {}
        where, texts = content.shown(page), page_sentences(page)
        wrong += check_text(facts, where, texts, used)
        yield from check_citations(facts, page, where, content, used)
        seen |= {key for keys in used for key in keys} | facts.named_laws_in(texts)
    for name, register in content.files.items():
        used = {}
        texts = list(register_sentences(PurePosixPath("_data", f"{name}.yml"), register))
        wrong += check_text(facts, register.shown, texts, used)
        seen |= {key for keys in used for key in keys} | facts.named_laws_in(texts)
    figures = registers.figures.values()
    seen |= {key for figure in figures if isinstance(figure, BarFigure) for key in figure.facts}
    seen |= {facts.law_of[key] for key in seen if key in facts.law_of}
    yield from wrong
    # What the pages say otherwise they don't show yet: a new value is no unused one.
    seen |= {worked_out.of for key in seen if (worked_out := facts.records[key].worked_out)}
    for key in indexed - seen - facts.derived.keys() if not wrong else ():
        message = "uppgiften står inte på någon sida. Ta bort den ur registret."
        yield replace(at(key, "unused-fact", message), target=key, severity=UNUSED)
        if key in facts.about:
            yield _pattern(content, key, "unused-fact", f'"{key}": {message}', UNUSED)


def _pattern(content: Content, key: str, rule: str, message: str, severity: str) -> Finding:
    """Return a finding on what a sentence about a fact looks like."""
    file = content.files["fact_patterns"]
    line = file.line("subjects", key)
    return Finding(file.shown, line, rule, message, "", key, severity)
