"""The registers in docs/_data/: what each file holds, and on which line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, TypeAlias

import yaml

from scripts.content.yaml_file import compose

Where: TypeAlias = tuple[str | int, ...]  # the way to a value from a register's top


@dataclass(frozen=True)
class RegisterFile:
    """A file of docs/_data/ as it stands there."""

    shown: PurePosixPath  # as findings name it
    text: str
    value: dict[Any, Any]

    @cached_property
    def tree(self) -> yaml.Node | None:
        """The file as YAML nodes, which know their lines."""
        return compose(self.text)

    def line(self, *where: str | int) -> int:
        """Return the line of what ``where`` leads to, or of the last there is on the way."""
        line, node = 1, self.tree
        for name in where:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == str(name)), None)
                if found is None:
                    break
                line, node = found[0].start_mark.line + 1, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(name, int):
                node = node.value[name]
                line = node.start_mark.line + 1
        return line

    @cached_property
    def ways(self) -> dict[str, Where]:
        """Each record's key → the way there: a key of the file or of a part of it, or a row's id;
        the one that stands highest in the file where there are several."""
        found: dict[str, Where] = {}

        def walk(node: yaml.Node | None, where: Where) -> None:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == "id":
                        found.setdefault(value.value, where)
                    found.setdefault(key.value, (*where, key.value))
                for key, value in node.value:
                    walk(value, (*where, key.value))
            elif isinstance(node, yaml.SequenceNode):
                for number, value in enumerate(node.value):
                    walk(value, (*where, number))

        walk(self.tree, ())
        return found


@dataclass(frozen=True)
class Registers:
    """docs/_data/*.yml as they stand there; keys in the order of the file."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    regions: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    glossary: dict[str, dict[str, Any]] = field(default_factory=dict)
    process: dict[str, dict[str, Any]] = field(default_factory=dict)
    guide: dict[str, Any] = field(default_factory=dict)
    handouts: dict[str, dict[str, Any]] = field(default_factory=dict)
    shortcuts: dict[str, str] = field(default_factory=dict)
    slides: dict[str, Any] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    accessibility: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    embeds: dict[str, dict[str, Any]] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    law_changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    fact_patterns: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
    checklists: dict[str, dict[str, Any]] = field(default_factory=dict)
