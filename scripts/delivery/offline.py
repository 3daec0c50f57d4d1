"""Writes KEY.zip: the site to read from a disk or a shared folder.

In site/, links go to folders, and without a server a browser then shows a list of files. In the
copy each link goes to a file. The zip is a part of the site: an editor of an intranet downloads it.

Same site, same bytes: every entry is dated at noon on the day of the newest review, the entries are
in the order of their names, and all have the same mode.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlPage, HtmlSite, file_of

README = "LAS-MIG.txt"
# Names of files for servers, or useless without one: 404.html, .htaccess, .well-known/security.txt,
# the zip itself. Links to them lead to the published site.
NOT_COPIED = re.compile(r"(^|/)\.|\.zip$|^(404\.html|robots\.txt|web\.config)$")
# An href that isn't the path of a file: "mailto:a@b", "//host/", "#anchor", "?q=word", "".
NOT_A_PATH = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#|\?|$)", re.I)


def copied_files(site: Path) -> dict[str, Path]:
    """Return the built files that the copy has, sorted: path in the site, "a/index.html" → path on
    disk."""
    names = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    return {name: names[name] for name in sorted(names) if not NOT_COPIED.search(name)}


def link_to_file(href: str, folder: str, names: Collection[str], site_url: str) -> str:
    """Return a link's href in the copy, to a file: "../stod/#barn" → "../stod/index.html#barn".

    Args:
        href: of the link on the site.
        folder: folder of the page with the link, without a slash at its end; "" for the root.
        names: paths of the copy's files. A link to any other file leads to the published site.
        site_url: of the published site, with a slash at its end.
    """
    if NOT_A_PATH.match(href):
        return href
    path = re.split("[?#]", href)[0]
    query_and_anchor = href.removeprefix(path)
    target = posixpath.normpath(posixpath.join(folder, unquote(path)))
    if target in names:  # a file already
        return href
    target_page = "index.html" if target == "." else f"{target}/index.html"
    if target_page not in names:
        return site_url + target + query_and_anchor
    if path in (".", "./"):  # "index.html" is the usual form of "./index.html"
        return "index.html" + query_and_anchor
    return path.rstrip("/") + "/index.html" + query_and_anchor


def html_for_files(page: HtmlPage, names: Collection[str], site_url: str) -> str:
    """Rewrite the links of ``page``, and the target that it redirects to, for the copy (see
    ``link_to_file``); return the page's HTML.

    Args:
        names: paths of the copy's files.
        site_url: of the published site, with a slash at its end.
    """
    folder = posixpath.dirname(page.address)
    for node in page.tree.css("[href]"):
        href = node.attributes.get("href")
        if href:  # the selector matches xlink:href, too
            node.attrs["href"] = link_to_file(href, folder, names, site_url)
    refresh = page.find('meta[http-equiv="refresh"]')
    if refresh:  # its content: "0; url=../stod/"
        delay, url_key, target = (refresh.attributes["content"] or "").partition("url=")
        href = link_to_file(target, folder, names, site_url)
        refresh.attrs["content"] = delay + url_key + href
    return page.tree.html or ""


def zip_name(config: Config) -> str:
    """Return the file name of the zip, which is in the site's root: "KEY.zip"."""
    return f"{config.site_key}.zip"


def readme(day: dt.date, config: Config) -> str:
    """Return the text of LAS-MIG.txt, the copy's instructions. ``day``: of the newest review."""
    about = config.extra.site.about
    urgent = config.extra.site.urgent  # what to do in danger
    description = f"{about}. " if about else ""
    warning = f"\n{urgent.shout}\n" if urgent else ""
    return f"""{config.name.upper()}
{description}Kopia av sajten från {day}.
{warning}
SÅ ÖPPNAR DU DEN
1. Packa upp hela zip-filen. Inne i den fungerar inga länkar.
2. Öppna index.html i en webbläsare.

Sökning, checklistor, vägledning och utskrifter fungerar utan nät.
Länkar till andra webbplatser behöver nät.

PÅ EN DELAD MAPP
Kopiera dit hela mappen, och länka till index.html i den.

KOPIAN BLIR INTE NY AV SIG SJÄLV
Nummer och regler kan ha ändrats.
Längst ner på varje sida står när den granskades, och när den ska granskas
nästa gång.
Den senaste versionen: {config.base_url}
"""


def entries(site: HtmlSite, config: Config, day: dt.date) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of every file in the copy, LAS-MIG.txt first; the links of pages lead to
    files. ``day``: of the newest review."""
    names = copied_files(site.root)
    addresses = {file_of(address): address for address in site.pages}  # by path
    # with a byte order mark and CRLF, for any Notepad
    yield README, readme(day, config).replace("\n", "\r\n").encode("utf-8-sig")
    for name, file in names.items():
        data = file.read_bytes()
        if name in addresses:
            # the line feed at the end would become text in the body
            page = HtmlPage(addresses[name], data.removesuffix(b"\n"))
            data = f"{html_for_files(page, names, config.base_url)}\n".encode()
        yield name, data


def zip_site(site: HtmlSite, config: Config, day: dt.date) -> bytes:
    """Return the zip of a built site. ``day``, of the newest review, is the date of all files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in entries(site, config, day):
            entry = zipfile.ZipInfo(
                f"{config.site_key}-{day}/{name}", (day.year, day.month, day.day, 12, 0, 0)
            )
            entry.create_system = 3  # Unix, whatever this machine is: it decides the next field
            entry.external_attr = 0o100644 << 16  # an ordinary file with the mode 644
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return target.getvalue()


def add_offline(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Step of the build, after all that write files of the copy: write the zip into the site."""
    day = max(page.meta.last_reviewed_on for page in content.pages.values())
    site.write(zip_name(config), zip_site(site, config, day))
    return []
