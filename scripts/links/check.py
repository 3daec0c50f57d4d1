"""Reads every file of a site, on all cores, and finds what is wrong.

After hyperlink (untitaker/hyperlink, docs/architecture.md): every file defines a path and its ids,
every link uses one. What is used and not defined is broken. No crawling.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from scripts.links import judge
from scripts.links.judge import Fault, Suggestions
from scripts.links.parse import Document, Use, is_html, reader_for
from scripts.links.resolve import Resolved, Site, directory_from_base, directory_of

# Below this a second process costs more than it gives.
WORTH_A_PROCESS = 24_000_000
CHUNK = 4_000_000  # bytes of HTML in one piece of work
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


@dataclass
class Result:
    """What a whole site gave."""

    faults: list[tuple[str, Fault]] = field(default_factory=list)  # (page, fault)
    external: dict[str, list[str]] = field(default_factory=dict)  # address → pages that use it
    leads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stubs: dict[str, str] = field(default_factory=dict)


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
        reader = reader_for(path)
        try:
            with open(f"{self.root}/{path}", "rb") as file:  # noqa: PTH123  (a Path a page shows)
                data = file.read()
        except OSError as error:
            return self.document(path, Document(unreadable=f"kan inte läsas ({error.strerror})"))
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


def list_files(root: Path) -> list[tuple[str, int]]:
    """Return (path relative to ``root``, size) of every file, sorted. Raises OSError.

    What is no file has the size -1: a symbolic link to nothing, a pipe. One to a folder around
    itself is passed over, also where other links lead there.
    """
    found: list[tuple[str, int]] = []
    stack: list[tuple[str, str, tuple[Path, ...]]] = [(os.fspath(root), "", ())]
    while stack:
        folder, prefix, ways = stack.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                way = ways
                if entry.is_symlink():
                    if not Path(entry.path).exists():
                        found.append((prefix + entry.name, -1))
                        continue
                    way = (*ways, Path(folder).resolve())
                    goal = Path(entry.path).resolve()
                    if any(passed.is_relative_to(goal) for passed in way):
                        continue
                if entry.is_dir():
                    stack.append((entry.path, f"{prefix}{entry.name}/", way))
                else:
                    size = entry.stat().st_size if entry.is_file() else -1
                    found.append((prefix + entry.name, size))
    return sorted(found)


def chunks(files: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Yield the files in pieces of work: neighbours together, since they share their tags."""
    piece: list[str] = []
    size = 0
    for path, bytes_ in files:
        piece.append(path)
        size += bytes_
        if size >= CHUNK:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


_worker: Worker | None = None


def _start(root: str, site: Site, external: bool) -> None:
    global _worker
    _worker = Worker(root, site, external)


def _work(paths: list[str]) -> list[Seen]:
    assert _worker is not None
    return [_worker.read(path) for path in paths]


def read_all(
    root: Path, site: Site, files: list[tuple[str, int]], external: bool, processes: int
) -> Iterator[Seen]:
    """Yield what every file with addresses in it gave, in order of their names."""
    read = [(path, size) for path, size in files if reader_for(path)]
    if processes < 2 or sum(size for _, size in read) < WORTH_A_PROCESS:
        worker = Worker(os.fspath(root), site, external)
        for path, _ in read:
            yield worker.read(path)
        return
    import multiprocessing

    # fork starts in no time, but not safely beside threads.
    plain = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if plain else "spawn")
    with context.Pool(processes, _start, (os.fspath(root), site, external)) as pool:
        for seen in pool.imap(_work, chunks(read)):
            yield from seen


def check(
    root: Path, site_url: str = "", *, external: bool = False, processes: int | None = None
) -> tuple[Site, Result]:
    """Read the site in ``root`` and return what is wrong with it.

    ``external``: also collect the addresses that lead elsewhere, with the pages that use them.
    Raises OSError.
    """
    every = list_files(root)
    files = [(path, size) for path, size in every if size >= 0]
    site = Site((path for path, _ in files), site_url)
    result = Result()
    for path, size in every:
        if size < 0:
            text = f"{path} är ingen fil, eller en symbolisk länk till något som inte finns."
            result.faults.append((path, Fault("unreadable-file", path, text)))
    ids: dict[str, str] = {}
    waiting: dict[str, list[tuple[str, Need]]] = {}  # for pages that haven't been read yet

    def judge_need(page: str, need: Need) -> None:
        known, fragment = ids[need.target], need.fragment
        # A search of the text is quicker than a set of its lines, and right for most.
        if f"\n{fragment}\n" in known and "\n" not in fragment:
            return
        if not judge.has_id(set(known.split("\n")), fragment):
            result.faults.append((page, judge.missing_anchor(need.use, need.target, fragment)))

    for seen in read_all(root, site, files, external, processes or os.cpu_count() or 1):
        ids[seen.path] = f"\n{seen.ids}\n"
        result.faults += [(seen.path, fault) for fault in seen.faults]
        if seen.leads:  # one string for each name, not one for each page that leads there
            result.leads[seen.path] = tuple(map(sys.intern, dict.fromkeys(seen.leads)))
        if seen.moves_to:
            result.stubs[seen.path] = seen.moves_to
        for use in seen.external:
            result.external.setdefault(use.value.strip(), []).append(seen.path)
        for need in seen.needs:
            if need.target in ids:
                judge_need(seen.path, need)
            else:
                waiting.setdefault(need.target, []).append((seen.path, need))
        for page, need in waiting.pop(seen.path, ()):
            judge_need(page, need)
    result.faults += stub_faults(result.stubs)
    suggestions = Suggestions(site)
    result.faults = [(page, _with_hint(fault, suggestions, ids)) for page, fault in result.faults]
    return site, result


def _with_hint(fault: Fault, suggestions: Suggestions, ids: dict[str, str]) -> Fault:
    if fault.hint is None:
        return fault
    kind, where, more = fault.hint
    if kind == "file":
        hint = suggestions.file(where, more)
    else:
        hint = suggestions.id(more, [name for name in ids.get(where, "").split("\n") if name])
    return fault._replace(message=fault.message + hint, hint=None)


def stub_faults(stubs: dict[str, str]) -> Iterator[tuple[str, Fault]]:
    """Yield redirect stubs that lead to another stub, or round in a ring."""
    for page, target in sorted(stubs.items()):
        seen = [page]
        while target in stubs and target not in seen:
            seen.append(target)
            target = stubs[target]
        if target == page:
            text = "hänvisningen leder tillbaka till sig själv. Låt den leda till en riktig sida."
            yield page, Fault("redirect-loop", target, text)
        elif len(seen) > 1:
            text = (
                f'hänvisningen leder till en ny hänvisning. Låt den leda direkt till "/{target}".'
                if target not in stubs
                else "hänvisningen leder in i en ring. Låt den leda till en riktig sida."
            )
            yield page, Fault("redirect-chain", seen[1], text)


def orphans(site: Site, result: Result, start: str = "index.html") -> list[str]:
    """Return the pages that no way from ``start`` leads to.

    The error page needs none, nor does a redirect stub: it is there for old and short addresses.
    """
    pages = {path for path in site.files if is_html(path) and not path.endswith("404.html")}
    pages -= result.stubs.keys()
    if start not in site.files:
        return []
    reached: set[str] = set()
    stack = [start]
    while stack:
        page = stack.pop()
        if page not in reached:
            reached.add(page)
            stack += result.leads.get(page, ())
    return sorted(pages - reached)
