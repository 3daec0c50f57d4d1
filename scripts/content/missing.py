"""Suggestions for a link to a page that doesn't exist: a page with a similar name, or a new target.

No similar name is suggested for a page that once existed: readers of a removed page for adults
would be sent to the page for children. Only an editor knows where they should go.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.files import DATA, GENERATED_FILES, find_similar_page
from scripts.content.page import address_of

PROMISED = f"{DATA}/{GENERATED_FILES[0]}"
GONE = " Sidan är borttagen. Välj vart länken ska leda i stället, eller ta bort den."
CHANGE = " Ändra länken."


def suggest_cure(
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
    if page_existed(content, path):
        return GONE
    near = find_similar_page(path, content.pages)
    return f" Menade du {written(near)}?" if near else otherwise


def page_existed(content: Content, path: PurePosixPath) -> bool:
    """True if the page ``path`` (in docs/) once existed.

    It then has a permalink, is in the last build, or is in git's history.
    """
    address = address_of(path)
    contract = content.docs / PROMISED
    if contract.is_file() and f"\n/{address}\n" in contract.read_text(encoding="utf-8"):
        return True
    if address and (content.docs.parent / "site" / address / "index.html").is_file():
        return True
    return any(_in_git(docs, str(path)) for docs in content.roots)


@lru_cache(maxsize=1000)
def _in_git(docs: Path, path: str) -> bool:
    """True if git's history has the file ``path`` of ``docs``; False without git."""
    log = ["git", "-C", str(docs), "log", "-1", "--format=%h", "--", path]
    try:
        return bool(subprocess.run(log, capture_output=True).stdout)
    except OSError:
        return False
