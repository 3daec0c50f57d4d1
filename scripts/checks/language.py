"""Kontrollerar språket: ord och påståenden som alltid är fel, förkortningar som ingen förklarar.

Långa meningar och ord som ofta går att byta är varningar och stoppar inget. Sidor på andra språk
läses inte.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import replace
from typing import TypeAlias

from scripts.content.content import Content
from scripts.content.prose import Document, Patterns, documents
from scripts.content.records import Avoided, Word, WordUnless
from scripts.core.findings import Finding, report
from scripts.core.language import SWEDISH, TRANSLATIONS
from scripts.render.macros import MACROS

MAX_WORDS = 30  # in a sentence
WordPatterns: TypeAlias = dict[str, Patterns[Word | WordUnless]]

# Two capitals or more in two to six letters: LVU, SoL, ÅMP. A digit, slash or colon beside them
# makes them part of a document's number: 2025/26:SfU35.
ABBREVIATION = re.compile(r"(?<![\w/:.@-])(?=\w*[A-ZÅÄÖ]\w*[A-ZÅÄÖ])[^\W\d_]{2,6}(?![\w/@])")
# How a page may explain an abbreviation: "ord (LVU)", "LVU (lagen om …)", "LVU, alltså …",
# "LVU är en …".
EXPLAINED = (
    r"\w \({0}\)|\b{0} \(\w+ \w|\b{0}, (?:alltså|det vill säga|lagen|hem) |"
    r"\b{0} (?:betyder|är (?:en|ett|lagen|\w+s)) |\b{0} – \w"
)


def word_patterns(content: Content) -> WordPatterns:
    """Return level ("always" or "unless") → the records of words.yml with their patterns: each
    matches a whole word, in capitals or not, but not the last part of a word with a hyphen."""
    words = content.registers.words
    levels: dict[str, Mapping[str, Word | WordUnless]] = {
        "always": words.always,
        "unless": words.unless,
    }
    patterns: WordPatterns = {}
    for level, records in levels.items():
        pairs = [(record, record.pattern or re.escape(word)) for word, record in records.items()]
        patterns[level] = Patterns(pairs, r"(?<![\w-])(?:%s)(?!\w)", re.I)
    return patterns


def _is_one_of(document: Document, paths: Collection[str]) -> bool:
    """Whether a document is the page or register with one of the paths in docs/."""
    return any(str(document.path).endswith(f"/{path}") for path in paths)


def find_words(document: Document, words: WordPatterns, level: str) -> Iterator[Finding]:
    """Yield a finding for each word of ``level`` ("always" or "unless"), with its replacement,
    except in the documents that may mention the word."""
    for record, pattern in words[level].candidates_in(document.text):
        if _is_one_of(document, record.mentioned_on):
            continue
        unless = f", utom när {record.unless}" if isinstance(record, WordUnless) else ""
        for block in document.blocks:
            for match in pattern.finditer(block.text):
                message = f'"{match[0]}": {record.why}. I stället: {record.use}{unless}.'
                line = block.line_at(match.start())
                yield Finding(document.path, line, f"word-{level}", message)


def find_avoided(document: Document, avoided: Patterns[Avoided]) -> Iterator[Finding]:
    """Yield a finding for each sentence that has a phrase under ``avoid`` in words.yml (repealed
    law, a wrong number), except in the documents, and in sentences, that the phrase's record
    allows."""
    for record, pattern in avoided.candidates_in(document.text):
        if _is_one_of(document, record.pages):
            continue
        for block in document.blocks:
            for sentence in block.sentences:
                match = pattern.search(sentence.text)
                if match and not (record.unless and re.search(record.unless, sentence.text)):
                    message = f'"{match[0].strip()}": {record.message}'
                    yield Finding(document.path, sentence.line, "avoid", message)


def find_abbreviations(document: Document, known: Set[str]) -> Iterator[Finding]:
    """Yield a finding for each abbreviation that the document doesn't explain and that isn't
    ``known``."""
    seen = set(known)
    for block in document.blocks:
        for match in ABBREVIATION.finditer(block.text):
            name = match[0]  # of "EU:s" and "LVU-hem" the letters before the mark
            if name in seen or re.search(EXPLAINED.format(re.escape(name)), document.text):
                continue
            seen.add(name)
            message = (
                f'"{name}" förklaras inte. Skriv ut namnet första gången, eller lägg '
                "förkortningen i glossary.yml."
            )
            line = block.line_at(match.start())
            yield Finding(document.path, line, "undefined-abbreviation", message)


def find_long_sentences(document: Document) -> Iterator[Finding]:
    """Yield a finding for each sentence of more than MAX_WORDS words."""
    for block in document.blocks:
        if len(block.text) < 2 * MAX_WORDS:
            continue  # too few characters for so many words
        for sentence in block.sentences:
            count = len(sentence.words)
            if count > MAX_WORDS:
                start = " ".join(sentence.text.split()[:6])
                message = f'meningen har {count} ord. Dela den: "{start} …"'
                yield Finding(document.path, sentence.line, "long-sentence", message)


def swedish_documents(content: Content) -> list[Document]:
    """Return the pages' and registers' texts that are in Swedish."""
    return [document for document in documents(content) if document.lang == SWEDISH]


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the errors: phrases to avoid in any language, and, in Swedish texts, words that are
    always wrong and unexplained abbreviations."""
    registers = content.registers
    words = word_patterns(content)
    known = {term.abbr for term in registers.glossary.values()}
    known |= registers.words.abbreviations.keys()
    avoided = Patterns((record, record.pattern) for record in registers.words.avoid.values())
    for document in documents(content):
        yield from find_avoided(document, avoided)
    for document in swedish_documents(content):
        yield from find_words(document, words, "always")
        yield from find_abbreviations(document, known)


def check_style(content: Content) -> Iterator[Finding]:
    """Yield the warnings: words that are often wrong, and long sentences."""
    words = word_patterns(content)
    for document in swedish_documents(content):
        yield from find_words(document, words, "unless")
        yield from find_long_sentences(document)


def long_sentences(content: Content) -> list[Finding]:
    """Return a finding for each long sentence, sorted. A build prints them as notes."""
    findings: set[Finding] = set()
    for document in swedish_documents(content):
        findings.update(find_long_sentences(document))
    return sorted(findings)


def untranslated(content: Content) -> Iterator[Finding]:
    """Yield notes about UI strings that are shown in Swedish on a page in another language: one for
    a language that core/language.py lacks, else one for each macro without translations."""
    for page in content.authored_pages:
        lang = page.meta.lang
        if lang == SWEDISH:
            continue
        if lang not in TRANSLATIONS:
            message = f'sajtens egna ord (datum, knappar, fot) står på svenska: "{lang}" saknas.'
            yield Finding(page.display_path, 1, "untranslated", message, severity="note")
            continue
        for line, name, _ in page.macros():
            if name in MACROS and not MACROS[name].translated:
                message = f'[[{name}]] skriver sina egna ord på svenska, men sidan är på "{lang}".'
                yield Finding(page.display_path, line, "untranslated", message, severity="note")


def run(content: Content, args: argparse.Namespace) -> int:
    """Print errors, and warnings as notes; return the exit code."""
    notes = (replace(warning, severity="note") for warning in check_style(content))
    return report([*check(content, args.today), *notes])
