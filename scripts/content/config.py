"""Reads mkdocs.yml: MkDocs' settings by MkDocs, with its own tags (``!ENV``), and ours, ``extra``,
by the types in content/settings.py. Rules for the values: checks/settings.py."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scripts.content.fields import construct, editable_fields
from scripts.content.files import display_path
from scripts.content.merge import merge_menus
from scripts.content.settings import Extra
from scripts.content.settings_files import (
    CONFIG,
    docs_roots,
    setting_location,
    settings_files,
    site_slug,
)
from scripts.content.validation import validate
from scripts.content.yaml_file import RegisterFile
from scripts.core.environment import ROOT
from scripts.core.findings import ContentError, Finding
from scripts.core.git import Commit, commit_of
from scripts.core.language import SWEDISH
from scripts.core.swedish import did_you_mean

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

HOOKS = ROOT / "scripts/site/hooks.py"
EXTENSION = "scripts.render.extension"  # our Markdown extension
# Its logger is below "mkdocs", so that a warning fails `mkdocs build --strict`.
LOGGER = "mkdocs.plugins.registers"
# Placeholder and loopback hosts (RFC 2606, 6761).
PLACEHOLDER_HOST = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)|127\..*", re.I
)
BAD_FILE_NAME = (
    "en fil får bara ha små bokstäver a–z, siffror och bindestreck i namnet. Byt namn på filen, "
    "och skriv det nya här."
)
# MkDocs' English errors in Swedish, by setting.
MESSAGES = {
    "site_url": "site_url, eller miljövariabeln SITE_URL, går inte att använda. Skriv en adress "
    'som "https://kommun.example/kunskap/", bara med a–z, siffror, punkt, - _ och ~. '
    "Ett värdnamn med å, ä eller ö har en form som börjar på xn--.",
    "nav": 'raden i menyn är varken en sida eller en del. Skriv "Namn: sida.md", eller "Namn:" med '
    "delens sidor längre in på raderna under.",
}
MENU_TARGET = re.compile(r"\S+\.md|https?://\S+")


@dataclass(frozen=True)
class Config:
    """The settings in mkdocs.yml that the steps after MkDocs need."""

    file: Path  # mkdocs.yml
    site_url: str  # absolute URL, from SITE_URL where that is set
    extra: Extra = field(default_factory=Extra)
    pdf: bool = True  # whether this build makes the PDF files
    name: str = ""  # site_name
    # MkDocsConfig, for one build; None in tests that need no MkDocs
    mkdocs: Any = field(default=None, repr=False, compare=False)
    faults: tuple[Finding, ...] = ()  # where ``extra`` is not as its types; then it is empty
    inherited: Path | None = None  # the national mkdocs.yml, of a municipality's folder

    @property
    def key(self) -> str:
        """The site's slug in names that others keep: the offline archive, a frame's message."""
        return self.extra.site.key or "sajten"

    @cached_property
    def files(self) -> tuple[RegisterFile, ...]:
        """mkdocs.yml, and the file that it inherits."""
        files = filter(None, (self.file, self.inherited))
        return tuple(
            RegisterFile(display_path(file, self.file.parent), file.read_text(encoding="utf-8"))
            for file in files
        )

    @property
    def roots(self) -> tuple[Path, ...]:
        """Each docs/ folder: the national one first, the project's own last."""
        return docs_roots(self.file.parent, self.inherited)

    def location(self, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of a setting."""
        return setting_location(self.files, *where)

    @property
    def icon(self) -> str:
        """The path of the favicon from the site's root."""
        return str(self.mkdocs.theme["favicon"]) if self.mkdocs else "assets/icon.svg"

    @property
    def base_url(self) -> str:
        """The site's URL with a closing slash."""
        return self.site_url.rstrip("/") + "/"


def read_config(root: Path, *, pdf: bool = True) -> Config:
    """Return the settings of the project in ``root``; a municipality's folder inherits the national
    ones. What is wrong with our own settings is in its ``faults``.

    Raises:
        ContentError: MkDocs or the build refuses a setting, or a menu row is no page.
        OSError: the machine refuses to read.
    """
    root = root.resolve()
    files = settings_files(root)
    inherited = (root / str(files[0].value["INHERIT"])).resolve() if len(files) > 1 else None
    roots = docs_roots(root, inherited)
    settings = _load(root, roots[0], files)
    faults: list[Finding] = []
    menu = settings.nav or []
    if inherited and inherited.parent != root:
        # MkDocs merges all other settings itself, but takes the menu of one file
        menu = merge_menus(*(file.value.get("nav") or [] for file in reversed(files)))
        settings.extra.setdefault("site", {})
        own_site = (files[0].value.get("extra") or {}).get("site") or {}
        settings.extra["site"]["site_slug"] = own_site.get("site_slug") or site_slug(files[0])
    settings.nav = _menu(menu, roots, files, faults) or None
    if settings.theme.get("language", SWEDISH) != SWEDISH:
        message = "sajten är på svenska. Skriv language: sv. En sida på engelska har lang: en."
        where = setting_location(files, "theme", "language")
        faults.append(Finding(*where, "bad-setting", message))
    if faults:
        raise ContentError(*faults)
    extra, wrong = read_extra(settings.extra, files)
    settings.extra["commits"] = commits_of(root, inherited)
    if inherited and "repo_url" not in files[0].value:
        # The national repo_url would lead to a file that isn't there: only the folder's own pages
        # have a link to edit them (site/hooks.py).
        settings.edit_uri = settings.edit_uri_template = None
    return Config(
        root / CONFIG,
        str(settings.site_url or ""),
        extra,
        pdf=pdf,
        name=settings.site_name,
        mkdocs=settings,
        faults=wrong,
        inherited=inherited,
    )


def commits_of(root: Path, inherited: Path | None) -> list[Commit]:
    """Return the commits that a site is built from: that of the project in ``root``, and that of
    the project whose mkdocs.yml is ``inherited``. A folder without git has none."""
    folders = [root]
    if inherited and inherited.parent != root:
        folders.append(inherited.parent)
    commits = (commit_of(folder, CONFIG.name) for folder in folders)
    return [commit for commit in commits if commit]


def _load(root: Path, docs: Path, files: Sequence[RegisterFile]) -> MkDocsConfig:
    """Return MkDocs' settings with our hooks. Raises ContentError, OSError.

    ``docs``: the docs/ that MkDocs reads; ``files``: the settings files, for the lines of findings.
    """
    from mkdocs.config.defaults import MkDocsConfig  # late: importing MkDocs takes 0.1 s

    os.environ.setdefault("OVERRIDES", str(ROOT / "overrides"))  # a municipality's settings read it
    # Validation loads our extension, which reads docs/ and logs faults that the checks report.
    logging.getLogger("mkdocs").addHandler(logging.NullHandler())
    file = root / CONFIG
    settings = MkDocsConfig(config_file_path=str(file))
    known = set(settings)
    try:
        with contextlib.chdir(root), file.open("rb") as stream:
            settings.load_file(stream)
            settings.load_dict({"docs_dir": str(docs), "hooks": [str(HOOKS)]})
            errors, warnings = settings.validate()
    except Exception as error:  # of MkDocs, an extension, or a value that neither expects
        message = f"MkDocs kan inte läsa filen: {error or type(error).__name__}"
        raise ContentError(Finding(CONFIG, 1, "bad-setting", message)) from error
    faults = []
    for key, problem in [*warnings, *errors]:
        message = MESSAGES.get(key, f"MkDocs kan inte använda {key}: {problem}")
        if key not in known:
            near = did_you_mean(key, known) or " Ta bort den."
            message = f'inställningen "{key}" finns inte.{near}'
        faults.append(Finding(*setting_location(files, key), "bad-setting", message))
    if faults:
        raise ContentError(*faults)
    return settings


def _menu(
    rows: list[Any],
    roots: Sequence[Path],
    files: Sequence[RegisterFile],
    faults: list[Finding],
) -> list[Any]:
    """Return the menu without pages that don't exist, and without sections left empty by that.

    Appends a finding to ``faults`` for each row that is neither a page nor a section.
    """
    menu = []
    for row in rows:
        title, target = next(iter(row.items())) if isinstance(row, dict) else ("", row)
        if isinstance(target, list):
            target = _menu(target, roots, files, faults)
        elif not MENU_TARGET.fullmatch(str(target)):
            name = str(target).partition(" - ")[0]  # the pages that should be below it
            cause = BAD_FILE_NAME if name.endswith(".md") else MESSAGES["nav"]
            message = f'"{name}": {cause}'
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
                return file.display_path, number
    return setting_location(files, "nav")


def read_extra(
    value: Mapping[str, Any], files: Sequence[RegisterFile]
) -> tuple[Extra, tuple[Finding, ...]]:
    """Return ``extra`` as records, and a finding for each value that is not as its type; if there
    are any, the records are empty. ``files``: the settings files, for the lines of the findings."""
    _, violations = validate(Extra, value, ("extra",))
    if not violations:
        return construct(Extra, value), ()
    findings = [
        Finding(*setting_location(files, *where), rule, message)
        for where, rule, message in violations
    ]
    return Extra(), tuple(sorted(findings))


def known_extra(value: Mapping[str, Any]) -> Extra:
    """Return the fields of ``extra`` that are ours; another builder may have put others there."""
    own = {name: value[name] for name in editable_fields(Extra) if name in value}
    extra, _ = read_extra(own, [RegisterFile(CONFIG, "")])
    return extra


def is_placeholder_host(site_url: str) -> bool:
    """Whether a URL is an example's or the loopback's: nobody has linked to it."""
    return bool(PLACEHOLDER_HOST.fullmatch(urlsplit(site_url).hostname or ""))
