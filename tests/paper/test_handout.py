from __future__ import annotations

import pytest

from scripts.paper.handout import Handout, qr
from tests.paper.test_composer import ROW


def test_lists_of_a_row_can_not_be_changed():
    assert Handout.read("prov", {**ROW, "sections": ["a/", "b/"]}).sections == ("a/", "b/")
    with pytest.raises(TypeError):
        Handout.read("prov", {**ROW, "sidor": 2})


def test_a_qr_code_says_where_it_leads():
    assert 'alt="QR-kod till exempel.se/p/x/"' in qr("https://exempel.se/p/x/", "small")
