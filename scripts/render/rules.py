"""A rule's short sentence, drawn where a page needs it."""

from __future__ import annotations

from scripts.render.macro import Context


def render_rule(context: Context, key: str) -> str:
    """[[regel:key]]: a rule's short sentence, with the way to all of it."""
    rule = context.content.rules[key]
    return f'{rule.short} [Regeln]({rule.link}){{: .rule aria-label="Regeln: {rule.title}" }}'
