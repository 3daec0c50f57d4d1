"""The files of docs/: pages, registers and a logo are allowed; anything else would be published
unseen."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from scripts.core.findings import Finding
from scripts.core.swedish import nearest

# A file of docs/ to read, its modification time in nanoseconds, and its size in bytes.
Entry: TypeAlias = tuple[Path, int, int]
DATA = "_data"
PICTURES = (".jpeg", ".jpg", ".png", ".webp")  # a logo, and a favicon
NO_PICTURES = "Bilder används inte än: en bildfil kan berätta var och när den togs."
# Files beside the registers that the permalinks and the link validator write.
GENERATED_FILES = ("permalinks.txt", "link-state.json")
LAW = "law"  # a folder beside them: the paragraphs that the site cites, verbatim
AUDIT = "audit"  # a folder beside them: budgets and queries, which scripts.audit alone reads
SCHEMAS = "schemas"  # a folder beside them: made from the fields' types, see checks/schemas.py
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+")
PICTURE_LIMIT = 5_000_000  # bytes
MIN_NAME_LENGTH = 4  # letters of a name that another is compared with


def display_path(file: Path, root: Path) -> PurePosixPath:
    """Return a file or folder as findings in the project ``root`` name it: "docs/a.md", or
    "../nationell/docs/a.md"."""
    return PurePosixPath(Path(os.path.relpath(file, root)).as_posix())


def list_docs(docs: Path, shown: PurePosixPath | None = None) -> tuple[list[Entry], list[Finding]]:
    """Return the pages and registers of ``docs``, sorted, and a finding for each file that may not
    be there. ``shown``: the folder as findings name it, where that isn't its own name.

    Files that begin with a full stop are left alone, as MkDocs leaves them.
    """
    shown = shown or PurePosixPath(docs.name)
    entries: list[Entry] = []
    faults: dict[Path, Finding] = {}
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs)
        hidden = any(part.startswith(".") for part in path.parts)
        if (
            hidden
            or path.parts[:2] == (DATA, SCHEMAS)
            or any(folder in faults for folder in file.parents)
        ):
            continue
        status = file.lstat()
        if fault := _placement_error(path, status):
            faults[file] = Finding(shown / path, 1, "unknown-file", fault)
        elif file.suffix in (".md", ".yml") and stat.S_ISREG(status.st_mode):
            entries.append((file, status.st_mtime_ns, status.st_size))
    return entries, list(faults.values())


def picture_files(docs: Path) -> list[Path]:
    """Return the pictures in ``docs``, sorted."""
    return [file for file in sorted(docs.rglob("*")) if file.suffix in PICTURES]


def unused_pictures(
    docs: Path, used: Collection[str], shown: PurePosixPath | None = None
) -> list[Finding]:
    """Return the pictures of ``docs`` that aren't among the paths ``used``: logo and favicon.
    ``shown``: the folder as findings name it, where that isn't its own name.

    Nothing takes out what a camera writes in a picture, and that would be published.
    """
    paths = (file.relative_to(docs) for file in picture_files(docs))
    message = (
        f"{NO_PICTURES} Ta bort filen. Är det en logga? Skriv dess namn som logo eller favicon, "
        "under theme i mkdocs.yml."
    )
    return [
        Finding((shown or PurePosixPath(docs.name)) / path, 1, "picture", message)
        for path in paths
        if path.as_posix() not in used
    ]


def _placement_error(path: Path, status: os.stat_result) -> str:
    """Return why a file or folder may not lie in docs/, in Swedish; "" if it may."""
    mode = status.st_mode
    name = path.name
    if stat.S_ISLNK(mode):
        return "är en genväg till en annan plats. Lägg själva filen här."
    if stat.S_ISDIR(mode):
        return "en mapp kan inte heta så. Ta bort punkten ur namnet." if "." in name else ""
    if path.parts[:2] == (DATA, AUDIT):
        return ""
    if path.parts[0] == DATA:
        law = path.parts[:2] == (DATA, LAW) and path.suffix == ".md" and NAME.fullmatch(name)
        if path.suffix != ".yml" and name not in GENERATED_FILES and not law:
            return f"hör inte hemma här: mappen {DATA} har bara register (.yml). Ta bort filen."
    elif path.suffix != ".md" and path.suffix.lower() == ".md":
        return f"sidans namn ska sluta på .md. Byt namn på filen till {path.stem}.md."
    elif path.suffix not in (".md", *PICTURES):
        kinds = f"sidor (.md) och en logga ({', '.join(PICTURES)})"
        return f"skulle publiceras för alla. Här får bara {kinds} ligga. Flytta filen."
    elif path.suffix != ".md" and not NAME.fullmatch(name):
        return f'"{name}" blir en adress: skriv små bokstäver a–z, siffror och bindestreck.'
    if path.suffix in PICTURES and status.st_size > PICTURE_LIMIT:
        return f"är större än {PICTURE_LIMIT // 1_000_000} MB. Gör den mindre."
    return ""


def find_similar_page(path: PurePosixPath, pages: Iterable[PurePosixPath]) -> str:
    """Return the page that ``path`` probably means, or "".

    Either a page with the same name in another folder, or one whose name or folder differs by a
    typing error.
    """
    pages = list(pages)
    named = [page for page in pages if page.name == path.name != "index.md"]
    if len(named) == 1:
        return str(named[0])
    beside = {page.stem: page for page in pages if page.parent == path.parent}
    folders = {str(page.parent): page for page in pages if page.name == path.name}
    others = {page.stem: page for page in pages if page.stem != "index"}
    for word, known in ((path.stem, beside), (str(path.parent), folders), (path.stem, others)):
        # any short word is one typing error away from any other
        if len(word) >= MIN_NAME_LENGTH and (near := nearest(word, known)):
            return str(known[near])
    return ""
