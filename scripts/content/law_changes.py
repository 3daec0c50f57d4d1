"""Which changes of the law concern a source, and what is said of them on the pages that cite it.

A record of docs/_data/law_changes.yml names under ``affects`` the acts and paragraphs that are to
change. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

NOTICES = 1  # on one page: the earliest; the rest are behind the link
MORE = "Fler ändringar rör sidan."


def by_date(change: Mapping[str, Any]) -> str:
    """Sort key: the day a change takes effect, those without one last."""
    return str(change.get("in_force") or "9999-99-99")


def keys_of(change: Any, name: str) -> list[str]:
    """Return the source keys in a record's list; none where it has no right form, which
    check_law_changes tells of."""
    value = change.get(name) if isinstance(change, dict) else None
    return [str(key) for key in value] if isinstance(value, list) else []


def affected(
    change: Mapping[str, Any], keys: Iterable[str], sources: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Return those of ``keys`` that a change affects; an act stands for all its paragraphs."""
    named = set(keys_of(change, "affects"))
    return [key for key in keys if key in named or sources.get(key, {}).get("act") in named]


def unread(
    change: Mapping[str, Any], keys: Iterable[str], sources: Mapping[str, Mapping[str, Any]]
) -> bool:
    """Whether a change takes effect after the text of one of ``keys`` that it affects was read.

    ISO dates and their beginnings compare as text: "2026-02" comes before each day in it.
    """
    read = (
        str(sources[key].get("read_on") or sources[key].get("as_of") or "")
        for key in affected(change, keys, sources)
    )
    return bool(change.get("in_force")) and any(str(change["in_force"]) > day for day in read)


def notice(
    changes: Mapping[str, Mapping[str, Any]],
    keys: Iterable[str],
    sources: Mapping[str, Mapping[str, Any]],
) -> str:
    """Return the line for a page that cites ``keys``: the notices of the first changes that nobody
    has read in the text of the law yet, or ""."""
    cited = [key for key in keys if key in sources]
    told = [
        str(change["notice"]).strip()
        for change in sorted(changes.values(), key=by_date)
        if change.get("notice") and unread(change, cited, sources)
    ]
    told = [text if text.endswith((".", "!", "?")) else f"{text}." for text in dict.fromkeys(told)]
    return " ".join([*told[:NOTICES], *([MORE] if len(told) > NOTICES else [])])
