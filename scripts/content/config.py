"""mkdocs.yml, read once: where the site stands, what servers are told, where faults are reported.

MkDocs reads the file, as it knows its own (``!ENV``); what is ours in it has types here, which
content/fields.py checks as it checks the registers.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from scripts.content.fields import Fault, Given, build, walk
from scripts.content.files import display_path, unused_pictures
from scripts.content.merge import merge_menus
from scripts.content.settings import REPORTED, Extra
from scripts.content.settings_files import (
    CONFIG,
    docs_roots,
    setting_at,
    settings_files,
    site_slug,
)
from scripts.content.yaml_file import RegisterFile
from scripts.core.environment import REFUSALS, ROOT
from scripts.core.findings import ContentError, Finding
from scripts.core.git import Commit, commit_of
from scripts.core.language import SWEDISH, WORDS
from scripts.core.swedish import did_you_mean

# Of our Markdown extension: below "mkdocs", so that a warning fails `mkdocs build --strict`.
LOGGER = "mkdocs.plugins.registers"
LOGOS = ("logo", "favicon")  # the pictures of a site, named under theme
# It stands in files for browsers, feeds and servers: only what is written alike in them all.
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/(?!\.+(?:/|$))[a-z0-9._~-]+)*/?", re.I)
# Nobody's address: what mkdocs.yml has from the start, what tests and a machine of one's own use
# (RFC 2606, 6761).
NOBODY = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)|127\..*", re.I
)
# What MkDocs says in English of a setting, in the words of an editor.
SETTINGS = {
    "site_url": "site_url, eller miljövariabeln SITE_URL, går inte att använda. Skriv en adress "
    'som "https://kommun.example/kunskap/", bara med a–z, siffror, punkt, - _ och ~. '
    "Ett värdnamn med å, ä eller ö har en form som börjar på xn--.",
    "nav": 'raden i menyn är varken en sida eller en del. Skriv "Namn: sida.md", eller "Namn:" med '
    "delens sidor längre in på raderna under.",
}


@dataclass(frozen=True)
class Config:
    """What the steps after MkDocs need of mkdocs.yml."""

    file: Path  # mkdocs.yml
    site_url: str  # whole address, from SITE_URL where that is set
    extra: Extra = field(default_factory=Extra)
    pdf: bool = True  # of this build: whether it makes the PDF files
    name: str = ""  # site_name
    mkdocs: Any = field(default=None, repr=False, compare=False)  # MkDocs' own: for one build
    faults: tuple[Finding, ...] = ()  # what isn't as it must be, and is left out
    inherited: Path | None = None  # the national mkdocs.yml, of a municipality's folder

    @property
    def key(self) -> str:
        """The site's word in names that others keep: the copy, a frame's message."""
        return self.extra.site.key or "sajten"

    @cached_property
    def files(self) -> tuple[RegisterFile, ...]:
        """mkdocs.yml, and the file that it inherits."""
        files = filter(None, (self.file, self.inherited))
        return tuple(
            RegisterFile(display_path(file, self.file.parent), file.read_text(encoding="utf-8"))
            for file in files
        )

    def at(self, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a setting."""
        return setting_at(self.files, *where)

    @property
    def icon(self) -> str:
        """The site's own sign, from its root."""
        return str(self.mkdocs.theme["favicon"]) if self.mkdocs else "assets/icon.svg"

    @property
    def home(self) -> str:
        """The site's address with a closing slash."""
        return self.site_url.rstrip("/") + "/"


@contextlib.contextmanager
def complaints(ours: bool = True) -> Iterator[list[str]]:
    """Yield a list that fills with MkDocs' warnings and errors; ``ours``: and those of our Markdown
    extension."""
    told: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if ours or record.name != LOGGER:
                told.append(f"{record.levelname}: {record.getMessage()}")

    logger, collector = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield told
    finally:
        logger.removeHandler(collector)


def read_config(root: Path, *, pdf: bool = True) -> Config:
    """Return the settings of the project in ``root``; a municipality's folder inherits the national
    ones. What is wrong with our own settings is in its ``faults``.

    Raises ContentError for what MkDocs or the build doesn't take.
    """
    from mkdocs.config import load_config  # late: a tenth of a second

    root = root.resolve()
    files = settings_files(root)
    inherited = (root / str(files[0].value["INHERIT"])).resolve() if len(files) > 1 else None
    roots = docs_roots(root, inherited)
    os.environ.setdefault("OVERRIDES", str(ROOT / "overrides"))  # read by another folder's settings
    # Our extension is tried, and reads docs/: what is wrong there, the checks report.
    with contextlib.chdir(root), complaints(ours=False) as told:
        try:
            given = load_config(str(root / CONFIG), docs_dir=str(roots[0]))
        except Exception as error:  # of MkDocs, an extension, or a value that neither foresaw
            if isinstance(error, OSError) and error.errno in REFUSALS:
                raise  # nothing to mend in the file
            told.append(f"MkDocs kan inte läsa filen: {error or type(error).__name__}")
    faults = _refused(told, files)
    if not faults:
        menu = given.nav or []
        if inherited and inherited.parent != root:
            # MkDocs merges all other settings itself, but takes the menu of one file
            menu = merge_menus(*(file.value.get("nav") or [] for file in reversed(files)))
            given.extra.setdefault("site", {})
            own_site = (files[0].value.get("extra") or {}).get("site") or {}
            given.extra["site"]["apart"] = own_site.get("apart") or site_slug(files[0])
        given.nav = _menu(menu, roots, files, faults) or None
    if faults:
        raise ContentError(*faults)
    if given.theme.get("language", SWEDISH) != SWEDISH:
        message = "sajten är på svenska. Skriv language: sv. En sida på engelska har lang: en."
        raise ContentError(Finding(*setting_at(files, "theme", "language"), "bad-setting", message))
    url = str(given.site_url or "")
    looks = _look(given, roots)
    made = settled(root / CONFIG, url, given.extra, given.site_name, looks, inherited)
    given.extra["words"] = WORDS
    given.extra["commits"] = commits_of(root, inherited)
    if inherited and "repo_url" not in files[0].value:
        # The national repo_url would lead to a file that isn't there: only the folder's own pages
        # have a link to edit them (site/mkdocs.py).
        given.edit_uri = given.edit_uri_template = None
    used = [str(given.theme.get(name)) for name in LOGOS]
    pictures = (
        one for docs in roots for one in unused_pictures(docs, used, display_path(docs, root))
    )
    return replace(made, pdf=pdf, mkdocs=given, faults=(*made.faults, *pictures))


def commits_of(root: Path, inherited: Path | None) -> list[Commit]:
    """Return the commits that a site is built from: that of the project in ``root``, and that of
    the project whose mkdocs.yml is ``inherited``. A folder without git has none."""
    folders = [root]
    if inherited and inherited.parent != root:
        folders.append(inherited.parent)
    found = (commit_of(folder, CONFIG.name) for folder in folders)
    return [commit for commit in found if commit]


def _refused(told: list[str], files: Sequence[RegisterFile]) -> list[Finding]:
    """Return what MkDocs reports of settings, each at its line."""
    from mkdocs.config.defaults import MkDocsConfig

    found = []
    for key, said in re.findall(r"Config value '(.+?)': (.*)", "\n".join(told)):
        message = SETTINGS.get(key, f"MkDocs kan inte använda {key}: {said}")
        if said.startswith("Unrecognised configuration name"):
            near = did_you_mean(key, dict(MkDocsConfig._schema)) or " Ta bort den."
            message = f'inställningen "{key}" finns inte.{near}'
        found.append(Finding(*setting_at(files, key), "bad-setting", message))
    return found or [Finding(CONFIG, 1, "bad-setting", said) for said in told]


def _menu(
    rows: list[Any],
    roots: Sequence[Path],
    files: Sequence[RegisterFile],
    faults: list[Finding],
) -> list[Any]:
    """Return the menu without pages that are gone, and parts that are left empty by it. ``faults``
    gets the rows that are a name alone: their colon is missing."""
    menu = []
    for row in rows:
        title, target = next(iter(row.items())) if isinstance(row, dict) else ("", row)
        if isinstance(target, list):
            target = _menu(target, roots, files, faults)
        elif not re.fullmatch(r"\S+\.md|https?://\S+", str(target)):
            name = str(target).partition(" - ")[0]  # the pages that should be below it
            message = f'"{name}": {SETTINGS["nav"]}'
            faults.append(Finding(*_menu_row_at(files, name), "bad-setting", message))
        elif target.endswith(".md") and not any((docs / target).is_file() for docs in roots):
            continue
        if target:
            menu.append({title: target} if title else target)
    return menu


def _menu_row_at(files: Sequence[RegisterFile], name: str) -> tuple[PurePosixPath, int]:
    """Return the file and the line of the menu's row that ends with a name."""
    for file in files:
        for number, line in enumerate(file.text.split("\n"), 1):
            if line.strip().endswith(name):
                return file.shown, number
    return setting_at(files, "nav")


def _look(given: Any, roots: Sequence[Path]) -> Iterator[Fault]:
    """Yield what of MkDocs' own settings would be dropped without a word, and pictures that aren't
    there."""
    for name in ("extra_css", "extra_javascript"):
        if given[name]:
            message = (
                f"{name} läses inte. Egna färger skriver du som colours under extra, med light och "
                "dark, och bilden i sidhuvudet som logo under theme."
            )
            yield (name,), "bad-setting", message
    for name in LOGOS:
        file = given.theme.get(name)
        folders = (*roots, *map(Path, given.theme.dirs))
        if file and not any((folder / file).is_file() for folder in folders):
            message = f'{name}: "{file}" finns inte. Lägg bilden i docs/, och skriv dess namn.'
            yield ("theme", name), "bad-setting", message


def settled(
    file: Path,
    site_url: str,
    extra: Mapping[str, Any],
    name: str = "",
    more: Iterable[Fault] = (),
    inherited: Path | None = None,
) -> Config:
    """Return the settings, and what is wrong with them. ``extra``: as MkDocs has read it from
    ``file`` and the file that it inherits; ``more``: what is wrong besides.

    That a date has passed is no fault: time must not stop somebody else's change.
    """
    made, told = extra_of(extra)
    told += [*(_faults(made, site_url) if not told else []), *more]
    if re.search("[<>\n]", name):
        message = f"site_name är {name!r}. Skriv ren text på en rad."
        told.append((("site_name",), "bad-setting", message))
    config = Config(file, site_url, made, name=name, inherited=inherited)
    faults = (Finding(*config.at(*way), rule, words) for way, rule, words in told)
    return replace(config, faults=tuple(sorted(faults)))


def is_placeholder_host(site_url: str) -> bool:
    """Whether an address is an example's, or one's own machine's: nobody has linked to it."""
    return bool(NOBODY.fullmatch(urlsplit(site_url).hostname or ""))


def extra_of(given: Mapping[str, Any]) -> tuple[Extra, list[Fault]]:
    """Return mkdocs.yml's ``extra``, and what in it isn't as its type says: then it is empty."""
    told = [one for one in walk(Extra, given, ("extra",)) if not isinstance(one, Given)]
    return (Extra() if told else build(Extra, given)), told


def _faults(extra: Extra, site_url: str) -> Iterator[Fault]:
    """Yield (way, rule, message) for what no field alone can say. A site on the net must say where
    readers report faults."""
    if not ADDRESS.fullmatch(site_url):
        yield ("site_url",), "site-url", f"{site_url!r}: {SETTINGS['site_url']}"
    elif not extra.report and not is_placeholder_host(site_url):
        yield ("extra",), "report", f"report saknas under extra. Skriv {REPORTED}."
    for key in extra.local:
        if key not in (known := extra.site.numbers):
            near = did_you_mean(key, known) or f" De är {', '.join(known) or 'inga'}."
            message = f"{key} är inget eget nummer.{near} Nya skrivs under numbers i site."
            yield ("extra", "local", key), "local", message
    if extra.exit and extra.exit.show and not extra.exit.address:
        message = "address saknas under exit. Skriv en adress som börjar på https://."
        yield ("extra", "exit"), "bad-setting", message
    if bool(extra.accessibility.assessed_on) != bool(extra.accessibility.method):
        message = "assessed_on och method hör ihop: skriv när ni bedömde sajten, och hur."
        yield ("extra", "accessibility"), "bad-setting", message
    security = extra.security
    if security.contact and not security.expires:
        message = "expires saknas. Skriv när contact ska ses över: expires: 2027-11-01."
        yield ("extra", "security", "contact"), "security", message
    for name in ("expires", "policy"):
        if getattr(security, name) and not security.contact:
            message = f"{name} hör ihop med contact. Skriv contact, eller ta bort {name}."
            yield ("extra", "security", name), "security", message
