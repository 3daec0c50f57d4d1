"""What is wrong with the links of a built site. No network.

After hyperlink (untitaker/hyperlink, docs/architecture.md): every file defines a path and its ids,
every link uses one. What is used and not defined is broken. No crawling.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from scripts.core.swedish import distance
from scripts.links.files import read
from scripts.links.html import Document, Use, as_utf8, is_html
from scripts.links.resolve import SPACES, Resolution, Site, is_origin, mask

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MAX_SHOWN = 200  # characters of an address in a message
# Of "Menade du …?":
MAX_QUESTIONS = 100  # questions in one run that many names are compared for: it takes its time
MAX_NAMES = 5_000  # names that one is compared with
MAX_NAME_LENGTH = 200  # characters of a name
MIN_SIMILARITY = 0.75  # of difflib's ratio: names that are less alike aren't looked at
LETTERS_PER_TYPO = 6  # of a name for each slip of the hand: with more slips it is another name

# Problem → (rule, the message after the address).
PROBLEMS = {
    "characters": ("malformed-url", " har tecken som inte får stå i en adress. Koda dem, som %20."),
    "port": ("malformed-url", " har en port som inte finns. Den är ett tal, högst 65535."),
    "host": ("malformed-url", " har inget riktigt värdnamn."),
    "scheme": ("malformed-url", " börjar med ett okänt protokoll. Menade du https://?"),
    "javascript": ("malformed-url", " gör ingenting utan JavaScript. Länka till en sida."),
    "password": ("credentials", " innehåller ett lösenord. Ta bort det, och byt lösenordet."),
    "user": ("credentials", " innehåller ett användarnamn. Ta bort det."),
    "local": ("local-link", " fungerar bara på din egen dator. Länka till sidan i stället."),
    "mailto": ("bad-mailto", " är ingen e-postadress. Skriv mailto:namn@doman.se."),
    "tel": ("bad-tel", " går inte att ringa. Skriv tel: och siffror, som tel:020390000."),
    "no-base": ("outside-site", " saknar webbplatsens sökväg {base}. Skriv en relativ länk."),
    "outside": ("outside-site", " leder ut ur mappen som kontrolleras, den som ligger på {base}."),
    "case": ("wrong-case", ' skrivs inte som filen, "{file}": stora bokstäver, eller å, ä och ö.'),
    "slash": ("missing-slash", ' saknar snedstreck på slutet. Menade du "{slash}"?'),
    "page": ("missing-page", ": sidan finns inte."),
    "asset": ("missing-asset", ": filen finns inte."),
    "page-as-asset": ("missing-asset", " är en sida. Skriv bildens, skriptets eller mallens fil."),
    "anchor": ("missing-anchor", ': sidan finns, men inte rubriken eller raden "#{place}" på den.'),
}
GONE = " Ändra adressen, eller ta bort den."
ELSEWHERE = " Har den flyttat? Skriv det nya stället. Är den borta? Länka till sidan."
EMPTY = 'adressen är tom: en länk leder då till sin egen sida. Skriv en adress, eller "#".'


@dataclass(frozen=True)
class Fault:
    """What is wrong with one link, before its line is known."""

    rule: str
    target: str  # as the file has it; never with a password
    message: str
    severity: str = "error"


@dataclass
class Result:
    """The faults and links of a whole site."""

    site: Site
    faults: list[tuple[str, Fault]] = field(default_factory=list)  # (page, fault)
    external: dict[str, list[str]] = field(default_factory=dict)  # address → pages that use it
    outgoing: dict[str, set[str]] = field(default_factory=dict)  # page → files that it leads to
    stubs: set[str] = field(default_factory=set)  # redirects, and pages with robots: noindex


def check(root: Path, site_url: str = "", known: Mapping[str, Document] | None = None) -> Result:
    """Read the site in ``root`` and return its faults and links.

    Args:
        site_url: the URL it will be published at.
        known: pages that are parsed already, by file name; the others are read from the folder.

    Raises:
        OSError: a file can't be read.
    """
    files = sorted(f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file())
    result = Result(Site(files, site_url))
    ids: dict[str, set[str]] = {}
    waiting: list[tuple[str, Use, str, str]] = []  # (page, use, file, the id it must have)
    suggestions = Suggestions(files)
    for path in files:
        document = known[path] if known and path in known else read(root / path)
        if document is None:
            continue
        ids[path] = document.goals
        if document.noindex:
            result.stubs.add(path)
        result.faults += [(path, fault) for fault in _own_faults(path, document)]
        for use in dict.fromkeys(document.uses):
            if use.kind == "ref":
                waiting.append((path, use, path, use.value))
            else:
                waiting += _check_use(path, use, document.base, result, suggestions)
    for path, use, file, wanted in waiting:
        if not {wanted, unquote(wanted)} & ids.get(file, set()):
            hint = suggestions.id(file, wanted, ids)
            result.faults.append((path, _missing_id(use, wanted, hint)))
    return result


def _own_faults(path: str, document: Document) -> Iterator[Fault]:
    """Yield the faults of a file by itself: unreadable, an empty id, an id that is there twice."""
    if document.unreadable:
        yield Fault("unreadable-file", path, f"{path} {document.unreadable}.")
    for name, count in Counter(document.ids).items() if is_html(path) else ():
        if not name or re.search(r"\s", name):
            yield Fault("bad-id", name, f'id "{name}" är tomt eller har mellanslag.')
        elif count > 1:
            text = f'id "{name}" står på flera ställen på sidan. Ge varje ställe ett eget id.'
            yield Fault("duplicate-id", name, text)


def _check_use(
    path: str, use: Use, base: str, result: Result, suggestions: Suggestions
) -> Iterator[tuple[str, Use, str, str]]:
    """Check one link; yield (page, use, file, id) for the anchor pass if it has a fragment."""
    link, mark, fragment = use.value.strip(SPACES).partition("#")
    if not link and not mark:
        # a page may lead to itself, but nobody means it
        severity = "warning" if use.kind == "page" else "error"
        result.faults.append((path, Fault("empty-link", use.value, EMPTY, severity)))
        return
    url = result.site.apply_base(link, path, base) if base else link
    resolution = result.site.resolve(url, path) if url.partition("?")[0] else Resolution(path)
    if use.kind == "own" and not _is_inside(resolution):
        return
    if resolution.external:
        result.external.setdefault(resolution.external + mark + fragment, []).append(path)
    problem, shown, hint = resolution.problem, use.value, ""
    if problem == "missing":
        problem = "asset" if use.kind in ("asset", "frame") else "page"
        shown = link  # a missing page lacks its anchors, too: one fault for both
        hint = suggestions.file(resolution.file, problem == "asset") or GONE
        if MAIL.fullmatch(link):
            hint = f' Menade du "mailto:{link}"?'
    elif resolution.file and use.kind == "asset" and is_html(resolution.file):
        problem = problem or "page-as-asset"
    if problem:
        slash = re.sub(r"(?=\?|$)", "/", link, count=1) + mark + fragment
        more = {"base": result.site.base_path, "file": resolution.file, "slash": slash}
        result.faults.append((path, _fault(problem, use, shown, hint, **more)))
    if not resolution.file or problem not in ("", "slash", "page-as-asset"):
        return
    result.outgoing.setdefault(path, set()).add(resolution.file)
    if use.kind == "refresh":
        result.stubs.add(path)
    wanted = wants_id(resolution.file, fragment)
    if wanted and not problem:
        yield path, use, resolution.file, wanted


def _is_inside(resolution: Resolution) -> bool:
    """Whether an address leads into the site, to a file of it or past them."""
    return not resolution.external and resolution.problem in ("", "missing", "case", "slash")


def _fault(problem: str, use: Use, shown: str, hint: str, **more: str) -> Fault:
    rule, text = PROBLEMS[problem]
    shown = mask(shown.strip(SPACES))
    shown = shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + "…"
    return Fault(rule, mask(use.value), f'"{shown}"{text.format(**more)}{hint}')


def _missing_id(use: Use, wanted: str, hint: str) -> Fault:
    if use.kind != "ref":
        return _fault("anchor", use, use.value, hint or ELSEWHERE, place=unquote(wanted))
    text = f'ett attribut pekar på id "{use.value}", som inte finns på sidan.{hint}'
    return Fault("missing-ref", use.value, text)


def wants_id(file: str, fragment: str) -> str:
    """Return the id that ``file`` must have for ``fragment`` to lead anywhere, or ""."""
    fragment = fragment.partition(":~:")[0]  # without a text directive
    if file.lower().endswith(".svg"):
        return "" if re.match(r"svgView\(|xywh=|t=", fragment) else fragment
    return fragment if is_html(file) and fragment.lower() != "top" else ""


def orphans(result: Result, start: str = "index.html") -> list[str]:
    """Return the pages that can't be reached from ``start``.

    The error page needs none, nor does a redirect, or a page that tells where to go instead of a
    page that is gone (robots: noindex): they are there for old and short addresses.
    """
    reached: set[str] = set()
    stack = [start] if start in result.site.files else []
    while stack:
        page = stack.pop()
        if page not in reached:
            reached.add(page)
            stack += result.outgoing.get(page, ())
    pages = {path for path in result.site.files if is_html(path) and not path.endswith("404.html")}
    return sorted(pages - result.stubs - reached) if reached else []


class Suggestions:
    """The files and ids that a broken link may have meant; each answer is worked out once."""

    def __init__(self, files: Iterable[str]) -> None:
        self.answers: dict[tuple[str, str], str] = {}
        self.names: dict[bool, dict[str, str]] = {True: {}, False: {}}  # page?, name → file
        self.same: dict[tuple[bool, str], list[str]] = {}  # page?, last part → names
        for path in sorted(files):
            page = is_html(path)
            name = _page_name(path) if page else path
            if self.names[page].setdefault(name, path) == path:
                self.same.setdefault((page, name.rpartition("/")[2]), []).append(name)

    def file(self, wanted: str, asset: bool) -> str:
        """Return the file that ``wanted`` may have been meant to be, as a sentence, or "". It has
        the same ending: nobody who writes the name of a script means a picture."""
        ending = _ending(wanted)
        page = is_html(wanted) or (not asset and ending in ("", ".md"))
        key = wanted, "page" if page else "asset"
        if key not in self.answers:
            names = self.names[page]
            name = _page_name(wanted) if page else wanted
            found = name if name in names else ""
            if not found and ending != ".md":
                # The right name in the wrong folder comes before another name in the right one.
                same_last_part = self.same.get((page, name.rpartition("/")[2]), [])
                same = self._with_same_ending(same_last_part, page, ending)
                found = same[0] if len(same) == 1 else ""
                if not found and len(self.answers) < MAX_QUESTIONS:
                    found = _nearest(name, same or self._with_same_ending(names, page, ending))
            self.answers[key] = _sentence(names[found]) if found else ""
        return self.answers[key]

    def _with_same_ending(self, names: Iterable[str], is_page: bool, ending: str) -> list[str]:
        """Return those of the names whose files have ``ending``. Of pages: those that are the
        index.html of a folder if ``ending`` is "", else the others."""
        if not is_page:
            return [name for name in names if _ending(name) == ending]
        file_by_name = self.names[True]
        is_folder = ending == ""
        return [n for n in names if file_by_name[n].endswith("index.html") == is_folder]

    def id(self, file: str, wanted: str, ids: Mapping[str, Collection[str]]) -> str:
        """Return where the id ``wanted`` is now, if that is one place, else the one of ``file``
        nearest to it, as a sentence, or "". ``ids``: file → those there are."""
        key, name = (file, f"#{wanted}"), unquote(wanted)
        if key not in self.answers and len(self.answers) < MAX_QUESTIONS:
            homes = [page for page, known in ids.items() if name and name in known]
            near = _nearest(name, ids.get(file, ()))
            self.answers[key] = f' Menade du "#{near}"?' if near else ""
            if len(homes) == 1:
                self.answers[key] = _sentence(homes[0], f"#{name}")
        return self.answers.get(key, "")


def _nearest(wanted: str, names: Collection[str]) -> str:
    """Return the name that is most like ``wanted``, or "" where none is a slip of the hand away."""
    # Of thousands of names, those of like length.
    alike = [n for n in names if len(names) <= 500 or abs(len(n) - len(wanted)) <= 6]
    wanted = wanted[:MAX_NAME_LENGTH]
    near = difflib.get_close_matches(wanted, sorted(alike)[:MAX_NAMES], n=1, cutoff=MIN_SIMILARITY)
    slips = max(1, len(wanted) // LETTERS_PER_TYPO)
    return near[0] if near and distance(wanted, near[0]) <= slips else ""


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _page_name(path: str) -> str:
    """Return a page as people know it: without "index" and ".html"."""
    return re.sub(r"(?:(?:^|/)index)?\.(?:md|html?)$|/$", "", path)


def _sentence(path: str, place: str = "") -> str:
    address = re.sub(r"(^|/)index\.html$", r"\1", path)
    return f' Menade du "/{address}{place}"?'


def canonical_address(root: Path) -> str:
    """Return the canonical address of the start page of the built site ``root``, or ""."""
    file = root / "index.html"
    page = as_utf8(file.read_bytes()) if file.is_file() else b""
    node = LexborHTMLParser(page).css_first("link[rel~=canonical]")
    href = (node.attributes.get("href") or "").strip() if node else ""
    return href if is_origin(href) else ""
