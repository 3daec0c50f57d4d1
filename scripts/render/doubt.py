"""Turns docs/_data/questions.yml into Markdown: what isn't known, shown as loudly as it matters.

Level 1 stands open, in the step where the reader must do otherwise tonight. Level 2 is folded in
its place. Level 3 is gathered at the page's foot. What the law or a source has answered is
``besvarad``: on no page but the list of all questions, where its address still leads.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from scripts.content.choices import LEVELS, QUESTION_KINDS, SETTLED
from scripts.core.swedish import date_words
from scripts.render.macro import UNSEARCHED, Context, MacroError, linked, page_links


def render_uncertain(context: Context, key: str) -> str:
    """[[osakert: key]]: the doubt, open, folded or kept for the page's foot by its level."""
    question = context.registers.questions.get(key)
    if question is None:
        raise MacroError(f'frågan "{key}" finns inte i docs/_data/questions.yml')
    if question["kind"] == SETTLED:
        raise MacroError(f'frågan "{key}" är besvarad: skriv svaret i texten')
    if question["level"] == 3:
        context.foot.append(key)
        return ""
    if question["level"] == 2:
        return _folded(context, key, question)
    why = _link(context, "Varför?", key, question)
    text = f"**Kontrollera först:** {question['do'].strip()} {why}"
    return (
        # The search finds the question where it lives, on the list of them all.
        f'<div class="uncertain" id="osakert-{key}" role="note" data-search-exclude="" '
        f'aria-label="Kontrollera först" markdown="block">\n\n{text}\n\n</div>'
    )


def render_foot(context: Context) -> str:
    """Return what [[osakert: key]] kept for the page's foot, or ""."""
    if not context.foot:
        return ""
    inner = "\n\n".join(
        _folded(context, key, context.registers.questions[key]) for key in context.foot
    )
    return (
        '<details class="certainty" id="osakert" data-search-exclude="" markdown="block">\n'
        f"<summary>Så säker är sidan ({len(context.foot)})</summary>\n\n{inner}\n\n</details>"
    )


def _folded(context: Context, key: str, question: Mapping[str, Any]) -> str:
    text = (
        f"{question['text'].strip()}\n\n**Gör så här:** {question['do'].strip()} "
        f"{_link(context, 'Vad vi har kontrollerat', key, question)}"
    )
    return (
        f'<details class="uncertain" id="osakert-{key}" data-search-exclude="" markdown="block">\n'
        f"<summary>{html.escape(question['title'])}</summary>\n\n{text}\n\n</details>"
    )


def _link(context: Context, words: str, key: str, question: Mapping[str, Any]) -> str:
    # The name says which question: a list of a page's links shows them out of their boxes.
    label = html.escape(f"{words} {question['title']}")
    target = context.question(key)
    return f'[{words}]({target}){{: aria-label="{label}" }}' if target else ""


def render_questions(context: Context, _: str) -> str:
    """[[oppna-fragor]]: every question, with its level and the pages that raise it."""
    used = context.pages_with(lambda p: (a for _, n, a in p.macros() if n == "osakert"))
    parts = []
    for kind, heading in QUESTION_KINDS.items():
        chosen = {k: q for k, q in context.registers.questions.items() if q["kind"] == kind}
        if chosen:
            parts.append(f"## {heading} {{#{kind}}}")
        for key, question in chosen.items():
            rows = "\n".join(_facts(context, question, page_links(used.get(key, []))))
            parts += [f"### {question['title']} {{#{key}}}", question["text"].strip(), rows]
    return "\n\n".join(parts)


def _facts(context: Context, question: Mapping[str, Any], pages: str) -> Iterable[str]:
    yield f"- **Gör så här:** {question['do'].strip()}"
    if question.get("level"):
        yield f"- **Nivå:** {LEVELS[question['level']]}.{UNSEARCHED}"
    checked = date_words(question["checked_on"])
    yield f"- **Kontrollerat {checked}:** {question['checked'].strip()}{UNSEARCHED}"
    if question.get("settles"):
        yield f"- **Det som ger svar:** {question['settles'].strip()}{UNSEARCHED}"
        yield f"- **Kan svara:** {question['ask']}"
    # Links, not notes: the list of sources at the foot would be as long as the page.
    if links := [
        linked(context.registers.sources[key]["title"], context.home("kallforteckning", key=key))
        for key in question.get("sources") or []
        if key in context.registers.sources
    ]:
        yield f"- **Källor:** {', '.join(links)}{UNSEARCHED}"
    if pages:
        yield f"- **Tas upp på:** {pages}{UNSEARCHED}"
