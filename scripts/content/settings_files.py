"""mkdocs.yml as plain data: the project's own, and the national one that it inherits.

It is read before MkDocs reads it, because MkDocs' reader runs the code that a tag or ``hooks``
names, and because pages and registers print some of its values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content.files import display_path
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core.findings import ContentError, Finding

CONFIG = PurePosixPath("mkdocs.yml")
# The only MkDocs tag that settings may have. Its value is text: "!ENV SITE_URL".
ENV = re.compile(r"!ENV (?=[\w\[])")
# Settings that run code, or make the build read pages from another folder.
FORBIDDEN_SETTINGS = ("hooks", "docs_dir", "site_dir", "use_directory_urls")


@dataclass(frozen=True)
class Publisher:
    """The values of mkdocs.yml that pages and registers print."""

    sender: str = ""
    urgent: str = ""  # the telephone number at the top of every page
    numbers: tuple[str, ...] = ()  # keys of the numbers that a publisher may have
    local: tuple[tuple[str, str], ...] = ()  # key and number of those that it has


def settings_files(root: Path) -> tuple[RegisterFile, ...]:
    """Return mkdocs.yml in ``root``, and then the national one if it inherits one, as plain data.

    Raises ContentError for a file that can't be read, or that has FORBIDDEN_SETTINGS.
    """
    own = _settings_file(root / CONFIG, CONFIG)
    if "INHERIT" not in own.value:
        return (own,)
    file = (root / str(own.value["INHERIT"])).resolve()
    if not file.is_file():
        message = f'"{own.value["INHERIT"]}" finns inte. Skriv vägen till den nationella filen.'
        raise ContentError(Finding(*own.location("INHERIT"), "no-base", message))
    return own, _settings_file(file, display_path(file, root.resolve()))


def _settings_file(file: Path, shown: PurePosixPath) -> RegisterFile:
    """Return a mkdocs.yml, which findings name ``shown``. Raises ContentError if it can't be read
    or has FORBIDDEN_SETTINGS."""
    text = read_text(file, shown)
    settings = RegisterFile(shown, text, parse_yaml(ENV.sub("", text), shown))
    message = "raden får inte stå här: den kör kod, eller bestäms av bygget. Ta bort den."
    findings = [
        Finding(*settings.location(key), "settings-code", message)
        for key in FORBIDDEN_SETTINGS
        if key in settings.value
    ]
    if findings:
        raise ContentError(*findings)
    return settings


def national_root(root: Path) -> Path | None:
    """Return the folder of the national project whose mkdocs.yml that in ``root`` inherits. None if
    it inherits none, or if one of the two can't be read, which ``read_config`` reports."""
    try:
        own, *inherited = settings_files(root)
    except ContentError:
        return None
    return (root / str(own.value["INHERIT"])).resolve().parent if inherited else None


def docs_roots(root: Path, national: Path | None) -> tuple[Path, ...]:
    """Return the folders docs/ to read: that of the ``national`` project if there is one, then that
    of the project in ``root``."""
    own = root / "docs"
    return (national / "docs", own) if national else (own,)


def setting_location(files: Sequence[RegisterFile], *where: str | int) -> tuple[PurePosixPath, int]:
    """Return the file, as findings name it, and the line of a setting in the first of ``files``
    that has the setting; if none has, of the place for the setting in the first file."""
    files_with_setting = (file for file in files if file.node(*where) is not None)
    return next(files_with_setting, files[0]).location(*where)


def site_slug(settings: RegisterFile) -> str:
    """Return a word made of the site's address in mkdocs.yml, "kommun-example-stod". It is part of
    the names that browsers and feed readers keep, so that two sites on one host are kept apart.

    Raises ContentError for settings without an address.
    """
    url = settings.value.get("site_url") or ""
    if isinstance(url, list):  # !ENV [SITE_URL, "https://…"]
        url = url[-1]
    slug = re.sub(r"[^a-z0-9]+", "-", str(url).partition("//")[2].lower()).strip("-")
    if not slug:
        message = (
            "site_url saknas. Skriv var er sajt ska ligga: "
            'site_url: !ENV [SITE_URL, "https://kommun.example/stod/"]'
        )
        raise ContentError(Finding(settings.display_path, 1, "no-site-url", message))
    return slug


def extra_value(root: Path, *keys: str) -> Any:
    """Return the value below ``extra`` in the mkdocs.yml of ``root`` to which ``keys`` lead. None
    if there is no such value, or if the file can't be read, which ``read_config`` reports."""
    try:
        value = parse_yaml(ENV.sub("", read_text(root / CONFIG, CONFIG)), CONFIG)["extra"]
        for key in keys:
            value = value[key]
    except (ContentError, KeyError, TypeError):
        return None
    return value


def read_publisher(roots: Sequence[Path]) -> Publisher:
    """Return the values of mkdocs.yml that pages and registers print.

    ``roots``: the folder of the national project, if there is one, and then the project's own,
    whose values replace the national ones; ``numbers`` and ``local`` are merged by key.
    """
    sender = urgent = ""
    numbers: dict[str, Any] = {}
    local: dict[str, str] = {}
    for root in roots:
        sender = str(extra_value(root, "sender", "name") or sender)
        urgent = str(extra_value(root, "site", "urgent", "number") or urgent)
        numbers |= _mapping_or_empty(extra_value(root, "site", "numbers"))
        local |= _mapping_or_empty(extra_value(root, "local"))
    own_numbers = tuple((key, str(number)) for key, number in local.items())
    return Publisher(sender, urgent, tuple(numbers), own_numbers)


def _mapping_or_empty(value: Any) -> dict[str, Any]:
    """Return a value of mkdocs.yml if it is a mapping, else an empty mapping: ``read_config``
    reports a value of another type."""
    return value if isinstance(value, dict) else {}
