"""The foot of a page: whom to tell of a fault, which version it is, where its text is edited."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from types import SimpleNamespace
from urllib.parse import quote, unquote

import pytest
from jinja2 import Environment, FileSystemLoader

from scripts.core import language
from scripts.core.git import Commit
from tests.conftest import ROOT

HOME = "https://example.se/"


def partial(name, page=None, **extra):
    """Render one of the templates that main.html includes, as MkDocs does."""
    environment = Environment(loader=FileSystemLoader(ROOT / "overrides"))
    config = SimpleNamespace(extra={"words": language.TRANSLATIONS, **extra})
    return environment.get_template(f"partials/{name}.html").render(config=config, page=page)


def built_page(**meta):
    meta = {"last_reviewed_on": dt.date(2026, 11, 24), **meta}
    return SimpleNamespace(title="Så & så?", canonical_url=HOME + "a/", meta=meta, edit_url=None)


MAIL = "mailto:fel@kommun.se"
COMMIT = Commit("0123456789", dt.date(2026, 11, 30), changed=False)


def test_report_link_with_an_address_writes_page_section_and_version():
    html = partial("report", built_page(), report=MAIL, commits=[COMMIT])
    (address,) = re.findall(r'href="([^"]+)"', html)
    assert re.fullmatch(r"mailto:fel@kommun\.se\?subject=[\w%./-]+&amp;body=[\w%./-]+", address)
    subject, body = unquote(address).split("&amp;body=")
    assert subject.endswith("subject=Fel eller oklart: Så & så?")
    assert body.split("\r\n") == [
        f"Sida: {HOME}a/",
        "Avsnitt:",
        "Version: 2026-11-24, 0123456789",
        "",
        "Skriv inget om en enskild person.",
        "",
        "",
    ]
    assert f'data-section="{quote("Avsnitt:")}"' in html and quote("Avsnitt:") in address
    assert html.count("Skriv inget om en enskild person.") == 1


def test_report_link_with_a_form_leads_to_it():
    html = partial("report", built_page(), report="https://kommun.se/fel")
    assert 'href="https://kommun.se/fel"' in html and "enskild person" in html


def test_report_link_in_english_or_on_no_page_or_without_an_address():
    english = unquote(partial("report", built_page(lang="en"), report=MAIL))
    assert "Something wrong or unclear" in english and "Section:\r\nVersion: 2026" in english
    assert "Sidan finns inte" in unquote(partial("report", report=MAIL))
    assert partial("report", built_page()).strip() == ""


def test_version_line_names_each_commit_and_whether_files_have_changed_since():
    other = Commit("abcdef0123", dt.date(2026, 12, 1), changed=True)
    html = partial("version", built_page(), commits=[COMMIT, other])
    assert (
        'Sajtens version: <time datetime="2026-11-30">30 november 2026</time> '
        "(<code>0123456789</code>), " in html
    )
    assert "1 december 2026</time> (<code>abcdef0123</code> med senare ändringar)." in html
    assert partial("version", built_page(), commits=[]).strip() == "", "without git, nothing"


def git(folder, *arguments):
    who = ("-c", "user.name=A", "-c", "user.email=a@b.se", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


def link_and_version(page):
    return re.findall(r'href="([^"]+)" class="on-screen" rel="nofollow"', page), re.findall(
        r"<code>([0-9a-f]{10})</code>( med senare ändringar)?", page
    )


@pytest.mark.slow
def test_page_of_a_commit_names_it_and_its_own_file_and_is_the_same_each_time(own_garden):
    git(own_garden.root, "init")
    (own_garden.root / ".gitignore").write_text("site/\n.build/\n")
    git(own_garden.root, "add", "--all")
    git(own_garden.root, "commit", "-m", "x")
    assert own_garden.build() == 0
    page, answer = own_garden.page("odla/tomat/"), own_garden.page("guide/mogel/")
    edit = "https://github.com/odlarna/lotten/edit/main/docs/"
    links, ((name, changed),) = link_and_version(page)
    assert links == [edit + "odla/tomat.md"] and not changed
    git(own_garden.root, "rev-parse", "--verify", name)
    assert link_and_version(answer)[0] == [edit + "_data/guide.yml"], (
        "a generated page: its register"
    )
    assert own_garden.build() == 0
    assert own_garden.page("odla/tomat/") == page
    file = own_garden.docs / "odla/tomat.md"
    file.write_text(file.read_text("utf-8") + "\nSist.\n", encoding="utf-8")
    assert own_garden.build() == 0
    assert link_and_version(own_garden.page("odla/tomat/"))[1] == [(name, " med senare ändringar")]


def test_page_without_git_names_no_version(garden):
    links, versions = link_and_version(garden.page("odla/tomat/"))
    assert links and not versions
