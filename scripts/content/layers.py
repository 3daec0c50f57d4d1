"""One YAML file laid over another: rows are added, and each line knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, TypeAlias

import yaml

from scripts.content.config import ENV
from scripts.content.yaml_file import RegisterFile, compose, parse_yaml
from scripts.core.findings import ContentError, Finding

Place: TypeAlias = tuple[PurePosixPath, int]  # a file, as findings name it, and a line
# Parts that rows may be put in. What else stands in a register is a record, and stays as it is.
OPEN = ("groups", "moved", "nav", "retired", "rows")


def over(base: RegisterFile, *own: RegisterFile, settings: bool = False) -> tuple[str, list[Place]]:
    """Return the YAML of ``base`` with the rows of others, and the place of each of its lines.

    ``settings``: what stands in both is as the last says it, and the menu has rows of both. Raises
    ContentError for what isn't YAML, and for rows that are national.
    """
    tree, files = _tree(base), dict[int, PurePosixPath]()
    for sheet in own:
        parse_yaml(ENV.sub("", sheet.text), sheet.shown)
        more = _tree(sheet)
        files |= {id(node): sheet.shown for node in _nodes(more)}
        why = f"står redan i {base.shown}. En egen mapp lägger till, och ändrar inget."
        why += " Byt nyckel, eller ta bort raden."
        wrong = [
            Finding(sheet.shown, key.start_mark.line + 1, "national", f'"{key.value}" {why}')
            for key in _lay(tree, more, settings)
        ]
        if wrong:
            raise ContentError(*wrong)
    width = 10**6  # a text on one line stays there
    text = yaml.serialize(tree, Dumper=yaml.SafeDumper, allow_unicode=True, width=width)
    places: dict[int, Place] = {}
    for new, old in zip(_nodes(compose(text)), _nodes(tree), strict=True):
        place = files.get(id(old), base.shown), old.start_mark.line + 1
        places.setdefault(new.start_mark.line, place)
    found = [places.get(0, (base.shown, 1))]
    for number in range(1, text.count("\n") + 1):  # inside a long text: where it begins
        found.append(places.get(number, found[-1]))
    return text, found


def _tree(sheet: RegisterFile) -> Any:
    node = compose(sheet.text)
    return node or yaml.MappingNode("tag:yaml.org,2002:map", [])


def _nodes(node: Any) -> Iterator[Any]:
    """Yield a node and what stands in it, as it is read."""
    if node is not None:
        yield node
        inner = node.value if isinstance(node, yaml.CollectionNode) else []
        for one in inner:
            for part in one if isinstance(one, tuple) else (one,):
                yield from _nodes(part)


def _lay(base: Any, own: Any, settings: bool) -> Iterator[Any]:
    """Put the rows of one mapping in another; yield the keys that are taken."""
    base.flow_style = False
    for key, value in own.value:
        at = next((n for n, pair in enumerate(base.value) if pair[0].value == key.value), None)
        if at is None:
            base.value.append((key, value))
            continue
        there = base.value[at][1]
        kinds = {type(there), type(value)}
        if kinds == {yaml.SequenceNode} and key.value in OPEN:
            yield from _add(there, value, settings)
        elif kinds == {yaml.MappingNode} and (settings or key.value in OPEN):
            yield from _lay(there, value, settings)
        elif settings or there.value == "":  # a part with nothing in it yet
            base.value[at] = (key, value)
        elif kinds != {yaml.ScalarNode} or there.value != value.value:
            yield key


def _add(base: Any, own: Any, settings: bool) -> Iterator[Any]:
    """Put the items of one list last in another, or in its part of the same name."""
    base.flow_style = False
    named = {name: item for item in base.value if (name := _name(item))}
    for item in own.value:
        twin = named.get(_name(item))
        if twin is None:
            base.value.append(item)
            for part in _nodes(item):
                part.flow_style = False  # a page of the menu has a line of its own
        elif len(item.value) == 1:
            yield from _add(twin.value[0][1], item.value[0][1], settings)
        else:
            yield from _lay(twin, item, settings)


def _name(item: Any) -> str:
    """Return what a part of a list is called that has a list of its own: its id, or its title in
    the menu; "" for any other item."""
    is_map = isinstance(item, yaml.MappingNode)
    rows = {key.value: value for key, value in item.value} if is_map else {}
    if len(rows) == 1 and isinstance(next(iter(rows.values())), yaml.SequenceNode):
        return str(next(iter(rows)))
    return str(rows["id"].value) if "id" in rows and rows.keys() & set(OPEN) else ""
