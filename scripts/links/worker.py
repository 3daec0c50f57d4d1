"""Judges one file of a site after the other; several may run beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scripts.links import judge
from scripts.links.formats.document import Document, Use, is_html
from scripts.links.formats.reader import largest, reader_for
from scripts.links.judge import Fault
from scripts.links.resolve import Resolved, Site, directory_from_base, directory_of

REMEMBERED = 200_000  # uses known to be right, before starting afresh: bounds the memory


class Need(NamedTuple):
    """A link to a place on another page: it stands or falls with that page's ids."""

    target: str
    fragment: str
    use: Use


class Seen(NamedTuple):
    """What one file gave, small enough to send between processes."""

    path: str
    faults: list[Fault]
    ids: str  # ids and anchors, one a line
    needs: list[Need]
    leads: list[str]  # files of the site that it leads to
    external: list[Use]
    moves_to: str = ""  # where a redirect stub leads, as a file of the site


@dataclass
class Found:
    """What is being found in one file."""

    path: str
    directory: str  # where its relative addresses start from
    ids: set[str]
    maps: Sequence[str]
    crowded: bool  # whether other pages stand in the same folder
    faults: list[Fault] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    external: list[Use] = field(default_factory=list)
    moves_to: str = ""

    def seen(self) -> Seen:
        faults = list(dict.fromkeys(self.faults))
        text = "\n".join(self.ids)
        return Seen(self.path, faults, text, self.needs, self.leads, self.external, self.moves_to)


class Worker:
    """Reads files of one site, one after the other.

    ``right`` remembers, for a place in the tree, which uses are right on every page there, and the
    file that each leads to ("" if to none of the site's): most of a page is the menu again.
    """

    def __init__(self, root: str, site: Site, external: bool) -> None:
        self.root, self.site, self.external = root, site, external
        # Folders with several pages share everything; else the folders of one parent share
        # what begins with "../".
        pages = Counter(directory_of(path) for path in site.files if is_html(path))
        self.crowded = {directory for directory, count in pages.items() if count > 1}
        self.place = ""
        self.right: dict[Use, str] = {}

    def read(self, path: str) -> Seen:
        """Read one file; that it can't be read is a fault like others."""
        reader, most = reader_for(path), largest(path)
        try:
            with open(f"{self.root}/{path}", "rb") as file:  # noqa: PTH123  (a Path a page shows)
                data = file.read(most + 1)
        except OSError as error:
            return self.document(path, Document(unreadable=f"kan inte läsas ({error.strerror})"))
        if len(data) > most:
            text = f"är för stor för att läsas (mer än {most // 1_000_000} MB)"
            return self.document(path, Document(unreadable=text))
        return self.document(path, reader(data) if reader else Document())

    def document(self, path: str, document: Document) -> Seen:
        """Judge a file that has been read whole."""
        directory = directory_from_base(self.site, path, document.base)
        crowded = directory in self.crowded
        place = directory if crowded else directory_of(directory[:-1]) + "*"
        if place != self.place or len(self.right) > REMEMBERED:
            self.place, self.right = place, {}
        ids = set(document.ids) | set(document.names)
        found = Found(path, directory, ids, document.maps, crowded)
        if document.unreadable:
            text = f"{path} {document.unreadable}."
            found.faults.append(Fault("unreadable-file", path, text))
        if is_html(path):
            found.faults += judge.id_faults(document.twice, list(dict.fromkeys(document.ids)))
        for use in dict.fromkeys(document.uses):
            target = self.right.get(use)
            if target is None:
                self._use(use, found)
            elif target:
                found.leads.append(target)
        return found.seen()

    def _use(self, use: Use, found: Found) -> None:
        """Judge any use, of a file of any kind."""
        path, value = found.path, use.value
        elsewhere = found.directory != directory_of(path)  # <base> sends even "#x" to another page
        match use.kind:
            case "ref":
                if not judge.has_id(found.ids, value):
                    found.faults.append(judge.missing_ref(use, path))
            case "map":
                if value not in found.maps and value not in found.ids:
                    found.faults.append(judge.missing_ref(use, path))
            case "broken":
                found.faults.append(judge.broken_inside(use))
            case "refresh":
                resolved = self.site.resolve(value.partition("#")[0], found.directory)
                self._judge(Use("page", value), resolved, found)
                found.moves_to = (path if resolved.target == "" else resolved.target) or ""
            case "root":
                resolved = self.site.resolve(value.partition("#")[0] or "./", "")
                self._judge(use if value else use._replace(value="./"), resolved, found)
            case _ if value.startswith("#") and not elsewhere:
                if is_html(path) and use.kind == "page":
                    self._own(use, found)
            case _:
                link = value.partition("#")[0] or ("./" if elsewhere else "")
                resolved = self.site.resolve(link, found.directory)
                foreign = ("host", "loopback", "credentials", "characters")
                if use.kind != "own" or not (resolved.external or resolved.problem in foreign):
                    self._judge(use, resolved, found)

    def _own(self, use: Use, found: Found) -> None:
        """Judge a link to a place on its own page."""
        wanted = judge.wants_fragment(found.path, use.value[1:])
        if wanted and not judge.has_id(found.ids, wanted):
            found.faults.append(judge.missing_anchor(use, found.path, wanted))

    def _judge(self, use: Use, resolved: Resolved, found: Found) -> None:
        """Enter what one use gives."""
        link, mark, fragment = use.value.partition("#")
        if not link.strip() and not mark:
            found.faults.append(judge.empty(use))
        elif resolved.problem == "mailto" and judge.is_mailto(use.value.strip()):
            self.right[use] = ""
        elif resolved.problem == "tel" and judge.is_telephone(use.value.strip()):
            found.external.append(use)  # whoever has a register of numbers compares
        elif resolved.external:
            if self.external:
                found.external.append(use)
            else:
                self.right[use] = ""
        elif resolved.problem:
            found.faults.append(judge.explain(self.site, use, resolved))
            if resolved.target:  # only the slash is missing
                found.leads.append(resolved.target)
        elif resolved.target is not None:  # not data:, about: …
            self._place(use, resolved.target, resolved.shared, fragment, found)

    def _place(self, use: Use, target: str, shared: bool, fragment: str, found: Found) -> None:
        """Enter a use of a file of this site: the page itself if ``target`` is empty."""
        own = target in ("", found.path)
        found.leads.append(target or found.path)
        wanted = judge.wants_fragment(target or found.path, fragment) if fragment else ""
        if use.kind == "asset" and is_html(target or found.path):
            found.faults.append(judge.page_as_asset(use))
        elif own and wanted:
            if not judge.has_id(found.ids, wanted):
                found.faults.append(judge.missing_anchor(use, found.path, wanted))
        elif wanted:
            found.needs.append(Need(target, wanted, use))
        elif target and (shared or found.crowded):
            self.right[use] = target
