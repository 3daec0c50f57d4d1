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
# "## Text {#id}"; groups: the number signs, the text, the id (None without one).
HEADING = re.compile(r"^(#{1,6})\s++(.*?)(?:\s*+\{\s*#([^\s}]+)\s*\})?\s*$")

# A folder or file in an address, "lagens-regler", and an id on a page, "steg-2".
SLUG = re.compile(r"^[a-z]+(-[a-z]+)*$")
ANCHOR = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
# Ids that the build generates for source lists, doubts, checkboxes and explained words: "kallor",
# "osakert-frist", "kryss-3", "ord-lvu".
RESERVED = re.compile(r"^(kallor$|(osakert|kalla|ref|kryss|ord)-)")


def sections(lines: Sequence[str]) -> dict[str, slice]:
    """Return id of a heading → the lines of its section: from the heading to the next heading of
    the same or a higher level. Headings without an id have no entry; of headings with the same id,
    the first has."""
    headings: list[tuple[int, int, str]] = []  # (index of the line, level, id)
    for number, line in enumerate(lines):
        heading = HEADING.match(line)
        if heading:
            headings.append((number, len(heading[1]), heading[3] or ""))
    by_id: dict[str, slice] = {}
    for index, (start, level, anchor) in enumerate(headings):
        end = len(lines)
        for number, other_level, _ in headings[index + 1 :]:
            if other_level <= level:
                end = number
                break
        if anchor:
            by_id.setdefault(anchor, slice(start, end))
    return by_id


def cited_keys(text: str) -> Iterator[str]:
    """Yield the source keys in the citations of ``text``, [@key]."""
    for match in CITATION.finditer(text):
        yield from _keys(match[1])


def cited_or_linked_keys(text: str) -> Iterator[str]:
    """Yield the source keys in the citations of ``text``, [@key], and in its links to sources,
    [text](kalla:key), in reading order."""
    matches = [*CITATION.finditer(text), *SOURCE_LINK.finditer(text)]
    for match in sorted(matches, key=re.Match.start):
        yield from _keys(match[1])


def _keys(text: str) -> list[str]:
    """Return the keys in "@key1, @key2" or "key"."""
    return [key.strip().removeprefix("@") for key in text.split(",")]


def without_code(text: str) -> str:
    """Return ``text`` with spaces in place of fenced blocks and code spans; the other text keeps
    its lines and columns."""

    def blank(match: re.Match[str]) -> str:
        """Return spaces for the code, with its line breaks."""
        return re.sub(r"[^\n]", " ", match[0])

    # a fence of three or more ` or ~ to the next one of the same length, at the same indentation
    text = re.sub(r"^( *)(```+|~~~+)[^\n]*\n.*?^\1\2[ ]*$", blank, text, flags=re.S | re.M)
    # `code` or ``code with ` in it``, on one line
    return re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", blank, text)


# The beginning of a block that is no paragraph: list, heading, table, HTML, admonition, macro.
_NO_PARAGRAPH = re.compile(r"[-#|<]|\d+\. |!!!|\?\?\?|\[\[")
# Punctuation that may end a sentence, with closing quotation marks and brackets after it: "?”".
_END = re.compile(r"[.!?…]+[”\"’»)]*(?=\s|$)")
# Abbreviations that never end a sentence.
_LEADS_ON = {"bl.a", "t.ex", "s.k", "f.d", "d.v.s", "dvs", "fr.o.m", "t.o.m", "jfr", "resp", "ca"}
# Abbreviations that don't end a sentence before a number: 5 kap. 15 §, prop. 2024/25:89.
_BEFORE_NUMBER = {"art", "bet", "dir", "kap", "kl", "mom", "nr", "p", "prop", "s", "sid", "st"}


def split_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset in ``text``, sentence). Punctuation ends no sentence before a small letter,
    after an abbreviation like "t.ex", or between an abbreviation like "kap" and a number."""
    start = 0
    for match in _END.finditer(text):
        rest = text[match.end() :].lstrip()
        # the word before the punctuation, with full stops within: "t.ex" of "t.ex."
        word = re.findall(r"[\w.]*$", text[: match.start()])[0].lower()
        leads_on = bool(rest) and word in _LEADS_ON  # at the end of the text it can't lead on
        before_number = word in _BEFORE_NUMBER and rest[:1].isdigit()
        if rest[:1].islower() or leads_on or before_number:
            continue  # the sentence goes on
        yield start, text[start : match.end()]
        start = len(text) - len(rest)
    if text[start:].strip():
        yield start, text[start:]


def first_sentence(block: str) -> str:
    """Return the first sentence of a paragraph as Markdown, without citations; "" for a block that
    is no paragraph."""
    if _NO_PARAGRAPH.match(block):
        return ""
    text = " ".join(CITATION.sub("", block).split())
    return next((sentence for _, sentence in split_sentences(text)), "")


# Markup → its text; replaced in this order.
_MARKUP = (
    (CITATION, ""),
    (re.compile(r"\[\[[^\]]*\]\]"), ""),  # macro: "[[nummer:sos]]"
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # link or picture: "[text](/a.md)"
    (re.compile(r"\{\s*[:#.][^}]*\}"), ""),  # attributes: "{#id}", "{: .class}"
    (re.compile(r"https?://\S+|<[^>]+>"), ""),  # web address, tag
    (re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|\\(?=\W)"), ""),  # "**ord**", "_ord_"; escapes, "\\|"
    (re.compile(r"\s+"), " "),  # last: removed markup leaves double spaces
)


def plain(text: str) -> str:
    """Return ``text`` without markup; a link becomes its text."""
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip()
