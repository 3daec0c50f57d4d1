from __future__ import annotations

from scripts.content.markdown import cited, without_code


def test_code_is_blanked_in_place():
    text = "a `b` c\n```py\nd\n```\ne ``f ` g`` h\n"
    blanked = without_code(text)
    assert len(blanked) == len(text) and blanked.count("\n") == text.count("\n")
    assert blanked.split() == ["a", "c", "e", "h"]


def test_cited_sources_are_found_in_reading_order():
    assert list(cited("Ett.[@b, @a] Två.[@c-1] [@D] [d]")) == ["b", "a", "c-1"]
