"""What is promised to those who link, and what is said when docs/ no longer keeps it."""

from __future__ import annotations

import subprocess

import pytest

from scripts.content.content import Content
from scripts.site.addresses import linkable_addresses, split_address
from scripts.site.html_site import HtmlSite
from scripts.site.permalinks import CONTRACT, PermalinkContract, check
from scripts.site.redirects import REGISTER
from tests.conftest import page_with

LIST = """\
title: Lista
version: "2026-11-24"
groups: [{id: forst, title: Först, rows: [{id: tolk, text: Boka tolk.}, {id: rum, text: Boka rum.}]}]
"""
A = "## Ett {#ett}\n\n## Två saker {#tva}\n\n## Gör så här {#gor-sa-har}\n"
B = "## Tre {#tre}\n\n## Gör så här {#gor-sa-har}\n"
FILES = {
    "index.md": page_with("short: kort\n"),
    "mapp/index.md": "",
    "mapp/a.md": A,
    "mapp/b.md": B,
    "lista.md": "[[checklista:lista]]\n",
    "_data/checklists/lista.yml": LIST,
    "_data/handouts.yml": {"blad": {"title": "Ett blad", "page": "mapp/"}},
}


@pytest.fixture
def made(docs):
    """Return a function that changes the small docs/ (None: without the file); gives the contract."""

    def make(files=FILES, accept=False):
        for name, text in files.items():
            if text is None:
                (make.docs / name).unlink()
            else:
                make.docs = docs({name: text})
        make.content = Content.read(make.docs)
        contract = PermalinkContract.from_content(make.content)
        if accept:
            contract.register_new()
        return contract

    return make


def test_permalinks_before_first_accept_are_free(made):
    made()
    assert not made({"mapp/a.md": None}).broken
    assert list(check(made.content)) == []


def test_promised_are_what_a_person_has_named_and_an_address_is_a_line_without_words(made):
    made(accept=True)
    addresses = [
        *("/", "/lista/", "/lista/#forst", "/lista/#rum", "/lista/#tolk"),
        *("/mapp/", "/mapp/a/", "/mapp/a/#ett", "/mapp/a/#gor-sa-har", "/mapp/a/#tva"),
        *("/mapp/b/", "/mapp/b/#gor-sa-har", "/mapp/b/#tre", "/p/blad/", "/p/kort/"),
    ]
    assert lines(made.docs) == addresses
    made({"mapp/b.md": B + "\n## Fyra {#fyra}\n"}, accept=True)
    assert lines(made.docs) == sorted([*addresses, "/mapp/b/#fyra"])
    redirects = {"moved": {"/mapp/b/#fyra": "/mapp/b/"}}
    made({"mapp/b.md": B, f"_data/{REGISTER}.yml": redirects}, accept=True)
    assert lines(made.docs) == sorted([*addresses, "/mapp/b/#fyra"]), "moved, and promised still"


def lines(folder):
    rows = (folder / CONTRACT).read_text("utf-8").split("\n")
    return [row for row in rows if row and not row.startswith("# ")]


def rules(content):
    return [(fault.rule, fault.path.as_posix()) for fault in check(content)]


MOVES = {  # what is changed in docs/ → the rows that are missing
    "other words": ({"mapp/a.md": A.replace("Två saker", "Två ting")}, {}),
    "a section is deleted": (
        {"mapp/a.md": A.replace("## Två saker {#tva}\n", "")},
        {"retired": {"/mapp/a/#tva": "{instead: /mapp/a/}"}},
    ),
    "an id is misspelt": (
        {"mapp/b.md": B.replace("#tre}", "#trea}")},
        {"moved": {"/mapp/b/#tre": "/mapp/b/#trea"}},
    ),
    "a section moves": (
        {"mapp/a.md": A.replace("## Två saker {#tva}\n", ""), "mapp/b.md": B + "\n## X {#tva}\n"},
        {"moved": {"/mapp/a/#tva": "/mapp/b/#tva"}},
    ),
    "a section becomes a page": (
        {"mapp/b.md": B.replace("## Tre {#tre}\n", ""), "tre.md": ""},
        {"moved": {"/mapp/b/#tre": "/tre/"}},
    ),
    "a page moves": (
        {"mapp/b.md": None, "b.md": B},
        {
            "moved": {
                "/mapp/b/": "/b/",
                "/mapp/b/#gor-sa-har": "/b/#gor-sa-har",
                "/mapp/b/#tre": "/b/#tre",
            }
        },
    ),
    "a page gets another name": (
        {"mapp/b.md": None, "mapp/ny.md": B.replace("## Tre", "## 3")},
        {
            "moved": {
                "/mapp/b/": "/mapp/ny/",
                "/mapp/b/#gor-sa-har": "/mapp/ny/#gor-sa-har",
                "/mapp/b/#tre": "/mapp/ny/#tre",
            }
        },
    ),
    "a page is deleted, and its places with it": (
        {"mapp/a.md": None},
        {"retired": {"/mapp/a/": "{instead: /mapp/}"}},
    ),
    "a page goes into another, which has a section of the same id": (
        {"mapp/b.md": None, "mapp/a.md": A + "\n## B {#b}\n\n### Tre {#tre}\n\n### Så här {#sa}\n"},
        {
            "moved": {"/mapp/b/": "/mapp/a/#b", "/mapp/b/#tre": "/mapp/a/#tre"},
            "retired": {"/mapp/b/#gor-sa-har": "{instead: /mapp/a/}"},
        },
    ),
    "a row of a list is deleted": (
        {"_data/checklists/lista.yml": LIST.replace("{id: tolk, text: Boka tolk.}, ", "")},
        {"retired": {"/lista/#tolk": "{instead: /lista/}"}},
    ),
    "a short address is deleted": (
        {"index.md": ""},
        {"retired": {"/p/kort/": "{instead: /}"}},
    ),
}


@pytest.mark.parametrize("change", MOVES)
def test_lost_permalink_suggests_rows_that_mend_it(made, change):
    made(accept=True)
    files, rows = MOVES[change]
    contract = made(files)
    assert contract.missing_redirects() == rows
    written = (
        f"{part}:\n" + "".join(f"  {a}: {to}\n" for a, to in rows[part].items()) for part in rows
    )
    register = {"_data/redirects.yml": "".join(written) or "moved:\n"}
    assert not made(register).broken
    assert list(check(made.content)) == []


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"mapp/a.md": A.replace("#tva}", "#x}")}, "docs/mapp/a.md"),
        ({"_data/checklists/lista.yml": LIST.replace("tolk", "x")}, "docs/lista.md"),
        ({"mapp/a.md": None}, f"docs/{CONTRACT}"),
    ],
)
def test_lost_permalink_is_reported_once(made, files, where):
    made(accept=True)
    made(files)
    assert rules(made.content) == [("lost-address", where)]


def test_check_moved_page_is_one_finding_for_all_its_anchors(made):
    made(accept=True)
    made({"mapp/b.md": None, "b.md": B})
    (fault,) = check(made.content)
    assert "Nu finns /b/" in fault.message


@pytest.mark.parametrize(
    ("register", "text"),
    [
        ("moved: {/mapp/a/: /mapp/b/}", '"/mapp/a/" finns. Ta bort raden.'),
        ("retired: {/mapp/a/#ett: {instead: /}}", '"/mapp/a/#ett" finns. Ta bort raden.'),
        (
            "moved: {/x/: /mapp/bb/}",
            'leder till "/mapp/bb/", som inte finns.',
        ),
        ("moved: {/x/: /mapp/a/#nej}", 'leder till "/mapp/a/#nej", som inte finns.'),
        ("retired: {/x/: {instead: /y/}}", 'leder till "/y/", som inte finns.'),
        ("moved: {/x/: /y/, /y/: /x/}", "leder tillbaka till sig själv."),
        ("{moved: {/x/: /}, retired: {/x/: {instead: /}}}", "står både under moved och retired."),
        ("moved: {/x/#y: /}", "hör till en sida som inte finns."),
    ],
)
def test_a_row_that_cannot_be_is_told(made, register, text):
    made(FILES | {"_data/redirects.yml": register})
    (fault, *more) = check(made.content)
    assert fault.rule == "bad-redirect" and text in fault.message and len(more) <= 1
    assert fault.path.as_posix() == f"docs/_data/{REGISTER}.yml"


def test_redirect_from_something_else_than_an_address_is_a_fault_of_the_register(made):
    made(FILES | {"_data/redirects.yml": "moved: {/../x/: /}"})
    assert [fault.rule for fault in made.content.faults] == ["bad-field"]


def test_the_places_of_a_page_that_moved_are_asked_for_each(made):
    """The new page has a section of the same id, which is another."""
    made(accept=True)
    contract = made({"mapp/b.md": None, "_data/redirects.yml": "moved: {/mapp/b/: /mapp/a/}\n"})
    assert contract.missing_redirects() == {
        "retired": {
            "/mapp/b/#gor-sa-har": "{instead: /mapp/a/}",
            "/mapp/b/#tre": "{instead: /mapp/a/}",
        }
    }


def test_what_moved_twice_is_followed_to_its_end(made):
    made(
        FILES | {"_data/redirects.yml": "moved: {/x/: /y/, /y/: /z/}\nretired: {/z/: {instead: /}}"}
    )
    assert list(check(made.content)) == []


@pytest.mark.parametrize(
    ("short", "text"), [("blad", "finns redan i handouts.yml"), ("x#borta", "rubriken finns inte")]
)
def test_a_short_address_that_cannot_be_is_told(made, short, text):
    made(FILES | {"index.md": page_with(f"short: {short}\n")})
    (fault,) = [fault for fault in check(made.content) if text in fault.message]
    assert (fault.rule, str(fault.path), fault.line) == ("bad-shortcut", "docs/index.md", 8)


def test_a_handout_of_a_page_that_is_gone_is_told(made):
    made(FILES | {"_data/handouts.yml": {"blad": {"page": "mapp/c/"}}})
    (fault,) = check(made.content)
    assert (fault.rule, fault.path.name) == ("bad-shortcut", "handouts.yml")


def test_a_promise_that_the_last_commit_had_is_not_lost_in_silence(made, tmp_path):
    made(accept=True)
    for command in (
        "init -q",
        "add -A",
        "-c user.name=x -c user.email=x@example.com -c commit.gpgsign=false commit -qm x",
    ):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    assert rules(made.content) == []
    made({CONTRACT: None})
    assert rules(made.content) == [("lost-contract", f"docs/{CONTRACT}")]


def test_every_address_read_off_docs_is_in_the_built_site(garden):
    built = HtmlSite(garden.site)
    for address in linkable_addresses(Content.read(garden.docs)):
        page, place = split_address(address)
        assert not place or built.pages[page[1:]].find(f'[id="{place}"]'), address
        assert page[1:] in built.pages, address
