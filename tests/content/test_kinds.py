from __future__ import annotations

from dataclasses import dataclass

import pytest

from scripts.content import kinds
from scripts.content.fields import walk


@dataclass(frozen=True)
class Row:
    page: kinds.PageLink | None = None
    sfs: kinds.SfsNumber | None = None
    url: kinds.WebAddress | None = None
    as_of: kinds.IsoOrUndated | None = None


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("page", "/betanketid/ansok.md#blankett", True),
        ("page", "betanketid/ansok.md", False),
        ("page", "/betanketid/ansok/", False),
        ("sfs", "2005:716", True),
        ("sfs", "SFS 2005:716", False),
        ("url", "https://lagen.nu/2005:716", True),
        ("url", "lagen.nu", False),
        ("as_of", "odaterad", True),
        ("as_of", "okänd", False),
    ],
)
def test_a_kind_knows_its_form(field, value, right):
    found = [one for one in walk(Row, {field: value}) if isinstance(one, tuple)]
    assert (found == []) is right
