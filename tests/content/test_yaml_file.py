from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.yaml_file import RegisterFile

SHOWN = PurePosixPath("docs/x.yml")


FILE = RegisterFile(
    SHOWN,
    """\
# Ett register
title: T
groups:
  - id: nu
    rows:
      - id: ett
        text: Ett
      - text: Två
        id: tva
nu: {text: Den här}
""",
    {},
)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ((), 1),
        (("title",), 2),
        (("groups", 0, "rows", 1), 8),
        (("groups", 0, "rows", 1, "text"), 8),
        (("groups", 0, "rows", 1, "id"), 9),
        (("groups", 0, "saknas"), 4),
        (("nu", "text"), 10),
    ],
)
def test_line_of_a_value_or_its_parent(where, line):
    assert FILE.line(*where) == line


def test_paths_by_key_has_keys_and_ids():
    assert FILE.paths_by_key["tva"] == ("groups", 0, "rows", 1)
    assert FILE.paths_by_key["nu"] == ("nu",)  # a key of the file goes before an id further in
