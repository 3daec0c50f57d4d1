from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.yaml_file import parse_yaml, read_text
from scripts.core.findings import ContentError

SHOWN = PurePosixPath("docs/x.yml")


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("a: 1\nb: [", 2, "bad-yaml"),
        ("a: 1\na: 2", 2, "bad-yaml"),
        ("a:\n  b: 1\n  b: 2", 3, "bad-yaml"),
        ("- a", 1, "bad-yaml"),
        ("", 1, "bad-yaml"),
        ("a: 1\nb: 2026-13-01", 2, "bad-date"),
        ("a: !!python/object:os.system x", 1, "bad-yaml"),
    ],
)
def test_yaml_that_cannot_be_read_names_its_line(text, line, rule):
    with pytest.raises(ContentError) as error:
        parse_yaml(text, SHOWN)
    assert (error.value.finding.line, error.value.finding.rule) == (line, rule)


def test_bytes_that_are_no_utf_8_name_their_line(tmp_path):
    file = tmp_path / "x.yml"
    file.write_bytes("a: 1\nb: å\n".encode("latin-1"))
    with pytest.raises(ContentError) as error:
        read_text(file, SHOWN)
    assert (error.value.finding.line, error.value.finding.rule) == (2, "not-utf-8")
