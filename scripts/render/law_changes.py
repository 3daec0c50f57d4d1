"""The macro ``[[lagandringar]]``: docs/_data/law_changes.yml as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scripts.content.choices import STATUSES
from scripts.content.law_changes import affected, by_date, keys_of
from scripts.content.page import Page
from scripts.content.registers import Registers
from scripts.core.swedish import date_words
from scripts.render.macro import UNSEARCHED, Context, page_links

FOLD = 10  # more pages than this open at a touch: a core paragraph has sixty


def render_law_changes(context: Context, _: str) -> str:
    """[[lagandringar]]: changes of the law by how sure they are, with the pages that rest on it."""
    registers = context.registers
    used = context.pages_with(context.uses)
    parts = []
    for status, heading in STATUSES.items():
        chosen = {k: c for k, c in registers.law_changes.items() if c["status"] == status}
        if chosen:
            parts.append(f"## {heading} {{#{status}}}")
        for key, change in sorted(chosen.items(), key=lambda item: by_date(item[1])):
            pages = {
                page.path: page
                for source in affected(change, used, registers.sources)
                for page in used[source]
                if all(name != "lagandringar" for _, name, _ in page.macros())
            }
            parts += [f"### {change['title']} {{#{key}}}", _change(change, pages.values())]
    return "\n\n".join(parts)


def _change(change: Mapping[str, Any], pages: Iterable[Page]) -> str:
    keys = ", ".join(f"@{source}" for source in keys_of(change, "sources"))
    when = change.get("in_force")
    rows = [
        f"- **Gäller från:** {date_words(when)}" if when else "- **Datum:** inte känt",
        f"- **Det här ändras:** {change['changes'].strip()}",
        f"- **Det här har vi sett {date_words(change['checked_on'])}:** "
        + change["seen"].strip()
        + (f"[{keys}]" if keys else ""),
    ]
    listed = sorted(pages, key=lambda page: page.path)
    if len(listed) > FOLD:
        return "\n".join(rows) + (
            '\n\n<details data-search-exclude="" markdown="block">\n'
            f"<summary>{len(listed)} av sidorna som bygger på det</summary>\n\n"
            f"{page_links(listed)}\n\n</details>"
        )
    if listed:
        links = f"{page_links(listed)}{UNSEARCHED}"
        rows.append(f"- **Bland annat de här sidorna bygger på det:** {links}")
    return "\n".join(rows)


def law_change_sources(registers: Registers, _: str) -> Iterator[str]:
    for change in registers.law_changes.values():
        yield from keys_of(change, "sources")
