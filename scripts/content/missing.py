"""Suggestions for a link to a page that doesn't exist: a page with a similar name, or a new target.

No similar name is suggested for a page that once existed: readers of a removed page for adults
would be sent to the page for children. Only an editor knows where they should go.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.files import DATA, PERMALINKS, find_similar_page
from scripts.content.page import address_of

GONE = " Sidan är borttagen. Välj vart länken ska leda i stället, eller ta bort den."
CHANGE = " Ändra länken."


def suggest_cure(
    content: Content,
    path: PurePosixPath,
    as_written: Callable[[str], str] = str,
    otherwise: str = CHANGE,
) -> str:
    """Return, in Swedish, how an editor mends a link to ``path``, which isn't a page in docs/.

    Args:
        as_written: converts a page's path in docs/ to the form of the link that the editor wrote.
        otherwise: the cure if the page never existed and no page has a similar name.
    """
    if page_existed(content, path):
        return GONE
    similar_page = find_similar_page(path, content.pages)
    return f" Menade du {as_written(similar_page)}?" if similar_page else otherwise


def page_existed(content: Content, path: PurePosixPath) -> bool:
    """Whether the page ``path`` (in docs/) was once published: its address is a permalink."""
    permalinks = content.docs / DATA / PERMALINKS
    if not permalinks.is_file():
        return False
    return f"/{address_of(path)}" in permalinks.read_text(encoding="utf-8").split("\n")
