"""Forms: the HTML and Markdown that registers are shown as, Jinja templates beside their module.

A form of HTML (``.html.jinja``) escapes all it is given. One of Markdown (``.md.jinja``) can't:
what an editor writes in a register is Markdown, which the checks have judged, HTML and all. There
``| e`` stands by what becomes an attribute's value.

Comments are <# so #>: Jinja's own begin as an id in Markdown does, ``{#id}``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.core.swedish import date_words

SCRIPTS = Path(__file__).resolve().parent.parent
ENVIRONMENT = Environment(
    loader=FileSystemLoader(SCRIPTS),
    autoescape=lambda name: name is not None and name.endswith(".html.jinja"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    comment_start_string="<#",
    comment_end_string="#>",
)
ENVIRONMENT.filters["date_words"] = date_words


def forms(module: str, kind: str = "md") -> Callable[..., str]:
    """Return what fills in the forms of a module, the templates in ``NAME.md.jinja`` beside it:
    ``fill("rows", rows=…)`` is the text of its Jinja macro ``rows``.

    Args:
        module: the module's own ``__file__``.
        kind: "md" or "html".
    """
    name = Path(module).resolve().relative_to(SCRIPTS).with_suffix(f".{kind}.jinja").as_posix()

    def fill(macro: str, /, **given: object) -> str:
        # the module is made anew: a macro's own state, such as a list's number, is of one filling
        return str(getattr(ENVIRONMENT.get_template(name).make_module(), macro)(**given))

    return fill
