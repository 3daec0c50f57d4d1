"""Takes rows out of a YAML file and puts rows in, line by line: comments and all else stand as
they were."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

import yaml

from scripts.content.yaml_file import compose, indent

Dead: TypeAlias = Collection[tuple[int, str]]  # line, and the key or item that begins there
Pair: TypeAlias = tuple[yaml.Node, yaml.Node]  # a key and its value; an item of a list is both


def without(text: str, dead: Dead) -> str:
    """Return YAML without the records and items named. What is left with nothing in it goes too,
    but for a list within brackets: it stays, as ``[]``. Raises yaml.YAMLError."""
    tree = compose(text)
    # The last first; a list keeps its number of lines, so the lines below are where they were.
    for node, stay in reversed(list(_lists(tree, dead))):
        start, end = node.start_mark.index, node.end_mark.index
        items = ", ".join(text[one.start_mark.index : one.end_mark.index] for one in stay)
        rest = "\n" * text.count("\n", start, end)
        text = f"{text[:start]}[{items}]{rest}{text[end:]}"
    lines = text.split("\n")
    gone: set[int] = set()
    for key, value in _records(tree, dead):
        first, last = key.start_mark.line, max(key.start_mark.line, _last(value))
        while _belongs_to_next(lines[last], indent(lines[first])):
            last -= 1
        gone.update(range(first, last + 1))
        if first and not lines[first - 1].strip() and not "".join(lines[last + 1 : last + 2]):
            gone.add(first - 1)  # one blank line between two records, not two
    left = [line for number, line in enumerate(lines) if number not in gone]
    return "\n".join(left).rstrip("\n") + "\n"


def _belongs_to_next(line: str, most: int) -> bool:
    """Whether a line after a long text is blank, or a comment on what comes then."""
    return not line.strip() or (line.lstrip().startswith("#") and indent(line) <= most)


def _pairs(node: yaml.Node | None) -> list[Pair]:
    if isinstance(node, yaml.SequenceNode):
        return [(one, one) for one in node.value]
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _in_brackets(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.SequenceNode) and bool(node.flow_style)


def _is_dead(pair: Pair, dead: Dead) -> bool:
    """Whether a record or an item is named, by its key or its value, or has nothing left in it."""
    line = pair[0].start_mark.line + 1
    if any(isinstance(node, yaml.ScalarNode) and (line, node.value) in dead for node in pair):
        return True
    inner = [] if _in_brackets(pair[1]) else _pairs(pair[1])
    return bool(inner) and all(_is_dead(one, dead) for one in inner)


def _records(node: yaml.Node | None, dead: Dead) -> Iterator[Pair]:
    """Yield what goes, each the outermost."""
    for pair in [] if _in_brackets(node) else _pairs(node):
        if _is_dead(pair, dead):
            yield pair
        else:
            yield from _records(pair[1], dead)


def _lists(node: yaml.Node | None, dead: Dead) -> Iterator[tuple[yaml.Node, list[yaml.Node]]]:
    """Yield each list within brackets that loses something, with what stays, in their order."""
    for pair in _pairs(node):
        if _in_brackets(pair[1]):
            stay = [one for one, _ in _pairs(pair[1]) if not _is_dead((one, one), dead)]
            if len(stay) < len(pair[1].value):
                yield pair[1], stay
        elif not _is_dead(pair, dead):
            yield from _lists(pair[1], dead)


def _last(node: yaml.Node) -> int:
    """Return the line of a node's last character; of a long text, of what comes after it."""
    if inner := [] if getattr(node, "flow_style", False) else _pairs(node):
        return max(_last(one) for one in inner[-1])
    return int(node.end_mark.line) - (node.end_mark.column == 0 < node.end_mark.line)


def with_rows(text: str, parts: Mapping[str, Mapping[str, str]]) -> str:
    """Return YAML with rows last in its parts. ``parts``: part → key → value, as YAML."""
    for part, rows in parts.items():
        text = re.sub(rf"^{part}:[ {{}}]*$", f"{part}:", text, flags=re.M)
        lines = text.rstrip("\n").split("\n") if text.strip() else []
        pairs = [pair for pair in _pairs(compose(text)) if pair[0].value == part]
        if not pairs:
            lines.append(f"{part}:")
        at = max(_last(one) for one in pairs[0]) + 1 if pairs else len(lines)
        lines[at:at] = [f"  {key}: {value}" for key, value in rows.items()]
        text = "\n".join(lines) + "\n"
    return text
