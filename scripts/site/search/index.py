"""Builds the search index: the units that have each word, and the text that hits show of them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from scripts.content.field_types import PAGE_KINDS, page_kind_of
from scripts.site.search.pages import IndexedPage, Unit
from scripts.site.search.words import NUMBERS, STOP, WHEN, stem_of, tokens

# The letters that words are sorted by; the same in search-words.js.
PLAIN = str.maketrans("åäöéèüøæ", "aaoeeuoa")
NUMBER = re.compile(r"\d[\d -]+")  # a line that is a telephone number: "020-390 000"
SENTENCE_END = re.compile(r"[.?!][”\")]*$")  # of a line that is a sentence: 'Ring "i dag."'
# Kinds of pages indexed by headings and search words only, not by text, to keep the index small:
# exercises, open questions, pages about the site, and statutes.
HEADINGS_ONLY = ("lär", "öppen", "om", "lagrum")


@dataclass
class Postings:
    """The numbers of the units that have a stem, rising: in their text, in their heading, and in
    their search words. A unit with the stem in its heading isn't in the other lists."""

    text: list[int] = field(default_factory=list)
    heading: list[int] = field(default_factory=list)
    searches: list[int] = field(default_factory=list)


class Stems:
    """Splits texts into stems, and keeps the word that the index has for each stem."""

    def __init__(self) -> None:
        self.word_by_stem: dict[str, str] = {}

    def stems_in(self, texts: Iterable[str]) -> set[str]:
        """Return the stems of the words in ``texts``, without stop words; keep the best word for
        each stem in ``word_by_stem``."""
        stems = set()
        words = {word for text in texts for word in tokens(text)}
        for word in words - STOP:
            stem = stem_of(word)
            stems.add(stem)
            words_of_stem = [word, self.word_by_stem.get(stem, word)]
            self.word_by_stem[stem] = min(words_of_stem, key=lambda w: _index_word_key(w, stem))
        return stems


def _index_word_key(word: str, stem: str) -> tuple[bool, int, str]:
    """Return the sort key for choosing the word that the index has for ``stem``: one that begins
    with the stem, "säljer" rather than "sålde", since the engine looks up the words of a stem by
    its letters; of those the shortest."""
    return not word.startswith(stem), len(word), word


def build_index(
    pages: Iterable[IndexedPage],
    synonyms: Iterable[tuple[str, str]] = (),
    searches: Mapping[str, Iterable[str]] = MappingProxyType({}),
    kinds: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """Return the index as texts for overrides/assets/search-vocabulary.js; most are lines.

    Args:
        pages: in the order in which the index numbers their units.
        synonyms: (the words that a reader writes, the words of the pages).
        searches: an editor's search words by address, "a/" or "a/#id".
        kinds: page kinds by address, as ``page_kind_of`` takes them.

    The keys of the index:
        words: a word for each stem, sorted with å ä ö as a a o.
        posts: for each word the numbers of units, "text/heading/searches", see ``delta_encoded``:
            units with the word in their text but not in their heading; units with the word in their
            heading; and units with the word in their search words, in the text of a link from
            another page, or, for a page's first unit, in the page's keywords.
        pages: address, number of units, address, …
        kinds: a letter for each unit's page kind, "-" without a kind.
        sizes: a letter for each unit's number of words, see ``_size_letters``.
        headings: of each unit, page after page; a page's first is its title.
        ids: of each unit; "" is the top of the page.
        synonyms: the word of the pages, the words that readers write with | between, …
        stop: words that a query keeps only if it has no others.
        numbers: number words and their digits, in turn.
    """
    pages = list(pages)
    builder = _IndexBuilder(searches, kinds, _link_texts(pages))
    for page in pages:
        builder.add_page(page)
    return builder.index(synonyms)


class _IndexBuilder:
    """Collects the parts of the index, page after page."""

    def __init__(
        self,
        searches: Mapping[str, Iterable[str]],
        kinds: Mapping[str, str],
        link_texts: Mapping[str, Iterable[str]],
    ) -> None:
        self.searches = searches
        self.kinds = kinds
        self.link_texts = link_texts
        self.stems = Stems()
        self.postings: dict[str, Postings] = defaultdict(Postings)  # by stem
        self.page_lines: list[str] = []
        # of each unit, in the order of their numbers
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.kind_letters: list[str] = []
        self.sizes: list[int] = []

    def add_page(self, page: IndexedPage) -> None:
        """Add a page and its units. A stem that all rows of its tables share, such as "län", isn't
        indexed in their headings: it doesn't distinguish one row from another."""
        self.page_lines += [page.address, str(len(page.units))]
        shared_stems = _stems_shared_by_rows(page, self.stems)
        for unit in page.units:
            self._add_unit(page, unit, shared_stems if unit.is_row else set())

    def _add_unit(self, page: IndexedPage, unit: Unit, ignored_in_heading: Set[str]) -> None:
        """Add a unit of a page: its number to the postings of its stems, and what hits show of it.

        ``ignored_in_heading``: stems that don't count in the heading.
        """
        address = f"{page.address}#{unit.id}" if unit.id else page.address
        kind = page_kind_of(address, self.kinds)
        heading_texts = [unit.heading, *_only_number_line(unit)]
        in_heading = self.stems.stems_in(heading_texts) - ignored_in_heading
        in_text: Set[str] = set()
        if kind not in HEADINGS_ONLY:
            in_text = self.stems.stems_in([unit.heading, *unit.text])
        search_words = [*self.searches.get(address, ()), *self.link_texts.get(address, ())]
        if unit is page.units[0]:
            search_words.append(page.keywords)

        number = len(self.ids)
        for stem in in_text - in_heading:
            self.postings[stem].text.append(number)
        for stem in in_heading:
            self.postings[stem].heading.append(number)
        for stem in self.stems.stems_in(search_words) - in_heading:
            self.postings[stem].searches.append(number)
        self.headings.append(unit.heading)
        self.ids.append(unit.id)
        self.kind_letters.append(chr(ord("a") + PAGE_KINDS.index(kind)) if kind else "-")
        self.sizes.append(len(in_text))

    def index(self, synonyms: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Return the index; see ``build_index``."""
        words = self.stems.word_by_stem
        order = sorted(self.postings, key=lambda stem: (words[stem].translate(PLAIN), words[stem]))
        return {
            "kinds": "".join(self.kind_letters),
            "pages": "\n".join(self.page_lines),
            "numbers": " ".join(f"{word} {digits}" for word, digits in NUMBERS.items()),
            "ids": "\n".join(self.ids),
            "headings": "\n".join(self.headings),
            "stop": " ".join(sorted(STOP | WHEN)),
            "synonyms": _synonym_lines(synonyms),
            "sizes": _size_letters(self.sizes),
            "words": "\n".join(words[stem] for stem in order),
            "posts": "\n".join(_posting_line(self.postings[stem]) for stem in order),
        }


def _link_texts(pages: Iterable[IndexedPage]) -> dict[str, list[str]]:
    """Return the texts of the links to each address, "a/" or "a/#id", from other pages."""
    texts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for address, text in page.links:
            texts[address].append(text)
    return texts


def _stems_shared_by_rows(page: IndexedPage, stems: Stems) -> set[str]:
    """Return the stems that the headings of all table rows of a page have, such as "län"; none for
    a single row."""
    stems_by_row = [stems.stems_in([unit.heading]) for unit in page.units if unit.is_row]
    return set.intersection(*stems_by_row) if len(stems_by_row) > 1 else set()


def _only_number_line(unit: Unit) -> list[str]:
    """Return the line that is a telephone number, if the unit has exactly one, else no line.

    Such a number counts as a part of the heading: it is that contact's number.
    """
    numbers = [line for line in unit.text if NUMBER.fullmatch(line)]
    return numbers if len(numbers) == 1 else []


def _synonym_lines(synonyms: Iterable[tuple[str, str]]) -> str:
    """Return two lines for each word of the pages that has synonyms: the word, and then the words
    that readers write for it, with | between. ``synonyms``: (written, word of the pages)."""
    written_by_word: dict[str, list[str]] = defaultdict(list)
    for written, word in synonyms:
        written_by_word[word].append(written)
    lines = [f"{word}\n{'|'.join(written_by_word[word])}" for word in sorted(written_by_word)]
    return "\n".join(lines)


def _posting_line(postings: Postings) -> str:
    """Return the numbers of a stem's units as "text/heading/searches", each delta encoded."""
    lists = (postings.text, postings.heading, postings.searches)
    return "/".join(delta_encoded(numbers) for numbers in lists)


def _size_letters(sizes: Sequence[int]) -> str:
    """Return a letter for each unit's number of words, on a scale of doublings: "m" for the average
    number, "n" for twice as many, "l" for half, and so on."""
    average = max(1, sum(sizes) / len(sizes)) if sizes else 1
    return "".join(chr(ord("m") + round(math.log2(max(1, size) / average))) for size in sizes)


def delta_encoded(numbers: Iterable[int]) -> str:
    """Return rising numbers as text, each as its distance from the previous number, and the first
    from 0: [3, 4, 9] is "3 1 5". Small numbers that repeat compress well."""
    return " ".join(str(number - previous) for previous, number in pairwise((0, *numbers)))


def sentences_by_id(page: IndexedPage) -> dict[str, str]:
    """Return the sentences of each unit of a page, by the unit's id; a hit shows a part of the
    sentences. Lines that aren't sentences, such as cells and single links, are left out."""
    sentences = {}
    for unit in page.units:
        lines = [line for line in unit.text if SENTENCE_END.search(line)]
        sentences[unit.id] = " ".join(lines)
    return sentences
