"""The alphabetical index: titles, keywords and questions of the pages, and glossary terms.

It replaces the search for readers without JavaScript.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from scripts.content.field_types import page_kind_of
from scripts.content.markdown import HEADING
from scripts.content.page import Page
from scripts.core.swedish import swedish_order
from scripts.core.templates import template_renderer
from scripts.render.macro import Context

render_template = template_renderer(__file__)
# The kind of pages whose questions are exercises: they ask the reader, and answer nothing.
KIND_WITHOUT_QUESTIONS = "lär"


class Entry(NamedTuple):
    """A label of the index and one of its targets."""

    label: str
    link: str  # "/odla/tomat.md#vattna"
    target_name: str  # the link's text if the label has several targets


def render_index(context: Context, _: str) -> str:
    """Render [[index-a-o]]: the labels by their first letter, each with its targets. All that begin
    with a digit or a sign are under "0–9".

    Labels that differ only in case are one, written as the first of them.
    """
    targets_by_label: dict[str, dict[str, str]] = defaultdict(dict)  # label → link → target name
    spelling: dict[str, str] = {}  # label in lower case → label as first written
    for entry in index_entries(context):
        label = spelling.setdefault(entry.label.lower(), entry.label)
        targets_by_label[label].setdefault(entry.link, entry.target_name)
    # letter → (label, its targets, whether the label itself is the link)
    letters: dict[str, list[tuple[str, dict[str, str], bool]]] = defaultdict(list)
    for label in sorted(targets_by_label, key=swedish_order):
        targets = targets_by_label[label]
        initial = label[0].upper()
        is_link = len(targets) == 1 and _names_target(label, *targets.values())
        letters[initial if initial.isalpha() else "0–9"].append((label, targets, is_link))
    return render_template("all", letters=letters, stash=context.stash)


def index_entries(context: Context) -> Iterator[Entry]:
    """Yield the entries of the index: page titles first, since a label is written as it first
    comes; then keywords and questions of the pages, terms, and open questions."""
    pages = [page for page in context.pages if not is_guide_node(page)]
    for page in pages:
        yield Entry(page.title, page.link, page.title)
    for page in pages:
        for keyword in page.meta.keywords:
            yield Entry(keyword, page.link, page.title)
        if page_kind_of(page.address, context.content.page_kinds) != KIND_WITHOUT_QUESTIONS:
            for text, anchor in question_headings(page):
                yield Entry(text, f"{page.link}#{anchor}", f"{text} ({page.title})")
    for key, term in context.registers.glossary.items():
        link = context.link_to("ordlista", key=key)
        for label in (term.term, term.abbr, *term.also):
            if label:
                yield Entry(label, link, f"ordlistan: {term.term}")
    for key, question in context.registers.questions.items():
        link = context.question_link(key)
        yield Entry(question.title, link, f"{question.title} (öppen fråga)")


def is_guide_node(page: Page) -> bool:
    """Whether a page is one question or outcome of the guide. Lists of pages leave such pages out:
    readers come to them through the guide, and don't look them up."""
    return page.has_macro("vagledning")


def question_headings(page: Page) -> Iterator[tuple[str, str]]:
    """Yield (text, id) of the page's headings that end with a question mark."""
    for _, line in page.lines():
        match = HEADING.match(line)
        if match and match[3] and match[2].endswith("?"):
            yield match[2], match[3]


def _names_target(label: str, target_name: str) -> bool:
    """Whether a label says what its only target is, so that the label itself can be the link: the
    target's name is the label, its entry in the glossary ("ordlistan: tomat"), or the label and a
    page in parentheses ("Vem? (Odla tomat)")."""
    return target_name in (label, f"ordlistan: {label}") or target_name.startswith(f"{label} (")
