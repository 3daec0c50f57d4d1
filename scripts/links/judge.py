"""What is wrong with one use of an address, in words an editor can act on.

Pure: given a Site and what is known of ids, no disk, no network.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from scripts.core.swedish import SHORT_NUMBER
from scripts.links.formats.document import Use, is_html
from scripts.links.resolve import SPACES, Resolved, Site, mask

# E.164, a Swedish national number, a short one, or a fund-raiser's (90).
TELEPHONE = re.compile(rf"^(\+[1-9]\d{{6,14}}|0\d{{6,10}}|{SHORT_NUMBER}|90\d{{3}})$")
# What a link may say after # to a PDF reader (RFC 8118) or a player (Media Fragments URI).
PDF_PARAMETERS = re.compile(
    r"(page|zoom|view|viewrect|pagemode|toolbar|statusbar|scrollbar|messages|navpanes|search|"
    r"highlight|comment|collab|fdf|structelem|ef)="
)


class Fault(NamedTuple):
    """What is wrong with one use, before anybody knows on which line it stands."""

    rule: str
    target: str  # as it stands in the file; never with a password
    message: str
    # What "Menade du …?" is looked for: ("file", inner path, is an asset) or ("id", file, id).
    hint: tuple[str, str, str] | None = None


def explain(site: Site, use: Use, resolved: Resolved) -> Fault:
    """Return the fault of a use whose ``resolved.problem`` isn't empty."""
    url = use.value.strip(SPACES)
    shown = mask(url) if len(url) < 200 else mask(url)[:200] + "…"
    asset = use.kind in ("asset", "frame")
    what = "filen" if asset else "sidan"
    hint = None
    match resolved.problem:
        case "characters":
            rule = "malformed-url"
            text = f'"{shown}" har tecken som inte får stå i en adress. Koda dem, som %20.'
        case "no-host":
            rule, text = "malformed-url", f'"{shown}" saknar "//" eller värdnamn.'
        case "unreadable":
            rule, text = "malformed-url", f'"{shown}" kan inte läsas som en adress.'
        case "host":
            rule, text = "malformed-url", f'"{shown}" har inget riktigt värdnamn.'
        case "scheme":
            rule = "malformed-url"
            text = f'"{shown}" börjar med ett okänt protokoll. Menade du https://?'
        case "credentials":
            rule = "credentials"
            secret = re.search(r"//[^/?#@]*:[^/?#@]*@", url)
            what = "inloggningsuppgifter. Ta bort dem och byt lösenordet."
            text = f'"{shown}" innehåller {what if secret else "ett användarnamn. Ta bort det."}'
        case "script":
            rule = "script-link"
            text = f'"{shown}" gör ingenting utan JavaScript. Länka till en sida.'
        case "local-file":
            rule = "local-link"
            text = f'"{shown}" pekar på en fil i din egen dator. Länka till en sida.'
        case "loopback":
            rule = "local-link"
            text = f'"{shown}" fungerar bara på din egen dator. Länka till sidan i stället.'
        case "mailto":
            rule = "bad-mailto"
            text = f'"{shown}" är ingen e-postadress. Skriv mailto:namn@doman.se.'
        case "tel":
            rule = "bad-tel"
            text = f'"{shown}" går inte att ringa. Skriv tel: och siffror, som tel:020390000.'
        case "above":
            rule = "outside-site"
            text = f'"{shown}" har för många "../" och leder ut ur webbplatsen.'
        case "no-base":
            rule = "outside-site"
            text = f'"{shown}" saknar webbplatsens sökväg {site.base_path}. Skriv en relativ länk.'
        case "outside":
            rule = "outside-site"
            text = f'"{shown}" ligger utanför webbplatsen ({site.base_path}).'
        case "case":
            rule = "wrong-case"
            text = (
                f'"{shown}" skiljer sig från "{resolved.detail}" i stora och små bokstäver. '
                "Skriv exakt lika."
            )
        case "unicode":
            rule = "wrong-case"
            text = (
                f'"{shown}" skiljer sig från "{resolved.detail}" i hur å, ä och ö är kodade. '
                "Skriv exakt lika."
            )
        case "slash":
            rule = "missing-slash"
            text = f'"{shown}" saknar snedstreck på slutet. Menade du "{with_slash(url)}"?'
        case _:
            rule = "missing-asset" if asset else "missing-page"
            text = f'"{shown}": {what} finns inte.'
            hint = ("file", resolved.detail, "asset" if asset else "")
    return Fault(rule, mask(use.value), text, hint)


def empty(use: Use) -> Fault:
    return Fault("empty-link", use.value, "länken är tom. Skriv en adress eller ta bort länken.")


def page_as_asset(use: Use) -> Fault:
    """Return the fault of a picture, script or style sheet that is a page."""
    url = use.value.strip(SPACES)
    text = f'"{url}" är en sida, inte en bild, ett skript eller en stilmall. Skriv filens adress.'
    return Fault("missing-asset", use.value, text)


def broken_inside(use: Use) -> Fault:
    """Return the fault of data in a page that no program can read."""
    return Fault(
        "unreadable-file", use.value, f"sidans {use.value} är inte giltig JSON. Rätta den."
    )


def missing_anchor(use: Use, target: str, fragment: str) -> Fault:
    """Return the fault of a link to a page that has no such id."""
    url = use.value.strip(SPACES)
    return Fault(
        "missing-anchor",
        use.value,
        f'"{url}": sidan finns, men inte rubriken eller raden "#{unquote(fragment)}" på den.',
        ("id", target, fragment),
    )


def missing_ref(use: Use, page: str) -> Fault:
    """Return the fault of an attribute that names an id the page doesn't have."""
    what = "kartan" if use.kind == "map" else "id"
    text = f'ett attribut pekar på {what} "{use.value}", som inte finns på sidan.'
    return Fault("missing-ref", use.value, text, ("id", page, use.value))


def id_faults(twice: Collection[str], ids: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with a page's ids: repeats, empty ones, ones with spaces."""
    for name in twice:
        text = f'id "{name}" står på flera ställen på sidan. Ge varje ställe ett eget id.'
        yield Fault("duplicate-id", name, text)
    for name in ids:
        if not name or (not name.isalnum() and re.search(r"\s", name)):
            yield Fault("bad-id", name, f'id "{name}" är tomt eller har mellanslag.')


@lru_cache(maxsize=4096)
def is_mailto(url: str) -> bool:
    """Whether every address of a ``mailto:`` is one (RFC 6068, RFC 5321, RFC 6531)."""
    from email_validator import EmailNotValidError, validate_email

    to, _, query = url.partition(":")[2].partition("?")
    if to.startswith("//"):  # as in https://: mail programs take the slashes for a name
        return False
    addresses = [unquote(a) for a in to.split(",")] if to else []
    fields = re.findall(r"(?:^|&(?:amp;)?)(to|cc|bcc)=([^&]*)", query, re.I)
    if not addresses and not any(name.lower() == "to" for name, _ in fields):
        return False
    addresses += [unquote(part) for _, value in fields for part in value.split("%2C")]
    for address in addresses:
        try:
            validate_email(address.strip(), check_deliverability=False, allow_quoted_local=True)
        except EmailNotValidError:
            return False
    return True


@lru_cache(maxsize=4096)
def is_telephone(url: str) -> bool:
    """Whether a ``tel:`` can be dialled (RFC 3966); phones pass over separators.

    "+46 (0)8 …" can't: the zero is for calls within Sweden.
    """
    number = telephone_number(url)
    return bool(TELEPHONE.match(number)) and not number.startswith("+460")


def telephone_number(url: str) -> str:
    """Return the digits of a ``tel:`` address, with a plus sign if it has one."""
    return re.sub(r"[-.() \u00a0\u2011]", "", unquote(url.partition(":")[2]).partition(";")[0])


def with_slash(url: str) -> str:
    """Return ``url`` with a slash after its path, before ``?`` and ``#``."""
    path = re.match(r"[^?#]*", url)
    end = path.end() if path else len(url)
    return f"{url[:end]}/{url[end:]}"


def wants_fragment(target: str, fragment: str) -> str:
    """Return the id that ``target`` must have for ``fragment`` to lead anywhere, or ""."""
    fragment = fragment.partition(":~:")[0]
    if not fragment:
        return ""
    if is_html(target):
        return "" if fragment.lower() == "top" else fragment
    lowered = target.lower()
    if lowered.endswith(".svg"):
        return "" if fragment.startswith(("svgView(", "xywh=", "t=")) else fragment
    if lowered.endswith(".pdf"):
        if fragment.startswith("nameddest="):
            return fragment.removeprefix("nameddest=")
        if match := re.match(r"page=0*(\d+)", fragment):
            return f"page={match[1]}"  # read_pdf enters each page as an id
        return "" if PDF_PARAMETERS.match(fragment) else fragment
    return ""


def has_id(known: Collection[str], fragment: str) -> bool:
    """Whether a fragment finds its place (HTML, "find a potential indicated element")."""
    return fragment in known or ("%" in fragment and unquote(fragment) in known)
