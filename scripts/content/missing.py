"""What to do about a link to a page that isn't there: which page was meant, or that one is gone.

A page that was there is never replaced by one with a name like it: readers of a page for adults
would be sent to the page for children. Only an editor knows where they should go.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.files import DATA, KEPT, near_page
from scripts.content.page import address_of

PROMISED = f"{DATA}/{KEPT[0]}"
GONE = " Sidan är borttagen. Välj vart länken ska leda i stället, eller ta bort den."
CHANGE = " Ändra länken."


def cure(
    content: Content,
    path: PurePosixPath,
    written: Callable[[str], str] = str,
    otherwise: str = CHANGE,
) -> str:
    """Return what an editor should do about a link to ``path``, which isn't a page in docs/.

    Args:
        written: a page's path in docs/ → the page as the editor writes it.
        otherwise: what to say where the page neither was there nor is like another.
    """
    if was_there(content, path):
        return GONE
    near = near_page(path, content.pages)
    return f" Menade du {written(near)}?" if near else otherwise


def was_there(content: Content, path: PurePosixPath) -> bool:
    """Whether the site has had the page ``path``, a path in docs/: it is promised, in the last good
    build, or in git."""
    address = address_of(path)
    contract = content.docs / PROMISED
    if contract.is_file() and f"\n/{address}\n" in contract.read_text(encoding="utf-8"):
        return True
    if address and (content.docs.parent / "site" / address / "index.html").is_file():
        return True
    return any(_in_git(docs, str(path)) for docs in content.roots)


@lru_cache(maxsize=1000)
def _in_git(docs: Path, path: str) -> bool:
    """Whether git knows a file of ``docs``, in this commit or before it; False without git."""
    log = ["git", "-C", str(docs), "log", "-1", "--format=%h", "--", path]
    try:
        return bool(subprocess.run(log, capture_output=True).stdout)
    except OSError:
        return False
