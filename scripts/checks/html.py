"""Kontrollerar HTML i sidor och register: att taggarna stängs.

Vilka taggar som får stå avgörs på den byggda sidan: scripts/site/html_policy.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.core.findings import Finding

# A tag: "<div class=x>", "</div>", "<br>", or one without its end, "<div". Not "<a@b.se>".
# Groups: "/" of an end tag, the element, ">".
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>]|\Z)[^<>]*(>?)", re.I)
VOID = ("br", "hr", "img", "input", "wbr")  # elements without an end tag


def html_violations(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 1, Swedish message) for each tag without its counterpart in a Markdown text
    whose code is blanked out: after a start tag without an end tag, the rest of the page would be
    inside the element."""
    open_tags: list[tuple[str, int]] = []  # (element, line of its start tag), the innermost last
    for tag in TAG.finditer(text):
        line = 1 + text.count("\n", 0, tag.start())
        is_end = tag[1] == "/"
        element = tag[2].lower()
        if not tag[3]:
            yield line, f'taggen "{tag[0][:20].strip()}" saknar ">".'
        elif not is_end and element not in VOID:
            open_tags.append((element, line))
        elif is_end and element in [opened for opened, _ in open_tags]:
            while open_tags[-1][0] != element:  # opened inside it, and still open
                yield _unclosed(*open_tags.pop())
            open_tags.pop()
        elif is_end:
            yield line, f"</{element}> har ingen början. Ta bort den."
    for element, line in open_tags:
        yield _unclosed(element, line)


def _unclosed(element: str, line: int) -> tuple[int, str]:
    """Return the violation for a start tag on ``line`` without its end tag."""
    return line, f"<{element}> stängs aldrig. Skriv </{element}>."


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each tag without its counterpart in a page or in a register's text."""
    for page in content.pages_and_supplements:
        for line, message in html_violations(page.text):
            yield Finding(page.display_path, page.body_line + line - 1, "unbalanced-html", message)
    for name, values in content.leaf_values.items():
        for value in values:
            if not value.field.text_kind:  # readers don't see it
                continue
            for line, message in html_violations(str(value.value)):
                path, first_line = content.files[name].location(*value.where)
                yield Finding(path, first_line + line - 1, "unbalanced-html", message)
