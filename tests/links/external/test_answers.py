from __future__ import annotations

import pytest

from scripts.links.external.answers import Answer


@pytest.mark.parametrize(
    ("header", "kind"),
    [("text/html; charset=utf-8", "text/html"), (" TEXT/HTML ", "text/html"), ("", "")],
)
def test_the_kind_of_an_answer_is_told_without_its_parameters(header, kind):
    assert Answer(200, {"content-type": header}).type == kind
