"""The theme's style sheet cut down to what the pages and scripts use."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

import tinycss2
from tinycss2 import ast

ELEMENT = re.compile(r"<([a-z][a-z0-9-]*)")
ATTRIBUTE = re.compile(r'\s([a-z][a-z0-9-]*)(?:="([^"]*)")?')
WORD = re.compile(r"[A-Za-z_][\w-]*")
VAR = re.compile(r"var\(\s*(--[\w-]+)")
ANIMATION = re.compile(r"animation[\w-]*:([^;}]+)")
PROPERTY = re.compile(r"(?<=[{;])(--md-[\w-]+):[^;{}]*;")
KEYFRAMES = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")
EMPTY = re.compile(r"[^{}]+\{\}")


def used_words(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Return every word a selector could match: tags, classes, ids and attributes of the pages,
    ``name=value`` too, and any word of a script, since it may add them later."""
    words, attributes = {"html", "body", "root"}, set[tuple[str, str]]()
    for text in pages:
        words.update(ELEMENT.findall(text))
        attributes.update(ATTRIBUTE.findall(text))
    for name, value in attributes:
        words.update((name, f"{name}={value}"))
        if name in ("class", "id"):
            words.update(value.split())
    for text in scripts:
        words.update(WORD.findall(text))
    return words


@functools.lru_cache(maxsize=4)  # the preview asks again and again
def purge_css(css: str, words: frozenset[str]) -> str:
    """Return ``css`` without the rules that no page or script can use.

    A selector goes when it needs a tag, class, id or attribute outside ``words``. What stands
    inside a function, ``:not(…)`` say, is never looked at, so doubt keeps the rule. ``data:``
    values go too: a strict policy for content refuses them. Then custom properties and keyframes
    that nothing names any more. Syntax: CSS Syntax Level 3, read by tinycss2.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    text = "".join(_purged(rules, words))
    while (smaller := _without_unnamed(text)) != text:  # one may be named only by another that goes
        text = smaller
    return EMPTY.sub("", text)


def _without_unnamed(text: str) -> str:
    """Return the text without the theme's custom properties and keyframes that nothing names."""
    named = set(VAR.findall(text))
    named.update(word for value in ANIMATION.findall(text) for word in value.split())

    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] in named else ""

    return KEYFRAMES.sub(kept, PROPERTY.sub(kept, text))


def _purged(rules: Iterable[ast.Node], words: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            kept = [s for s in _selectors(rule.prelude) if _can_match(s, words)]
            body = "".join(_declarations(rule.content))
            if kept and body:
                yield ",".join(tinycss2.serialize(s).strip() for s in kept) + "{" + body + "}"
        elif isinstance(rule, ast.AtRule) and rule.at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(
                rule.content or [], skip_comments=True, skip_whitespace=True
            )
            if body := "".join(_purged(inner, words)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}"
        elif isinstance(rule, ast.AtRule) and rule.at_keyword != "charset":
            yield re.sub(r"\s+", " ", rule.serialize())


def _selectors(prelude: list[ast.Node]) -> Iterator[list[ast.Node]]:
    one: list[ast.Node] = []
    for token in prelude:
        if token == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one


def _can_match(selector: list[ast.Node], words: frozenset[str]) -> bool:
    for before, token in zip([None, *selector], selector, strict=False):
        if isinstance(token, ast.IdentToken) and before != ":":
            needed: str | None = token.value
        elif isinstance(token, ast.HashToken):
            needed = token.value
        elif isinstance(token, ast.SquareBracketsBlock):
            parts = [t for t in token.content if t.type in ("ident", "string", "literal")]
            needed = parts[0].value if parts else None
            if [t.value for t in parts[1:2]] == ["="] and parts[2].value not in words:
                needed = f"{needed}={parts[2].value}"  # [dir=rtl], where no page is
        else:
            continue
        if needed is not None and needed not in words:
            return False
    return True


def _declarations(content: list[ast.Node]) -> Iterator[str]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(item, ast.Declaration):
            value = re.sub(r"\s+", " ", tinycss2.serialize(item.value).strip())
            if "data:" not in value:
                yield f"{item.name}:{value}{'!important' if item.important else ''};"
