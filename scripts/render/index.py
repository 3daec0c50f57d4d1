"""Every word and question a reader may look for, in alphabetical order.

What the search is for readers without JavaScript, from the same data: the pages' titles and
keywords, their questions, and the glossary with its other names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scripts.content.field_types import kind_of
from scripts.content.markdown import HEADING
from scripts.content.page import Page
from scripts.core.swedish import swedish_order
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)
# The kind of pages whose questions ask the reader; they don't answer her.
NO_QUESTIONS = "lär"


def render_index(context: Context, _: str) -> str:
    """[[index-a-o]]: the entries by their first letter."""
    entries: dict[str, dict[str, str]] = defaultdict(dict)  # label → target → the target's name
    names: dict[str, str] = {}  # label in lower case → as it was first written
    for label, target, name in found_entries(context):
        entries[names.setdefault(label.lower(), label)].setdefault(target, name)
    letters: dict[str, list[tuple[str, dict[str, str], bool]]] = defaultdict(list)
    for label in sorted(entries, key=swedish_order):
        first, targets = label[0].upper(), entries[label]
        row = (label, targets, len(targets) == 1 and _is_named(label, *targets.values()))
        letters[first if first.isalpha() else "0–9"].append(row)
    return render_template("all", letters=letters, stash=context.stash)


def found_entries(context: Context) -> Iterator[tuple[str, str, str]]:
    """Yield (label, target, the target's name), pages first."""
    pages = [page for page in context.pages if not is_step(page)]
    for page in pages:
        yield page.title, page.link, page.title
    for page in pages:
        for word in page.meta.keywords:
            yield word, page.link, page.title
        if kind_of(page.address, context.content.page_kinds) != NO_QUESTIONS:
            for text, anchor in questions(page):
                yield text, f"{page.link}#{anchor}", f"{text} ({page.title})"
    for key, entry in context.registers.glossary.items():
        target = context.home("ordlista", key=key)
        for label in filter(None, (entry.term, entry.abbr, *entry.also)):
            yield label, target, f"ordlistan: {entry.term}"
    for key, question in context.registers.questions.items():
        target = context.question(key)
        yield question.title, target, f"{question.title} (öppen fråga)"


def is_step(page: Page) -> bool:
    """Whether the page is one step of the guide: it is reached through the guide, not looked up."""
    return any(name == "vagledning" for _, name, _ in page.macros())


def questions(page: Page) -> Iterator[tuple[str, str]]:
    """Yield (text, id) of the page's headings that are questions."""
    for _, line in page.lines():
        match = HEADING.match(line)
        if match and match[3] and match[2].endswith("?"):
            yield match[2], match[3]


def _is_named(label: str, name: str) -> bool:
    """Whether a label says what it leads to."""
    return name in (label, f"ordlistan: {label}") or name.startswith(f"{label} (")
