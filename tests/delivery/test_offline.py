"""The copy to read without a server: the same bytes each time, and each link leads to a file."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.delivery.offline import README, add_offline, html_for_files, link_to_file, zip_name
from scripts.site.html_site import HtmlPage
from tests.conftest import GARDEN, PAGE, run_step

CONFIG = read_config(GARDEN)
PACK = zip_name(CONFIG)
HOME = "https://kolonilotten.example/"
PAGES = ("index.html", "a/index.html", "a/b/index.html", "p/a/index.html", "å/index.html")
NAMES = (*PAGES, "a/b.txt")


@pytest.fixture(scope="module")
def day(garden):
    """That of the newest review."""
    return max(p.meta.last_reviewed_on for p in Content.read(garden.docs).pages.values())


@pytest.fixture(scope="module")
def copy(garden, tmp_path_factory) -> Path:
    """The published zip, unpacked where people unpack things."""
    with zipfile.ZipFile(garden.site / PACK) as archive:
        place = tmp_path_factory.mktemp("sticka") / "Min mapp å"
        archive.extractall(place)
    (folder,) = place.iterdir()
    return folder


@pytest.mark.parametrize(
    ("href", "folder", "wanted"),
    [
        ("b/", "a", "b/index.html"),
        ("../", "a/b", "../index.html"),
        ("./", "", "index.html"),
        ("../..", "a/b", "../../index.html"),
        ("../a/?q=ord&x=1#id", "p", "../a/index.html?q=ord&x=1#id"),
        ("%C3%A5/", "", "%C3%A5/index.html"),
        ("../b.txt", "a/b", "../b.txt"),
        ("#id", "a", "#id"),
        ("tel:112", "a", "tel:112"),
        ("https://x.example/a/", "", "https://x.example/a/"),
        ("//x.example/a/", "", "//x.example/a/"),
        ("../kolonilotten.zip", "a", HOME + "kolonilotten.zip"),
        ("../borta/#id", "a", HOME + "borta#id"),
    ],
)
def test_link_to_file_of_a_folder_is_its_page(href, folder, wanted):
    assert link_to_file(href, folder, NAMES, HOME) == wanted


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ('<a class="x" title="a > b" href="b/">', '<a class="x" title="a &gt; b" href="b/index.html">'),
        ('<a data-href="b/" href="b.txt">', '<a data-href="b/" href="b.txt">'),
        ('<a href="b/?q=ord&amp;x=1">', '<a href="b/index.html?q=ord&amp;x=1">'),
        ('<a title=" href=\'b/\'">', '<a title=" href=\'b/\'">'),
        ('<meta http-equiv="refresh" content="0; url=b/#x">',
         '<meta http-equiv="refresh" content="0; url=b/index.html#x">'),
        ('<meta name="description" content="b/">', '<meta name="description" content="b/">'),
        ('<link rel="canonical" href="https://x.example/b/">',
         '<link rel="canonical" href="https://x.example/b/">'),
    ],
)  # fmt: skip
def test_html_for_files_changes_addresses_only(tag, wanted):
    assert wanted in html_for_files(HtmlPage("a/", tag), NAMES, HOME)


def test_zip_of_same_site_has_same_bytes(garden, tmp_path):
    again = tmp_path / "site"
    shutil.copytree(garden.site, again, copy_function=shutil.copyfile)  # other times, other modes
    (again / PACK).unlink()
    assert (
        run_step(add_offline, garden.docs, again, HOME, name=CONFIG.name, extra=CONFIG.extra) == []
    )
    assert (again / PACK).read_bytes() == (garden.site / PACK).read_bytes()


def test_zip_folder_is_named_by_the_newest_review(docs, tmp_path):
    days = {"a": "2026-11-24", "b": "2026-12-01", "c": "2026-10-01"}
    pages = {f"{name}.md": PAGE.replace("2026-11-24", day, 1) for name, day in days.items()}
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>Start", encoding="utf-8")
    assert run_step(add_offline, docs(pages), site, HOME, name="X", extra=CONFIG.extra) == []
    with zipfile.ZipFile(site / PACK) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"kolonilotten-2026-12-01"}


def test_zip_is_one_folder_of_plain_files(garden, day):
    with zipfile.ZipFile(garden.site / PACK) as archive:
        assert archive.testzip() is None
        rows = archive.infolist()
    names = [row.filename for row in rows]
    assert len(set(names)) == len(names)
    assert {name.split("/")[0] for name in names} == {f"kolonilotten-{day}"}
    for row in rows:
        assert re.fullmatch(r"[\w./-]+", row.filename, re.ASCII) and ".." not in row.filename
        assert row.date_time == (day.year, day.month, day.day, 12, 0, 0)
        assert (row.create_system, row.external_attr >> 16) == (3, 0o100644)


def test_zip_has_all_files_but_those_for_servers(copy, garden):
    files = {f.relative_to(copy).as_posix() for f in copy.rglob("*") if f.is_file()}
    assert {README, "index.html", "sitemap.xml", "om/skriv-ut/tomat.pdf"} <= files
    built = {f.relative_to(garden.site).as_posix() for f in garden.site.rglob("*") if f.is_file()}
    for name in built - files:
        assert name.endswith(".zip") or name.split("/")[-1] in (
            "404.html", "robots.txt", "web.config", ".htaccess", "security.txt",
        ), name  # fmt: skip
    assert not [name for name in files if name.endswith(".zip")]
    for name in files - {README}:
        if not name.endswith(".html"):
            assert (copy / name).read_bytes() == (garden.site / name).read_bytes()


def targets(root):
    for element in root.iter("a", "area", "link", "iframe", "form", "script", "img", "source"):
        for name in ("href", "src", "action"):
            if value := element.get(name):
                yield value
    for value in root.xpath('//meta[@http-equiv="refresh"]/@content'):
        yield value.partition("url=")[2]


def test_zip_links_lead_to_files_and_ids_in_it(copy):
    """As a browser without a server sees it: a folder is no page, and no address starts with "/"."""
    roots = {f: html.fromstring(f.read_bytes()) for f in copy.rglob("*.html")}
    ids = {file: set(root.xpath("//@id")) for file, root in roots.items()}
    assert len(roots) > 40
    seen = 0
    for file, root in roots.items():
        for address in targets(root):
            if re.match(r"[a-z][a-z0-9+.-]*:", address):
                continue
            assert not address.startswith("/"), f"{file}: {address}"
            path, _, anchor = address.partition("#")
            path = path.partition("?")[0]
            there = (file.parent / unquote(path)).resolve() if path else file
            assert there.is_file(), f"{file}: {address}"
            if anchor and there in ids:
                assert unquote(anchor) in ids[there], f"{file}: {address}"
            seen += 1
    assert seen > 1000


def test_zip_readme_has_its_date_and_the_site(copy, day):
    data = (copy / README).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig")
    for wanted in (str(day), "RING 08-700 00 01", "index.html", "KOPIAN BLIR INTE NY", HOME):
        assert wanted in text
    assert max(map(len, text.splitlines())) <= 80
    # where it says that the dates are
    assert "Längst ner på varje sida står när den granskades" in text
    page = (copy / "odla/tomat/index.html").read_text(encoding="utf-8")
    foot = page.index('class="fresh"')
    assert page.rindex("<h2", 0, foot) < foot < page.index("</main>")
