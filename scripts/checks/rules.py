"""Kontrollerar att en regel står en gång, på sin sida, och att ingen skriver av den."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.markdown import plain, split_sentences
from scripts.content.prose import SEVERAL, documents
from scripts.content.rules import KIND, rules_of
from scripts.core.findings import Finding

LEAST = 10  # words: a shorter sentence is anybody's
WORD = re.compile(r"[\w-]+")
NO_TEXT = re.compile(r"[-#|<]|\d+\. |!!!|\?\?\?|\[\[")


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield rules that say nothing or stand twice, and their sentences typed by hand elsewhere."""
    yield from _rules(content)
    yield from _typed(content)


def _rules(content: Content) -> Iterator[Finding]:
    """A rule is found by its id alone, and others say its first paragraph."""
    first: dict[str, str] = {}
    for page in content.pages.values():
        for rule in rules_of(page):
            where = page.display_path, rule.line
            if (other := first.setdefault(rule.key, rule.link)) != rule.link:
                message = f'regeln "{rule.key}" står också på {other}. Ge den nya ett eget id.'
                yield Finding(*where, "duplicate-id", message)
            if not rule.short or NO_TEXT.match(rule.short):
                message = f'regeln "{rule.key}" ska börja med ett kort stycke för andra sidor.'
                yield Finding(*where, "bad-rule", message)


def _typed(content: Content) -> Iterator[Finding]:
    """A rule's sentence, word for word, where ``[[regel:…]]`` would draw it or a link would do."""
    homes: dict[tuple[str, ...], str] = {}
    for rule in content.rules.values():
        for _, text in split_sentences(rule.short):
            words = _words(text)
            if len(words) >= LEAST:
                homes[words] = rule.key
    rules = {page.display_path for page in content.authored_pages if page.meta.kind == KIND}
    for document in documents(content):
        if document.path in rules or document.lang == SEVERAL:
            continue
        for block in (one for one in document.blocks if one.facts):  # not what was said once
            for sentence in block.sentences:
                if key := homes.get(_words(sentence.text)):
                    message = (
                        f'"{sentence.text}" står redan i regeln "{key}". '
                        f"Skriv [[regel:{key}]], eller länka dit."
                    )
                    yield Finding(document.path, sentence.line, "typed-by-hand", message)


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(plain(text).lower()))
