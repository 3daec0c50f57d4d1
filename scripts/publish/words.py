"""How many words a page to act by may have open: one that can't be held isn't followed.

What is folded, what stands at the foot, and a publisher's own lines and numbers (``local``) don't
count. A page is made shorter by being about one situation, never by losing a condition.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.kinds import kind_of
from scripts.content.page import MadePage, Page
from scripts.core.findings import Finding
from scripts.publish.built import BuiltPage

MOST = {"gör": 950}  # by kind; ``words`` in the front matter says another number
FOLDED = "details, nav, .page-foot, .terms, .cite, .next, .local, [hidden], script"
WORD = re.compile(r"[^\W_][\w.:/-]*")
NEWEST = 3  # lines that are named: what came last is the first to leave


def open_words(page: BuiltPage) -> int:
    """Return how many words of a page's text are seen without anything being opened."""
    content = page.copy().content
    for node in content.css(FOLDED):
        node.decompose()
    return len(WORD.findall(content.text(separator=" ")))


def judge_words(built: BuiltPage, page: Page, content: Content) -> Iterator[Finding]:
    """Yield a page with more open words than its kind may have, and its newest lines."""
    most = page.meta.words or MOST.get(kind_of(page.address, content.kinds), 0)
    if most and (words := open_words(built)) > most:
        message = (
            f"{words} öppna ord, högst {most}. Dela sidan efter läge, eller låt något gå ut. "
            f"Stryk aldrig ett villkor.{_newest(page, content)}"
        )
        yield Finding(content.shown(page), page.line("title"), "too-long", message)


def _newest(page: Page, content: Content) -> str:
    """Return which lines of a page came last, by git; "" where that can't be told."""
    if isinstance(page, MadePage):
        return ""
    command = ["git", "blame", "--line-porcelain", "--", str(content.docs / page.path)]
    try:
        told = subprocess.run(command, cwd=content.docs, capture_output=True, text=True, timeout=9)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    ages = re.findall(r"^committer-time (\d+)$", told.stdout, re.M)
    newest = sorted(range(page.body_line, len(ages) + 1), key=lambda line: int(ages[line - 1]))
    lines = ", ".join(str(line) for line in sorted(newest[-NEWEST:]))
    return f" Nyast är rad {lines}." if lines else ""
