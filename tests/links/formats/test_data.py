from __future__ import annotations

import pytest

from scripts.links.formats.data import read_json


def test_only_whole_addresses_count():
    assert read_json(b'{"a": ["https://a.se/", "x", {"b": "text https://b.se"}]}').uses == [
        ("own", "https://a.se/")
    ]
    assert read_json(b"[" * 100_000).unreadable


@pytest.mark.parametrize(
    "text", ['{"icons": 5}', '{"start_url": ".", "file_handlers": 5, "shortcuts": true}']
)
def test_a_manifest_with_members_of_another_kind_is_read(text):
    assert read_json(text.encode()).uses in ([], [("page", ".")])
