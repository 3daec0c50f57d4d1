"""Kontrollerar språket: ord och påståenden som alltid är fel, förkortningar som ingen förklarar.

Långa meningar och ord som ofta går att byta är varningar och stoppar inget. Sidor på andra språk
läses inte.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import TypeAlias

from scripts.content.content import Content
from scripts.content.macros import MACROS
from scripts.content.prose import Document, Patterns, documents
from scripts.content.records import Avoided, Word, WordUnless
from scripts.core.findings import Finding, report
from scripts.core.language import SWEDISH, WORDS

MAX_WORDS = 30  # in a sentence
Words: TypeAlias = dict[str, Patterns[Word | WordUnless]]

# Two capitals or more in two to six letters: LVU, SoL, ÅMP. A digit, slash or colon beside them
# makes them part of a document's number: 2025/26:SfU35.
ABBREVIATION = re.compile(r"(?<![\w/:.@-])(?=\w*[A-ZÅÄÖ]\w*[A-ZÅÄÖ])[^\W\d_]{2,6}(?![\w/@])")
# How a page may explain one: "ord (LVU)", "LVU (lagen om …)", "LVU, alltså …", "LVU är en …".
EXPLAINED = (
    r"\w \({0}\)|\b{0} \(\w+ \w|\b{0}, (?:alltså|det vill säga|lagen|hem) |"
    r"\b{0} (?:betyder|är (?:en|ett|lagen|\w+s)) |\b{0} – \w"
)


def read_words(content: Content) -> Words:
    """Return level → the words of docs/_data/words.yml with their patterns."""
    words = content.registers.words
    return {
        level: Patterns(
            ((entry, entry.pattern or re.escape(word)) for word, entry in listed.items()),
            r"(?<![\w-])(?:%s)(?!\w)",
            re.I,
        )
        for level, listed in (("always", words.always), ("unless", words.unless))
    }


def find_words(document: Document, words: Words, level: str) -> Iterator[Finding]:
    """Yield each word of ``level`` ("always" or "unless"), with what to write instead."""
    for entry, pattern in words[level].of(document.text):
        if any(str(document.path).endswith(f"/{page}") for page in entry.mentioned_on):
            continue
        unless = f", utom när {entry.unless}" if isinstance(entry, WordUnless) else ""
        for block in document.blocks:
            for match in pattern.finditer(block.text):
                message = f'"{match[0]}": {entry.why}. I stället: {entry.use}{unless}.'
                line = block.line_at(match.start())
                yield Finding(document.path, line, f"word-{level}", message)


def find_avoided(document: Document, avoided: Patterns[Avoided]) -> Iterator[Finding]:
    """Yield what no sentence may say: old law, a wrong number."""
    for entry, pattern in avoided.of(document.text):
        if any(str(document.path).endswith(f"/{page}") for page in entry.pages):
            continue
        for block in document.blocks:
            for sentence in block.sentences:
                match = pattern.search(sentence.text)
                if match and not (entry.unless and re.search(entry.unless, sentence.text)):
                    message = f'"{match[0].strip()}": {entry.message}'
                    yield Finding(document.path, sentence.line, "avoid", message)


def find_abbreviations(document: Document, known: Set[str]) -> Iterator[Finding]:
    """Yield each abbreviation that neither the page, the glossary nor words.yml explains."""
    seen = set(known)
    for block in document.blocks:
        for match in ABBREVIATION.finditer(block.text):
            name = match[0]  # of EU:s and LVU-hem only what stands before the mark
            if name in seen or re.search(EXPLAINED.format(re.escape(name)), document.text):
                continue
            seen.add(name)
            message = (
                f'"{name}" förklaras inte. Skriv ut namnet första gången, eller lägg '
                "förkortningen i glossary.yml."
            )
            line = block.line_at(match.start())
            yield Finding(document.path, line, "undefined-abbreviation", message)


def find_long(document: Document) -> Iterator[Finding]:
    """Yield the sentences that are too long."""
    for block in document.blocks:
        if len(block.text) < 2 * MAX_WORDS:
            continue  # shorter than so many words can be
        for sentence in block.sentences:
            if (count := len(sentence.words)) > MAX_WORDS:
                start = " ".join(sentence.text.split()[:6])
                message = f'meningen har {count} ord. Dela den: "{start} …"'
                yield Finding(document.path, sentence.line, "long-sentence", message)


def swedish(content: Content) -> list[Document]:
    return [document for document in documents(content) if document.lang == "sv"]


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the errors: what is always wrong."""
    words, own = read_words(content), content.registers
    known = {term.abbr for term in own.glossary.values()} | own.words.abbreviations.keys()
    avoided = Patterns((entry, entry.pattern) for entry in own.words.avoid.values())
    for document in documents(content):
        yield from find_avoided(document, avoided)
    for document in swedish(content):
        yield from find_words(document, words, "always")
        yield from find_abbreviations(document, known)


def warn(content: Content) -> Iterator[Finding]:
    """Yield the warnings."""
    words = read_words(content)
    for document in swedish(content):
        yield from find_words(document, words, "unless")
        yield from find_long(document)


def long_sentences(content: Content) -> list[Finding]:
    """Return the sentences that are too long: a build shows them, and is not stopped."""
    return sorted({finding for document in swedish(content) for finding in find_long(document)})


def untranslated(content: Content) -> Iterator[Finding]:
    """Yield, as notes, what the site itself says in Swedish on pages in other languages: all of it
    where core/language.py doesn't have the language, else the macros that have no words in it."""
    for page in content.authored_pages:
        lang = page.meta.lang
        if lang == SWEDISH:
            continue
        if lang not in WORDS:
            message = f'sajtens egna ord (datum, knappar, fot) står på svenska: "{lang}" saknas.'
            yield Finding(page.display_path, 1, "untranslated", message, severity="note")
            continue
        for line, name, _ in page.macros():
            if name in MACROS and not MACROS[name].translated:
                message = f'[[{name}]] skriver sina egna ord på svenska, men sidan är på "{lang}".'
                yield Finding(page.display_path, line, "untranslated", message, severity="note")


def run(content: Content, args: argparse.Namespace) -> int:
    """Show the warnings, too; return the exit code."""
    notes = (replace(warning, severity="note") for warning in warn(content))
    return report([*check(content, args.today), *notes])
