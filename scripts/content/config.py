"""Reads mkdocs.yml: MkDocs' settings by MkDocs, with its own tags (``!ENV``), and ours, ``extra``,
by the types in content/settings.py. Rules for the values: checks/settings.py."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    national_root,
    setting_location,
    settings_files,
    site_slug,
)
from scripts.content.validation import validate
from scripts.content.yaml_file import RegisterFile
from scripts.core.environment import ROOT
from scripts.core.findings import ContentError, Finding
from scripts.core.git import Commit, commit_of
from scripts.core.swedish import did_you_mean

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

HOOKS = ROOT / "scripts/site/hooks.py"
EXTENSION = "scripts.render.extension"  # our Markdown extension
# The logger of the extension: below "mkdocs", so that a warning fails `mkdocs build --strict`.
EXTENSION_LOGGER = "mkdocs.plugins.registers"
# Placeholder and loopback hosts (RFC 2606, 6761): "kommun.example", "localhost", "127.0.0.1".
PLACEHOLDER_HOST = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)|127\..*", re.I
)
# MkDocs' English errors in Swedish, by setting.
MESSAGES = {
    "site_url": "site_url, eller miljövariabeln SITE_URL, går inte att använda. Skriv en adress "
    'som "https://kommun.example/kunskap/", bara med a–z, siffror, punkt, - _ och ~. '
    "Ett värdnamn med å, ä eller ö har en form som börjar på xn--.",
    "nav": 'raden i menyn är varken en sida eller en del. Skriv "Namn: sida.md", utan mellanslag i '
    'sidans namn, eller "Namn:" med delens sidor längre in på raderna under.',
}
MENU_TARGET = re.compile(r"\S+\.md|https?://\S+")  # "odla/tomat.md", "https://site.invalid/p/"


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
    faults: tuple[Finding, ...] = ()  # violations of the types of ``extra``, which is then empty
    national: Path | None = None  # the national project's folder; None unless it inherits one

    @property
    def site_key(self) -> str:
        """The site's key (extra.site.key): part of the offline archive's file name and of the ids
        in the feed, which readers keep. "sajten" if it is unset."""
        return self.extra.site.key or "sajten"

    @cached_property
    def files(self) -> tuple[RegisterFile, ...]:
        """The project's mkdocs.yml, then the national one if the project inherits one."""
        files = [self.file]
        if self.national:
            files.append(self.national / CONFIG)
        return tuple(
            RegisterFile(display_path(file, self.file.parent), file.read_text(encoding="utf-8"))
            for file in files
        )

    @property
    def roots(self) -> tuple[Path, ...]:
        """Each docs/ folder: the national one first, the project's own last."""
        return docs_roots(self.file.parent, self.national)

    def location(self, *where: str | int) -> tuple[PurePosixPath, int]:
        """Return the file, as findings name it, and the line of the setting at the path ``where``:
        ``config.location("extra", "site", "key")``."""
        return setting_location(self.files, *where)

    @property
    def icon(self) -> str:
        """The path of the favicon from the site's root; the default one without ``mkdocs``."""
        return str(self.mkdocs.theme["favicon"]) if self.mkdocs else "assets/icon.svg"

    @property
    def base_url(self) -> str:
        """The site's URL with a closing slash."""
        return self.site_url.rstrip("/") + "/"


def read_config(root: Path, *, pdf: bool = True) -> Config:
    """Return the settings of the project in ``root``; a municipality's folder inherits the national
    ones. Values of ``extra`` that violate their types are in ``faults`` of the result.

    Raises:
        ContentError: MkDocs or the build refuses a setting, or a menu row is no page.
        OSError: the machine refuses to read.
    """
    root = root.resolve()
    files = settings_files(root)
    national = national_root(root)
    roots = docs_roots(root, national)
    # MkDocs reads the first docs/, the national one; our hooks add a municipality's own pages
    settings = _load_mkdocs(root, roots[0], files)
    if national:
        _complete_inherited(settings, files)
    menu = settings.nav or []
    _check_menu(menu, files)
    settings.nav = _without_missing_pages(menu, roots) or None
    extra, faults = read_extra(settings.extra, files)
    settings.extra["commits"] = commits_of(root, national)
    return Config(
        root / CONFIG,
        str(settings.site_url or ""),
        extra,
        pdf=pdf,
        name=settings.site_name,
        mkdocs=settings,
        faults=faults,
        national=national,
    )


def _complete_inherited(settings: MkDocsConfig, files: Sequence[RegisterFile]) -> None:
    """Set the settings of a municipality's site that MkDocs' inheritance leaves missing or wrong:
    the merged menu, the site's slug, and no national link to edit a page.

    ``files``: the municipality's mkdocs.yml and the national one. Raises ContentError for settings
    without an address.
    """
    own, inherited = files
    settings.nav = merge_menus(inherited.value.get("nav") or [], own.value.get("nav") or [])
    settings.extra.setdefault("site", {})["site_slug"] = site_slug(own)
    if "repo_url" not in own.value:
        # The national repo_url would lead to a file that doesn't exist: only the folder's own pages
        # have a link to edit them (site/hooks.py).
        settings.edit_uri = settings.edit_uri_template = None


def commits_of(root: Path, national: Path | None) -> list[Commit]:
    """Return the commits that a site is built from: of the project in ``root``, and of the
    ``national`` one if there is one. A folder without git has none."""
    folders = [root, national] if national else [root]
    commits = (commit_of(folder, CONFIG.name) for folder in folders)
    return [commit for commit in commits if commit]


def _load_mkdocs(root: Path, docs: Path, files: Sequence[RegisterFile]) -> MkDocsConfig:
    """Return MkDocs' settings with our hooks. Raises ContentError for settings that it refuses.

    ``docs``: the docs/ that MkDocs reads; ``files``: the settings files, for the lines of findings.
    """
    from mkdocs.config.defaults import MkDocsConfig  # late: importing MkDocs takes 0.1 s

    os.environ.setdefault("OVERRIDES", str(ROOT / "overrides"))  # a municipality's settings read it
    # Validation loads our extension, which reads docs/ and logs faults that the checks report.
    logging.getLogger("mkdocs").addHandler(logging.NullHandler())
    file = root / CONFIG
    settings = MkDocsConfig(config_file_path=str(file))
    known_keys = set(settings)
    try:
        with contextlib.chdir(root), file.open("rb") as stream:
            settings.load_file(stream)
            settings.load_dict({"docs_dir": str(docs), "hooks": [str(HOOKS)]})
            errors, warnings = settings.validate()
    except Exception as error:  # of MkDocs, an extension, or a value that neither expects
        message = f"MkDocs kan inte läsa filen: {error or type(error).__name__}"
        raise ContentError(Finding(CONFIG, 1, "bad-setting", message)) from error
    findings = []
    for key, problem in [*warnings, *errors]:  # a misspelt setting is only a warning to MkDocs
        message = _setting_message(key, problem, known_keys)
        findings.append(Finding(*setting_location(files, key), "bad-setting", message))
    if findings:
        raise ContentError(*findings)
    return settings


def _setting_message(key: str, problem: object, known_keys: Collection[str]) -> str:
    """Return in Swedish what is wrong with the setting ``key``. ``problem``: MkDocs' English error
    or warning; ``known_keys``: the settings that exist."""
    if key not in known_keys:
        cure = did_you_mean(key, known_keys) or " Ta bort den."
        return f'inställningen "{key}" finns inte.{cure}'
    return MESSAGES.get(key, f"MkDocs kan inte använda {key}: {problem}")


def _check_menu(menu: list[Any], files: Sequence[RegisterFile]) -> None:
    """Raise ContentError for the rows of a menu that are neither a page, a web address nor a
    section. ``files``: the settings files, for the lines of the findings."""
    findings = []
    for target in _menu_targets(menu):
        if not MENU_TARGET.fullmatch(target):
            # YAML reads a section without its colon as one text, "Odla - odla/tomat.md"
            name = target.partition(" - ")[0]
            message = f'"{name}": {MESSAGES["nav"]}'
            findings.append(Finding(*_menu_row_location(files, name), "bad-setting", message))
    if findings:
        raise ContentError(*findings)


def _menu_row(row: Any) -> tuple[str, Any]:
    """Return the title and the target of a menu's row. The target is a page's path, a web address,
    or the list of a section's rows; the title is "" for a row that is a path alone."""
    return next(iter(row.items())) if isinstance(row, dict) else ("", row)


def _menu_targets(menu: list[Any]) -> Iterator[str]:
    """Yield the path or web address of each row of a menu that is no section, those within the
    sections too."""
    for row in menu:
        _, target = _menu_row(row)
        if isinstance(target, list):
            yield from _menu_targets(target)
        else:
            yield str(target)


def _without_missing_pages(menu: list[Any], roots: Sequence[Path]) -> list[Any]:
    """Return the menu without pages that are in no docs/ of ``roots``, and without sections that
    are then empty. checks/pages.py reports these pages."""
    existing = []
    for row in menu:
        title, target = _menu_row(row)
        if isinstance(target, list):
            target = _without_missing_pages(target, roots)
        elif target.endswith(".md") and not any((docs / target).is_file() for docs in roots):
            continue
        if target:
            existing.append({title: target} if title else target)
    return existing


def _menu_row_location(files: Sequence[RegisterFile], name: str) -> tuple[PurePosixPath, int]:
    """Return the file, as findings name it, and the line of a menu's row: the first line of
    ``files`` that ends with ``name``, or else the line where the menu begins. A merged menu has no
    lines of its own."""
    for file in files:
        for number, line in enumerate(file.text.split("\n"), 1):
            if line.strip().endswith(name):
                return file.display_path, number
    return setting_location(files, "nav")


def read_extra(
    value: Mapping[str, Any], files: Sequence[RegisterFile]
) -> tuple[Extra, tuple[Finding, ...]]:
    """Return ``extra`` as a record, and a finding for each value that violates its type. With a
    violation the record is empty. ``files``: the settings files, for the lines of the findings."""
    _, violations = validate(Extra, value, ("extra",))
    if not violations:
        return construct(Extra, value), ()
    findings = [
        Finding(*setting_location(files, *where), rule, message)
        for where, rule, message in violations
    ]
    return Extra(), tuple(sorted(findings))


def known_extra(value: Mapping[str, Any]) -> Extra:
    """Return ``extra`` as a record, for a plain ``mkdocs build``: without fields that aren't ours,
    which a theme or plugin may have added. The record is empty if a value violates its type."""
    own = {name: value[name] for name in editable_fields(Extra) if name in value}
    extra, _ = read_extra(own, [RegisterFile(CONFIG, "")])  # no text: the findings aren't used
    return extra


def has_placeholder_host(site_url: str) -> bool:
    """Whether the host of a URL is an example's or a loopback host: a site there is a trial, and
    nobody has linked to it."""
    return bool(PLACEHOLDER_HOST.fullmatch(urlsplit(site_url).hostname or ""))
