"""mkdocs.yml, read once: where the site stands, what servers are told, where faults are reported.

MkDocs reads the file, as it knows its own (``!ENV``); what is ours in it has types here, which
content/fields.py checks as it checks the registers.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from scripts.content.fields import Fault, Given, build, walk
from scripts.content.files import unused_pictures
from scripts.content.settings import REPORTED, Extra
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core.environment import REFUSALS, ROOT
from scripts.core.findings import ContentError, Finding
from scripts.core.language import SWEDISH, WORDS
from scripts.core.swedish import did_you_mean

CONFIG = PurePosixPath("mkdocs.yml")
# Of our Markdown extension: below "mkdocs", so that a warning fails `mkdocs build --strict`.
LOGGER = "mkdocs.plugins.registers"
LOGOS = ("logo", "favicon")  # the pictures of a site, named under theme
# The one tag of MkDocs' own that settings may have: what it gives is text.
ENV = re.compile(r"!ENV (?=[\w\[])")
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

    file: Path
    site_url: str  # whole address, from SITE_URL where that is set
    extra: Extra = field(default_factory=Extra)
    pdf: bool = True  # of this build: whether it makes the PDF files
    name: str = ""  # site_name
    mkdocs: Any = field(default=None, repr=False, compare=False)  # MkDocs' own: for one build
    faults: tuple[Finding, ...] = ()  # what isn't as it must be, and is left out

    @property
    def key(self) -> str:
        """The site's word in names that others keep: the copy, a frame's message."""
        return self.extra.site.key or "sajten"

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
    """Return the settings of the project in ``root``. Raises ContentError for what MkDocs doesn't
    take, or would make a menu of that has no pages."""
    from mkdocs.config import load_config  # late: a tenth of a second

    os.environ.setdefault("OVERRIDES", str(ROOT / "overrides"))  # read by another folder's settings
    # Our extension is tried, and reads docs/: what is wrong there, the checks report.
    with contextlib.chdir(root), complaints(ours=False) as told:
        try:
            given = load_config(str(root / CONFIG))
        except Exception as error:  # of MkDocs, an extension, or a value that neither foresaw
            if isinstance(error, OSError) and error.errno in REFUSALS:
                raise  # nothing to mend in the file
            told.append(f"MkDocs kan inte läsa filen: {error or type(error).__name__}")
    lines = RegisterFile(CONFIG, (root / CONFIG).read_text(encoding="utf-8"))
    if not (faults := _refused(told, lines)):
        given.nav = _menu(given.nav or [], Path(given.docs_dir), lines, faults) or None
    if faults:
        raise ContentError(*faults)
    if given.theme.get("language", SWEDISH) != SWEDISH:
        message = "sajten är på svenska. Skriv language: sv. En sida på engelska har lang: en."
        line = lines.line("theme", "language")
        raise ContentError(Finding(CONFIG, line, "bad-setting", message))
    url, looks = str(given.site_url or ""), _look(given)
    made = settled(root / CONFIG, url, given.extra, given.site_name, looks)
    given.extra["words"] = WORDS
    shown = [str(given.theme.get(name)) for name in LOGOS]
    pictures = unused_pictures(Path(given.docs_dir), shown)
    return replace(made, pdf=pdf, mkdocs=given, faults=(*made.faults, *pictures))


def _refused(told: list[str], lines: RegisterFile) -> list[Finding]:
    """Return what MkDocs says of settings, each where it stands."""
    from mkdocs.config.defaults import MkDocsConfig

    found = []
    for key, said in re.findall(r"Config value '(.+?)': (.*)", "\n".join(told)):
        message = SETTINGS.get(key, f"MkDocs kan inte använda {key}: {said}")
        if said.startswith("Unrecognised configuration name"):
            near = did_you_mean(key, dict(MkDocsConfig._schema)) or " Ta bort den."
            message = f'inställningen "{key}" finns inte.{near}'
        found.append(Finding(CONFIG, lines.line(key), "bad-setting", message))
    return found or [Finding(CONFIG, 1, "bad-setting", said) for said in told]


def _menu(rows: list[Any], docs: Path, lines: RegisterFile, faults: list[Finding]) -> list[Any]:
    """Return the menu without pages that are gone, and parts that are left empty by it. ``faults``
    gets the rows that are a name alone: their colon is missing."""
    found = []
    for row in rows:
        title, there = next(iter(row.items())) if isinstance(row, dict) else ("", row)
        if isinstance(there, list):
            there = _menu(there, docs, lines, faults)
        elif not re.fullmatch(r"\S+\.md|https?://\S+", str(there)):
            name = str(there).partition(" - ")[0]  # the pages that should stand below it
            ends = (n for n, s in enumerate(lines.text.split("\n"), 1) if s.strip().endswith(name))
            line = next(ends, lines.line("nav"))
            faults.append(Finding(CONFIG, line, "bad-setting", f'"{name}": {SETTINGS["nav"]}'))
        elif there.endswith(".md") and not (docs / there).is_file():
            continue
        if there:
            found.append({title: there} if title else there)
    return found


def _look(given: Any) -> Iterator[Fault]:
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
        file, homes = given.theme.get(name), (given.docs_dir, *given.theme.dirs)
        if file and not any((Path(home) / file).is_file() for home in homes):
            message = f'{name}: "{file}" finns inte. Lägg bilden i docs/, och skriv dess namn.'
            yield ("theme", name), "bad-setting", message


def settled(
    file: Path,
    site_url: str,
    extra: Mapping[str, Any],
    name: str = "",
    more: Iterable[Fault] = (),
) -> Config:
    """Return the settings, and what is wrong with them. ``extra``: as it stands in ``file``;
    ``more``: what is wrong besides.

    That a date has passed is no fault: time must not stop somebody else's change.
    """
    text = file.read_text(encoding="utf-8")
    lines = RegisterFile(CONFIG, text)
    made, told = extra_of(extra)
    told += [*(_faults(made, site_url) if not told else []), *more]
    if re.search("[<>\n]", name):
        message = f"site_name är {name!r}. Skriv ren text på en rad."
        told.append((("site_name",), "bad-setting", message))
    faults = (Finding(CONFIG, lines.line(*way), rule, words) for way, rule, words in told)
    return Config(file, site_url, made, name=name, faults=tuple(sorted(faults)))


def _extra(root: Path) -> Any:
    """Return ``extra`` of mkdocs.yml in ``root`` as plain data; {} where the file can't be read:
    ``read_config`` reports it."""
    try:
        return parse_yaml(ENV.sub("", read_text(root / CONFIG, CONFIG)), CONFIG)["extra"]
    except (ContentError, KeyError, TypeError):
        return {}


def own_numbers(root: Path) -> tuple[str, ...]:
    """Return the keys of the telephone numbers that the publisher may have of its own."""
    try:
        return tuple(_extra(root)["site"]["numbers"])
    except (KeyError, TypeError):
        return ()


def local_numbers(root: Path) -> dict[str, str]:
    """Return the publisher's own telephone numbers by their keys, as they are written there."""
    try:
        return {key: str(number) for key, number in _extra(root)["local"].items()}
    except (AttributeError, KeyError, TypeError):
        return {}


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
