"""A rule's short sentence, on the pages that need it."""

from __future__ import annotations

from scripts.render.macro import Context


def render_rule(context: Context, key: str) -> str:
    """Render [[regel:key]]: a rule's short sentence, with a link to the whole rule."""
    rule = context.content.rules[key]
    return f'{rule.summary} [Regeln]({rule.link}){{: .rule aria-label="Regeln: {rule.title}" }}'
