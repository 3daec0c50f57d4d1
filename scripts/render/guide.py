"""Turns the decision tree in docs/_data/guide.yml into pages, and into one page with all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.content.choices import AHEAD, VERDICTS
from scripts.content.guide import behind, node, order, places, texts, way_to
from scripts.content.markdown import cited
from scripts.content.registers import Registers
from scripts.core.config import LOCAL
from scripts.render.macro import Context, MacroError, linked
from scripts.render.numbers import own_number

FIRST_CALL = next(iter(LOCAL))  # the publisher's own number that stands before all others
# The diagram, in its own units: a row is a line of text high.


def render_node(context: Context, key: str) -> str:
    """[[vagledning: key]]: one question with its choices as links, or one outcome."""
    guide = context.registers.guide
    try:
        here = node(guide, key)
    except KeyError as error:
        raise MacroError(f'"{key}" finns inte i docs/_data/guide.yml') from error
    if key in guide["questions"]:
        choices = "\n".join(
            f"- [{choice['title']}]({context.home('vagledning', choice['to'])})"
            for choice in here["choices"]
        )
        body = f"{here['text']}\n\n{_box('guide-choices', choices)}"
        if here.get("help"):
            summary = "<summary>Vad orden betyder</summary>"
            body += f'\n\n<details markdown="block">\n{summary}\n\n{here["help"]}\n\n</details>'
        body = f"{_place(context, key)}\n\n{body}"
        if key == guide["start"]:
            body = f"## {here['title']} {{#{key}}}\n\n{body}"
    else:
        body = f"{_place(context, key)}\n\n{_outcome(context, key)}"
    first = context.home("vagledning", guide["start"])
    start = "" if key == guide["start"] else f"[Börja om]({first}) · "
    whole = context.home("hela-vagledningen", key=key)
    return (
        f'<div class="guide" markdown="block">\n\n{body}\n\n'
        f"{start}{linked('Hela vägledningen på en sida', whole)}\n\n</div>"
    )


def _place(context: Context, key: str) -> str:
    """Return the line that says how far the reader has come, with the way back."""
    guide = context.registers.guide
    asked, last = places(guide), behind(guide, key)
    words = [f"Fråga {asked[key]} av högst {max(asked.values())}"] if key in asked else []
    if last:
        back = "Tillbaka" if words else "Tillbaka till frågan"
        words.append(f"[{back}]({context.home('vagledning', last)})")
    return f"{' · '.join(words)}\n{{: .guide-place }}"


def _box(classes: str, rows: str) -> str:
    return f'<div class="{classes}" markdown="block">\n\n{rows}\n\n</div>'


def _outcome(context: Context, key: str) -> str:
    """Return an outcome's page: verdict, what to do, the next step, whom to call; then why, what
    the law asks, what is uncertain, more."""
    guide, registers = context.registers.guide, context.registers
    here = node(guide, key)
    verdict = here["verdict"]
    parts = [
        f"{_verdict(guide, verdict)}.\n{{: .guide-verdict .guide-verdict-{verdict} }}",
        "## Gör så här {#gor-sa-har}",
        _steps(here),
    ]
    if verdict not in AHEAD:
        # Only an application needs someone who answers for the child; the protection is for all.
        parts.append((guide.get("child" if verdict == "kanske" else "child_short") or "").strip())
    if here.get("then"):
        title = node(guide, here["then"])["title"]
        then = context.home("vagledning", here["then"])
        parts.append(_box("guide-choices", f"- [Fortsätt: {title}]({then})"))
    else:
        parts.append(_box("next", f"- {_more(context, here)[0]}"))
    calls = []
    own = own_number(context, FIRST_CALL) if here.get("call") else ""
    if own:
        calls.append(f"- **{LOCAL[FIRST_CALL]}, {own}**")
    for name in here.get("call") or ():
        if own and name == FIRST_CALL:
            continue
        contact = registers.contacts[name]
        hours = f" {contact['hours'].rstrip('.')}." if contact.get("hours") else ""
        # Without a number the name leads to the contact's card, where the way there stands.
        who = (
            _name(contact)
            if "phone" in contact
            else linked(_name(contact), context.home("kontakter", contact["group"][0], key=name))
        )
        calls.append(f"- **{who}**. {contact['for_whom']}.{hours}")
    if calls:
        parts += ["## Kontakta {#kontakta}", "\n".join(calls)]
    parts.append(_path(context, key))
    parts += ["## Varför {#varfor}", "\n".join(f"- {text}" for text in here["why"])]
    if verdict == "kanske" and guide.get("conditions"):
        parts += ["## Lagens krav {#krav}", guide["conditions"].strip()]
    if here.get("doubt"):
        links = "\n".join(f"- {link}" for link in _doubts(context, here))
        parts += ["## Osäkert just nu {#osakert}", links]
    more = "\n".join(f"- {link}" for link in _more(context, here))
    return "\n\n".join([*parts, "## Läs mer {#las-mer}", more])


def _path(context: Context, key: str) -> str:
    """Return the way through the questions to an answer, folded: each leads back to its page."""
    guide = context.registers.guide
    rows = "\n".join(
        f"1. [{node(guide, question)['title']}]({context.home('vagledning', question)})\n"
        f"   **{' eller '.join(answers)}**"
        for question, answers in way_to(guide, key)
    )
    return (
        '<details class="guide-path" markdown="block">\n'
        f"<summary>Svaren som leder hit</summary>\n\n{rows}\n\n</details>"
    )


def _verdict(guide: Mapping[str, Any], verdict: str) -> str:
    return str((guide.get("verdicts") or {}).get(verdict) or VERDICTS[verdict])


def _outcome_in_short(context: Context, key: str) -> str:
    """Return an outcome for the page that has them all: the same, less what is said once there."""
    here = node(context.registers.guide, key)
    called = here.get("call") or ()
    calls = "; ".join(_name(context.registers.contacts[name]) for name in called)
    lines = [f"**Kontakta:** {calls}."] if calls else []
    if here.get("doubt"):
        lines.append(f"**Osäkert just nu:** {' '.join(_doubts(context, here))}")
    lines.append(f"**Läs mer:** {', '.join(_more(context, here))}.")
    why = " ".join(here["why"])
    verdict = f"**{_verdict(context.registers.guide, here['verdict'])}.**"
    return "\n\n".join([f"{verdict} {why}", _steps(here), "  \n".join(lines)])


def _steps(here: Mapping[str, Any]) -> str:
    return "\n".join(f"{number}. {text}" for number, text in enumerate(here["do"], 1))


def _name(contact: Mapping[str, Any]) -> str:
    """Return a contact's name with its number; many names carry it already."""
    number = contact.get("phone", "")
    return contact["name"] if number in contact["name"] else f"{contact['name']}, {number}"


def _doubts(context: Context, here: Mapping[str, Any]) -> list[str]:
    questions = context.registers.questions
    return [linked(questions[k]["title"], context.question(k)) for k in here.get("doubt", [])]


def _more(context: Context, here: Mapping[str, Any]) -> list[str]:
    content = context.content
    return [
        f"[{link.get('page_title') or content.words_of(link['page'])}]({link['page']})"
        for link in here["more"]
    ]


def render_whole(context: Context, _: str) -> str:
    """[[hela-vagledningen]]: the tree as text, with every answer in full."""
    guide = context.registers.guide
    nodes = order(guide)
    questions = [key for key in nodes if key in guide["questions"]]
    number = {key: place for place, key in enumerate(questions, 1)}
    parts = [
        "## Frågorna {#fragor}",
    ]
    for key in questions:
        here = node(guide, key)
        choices = []
        for choice in here["choices"]:
            target = choice["to"]
            name = node(guide, target)["title"]
            name = f"fråga {number[target]}, {name}" if target in number else name
            choices.append(f"- **{choice['title']}:** [{name}](#{target})")
        parts += [
            f"### {number[key]}. {here['title']} {{#{key}}}",
            f"{here['text']} {here.get('help', '')}",
            "\n".join(choices),
        ]
    parts += ["## Svaren {#svaren}", guide["conditions"].strip(), guide["child"].strip()]
    for key in nodes:
        if key in number:
            continue
        here = node(guide, key)
        parts += [f"### {here['title']} {{#{key}}}", _outcome_in_short(context, key)]
        if here.get("then"):
            then = here["then"]
            parts.append(
                f"**Fortsätt:** [fråga {number[then]}, {node(guide, then)['title']}](#{then})"
            )
    # The pages it repeats are what a search should find, and its weight is every reader's.
    body = "\n\n".join(parts)
    return f'<div class="guide-whole" data-search-exclude="" markdown="block">\n\n{body}\n\n</div>'


def nodes(registers: Registers) -> list[str]:
    """Return what [[vagledning: …]] may name."""
    guide = registers.guide
    return [*guide.get("questions", ()), *guide.get("outcomes", ())]


def guide_sources(registers: Registers, key: str) -> Iterator[str]:
    """Yield the sources that a node cites, or the whole guide without a key."""
    guide = registers.guide
    known = guide.get("questions", {}) | guide.get("outcomes", {})
    for shown in known if not key else [key] if key in known else []:
        yield from cited(" ".join(texts(guide, shown)))
