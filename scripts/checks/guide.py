"""Läser och kontrollerar vägledningen i docs/_data/guide.yml: frågor, svar och vägarna mellan dem.

En väg är de val en läsare gör från första frågan till ett svar som inte leder vidare. Ingen väg får
sakna slut eller gå i ring, varje fråga har "Vet inte", och den första frågan har en sida.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.field_types import AHEAD
from scripts.content.guide import Guide, GuideQuestion, order
from scripts.content.markdown import plain, split_sentences
from scripts.content.page import GeneratedPage
from scripts.core.findings import Finding
from scripts.core.language import SWEDISH, phrase

SENTENCES = 2  # of an answer's text


def check_guide(guide: Guide, language: str = SWEDISH) -> Iterator[tuple[str, str]]:
    """Yield (node, message) for each fault of the tree itself, written in ``language``."""
    known = guide.nodes
    unsure = phrase("Vet inte", language)
    if guide.start not in known:
        yield "start", f'leder till "{guide.start}", som inte finns.'
        return
    missing = {(key, to) for key, here in known.items() for to in here.leads_to if to not in known}
    for key, here in known.items():
        if isinstance(here, GuideQuestion):
            if not any(choice.title.startswith(unsure) for choice in here.choices):
                yield key, f'frågan saknar valet "{unsure}".'
            for choice in here.choices:
                if choice.title.startswith(unsure) and choice.settles:
                    yield key, f'"{unsure}" avgör inget läge: ta bort settles på det valet.'
            continue
        if (here.verdict in AHEAD) != bool(here.then):
            words = " eller ".join(AHEAD)
            yield key, f'"then" ska stå där verdict är {words}, och ingen annanstans.'
        if (count := len(list(split_sentences(plain(here.text))))) > SENTENCES:
            yield key, f"svaret har {count} meningar, högst {SENTENCES}. Sidorna har resten."
    yield from ((key, f'leder till "{to}", som inte finns.') for key, to in missing)
    if missing:
        return
    try:
        reached = order(guide)
    except ValueError as loop:
        yield str(loop), "frågorna går i ring. Låt svaret leda framåt."
        return
    for key in known.keys() - set(reached):
        yield key, "ingen fråga leder hit. Ta bort den eller låt ett svar leda hit."


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding of the guide, and files that lie where its pages are made."""
    guide = content.registers.guide
    if "guide" not in content.files:
        return

    def finding(key: str, message: str) -> Finding:
        return Finding(*content.location("guide", key), "guide", f'"{key}": {message}')

    first = content.page_with("vagledning", guide.start)
    faults = list(check_guide(guide, first.meta.lang if first else SWEDISH))
    yield from (finding(*fault) for fault in faults)
    if faults:
        return  # a tree that is wrong itself has no pages to judge
    if first is None:
        message = f'ingen sida har raden "[[vagledning:{guide.start}]]". Lägg in den.'
        yield finding(guide.start, message)
        return
    for key in guide.nodes.keys() - {guide.start}:
        page = content.pages[first.path.with_name(f"{key}.md")]
        if not isinstance(page, GeneratedPage):
            message = f'bygget gör sidan för "{key}" i guide.yml. Ta bort filen, eller byt namn.'
            yield Finding(page.display_path, 1, "guide", message)
