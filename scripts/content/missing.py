"""Suggestions for a link to a page that doesn't exist: a page with a similar name, or a new target.

No similar name is suggested for a page that once existed: readers of a removed page for adults
would be sent to the page for children. Only an editor knows where they should go.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.files import DATA, KEPT
from scripts.content.page import address_of
from scripts.core.swedish import nearest

PROMISED = f"{DATA}/{KEPT[0]}"
GONE = " Sidan är borttagen. Välj vart länken ska leda i stället, eller ta bort den."
CHANGE = " Ändra länken."
SHORTEST = 4  # letters of a name that another is compared with


def cure(
    content: Content,
    path: PurePosixPath,
    written: Callable[[str], str] = str,
    otherwise: str = CHANGE,
) -> str:
    """Return what an editor should do about a link to ``path``, which isn't a page in docs/.

    Args:
        written: converts a page's path in docs/ to the form that the editor writes.
        otherwise: the cure where the page never existed and no name is similar.
    """
    if was_there(content, path):
        return GONE
    near = near_page(path, content.pages)
    return f" Menade du {written(near)}?" if near else otherwise


def near_page(path: PurePosixPath, pages: Iterable[PurePosixPath]) -> str:
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
        if len(word) >= SHORTEST and (near := nearest(word, known)):
            return str(known[near])
    return ""


def was_there(content: Content, path: PurePosixPath) -> bool:
    """True if the page ``path`` (in docs/) once existed.

    It then has a permalink, is in the last build, or is in git's history.
    """
    address, home = address_of(path), content.home
    promised = home / PROMISED
    if promised.is_file() and f"\n/{address}\n" in promised.read_text(encoding="utf-8"):
        return True
    if address and (home.parent / "site" / address / "index.html").is_file():
        return True
    return _in_git(content.docs, str(path))


@lru_cache(maxsize=1000)
def _in_git(docs: Path, path: str) -> bool:
    """True if git's history has the file ``path`` of ``docs``; False without git."""
    log = ["git", "-C", str(docs), "log", "-1", "--format=%h", "--", path]
    try:
        return bool(subprocess.run(log, capture_output=True).stdout)
    except OSError:
        return False
