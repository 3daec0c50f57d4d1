"""Kontrollerar klarspråk: ord som alltid är fel, och förkortningar som ingen förklarar.

Långa meningar och stycken, passiv form, högt LIX och ord som ofta går att byta skrivs som
varningar och stoppar inget. Mått gäller löpande text och listpunkter; rubriker, tabellceller och
korta fält räknas inte, för de skulle göra siffrorna för fina. Sidor på andra språk läses inte.
LIX är ord per mening plus andelen ord med fler än sex bokstäver, i procent.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from scripts.content.content import Content
from scripts.content.fields import TEXT
from scripts.content.prose import MEASURED, Document, Patterns, Sentence, documents
from scripts.core.findings import Finding, report

MAX_WORDS = 30  # in a sentence
MAX_SENTENCES = 4  # in a paragraph
MAX_LIX = 45
ENOUGH = 10  # sentences
SHORT = 5  # words; a row of such sentences reads like a machine
MAX_SHORT = 25  # per cent of a page's sentences in running text
LEVELS = ("always", "unless")
Words: TypeAlias = dict[str, Patterns[Mapping[str, Any]]]

# Two capitals or more in two to six letters: LVU, SoL, ÅMP. A digit, slash or colon beside them
# makes them part of a document's number: 2025/26:SfU35.
ABBREVIATION = re.compile(r"(?<![\w/:.@-])(?=\w*[A-ZÅÄÖ]\w*[A-ZÅÄÖ])[^\W\d_]{2,6}(?![\w/@])")
# How a page may explain one: "ord (LVU)", "LVU (lagen om …)", "LVU, alltså …", "LVU är en …".
EXPLAINED = (
    r"\w \({0}\)|\b{0} \(\w+ \w|\b{0}, (?:alltså|det vill säga|lagen|hem) |"
    r"\b{0} (?:betyder|är (?:en|ett|lagen|\w+s)) |\b{0} – \w"
)

# A guess from the ending; enough for a warning. Below: deponents, genitives, nouns.
_PASSIVE = re.compile(r"\w{2,}(?:as|ades|ats|[dt]es|its|[bdgkmrst]ts)", re.I)
_NOT_PASSIVE = re.compile(
    r".*(?:rnas|plats|sats|stats|ists|bas|sökandes)|andras|deras|finnas|funnits|behövas"
    r"|hoppas|hoppats|lyckas|lyckats|minnas|saknas|saknats|synas|utsattas|vistas|vistats",
    re.I,
)


@dataclass(frozen=True)
class Measures:
    """What a text weighs, from its sentences."""

    words: int
    sentences: int
    over: int  # sentences with more than MAX_WORDS words
    long_words: int

    @property
    def mean(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def share_over(self) -> float:
        return 100 * self.over / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        return self.mean + 100 * self.long_words / self.words if self.words else 0.0

    def __add__(self, other: Measures) -> Measures:
        return Measures(
            self.words + other.words,
            self.sentences + other.sentences,
            self.over + other.over,
            self.long_words + other.long_words,
        )


def measure(sentences: Iterable[Sentence]) -> Measures:
    total = Measures(0, 0, 0, 0)
    for sentence in sentences:
        words = sentence.words
        long_words = sum(sum(map(str.isalpha, word)) > 6 for word in words)
        total += Measures(len(words), 1, int(len(words) > MAX_WORDS), long_words)
    return total


def measure_document(document: Document) -> Measures:
    return measure(s for b in document.blocks if b.kind in MEASURED for s in b.sentences())


def rhythm(document: Document) -> tuple[float, float]:
    """Return (median words a sentence, per cent of sentences with at most SHORT words) of the
    running text: lists, headings and tables are short by their nature. (0, 0) where it is too
    little to have a rhythm.
    """
    lengths = [
        len(sentence.words)
        for block in document.blocks
        if block.kind == TEXT
        for sentence in block.sentences()
    ]
    if len(lengths) < ENOUGH:
        return 0.0, 0.0
    return statistics.median(lengths), 100 * sum(n <= SHORT for n in lengths) / len(lengths)


def read_words(content: Content) -> Words:
    """Return level → the words of docs/_data/words.yml with their patterns."""
    return {
        level: Patterns(
            (
                (entry, str(entry.get("pattern") or re.escape(word)))
                for word, entry in (content.registers.words.get(level) or {}).items()
            ),
            r"(?<![\w-])(?:%s)(?!\w)",
            re.I,
        )
        for level in LEVELS
    }


def find_words(document: Document, words: Words, level: str) -> Iterator[Finding]:
    """Yield each word of ``level`` ("always" or "unless"), with what to write instead."""
    for entry, pattern in words[level].of(document.text):
        if any(str(document.path).endswith(f"/{page}") for page in entry.get("mentioned_on", [])):
            continue
        unless = f", utom när {entry['unless']}" if "unless" in entry else ""
        for block in document.blocks:
            for match in pattern.finditer(block.text):
                message = f'"{match[0]}": {entry["why"]}. I stället: {entry["use"]}{unless}.'
                line = block.line_at(match.start())
                yield Finding(document.path, line, f"word-{level}", message)


def find_abbreviations(document: Document, known: set[str]) -> Iterator[Finding]:
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
        for sentence in block.sentences():
            if (count := len(sentence.words)) > MAX_WORDS:
                message = f"meningen har {count} ord. Dela den: {_start(sentence)}"
                yield Finding(document.path, sentence.line, "long-sentence", message)


def find_heavy(document: Document) -> Iterator[Finding]:
    """Yield what else makes a text heavy: long paragraphs, passive chains, LIX."""
    path = document.path
    for block in document.blocks:
        sentences = list(block.sentences())
        for sentence in sentences:
            passive = [w for w in sentence.words if is_passive(w)]
            if block.kind in MEASURED and len(passive) > 1:
                message = f"flera verb i passiv form ({', '.join(passive)}). Säg vem som gör det."
                yield Finding(path, sentence.line, "passive", message)
        if block.kind == TEXT and document.is_page and len(sentences) > MAX_SENTENCES:
            message = f"stycket har {len(sentences)} meningar. Dela det vid en ny tanke."
            yield Finding(path, block.lines[0][0], "long-paragraph", message)
    median, short = rhythm(document)
    if document.is_page and short > MAX_SHORT:
        message = (
            f"{short:.0f} procent av meningarna har högst {SHORT} ord (median {median:.0f}). "
            "Foga ihop dem två och två, så läser det som en människa talar."
        )
        yield Finding(path, 1, "choppy", message)
    if (lix := measure_document(document).lix) > MAX_LIX:
        message = f"LIX är {lix:.0f}, över {MAX_LIX}. Korta meningar och byt långa ord."
        yield Finding(path, 1, "high-lix", message)


def _start(sentence: Sentence) -> str:
    return f'"{" ".join(sentence.text.split()[:6])} …"'


def is_passive(word: str) -> bool:
    """Say whether a word looks like a verb in the passive; a guess from its ending."""
    return bool(_PASSIVE.fullmatch(word)) and not _NOT_PASSIVE.fullmatch(word)


def swedish(content: Content) -> list[Document]:
    return [document for document in documents(content) if document.lang == "sv"]


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the errors: what is always wrong."""
    words = read_words(content)
    known = known_abbreviations(content)
    for document in swedish(content):
        yield from find_words(document, words, "always")
        yield from find_abbreviations(document, known)


def warn(content: Content) -> Iterator[Finding]:
    """Yield the warnings."""
    words = read_words(content)
    for document in swedish(content):
        yield from find_words(document, words, "unless")
        yield from find_long(document)
        yield from find_heavy(document)


def long_sentences(content: Content) -> list[Finding]:
    """Return the sentences that are too long: a build shows them, and is not stopped."""
    return sorted({finding for document in swedish(content) for finding in find_long(document)})


def known_abbreviations(content: Content) -> set[str]:
    glossary = content.registers.glossary.values()
    known = {str(e["abbr"]) for e in glossary if e.get("abbr")}
    return known | set(content.registers.words.get("abbreviations") or {})


def render_table(content: Content, today: dt.date) -> Iterator[str]:
    """Yield the figures, a line for each page and register, and what they come to."""
    head = ("ord", "meningar", "ord/mening", f"% över {MAX_WORDS}", "LIX", "median", f"% ≤ {SHORT}")
    yield f"{'sida':40}" + "".join(f"{name:>12}" for name in head)
    measured = [(d, m) for d in swedish(content) if (m := measure_document(d)).words]
    for document, m in measured:
        row = (str(m.words), str(m.sentences), f"{m.mean:.1f}", f"{m.share_over:.1f}")
        yield f"{document.path!s:40}" + "".join(
            f"{cell:>12}" for cell in (*row, *(f"{x:.1f}" for x in (m.lix, *rhythm(document))))
        )
    for name, is_page in (("Sidorna", True), ("Registren", False)):
        chosen = [m for d, m in measured if d.is_page == is_page]
        if chosen:
            total = sum(chosen, Measures(0, 0, 0, 0))
            yield (
                f"{name} ({len(chosen)}): LIX median {statistics.median(m.lix for m in chosen):.1f}"
                f", {total.mean:.1f} ord per mening, {total.share_over:.1f} % över {MAX_WORDS} ord "
                f"({total.over} av {total.sentences})"
            )
    count = sum(finding.rule == "undefined-abbreviation" for finding in check(content, today))
    yield f"Oförklarade förkortningar: {count}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this check's own option."""
    parser.add_argument("--table", action="store_true", help="visa måtten för varje sida")


def run(content: Content, args: argparse.Namespace) -> int:
    """Show the warnings, and the table if it is asked for; return the exit code."""
    for warning in sorted(set(warn(content))):
        print(f"{warning} – varning", file=sys.stderr)
    if args.table:
        print("\n".join(render_table(content, args.today)))
    return report(check(content, args.today))
