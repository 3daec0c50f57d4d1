"""The nearest thing that really exists: "Menade du …?"."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

from scripts.links.formats.document import is_html
from scripts.links.resolve import Site


class Suggestions:
    """ "Menade du …?" over what really exists; each question is answered once."""

    ENOUGH = 100  # misspelt targets in one run; after that only the right name elsewhere

    def __init__(self, site: Site) -> None:
        self.site = site
        self.known: dict[tuple[str, str], str] = {}
        self.names: dict[str, dict[str, str]] = {}

    def file(self, inner: str, asset: str) -> str:
        """Return the file nearest to ``inner``, as a sentence, or ""."""
        if (inner, asset) not in self.known:
            self.known[inner, asset] = self._file(inner, bool(asset))
        return self.known[inner, asset]

    def _file(self, inner: str, asset: bool) -> str:
        key = "asset" if asset else "page"
        if key not in self.names:
            self.names[key] = {
                (path if asset else re.sub(r"/?index\.html$", "", path)): path
                for path in sorted(self.site.files)
                if asset or is_html(path)
            }
        names = self.names[key]
        wanted = inner if asset else re.sub(r"(index)?\.(md|html?)$|/$", "", inner)
        # Over thousands of names a comparison takes long: those of like length, and not for ever.
        near: list[str] = []
        if len(self.known) < self.ENOUGH:
            alike = [n for n in names if len(names) <= 500 or abs(len(n) - len(wanted)) <= 6]
            near = difflib.get_close_matches(wanted, alike[:5000], n=1, cutoff=0.6)
        if not near:  # the right name in the wrong folder
            last = posixpath.basename(wanted)
            near = [name for name in names if last and posixpath.basename(name) == last][:1]
        if not near:
            return ""
        ends = "" if asset or names[near[0]].rpartition("/")[2] != "index.html" else "/"
        return f' Menade du "/{near[0]}{ends}"?'

    @staticmethod
    def id(fragment: str, known: Collection[str]) -> str:
        """Return the id nearest to ``fragment``, as a sentence, or ""."""
        near = difflib.get_close_matches(unquote(fragment), sorted(set(known))[:3000], n=1)
        return f' Menade du "#{near[0]}"?' if near else ""
