"""Parsing of Markdown source: citations, macros, headings, code, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# [@key] and [@key1, @key2]: a citation in the text.
CITATION = re.compile(r"\[(@[a-z0-9-]+(?:\s*,\s*@[a-z0-9-]+)*)\]")
# [text](kalla:key): a link to a source's own address.
SOURCE_LINK = re.compile(r"\]\(kalla:([^)\s]*)\)")
# [text](/page.md) and [text](/page.md#id): the page, as registers and pages name it.
PAGE_LINK = re.compile(r"\]\((/[^)\s#]+\.md)(?:#[^)\s]*)?\)")
# [[name]] or [[name:argument]], alone on its line: output of a macro.
MACRO = re.compile(r"^\[\[([a-z-]+)(?::\s*([^\]\s]+))?\]\]\s*$")
HEADING = re.compile(r"^(#{1,6})\s++(.*?)(?:\s*+\{\s*#([^\s}]+)\s*\})?\s*$")

# A folder or file in an address, and an id on a page.
SLUG = re.compile(r"^[a-z]+(-[a-z]+)*$")
ANCHOR = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
# Ids that the build generates: source lists, doubts, checkboxes, explained words.
RESERVED = re.compile(r"^(kallor$|(osakert|kalla|ref|kryss|ord)-)")


def sections(lines: Sequence[str]) -> dict[str, slice]:
    """Return the lines of each section, by the id of its heading: from the heading to the next one
    of the same or a higher level."""
    heads = [(at, match) for at, line in enumerate(lines) if (match := HEADING.match(line))]
    found: dict[str, slice] = {}
    for at, head in heads:
        ends = (n for n, other in heads if n > at and len(other[1]) <= len(head[1]))
        if head[3]:
            found.setdefault(head[3], slice(at, next(ends, len(lines))))
    return found


def cited(text: str) -> Iterator[str]:
    """Yield the source keys that ``text`` cites."""
    for match in CITATION.finditer(text):
        yield from (key.strip().removeprefix("@") for key in match[1].split(","))


def citations(text: str) -> Iterator[str]:
    """Yield the source keys that ``text`` cites or links to, in reading order."""
    if "[@" not in text and "kalla:" not in text:  # most
        return
    found = [(m.start(), m[1]) for m in CITATION.finditer(text)]
    found += [(m.start(), m[1]) for m in SOURCE_LINK.finditer(text)]
    for _, keys in sorted(found):
        yield from (key.strip().removeprefix("@") for key in keys.split(","))


def without_code(text: str) -> str:
    """Replace fenced blocks and code spans with spaces; lines and columns stay the same."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    text = re.sub(r"^( *)(```+|~~~+)[^\n]*\n.*?^\1\2[ ]*$", blank, text, flags=re.S | re.M)
    return re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", blank, text)


NO_PROSE = re.compile(r"[-#|<]|\d+\. |!!!|\?\?\?|\[\[")
_END = re.compile(r"[.!?…]+[”\"’»)]*(?=\s|$)")
# Abbreviations that never end a sentence.
_LEADS_ON = {"bl.a", "t.ex", "s.k", "f.d", "d.v.s", "dvs", "fr.o.m", "t.o.m", "jfr", "resp", "ca"}
# Abbreviations that don't end a sentence before a number: 5 kap. 15 §, prop. 2024/25:89.
_BEFORE_NUMBER = {"art", "bet", "dir", "kap", "kl", "mom", "nr", "p", "prop", "s", "sid", "st"}


def split_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, sentence). A full stop after an abbreviation or a number may not end one."""
    start = 0
    for match in _END.finditer(text):
        rest = text[match.end() :].lstrip()
        before = re.search(r"[\w.]*$", text[: match.start()])
        word = before[0].lower() if before else ""
        before_number = word in _BEFORE_NUMBER and rest[:1].isdigit()
        if rest and (rest[0].islower() or word in _LEADS_ON or before_number):
            continue
        yield start, text[start : match.end()]
        start = len(text) - len(rest)
    if text[start:].strip():
        yield start, text[start:]


def first_sentence(block: str) -> str:
    """Return the first sentence of a paragraph as Markdown, without citations; "" for a block that
    is no paragraph."""
    text = "" if NO_PROSE.match(block) else " ".join(CITATION.sub("", block).split())
    return next((sentence for _, sentence in split_sentences(text)), "")


_MARKUP = (
    (CITATION, ""),
    (re.compile(r"\[\[[^\]]*\]\]"), ""),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\{\s*[:#.][^}]*\}"), ""),
    (re.compile(r"https?://\S+|<[^>]+>"), ""),
    (re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|\\(?=\W)"), ""),
    (re.compile(r"\s+"), " "),
)


_MARKED = re.compile(r"[\[{<*_\\]|https?:|\s\s|[^\S ]")


def plain(text: str) -> str:
    """Return ``text`` without markup; a link becomes its text."""
    if not _MARKED.search(text):
        return text.strip()
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip()
