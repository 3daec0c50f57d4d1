"""What is asked first on a page: each situation that leads another way, once."""

from __future__ import annotations

from scripts.core.forms import forms
from scripts.render.macro import Context

FORM = forms(__file__)


def render_first(context: Context, argument: str) -> str:
    """[[forst: one,two]]: the questions, the most urgent first: in the register's order."""
    asked = argument.split(",")
    address = context.here.address if context.here else ""
    rows = [
        {
            "question": situation.question,
            "then": situation.then,
            "page": situation.page_from(address),
            "words": situation.words_from(address)
            or context.content.words_of(situation.page_from(address)),
        }
        for key, situation in context.registers.situations.items()
        if key in asked
    ]
    return FORM("first", rows=rows)
