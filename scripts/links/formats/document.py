"""What one file defines (ids) and uses (addresses), whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Use(NamedTuple):
    """One use of an address, as it stands in the file.

    ``kind``: "page" leads somewhere, "asset" loads what is no page, "frame" loads anything,
    "ref" names an id on the same page, "map" names a <map>, "refresh" moves the reader on, "root"
    is relative to the site's root, "own" is judged only if it leads into the site itself,
    "broken" is data in the page that can't be read.
    """

    kind: str
    value: str


@dataclass
class Document:
    """What a file defines and uses."""

    ids: list[str] = field(default_factory=list)  # in order, with repeats
    names: list[str] = field(default_factory=list)  # <a name>: a valid target of a fragment
    maps: list[str] = field(default_factory=list)  # <map name>
    uses: list[Use] = field(default_factory=list)
    base: str | None = None
    twice: list[str] = field(default_factory=list)  # ids that stand in more than one place
    unreadable: str = ""  # why the file can't be read, in Swedish; "" if it can


def is_html(path: str) -> bool:
    """Whether a file is a page."""
    return path.endswith((".html", ".htm", ".xhtml", ".HTML", ".HTM", ".XHTML"))
