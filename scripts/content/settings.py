"""The types of the site's own settings, ``extra`` in mkdocs.yml."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from pathlib import PurePosixPath
from typing import Annotated, TypeAlias

from scripts.content.field_types import Label, Slug
from scripts.content.fields import Field, Record
from scripts.core.phone import GLOBAL_URI

MAIL = r"mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# A URL of valid characters (RFC 3986, section 2).
PAGE = r"https://[\w.-]+(?::\d+)?(?:[/?#][\w.~:/?#\[\]@!$&'()*+,;=%-]*)?"
# One source of frame-ancestors: 'self', 'none', *, or an origin (CSP3, 6.4.2).
ANCESTOR = r"(?:'self'|'none'|\*|(?:https?://)?(?:\*\.)?[\w-][\w.-]*(?::(?:\d+|\*))?)"
REPORTED = (
    'dit läsarna säger till när något är fel: "mailto:namn@kommun.example", eller ett formulär '
    "som börjar på https://"
)
Report: TypeAlias = Annotated[
    str, Field(pattern=f"(?a:{MAIL}|{PAGE})", pattern_help=REPORTED, empty_ok=True)
]
ContactAddress: TypeAlias = Annotated[
    str,
    Field(
        pattern=f"(?a:{MAIL}|{PAGE}|{GLOBAL_URI})",
        pattern_help="dit den som har hittat ett fel kan höra av sig: "
        '"mailto:namn@example.se", en sida som börjar på https://, eller "tel:+46-…"',
        empty_ok=True,
    ),
]
WebPage: TypeAlias = Annotated[
    str, Field(pattern=f"(?a:{PAGE})", pattern_help="en adress som börjar på https://")
]
Ancestors: TypeAlias = Annotated[
    str,
    Field(
        pattern=f"(?a:{ANCESTOR}(?: {ANCESTOR})*)",
        pattern_help="de webbplatser som får visa sidorna i en ram, med mellanslag mellan: "
        '"\'self\' https://intranat.example.se". "*" är alla',
        empty_ok=True,
    ),
]


class Security(Record):
    """Who may frame the pages, and security.txt (RFC 9116): where vulnerabilities are reported."""

    frame_ancestors: Ancestors = "*"  # who may show the pages in a frame
    contact: ContactAddress | None = None
    expires: dt.date | None = None
    policy: WebPage | None = None


class PageText(Record):
    """A link to a page."""

    page: str
    text: Label


class Urgent(Record):
    """The telephone number at the top of every page."""

    number: str
    text: Label
    shout: Label


class Number(Record):
    """A number that a publisher may have of its own."""

    text: Label  # its name on pages and paper
    poster: bool = False  # whether posters have it, or a line to write it on


class Site(Record):
    """The names, numbers and links that the templates show."""

    key: Slug | None = None
    # A word of a municipality's address, which read_config sets: two sites may have one key.
    site_slug: Slug | None = None
    feed: Annotated[
        str, Field(pattern=r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", pattern_help="ett UUID")
    ] = ""
    urgent: Urgent | None = None
    about: str = ""
    ask: PageText | None = None
    numbers: dict[Slug, Number] = field(default_factory=dict)  # the first comes before all others
    search: str = ""
    changes: str = ""
    foot: tuple[PageText, ...] = ()
    ticked_paper: str = ""
    ways_on: tuple[PageText, ...] = ()


class Sender(Record):
    """Who is behind the site: at the foot of every page."""

    name: str
    text: str


class Statement(Record):
    """The publisher's own values in the accessibility statement, instead of accessibility.yml's."""

    contact: ContactAddress | None = None
    assessed_on: dt.date | None = None
    method: str = ""


class Exit(Record):
    """The link that leaves the site quickly."""

    show: bool = True
    address: WebPage | None = None


Colour: TypeAlias = Annotated[
    str, Field(pattern="#[0-9a-f]{6}", pattern_help='en färg som "#0b3d52", inom citattecken')
]


class Colours(Record):
    """The colour of links on a light and on a dark page. The header and the foot have the light
    one, too."""

    light: Colour
    dark: Colour


class Hidden(Record):
    """A page that doesn't apply to the publisher, and where its readers go."""

    page: str  # path in docs/, as in the menu; "a/" is all pages in a folder
    instead: str = ""  # path in docs/ of the page for its readers; "" for none


class Extra(Record):
    """``extra`` in mkdocs.yml. The comments there explain the fields."""

    generator: bool = True
    site: Site = field(default_factory=Site)
    sender: Sender | None = None
    colours: Colours | None = None
    hide: tuple[str | Hidden, ...] = ()  # pages that don't apply to the publisher
    report: Report | None = None
    local: dict[str, str] = field(default_factory=dict)  # by the keys of site.numbers
    security: Security = field(default_factory=Security)
    exit: Exit | None = None
    accessibility: Statement = field(default_factory=Statement)

    @property
    def hidden(self) -> list[Hidden]:
        """The rows of ``hide``, each as a record: in the file a row may be a path alone."""
        return [row if isinstance(row, Hidden) else Hidden(page=row) for row in self.hide]

    def hides(self, path: PurePosixPath) -> bool:
        """Whether the page with the path ``path`` in docs/ is hidden, itself or with its folder."""
        return any(path.is_relative_to(row.page) for row in self.hidden)
