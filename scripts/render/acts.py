"""Acts with their gates, and rules' short sentences, drawn where a page needs them."""

from __future__ import annotations

from scripts.content.acts import drawn
from scripts.core.forms import forms
from scripts.render.macro import Context

FORM = forms(__file__)


def render_acts(context: Context, argument: str) -> str:
    """[[handlingar: one,two]]: the acts as numbered steps, each after the gates that no act above
    it on the page bears."""
    register, seen = context.registers.acts, context.stood
    passed = context.here.meta.answered if context.here else ()
    links = {key: (rule.title, rule.link) for key, rule in context.content.rules.items()}
    steps = []
    for number, key in enumerate(argument.split(","), 1):
        act = register.acts[key]
        gates = [gate for gate in register.ring(act, seen) if gate.key not in passed]
        seen.update(gate.key for gate in gates)
        steps.append(f"{number}. {drawn(act, gates, links, seen)}")
    return "\n".join(['<div class="acts" markdown="block">', "", *steps, "", "</div>"])


def render_rule(context: Context, key: str) -> str:
    """[[regel: key]]: a rule's short sentence, with the way to all of it."""
    rule = context.content.rules[key]
    return f'{rule.short} [Regeln]({rule.link}){{: .rule aria-label="Regeln: {rule.title}" }}'


def render_heard(context: Context, argument: str) -> str:
    """[[hort]]: what the person must have heard; [[hort: natt]]: what there is always time for."""
    rows = [row for row in context.registers.acts.heard if row.tonight or not argument]
    return "\n".join(f"- {row.text}" for row in rows)


def render_all(context: Context, _: str) -> str:
    """[[alla-handlingar]]: every act with its gates, whose yes it takes, when, by whom, the rules
    behind and where it is drawn."""
    register, content = context.registers.acts, context.content
    return FORM(
        "all",
        acts=register.acts.values(),
        gates={key: register.ring(act) for key, act in register.acts.items()},
        rules=content.rules,
        shown=content.shown_acts,
    )
