"""Kontrollerar att en regel står en gång, på sin sida, och att ingen skriver av den."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.markdown import first_sentence, plain, split_sentences
from scripts.content.prose import SEVERAL, WORD, documents
from scripts.content.rules import RULE_KIND, rules_of
from scripts.core.findings import Finding

MIN_WORDS = 10  # of a sentence that is looked for: a shorter one may be a coincidence


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield a finding for each rule of law with a duplicate id or without an initial paragraph, and
    for each sentence of a rule that is typed on another page."""
    yield from _check_rules(content)
    yield from _check_copies(content)


def _check_rules(content: Content) -> Iterator[Finding]:
    """Yield a finding for each rule with the id of another, or without a first paragraph of
    text."""
    first_links: dict[str, str] = {}  # key of a rule → link to its first definition
    for page in content.pages.values():
        for rule in rules_of(page):
            path = page.display_path
            other = first_links.setdefault(rule.key, rule.link)
            if other != rule.link:
                message = f'regeln "{rule.key}" står också på {other}. Ge den nya ett eget id.'
                yield Finding(path, rule.line, "duplicate-id", message)
            if not first_sentence(rule.summary):
                message = f'regeln "{rule.key}" ska börja med ett kort stycke.'
                yield Finding(path, rule.line, "bad-rule", message)


def _check_copies(content: Content) -> Iterator[Finding]:
    """Yield a finding for each sentence outside the pages of rules that repeats a rule's sentence
    word for word: a link to the rule should replace it."""
    keys_by_words: dict[tuple[str, ...], str] = {}  # words of a sentence → key of its rule
    for rule in content.rules.values():
        for _, text in split_sentences(rule.summary):
            words = _words(text)
            if len(words) >= MIN_WORDS:
                keys_by_words[words] = rule.key
    rule_pages = {
        page.display_path for page in content.authored_pages if page.meta.kind == RULE_KIND
    }
    for document in documents(content):
        # texts in SEVERAL languages are said aloud: they can't have a link instead of the sentence
        if document.path in rule_pages or document.lang == SEVERAL:
            continue
        for block in document.blocks:
            if not block.needs_source:  # a description, a note, or a report of a change
                continue
            for sentence in block.sentences:
                key = keys_by_words.get(_words(sentence.text))
                if key:
                    message = (
                        f'"{sentence.text}" står redan i regeln "{key}". '
                        f"Länka dit: [ord]({content.rules[key].link})."
                    )
                    yield Finding(document.path, sentence.line, "typed-by-hand", message)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a Markdown text, in lower case."""
    return tuple(WORD.findall(plain(text).lower()))
