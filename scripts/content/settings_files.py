"""mkdocs.yml as plain data: the project's own, and the national one that it inherits.

It is read before MkDocs reads it, because MkDocs' reader runs the code that a tag or ``hooks``
names, and because registers print some of its values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content.files import display_path
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core.findings import ContentError, Finding

CONFIG = PurePosixPath("mkdocs.yml")
# The only MkDocs tag that settings may have: its value is text.
ENV = re.compile(r"!ENV (?=[\w\[])")
# Settings that run code, or make the build read pages from another folder.
FORBIDDEN_SETTINGS = ("hooks", "docs_dir", "site_dir", "use_directory_urls")


def settings_files(root: Path) -> tuple[RegisterFile, ...]:
    """Return mkdocs.yml in ``root``, and the national one that it inherits, if it does: with their
    values as plain data. MkDocs' own reader runs the code that a tag or ``hooks`` names.

    Raises ContentError for a file that can't be read, or that has what the build doesn't allow.
    """
    own = _settings_file(root / CONFIG, CONFIG)
    if "INHERIT" not in own.value:
        return (own,)
    file = (root / str(own.value["INHERIT"])).resolve()
    if not file.is_file():
        message = f'"{own.value["INHERIT"]}" finns inte. Skriv vägen till den nationella filen.'
        raise ContentError(Finding(*own.location("INHERIT"), "no-base", message))
    national = _settings_file(file, display_path(file, root.resolve()))
    if "INHERIT" in national.value:
        message = "ärver i sin tur. Skriv vägen till den nationella mkdocs.yml i er egen."
        raise ContentError(Finding(*national.location("INHERIT"), "no-base", message))
    return own, national


def inherited_root(root: Path) -> Path | None:
    """Return the folder of the mkdocs.yml that the one in ``root`` inherits; None where it inherits
    none, or where the files can't be read: ``read_config`` reports that."""
    try:
        own, *national = settings_files(root)
    except ContentError:
        return None
    return (root / str(own.value["INHERIT"])).resolve().parent if national else None


def _settings_file(file: Path, shown: PurePosixPath) -> RegisterFile:
    text = read_text(file, shown)
    settings = RegisterFile(shown, text, parse_yaml(ENV.sub("", text), shown))
    message = "raden får inte stå här: den kör kod, eller bestäms av bygget. Ta bort den."
    faults = [
        Finding(*settings.location(key), "settings-code", message)
        for key in FORBIDDEN_SETTINGS
        if key in settings.value
    ]
    if faults:
        raise ContentError(*faults)
    return settings


def setting_location(files: Sequence[RegisterFile], *where: str | int) -> tuple[PurePosixPath, int]:
    """Return the file, as findings name it, and the line of a setting: in the first of ``files``
    that has it; else where it should be in the first."""
    file = next((one for one in files if one.node(*where) is not None), files[0])
    return file.location(*where)


def site_slug(settings: RegisterFile) -> str:
    """Return a word made of the site's address in mkdocs.yml, "kommun-example-stod". It is part of
    the names that browsers and feed readers keep, so that two sites on one host are kept apart.

    Raises ContentError for settings without an address.
    """
    written = settings.value.get("site_url")  # a list where it is !ENV [SITE_URL, "https://…"]
    address = str(written[-1] if isinstance(written, list) and written else written or "")
    slug = re.sub(r"[^a-z0-9]+", "-", address.partition("//")[2].lower()).strip("-")
    if not slug:
        message = (
            "site_url saknas. Skriv var er sajt ska ligga: "
            'site_url: !ENV [SITE_URL, "https://kommun.example/stod/"]'
        )
        raise ContentError(Finding(settings.display_path, 1, "no-site-url", message))
    return slug


def docs_roots(root: Path, inherited: Path | None) -> tuple[Path, ...]:
    """Return each docs/ of the project in ``root``: the national one first, if there is one, and
    the project's own. ``inherited``: the mkdocs.yml that the project's inherits."""
    own = root / "docs"
    if inherited is None or inherited.parent == root:
        return (own,)
    national = inherited.parent / "docs"
    return (national, own) if national.is_dir() else (own,)


def _extra(root: Path) -> Any:
    """Return ``extra`` of mkdocs.yml in ``root`` as plain data; {} where the file can't be read:
    ``read_config`` reports it."""
    try:
        return parse_yaml(ENV.sub("", read_text(root / CONFIG, CONFIG)), CONFIG)["extra"]
    except (ContentError, KeyError, TypeError):
        return {}


def number_keys(root: Path) -> tuple[str, ...]:
    """Return the keys of the telephone numbers that the publisher may have of its own."""
    try:
        return tuple(_extra(root)["site"]["numbers"])
    except (KeyError, TypeError):
        return ()


def urgent_number(root: Path) -> str:
    """Return the telephone number at the top of every page; "" where mkdocs.yml has none."""
    try:
        return str(_extra(root)["site"]["urgent"]["number"])
    except (KeyError, TypeError):
        return ""


def local_numbers(root: Path) -> dict[str, str]:
    """Return the publisher's own telephone numbers by their keys, as they are written there."""
    try:
        return {key: str(number) for key, number in _extra(root)["local"].items()}
    except (AttributeError, KeyError, TypeError):
        return {}


def sender_name(root: Path) -> str:
    """Return who stands behind the site of ``root``; "" where mkdocs.yml doesn't say."""
    try:
        return str(_extra(root)["sender"]["name"])
    except (KeyError, TypeError):
        return ""
