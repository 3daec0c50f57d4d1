"""Jinja templates that render records as HTML or Markdown. Each lies beside its module.

An HTML template (``.html.jinja``) escapes every value. A Markdown template (``.md.jinja``) can't:
the values are Markdown that an editor wrote, and that the checks have validated, HTML included. It
uses ``| e`` where a value becomes an attribute.

Comments are written <# so #>, since Jinja's own, {#, is how an id begins in Markdown: ``{#id}``.
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


def template_renderer(module: str, kind: str = "md") -> Callable[..., str]:
    """Return a function that renders a Jinja macro of the template beside a module.

    ``render("rows", rows=…)`` calls the macro ``rows`` with the keyword arguments and returns its
    text. For scripts/render/law.py the template is scripts/render/law.md.jinja.

    Args:
        module: the module's ``__file__``.
        kind: "md" or "html".
    """
    name = Path(module).resolve().relative_to(SCRIPTS).with_suffix(f".{kind}.jinja").as_posix()

    def render(macro: str, /, **arguments: object) -> str:
        """Return the text of ``macro`` with its ``arguments``."""
        # a new template module for each call, so that namespace() state doesn't leak between calls
        template = ENVIRONMENT.get_template(name).make_module()
        return str(getattr(template, macro)(**arguments))

    return render
