from __future__ import annotations

import pytest

from scripts.render.macros import MACROS


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_says_in_its_text_how_it_is_written(name):
    """The first line of each function is what an editor, or the next programmer, looks up."""
    assert (MACROS[name].__doc__ or "").startswith(f"[[{name}")
