"""The nearest thing that really exists: "Menade du …?"."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from scripts.links.formats.document import is_html
from scripts.links.resolve import Site


class Suggestions:
    """ "Menade du …?" over what really exists; each question is answered once."""

    # Misspelt targets in one run that are compared with all there is; after that only the right
    # name in another folder is told.
    ENOUGH = 100
    MANY = 5000  # names that one is compared with
    LONGEST = 200  # characters of a name

    def __init__(self, site: Site) -> None:
        self.site = site
        self.known: dict[tuple[str, str], str] = {}
        self.names: dict[str, dict[str, str]] = {}
        self.lasts: dict[str, dict[str, str]] = {}
        self.ids: dict[tuple[str, str], str] = {}

    def file(self, inner: str, asset: str) -> str:
        """Return the file nearest to ``inner``, as a sentence, or ""."""
        if (inner, asset) not in self.known:
            self.known[inner, asset] = self._file(inner, bool(asset))
        return self.known[inner, asset]

    def _file(self, inner: str, asset: bool) -> str:
        key = "asset" if asset else "page"
        if key not in self.names:
            self.names[key] = {
                (path if asset else re.sub(r"(?:^|/)index\.html$", "", path)): path
                for path in sorted(self.site.files)
                if asset or is_html(path)
            }
            backwards = reversed(list(self.names[key]))  # the first of a name comes last, and stays
            self.lasts[key] = {posixpath.basename(name): name for name in backwards}
        names = self.names[key]
        wanted = inner if asset else re.sub(r"(?:(?:^|/)index)?\.(?:md|html?)$|/$", "", inner)
        # Over thousands of names a comparison takes long: those of like length, and not for ever.
        near: list[str] = []
        if len(self.known) < self.ENOUGH:
            alike = [n for n in names if len(names) <= 500 or abs(len(n) - len(wanted)) <= 6]
            short = wanted[: self.LONGEST]
            near = difflib.get_close_matches(short, alike[: self.MANY], n=1, cutoff=0.6)
        if not near and posixpath.basename(wanted):  # the right name in the wrong folder
            elsewhere = self.lasts[key].get(posixpath.basename(wanted))
            near = [elsewhere] if elsewhere is not None else []
        if not near:
            return ""
        ends = "" if asset or names[near[0]].rpartition("/")[2] != "index.html" else "/"
        return f' Menade du "/{near[0]}{ends}"?'

    def id(self, file: str, fragment: str, ids: Mapping[str, str]) -> str:
        """Return where ``fragment`` is now, if that is one place, else the id of ``file`` nearest
        to it, as a sentence, or "".

        ``ids``: page → those there are, each between line breaks.
        """
        key = file, fragment
        if key not in self.ids and len(self.ids) < self.ENOUGH:
            wanted = unquote(fragment)[: self.LONGEST]
            homes = [page for page, names in ids.items() if f"\n{wanted}\n" in names]
            known = sorted(set(ids.get(file, "").split("\n")) - {""})
            near = difflib.get_close_matches(wanted, known[: self.MANY], n=1)
            near = [f"#{name}" for name in near]
            if len(homes) == 1 and wanted:
                page = re.sub(r"(^|/)index\.html$", r"\1", homes[0])
                near = [f"/{page}#{wanted}"]
            self.ids[key] = f' Menade du "{near[0]}"?' if near else ""
        return self.ids.get(key, "")
