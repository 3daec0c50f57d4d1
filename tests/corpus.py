"""Larger sites made of the real one: copies of docs/ in folders, words shuffled, links intact.

The words of each run of plain text change places, by the copy's number: the same words as often,
as in a larger site on the same subject, but no sentence twice. Ids, citations, macros, numbers
and links stay as they are, and links between pages lead within the copy.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from pathlib import Path

# What is kept where it is: markup, ids, links, citations, macros, and numbers with their unit.
KEPT = re.compile(
    r"(\[\[.*?\]\]|\]\([^)]*\)|\[@[^\]]*\]|\{[^}]*\}|<[^>]*>|\S*\d\S*|[`*_\[\]|!:.,;?()]+)"
)
WORD = re.compile(r"[a-zåäöé]{3,}")
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]+\.md)")
FIRST = "zz-kopia"  # last by path: a register's home is the first page that shows it


def make_corpus(docs: Path, target: Path, pages: int) -> tuple[int, list[str]]:
    """Fill the folder ``target`` with ``docs`` and as many copies of its pages as make ``pages``,
    the last one cut short; return how many pages there are, and the copies' folders.

    Pages about the site (om/) list all the others: a larger site has them once, too.
    """
    shutil.copytree(docs, target)
    own = sorted(file.relative_to(docs) for file in docs.rglob("*.md"))
    many = [path for path in own if path.parts[0] != "om"]
    many.sort(key=lambda path: path.name != "index.md")  # what others link to, also in the last one
    number, made, starts = 0, len(own), list[str]()
    while made < pages:
        number += 1
        folder = f"{FIRST}-{letters(number)}"
        starts.append(folder)
        chosen = many[: pages - made]
        for path in chosen:
            file = target / folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            text = (docs / path).read_text(encoding="utf-8")
            file.write_text(
                copied(text, path, folder, set(chosen), number), encoding="utf-8", newline="\n"
            )
        made += len(chosen)
    return made, starts


def letters(number: int) -> str:
    """Return a number as letters, as a slug has them: 1 is "a", 27 "aa"."""
    text = ""
    while number:
        number, left = divmod(number - 1, 26)
        text = chr(97 + left) + text
    return text


def copied(text: str, path: Path, folder: str, pages: set[Path], number: int) -> str:
    """Return the page ``path`` of docs/ as its copy in ``folder``, which has ``pages``."""

    def link(match: re.Match[str]) -> str:
        given = match[1]
        at = given[1:] if given[0] == "/" else os.path.normpath(path.parent / given)
        inside = Path(at) in pages
        return f"](/{folder}/{at}" if inside else f"](/{at}"

    _, front, body = text.split("---\n", 2)
    source, code = random.Random(number), False
    rows = []
    for row in body.split("\n"):
        code ^= row.lstrip().startswith("```")
        rows.append(row if code else shuffled(row, source))
    return f"---\n{front}---\n" + LINK.sub(link, "\n".join(rows))


def shuffled(row: str, source: random.Random) -> str:
    """Return a line of Markdown with the words of each run of plain text in another order."""
    pieces = KEPT.split(row)
    for place in range(0, len(pieces), 2):
        parts = pieces[place].split(" ")
        free = [n for n, part in enumerate(parts) if WORD.fullmatch(part)]
        words = [parts[n] for n in free]
        source.shuffle(words)
        for n, word in zip(free, words, strict=True):
            parts[n] = word
        pieces[place] = " ".join(parts)
    return "".join(pieces)
