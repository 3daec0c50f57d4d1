"""What it costs to find an answer: what social workers come for, from the start page.

    python -m tests.tasks [SITE]

For each task, at 375 and 1280 px: presses, screens of scrolling and words read from the top of each
view down to what is pressed, or to the answer; and the same by the search. A reader who skims reads
fewer words: the figures are for comparing. Only what she sees is pressed and counted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.conftest import serve
from tests.machine import ROOT, find_browser

SIZES = ((375, 667), (1280, 800))
# Words on the page's own text from where the view begins to the end of the target: what is folded,
# hidden or a note's mark isn't read.
WORDS = """target => {
  const place = location.hash.slice(1);
  // What stays in sight is found without reading the page.
  for (let box = target; box; box = box.parentElement)
    if (/sticky|fixed/.test(getComputedStyle(box).position)) return target.textContent.trim().split(/\\s+/).length;
  const first = (place && document.getElementById(decodeURIComponent(place)))
    || document.querySelector('#innehall');
  const range = document.createRange();
  let words = 0;
  const walker = document.createTreeWalker(document.querySelector('#innehall'), NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const parent = text.parentElement;
    const before = !first.contains(text) && first.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING;
    const after = !target.contains(text) && target.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (before || after || parent.closest('.cite, select') || !parent.checkVisibility()) continue;
    words += (text.data.match(/[\\p{L}\\p{N}][\\p{L}\\p{N}\\-.:/]*/gu) || []).length;
  }
  return words;
}"""
SCREENS = (
    """target => Math.max(0, target.getBoundingClientRect().bottom - innerHeight) / innerHeight"""
)


@dataclass(frozen=True)
class Task:
    """What somebody wants, the way there, and the words that answer it."""

    wants: str
    # Links and buttons by their names, in order; ("field", "value") is filled in.
    way: tuple[str | tuple[str, str], ...]
    answer: str
    urgent: bool = False
    search: str = ""  # her own words
    hits: tuple[str, ...] = ()  # pages that answer it, by the beginning of their address


TASKS = (
    Task(
        "Någon är i fara: ring",
        (),
        "Ring 112",
        urgent=True,
        search="akut fara",
        hits=("upptacka/forsta-dygnet", "kontakt/"),
    ),
    Task(
        "Vem får ringa 020-390 000, och när?",
        (),
        "Vardagar på kontorstid",
        urgent=True,
        search="020-390 000",
        hits=("kontakt/",),
    ),
    Task(
        "Vem är koordinator i Västernorrland?",
        ("Regionkoordinatorer",),
        "lotsas du rätt i alla län",
        search="regionkoordinator västernorrland",
        hits=("kontakt/regionkoordinatorer/",),
    ),
    Task(
        "Personen säger nej",
        ("Så gör du då",),
        "Säg att hen får komma tillbaka",
        urgent=True,
        search="säger nej",
        hits=("upptacka/forsta-dygnet/#nej", "betanketid/fragor-och-svar/#utan-vilja"),
    ),
    Task(
        "Flicka 16 år, nagelsalong, fredag kväll",
        ("Någon under 18 år",),
        "Gör en orosanmälan genast",
        urgent=True,
        search="flicka 16 år",
        hits=("upptacka/forsta-dygnet-barn/", "stod/barn/", "checklistor/barn/"),
    ),
    Task(
        "Personen söker asyl",
        ("Ansöka", "plats och pengar"),
        "slutar LMA att omfatta personen",
        search="asylsökande",
        hits=("betanketid/under-tiden/#asylsokande", "betanketid/fragor-och-svar/#asyl", "betanketid/vagledning/asyl"),
    ),
    Task(
        "En tom checklista på papper",
        ("Checklista: misstanke",),
        "Skriv ut",
        search="tom checklista",
        hits=("skriv-ut/", "checklistor/"),
    ),
    Task(
        "Kryssade rader till journalen",
        ("Checklista: misstanke",),
        "Kopiera till journalen",
        search="kopiera till journalen",
        hits=("checklistor/",),
    ),
    Task(
        "Vilken blankett?",
        ("Ansöka", "blanketten"),
        "195011",
        urgent=True,
        search="blankett",
        hits=("betanketid/ansok/#blankett", "betanketid/fragor-och-svar/#blankett"),
    ),
    Task(
        "Avslag: när ska överklagandet vara inne?",
        ("Beslutet har kommit",),
        "inom tre veckor från beslutets datum",
        urgent=True,
        search="överklaga",
        hits=("betanketid/efter-beslut/", "betanketid/datum/", "betanketid/fragor-och-svar/#overklaga"),
    ),
    Task(
        "Pengar tillbaka, och när?",
        ("Ersättning till kommunen",),
        "sex månader efter kvartalets slut",
        search="ersättning senast",
        hits=("betanketid/ersattning/", "betanketid/datum/"),
    ),
    Task(
        "Rumänsk medborgare som tigger",
        ("Får vi ansöka?", "Nej", "I Sverige", "18 år eller äldre", "Ja", "Nej", "Ja", "Medborgare i EU eller EES, eller familj", "Nej"),
        "Betänketid kan bli aktuellt",
        search="rumänsk medborgare tigger",
        hits=("betanketid/#eu-medborgare", "betanketid/fragor-och-svar/#eu-medborgare", "betanketid/vagledning/eu"),
    ),
    Task(
        "Hen ska utvisas i natt",
        ("Ta nattens steg",),
        "Säg ditt namn och vem du söker",
        urgent=True,
        search="utvisning i natt",
        hits=("betanketid/i-natt/", "betanketid/under-tiden/#utvisning", "betanketid/fragor-och-svar/#utvisning"),
    ),
    Task(
        "Något att läsa för personen",
        ("Lätt svenska",),
        "Ring 112",
        search="lätt svenska",
        hits=("om/lattlast/",),
    ),
    Task(
        "Säga till om ett fel på sidan",
        ("Om sidan",),
        "Har du hittat ett fel?",
        search="fel på sidan",
        hits=("om/#fel",),
    ),
    Task(
        "Bilder till mötet",
        ("Bilder till mötet",),
        "Bilder till genomgången",
        search="slides",
        hits=("skriv-ut/",),
    ),
)  # fmt: skip


@dataclass
class Cost:
    """What a way cost; ``missing``: what wasn't to be seen on it."""

    presses: int = 0
    screens: float = 0.0
    words: int = 0
    missing: list[str] = field(default_factory=list)


def seen(found: Locator) -> Locator | None:
    """Return the first of ``found`` that a reader sees, or None."""
    return next((one for one in found.all() if one.is_visible()), None)


def read(cost: Cost, target: Locator) -> None:
    """Read from the top of the view down to ``target``, and scroll as far as that."""
    cost.words += int(target.evaluate(WORDS))
    cost.screens += float(target.evaluate(SCREENS))


def walk(page: Page, base: str, task: Task) -> Cost:
    """Go the task's way by pressing what is seen; return what it cost."""
    cost = Cost()
    page.goto(base)
    content = page.locator("#innehall")
    for step in task.way:
        links = content.get_by_role("link", name=step, exact=True)
        link = seen(links) or seen(page.get_by_role("link", name=step, exact=True))
        if link is None:
            cost.missing.append(str(step))
            return cost
        read(cost, link)
        link.click()
        page.wait_for_load_state()
        cost.presses += 1
    return answer(page, task, cost)


def answer(page: Page, task: Task, cost: Cost) -> Cost:
    """Read on to the answer on the page."""
    content = page.locator("#innehall")
    found = seen(content.get_by_text(task.answer)) or seen(
        content.get_by_role("button", name=task.answer)
    )
    if found is None:
        cost.missing.append(task.answer)
    else:
        read(cost, found)
    return cost


def search(page: Page, base: str, task: Task) -> tuple[int, str]:
    """Return the place among the hits of the first that answers, from 1 (0: none), and its address."""
    page.goto(base)
    page.keyboard.press("Control+k")
    page.keyboard.type(task.search)
    page.get_by_role("search").get_by_role("status").filter(has_text=f"”{task.search}”").wait_for()
    hits = page.get_by_role("option")
    links = [
        str(one.evaluate("e => (e.closest('a') || e.querySelector('a') || e).href || ''"))
        for one in hits.all()
    ]
    for place, link in enumerate(links, 1):
        address = link.removeprefix(base)
        if address.startswith(task.hits):
            return place, address
    return 0, ""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tasks", description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "site")
    args = parser.parse_args(argv)
    print("| task | 375: presses, screens, words | 1280 | search: words, place, page |")
    print("| --- | --- | --- | --- |")
    with serve(args.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for task in TASKS:
            cells = []
            for width, height in SIZES:
                page = browser.new_page(viewport={"width": width, "height": height}, locale="sv-SE")
                cost = walk(page, base, task)
                missing = f" saknas: {', '.join(cost.missing)}" if cost.missing else ""
                cells.append(f"{cost.presses}, {cost.screens:.1f}, {cost.words}{missing}")
                if (width, height) == SIZES[-1]:
                    place, address = search(page, base, task)
                    cells.append(f"{task.search}, {place or 'saknas'}, {address}")
                page.close()
            print(
                f"| {'**' * task.urgent}{task.wants}{'**' * task.urgent} | {' | '.join(cells)} |",
                flush=True,
            )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
