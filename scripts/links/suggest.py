"""The nearest thing that really exists: "Menade du …?"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote

from scripts.links.files import is_html

ENOUGH = 100  # questions in one run that many names are compared for: it takes its time
MANY = 5_000  # names that one is compared with
LONGEST = 200  # characters of a name


class Suggestions:
    """What may have been meant; each question is answered once."""

    def __init__(self, files: Iterable[str]) -> None:
        self.told: dict[tuple[str, str], str] = {}
        self.names: dict[bool, dict[str, str]] = {True: {}, False: {}}  # assets?, name → file
        self.same: dict[tuple[bool, str], list[str]] = {}  # assets?, last part → names
        for path in sorted(files):
            self.names[True][path] = path
            if is_html(path):
                self.names[False].setdefault(_page_name(path), path)
        for asset, names in self.names.items():
            for name in names:
                self.same.setdefault((asset, name.rpartition("/")[2]), []).append(name)

    def file(self, wanted: str, asset: bool) -> str:
        """Return the file that ``wanted`` may have been meant to be, as a sentence, or ""."""
        key = wanted, "asset" if asset else "page"
        if key not in self.told:
            names, name = self.names[asset], wanted if asset else _page_name(wanted)
            # The right name in the wrong folder comes before another name in the right one.
            same = self.same.get((asset, name.rpartition("/")[2]), [])
            found = name if name in names else same[0] if len(same) == 1 else ""
            found = found or _nearest(name, same or names, 0.0 if same else 0.6, len(self.told))
            self.told[key] = _sentence(names[found]) if found else ""
        return self.told[key]

    def id(self, file: str, wanted: str, ids: Mapping[str, Collection[str]]) -> str:
        """Return where the id ``wanted`` is now, if that is one place, else the one of ``file``
        nearest to it, as a sentence, or "". ``ids``: file → those there are."""
        key, name = (file, f"#{wanted}"), unquote(wanted)
        if key not in self.told and len(self.told) < ENOUGH:
            homes = [page for page, known in ids.items() if name and name in known]
            near = _nearest(name, ids.get(file, ()), 0.6, len(self.told))
            self.told[key] = f' Menade du "#{near}"?' if near else ""
            if len(homes) == 1:
                self.told[key] = _sentence(homes[0], f"#{name}")
        return self.told.get(key, "")


def _nearest(wanted: str, names: Collection[str], cutoff: float, asked: int) -> str:
    if asked >= ENOUGH:
        return ""
    # Of thousands of names, those of like length.
    alike = [n for n in names if len(names) <= 500 or abs(len(n) - len(wanted)) <= 6]
    near = difflib.get_close_matches(wanted[:LONGEST], sorted(alike)[:MANY], n=1, cutoff=cutoff)
    return near[0] if near else ""


def _page_name(path: str) -> str:
    """Return a page as people know it: without "index" and ".html"."""
    return re.sub(r"(?:(?:^|/)index)?\.(?:md|html?)$|/$", "", path)


def _sentence(path: str, place: str = "") -> str:
    address = re.sub(r"(^|/)index\.html$", r"\1", path)
    return f' Menade du "/{address}{place}"?'
