"""A municipality's folder over the garden: what is read, and where each line of it was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from scripts.check import check_content
from scripts.content.content import Content
from scripts.content.folder import Folder
from scripts.core.findings import Finding, is_fault
from scripts.site.permalinks import CONTRACT, Promise
from tests.conftest import TODAY, make_docs, planted

SETTINGS = """\
INHERIT: ../garden/mkdocs.yml
site_url: !ENV [SITE_URL, "https://kommun.example/Odla/"]
extra:
  sender: {name: Exempels kommun, text: Vi odlar.}
"""
FRONT = "---\nowner: Jouren\nreviewed_on: 2026-11-20\nreview_by: 2027-05-20\n---\n"
TOMATO = FRONT + "## Vatten {#vattna}\n\nHos oss finns kranen vid grinden.\n\n- Stäng den.\n"
Lay = Callable[..., Folder]


@pytest.fixture
def lay(tmp_path) -> Lay:
    """Return a function: files of a folder beside the garden → the folder as a build reads it."""
    planted(tmp_path)

    def run(files: Mapping[str, str] | None = None, today: dt.date = TODAY) -> Folder:
        own = make_docs(tmp_path / "kommun", {"mkdocs.yml": SETTINGS, **(files or {})})
        return Folder.read(own, today)

    return run


def contents(folder: Folder) -> Content:
    return Content.read(folder.root / "docs", folder.own / "docs")


def told(folder: Folder) -> list[str]:
    """Return the faults of a folder as an editor sees them, without what they say."""
    found = check_content(contents(folder), TODAY) if not folder.faults else folder.faults
    placed = [*folder.faults, *folder.placed(filter(is_fault, found))]
    return sorted({f"{one.path}:{one.line} {one.rule}" for one in placed})


def place(folder: Folder, shown: PurePosixPath, line: int) -> str:
    """Return where a line of what is read was written."""
    found = folder.place(Finding(shown, line, "", ""))
    return f"{found.path}:{found.line}"


def change(folder: Folder, name: str, old: str, new: str) -> None:
    """Change a national file."""
    file = folder.base / "docs" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_site_that_inherits_nothing_is_read_where_it_lies(tmp_path):
    root = planted(tmp_path).root
    folder = Folder.read(root, TODAY)
    assert (folder.root, folder.own, folder.base, folder.faults) == (root, root, root, [])
    finding = Finding(PurePosixPath("docs/index.md"), 3, "x", "y")
    assert folder.placed([finding]) == [finding]


def test_an_addition_stands_after_its_section_and_each_line_knows_where_it_was_written(lay):
    folder = lay({"tillagg/odla/tomat.md": TOMATO})
    assert told(folder) == []
    page = contents(folder).pages[PurePosixPath("odla/tomat.md")]
    section = page.body.partition("## Vattna {")[2].partition("## Gula blad {")[0]
    assert section.index("Bladmögel") < section.index("I Exempels kommun") < section.index("kranen")
    assert "Jouren. Läst 20 november 2026. Läses igen senast 20 maj 2027." in section

    def where(words: str) -> str:
        line = next(number for number, text in page.lines() if words in text)
        return place(folder, page.file.shown, line)

    assert where("Stäng") == "tillagg/odla/tomat.md:10"
    assert where("I Exempels kommun") == "tillagg/odla/tomat.md:6"
    assert where("Bladmögel") == "../garden/docs/odla/tomat.md:24"
    assert where("## Gula blad") == "../garden/docs/odla/tomat.md:26"


def test_a_section_ends_after_its_own_parts(lay):
    folder = lay()
    change(
        folder, "odla/tomat.md", "## Gula blad {", "### Kanna {#kanna}\n\nStor.\n\n## Gula blad {"
    )
    body = FRONT + "## A {#vattna}\n\nFörst.\n\n## B {#kanna}\n\nSist.\n"
    page = contents(lay({"tillagg/odla/tomat.md": body})).pages[PurePosixPath("odla/tomat.md")]
    parts = [page.body.index(words) for words in ("Stor.", "Först.", "Sist.", "## Gula blad")]
    assert parts == sorted(parts)


ADDED = "tillagg/odla/tomat.md"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("tillagg/odla/tomaat.md", TOMATO, ["tillagg/odla/tomaat.md:1 unknown-page"]),
        ("tillagg/regler.docx", "x", ["tillagg/regler.docx:1 unknown-page"]),
        (ADDED, TOMATO.replace("#vattna", "#vatna"), [f"{ADDED}:6 unknown-section"]),
        (ADDED, FRONT + "## V {#vattna}\n\n", [f"{ADDED}:6 bad-addition"]),
        (ADDED, FRONT + "Fritt.\n", [f"{ADDED}:6 bad-addition"]),
        (ADDED, TOMATO + "### Mer {#mer}\n", [f"{ADDED}:11 bad-addition"]),
        (ADDED, TOMATO.replace("owner: Jouren\n", ""), [f"{ADDED}:1 missing-field"]),
        (ADDED, TOMATO.replace("2026-11-20", "2027-01-01"), [f"{ADDED}:3 future-review"]),
        (ADDED, TOMATO.replace("2027-05-20", "2026-11-20"), [f"{ADDED}:4 bad-date"]),
        (ADDED, TOMATO + "Se [boden](borta.md).\n", [f"{ADDED}:11 no-such-page"]),
        (ADDED, TOMATO + "[[borta]]\n", [f"{ADDED}:11 unknown-macro"]),
        (ADDED, TOMATO + "Ring 08-999 88 77.\n", [f"{ADDED}:11 "]),
        ("docs/odla/tomat.md", "x", ["docs/odla/tomat.md:1 national"]),
        ("docs/a.pdf", "x", ["docs/a.pdf:1 unknown-file"]),
        ("docs/_data/contacts.yml", "vaxtakuten:\n  x: y\n", ["docs/_data/contacts.yml:1 national"]),
        ("docs/_data/contacts.yml", "a: b: c\n", ["docs/_data/contacts.yml:1 bad-yaml"]),
        ("docs/_data/contacts.yml", "\nx:\n  nam: y\n", ["docs/_data/contacts.yml:2", "docs/_data/contacts.yml:3"]),
        ("mkdocs.yml", "INHERIT: ../borta/mkdocs.yml\n", ["mkdocs.yml:1 no-base"]),
        ("mkdocs.yml", "INHERIT: ../garden/mkdocs.yml\n", ["mkdocs.yml:1 no-site-url"]),
        ("mkdocs.yml", SETTINGS + "nav: [{Hos oss: [borta.md]}]\n", []),
        ("docs/ny.md", TOMATO.replace("owner", "title"), ["docs/ny.md"]),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_the_folders_own_file(lay, name, text, found):
    rows = told(lay({name: text}))
    assert len({row.partition(" ")[0] for row in rows}) == len(found) or len(found) == 1
    assert all(row.startswith(tuple(found)) for row in rows) and bool(rows) is bool(found)


def test_a_wrong_section_or_page_is_told_the_nearest(lay):
    (page,) = lay({"tillagg/odla/tomaat.md": TOMATO}).faults
    assert 'Menade du "odla/tomat.md"?' in page.message
    (lay().own / "tillagg/odla/tomaat.md").unlink()
    (section,) = lay({ADDED: TOMATO.replace("#vattna", "#vatna")}).faults
    assert 'Menade du "vattna"?' in section.message and "../garden/docs/odla" in section.message


def test_a_fault_in_the_national_text_is_told_there(lay):
    folder = lay({ADDED: TOMATO})
    change(folder, "odla/tomat.md", "## Skörda {", "[[borta]]\n\n## Skörda {")
    change(folder, "om/index.md", "\n# ", "\n[[borta]]\n\n# ")
    (own, other) = told(lay())
    assert own.startswith("../garden/docs/odla/tomat.md:31 ") and "garden/docs/om/index" in other


def test_a_national_section_that_has_changed_is_read_again_and_nothing_else_is(lay):
    def notes(today: dt.date = TODAY) -> list[Finding]:
        folder = lay(today=today)
        assert told(folder) == []
        return list(folder.notes(contents(folder), today))

    folder = lay({ADDED: TOMATO})
    (first,) = notes()
    assert first.rule == "no-mark"
    heading = first.message.partition("Skriv rubriken så: ")[2]
    assert heading.startswith("## Vatten {#vattna beside=")
    text = (folder.own / ADDED).read_text("utf-8")
    (folder.own / ADDED).write_text(text.replace("## Vatten {#vattna}", heading), "utf-8")
    assert notes() == []
    change(folder, "odla/tomat.md", "Plocka tomaterna", "Skörda tomaterna")
    change(folder, "odla/tomat.md", "Bladmögel trivs i fukt", "Bladmögel  trivs\ni fukt")
    assert notes() == []
    change(folder, "odla/tomat.md", "trivs", "växer")
    (again,) = notes()
    assert (again.rule, again.line, str(again.path)) == ("read-again", 6, ADDED)
    assert "skriv rubriken så: ## Vatten {#vattna beside=" in again.message
    file = folder.own / ADDED
    file.write_text(again.message.partition("så: ")[2].join((FRONT, "\n\nKranen.\n")), "utf-8")
    assert notes() == []
    (old,) = notes(dt.date(2027, 5, 21))[:1]
    assert "skulle ha lästs senast 2027-05-20" in old.message


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts.yml", "tio veckor", "elva veckor"),
        ("../regler/index.md", "Lägg igen", "Fyll igen"),
    ],
)
def test_the_mark_follows_what_a_section_draws_from_elsewhere(lay, name, old, new):
    section = "## G {#grava}\n\nVänta [[fakta:skorda]].\n\n[[regel:grop]]\n[[regel:ingen]]\n\n"
    change(lay(), "odla/lag.md", "Häcken får", f"{section}## H {{#h}}\n\nHäcken får")

    def mark() -> str:
        folder = lay({"tillagg/odla/lag.md": FRONT + "## G {#grava}\n\nDjupt.\n"})
        (note,) = folder.notes(contents(folder), TODAY)
        return note.message

    before = mark()
    assert mark() == before
    change(lay(), f"_data/{name}", old, new)
    assert mark() != before


OWN = {
    "docs/_data/contacts.yml": """\
# Våra.
kranvakten:
  name: Kranvakten
  group: [rad]
  for_whom: Den som saknar vatten
  phone: 08-765 00 11
  what_happens: Någon svarar.
  source: kommunens
  certainty: saker
""",
    "docs/_data/sources.yml": """\
kommunens:
  title: Rutin för [[fakta:skorda]]
  publisher: Exempels kommun
  url: https://kommun.example/rutin
  kind: annan
  as_of: "2026"
  read_on: "2026-11-20"
  certainty: saker
""",
    "docs/_data/checklists/plantera.yml": """\
groups:
  - id: fore
    rows:
      - {id: kranen, text: Öppna kranen vid grinden.}
""",
    "docs/_data/changes.yml": """\
kranen-ar-ny:
  date: 2026-03-02
  title: kranen är ny
  what: Den sitter vid grinden.
  why: Den gamla läckte.
""",
}


def test_own_rows_stand_after_the_national_ones_and_know_their_lines(lay):
    folder = lay(OWN)
    assert folder.faults == []
    content = contents(folder)
    registers = content.registers
    assert list(registers.contacts)[-1] == "kranvakten" and len(registers.contacts) > 2
    assert [row.id for row in registers.checklists["plantera"].rows][-1] == "kranen"
    assert list(registers.changes) == ["vattna-pa-morgonen", "kranen-ar-ny", "hela-sajten"]
    raw = (folder.root / "docs/_data/sources.yml").read_text(encoding="utf-8")
    assert "Rutin för [[fakta:skorda]]" in raw

    def where(register: str, key: str, field: str = "") -> str:
        return place(folder, content.files[register].shown, content.line(register, key, field))

    assert where("contacts", "kranvakten", "phone") == "docs/_data/contacts.yml:6"
    assert where("contacts", "vaxtakuten") == "../garden/docs/_data/contacts.yml:15"
    assert where("checklists/plantera", "kranen") == "docs/_data/checklists/plantera.yml:4"
    assert where("glossary", next(iter(registers.glossary))).startswith("../garden/docs/_data/glos")


def test_rows_may_be_put_in_an_empty_part_of_a_register(lay):
    folder = lay()
    (folder.base / "docs/_data/redirects.yml").write_text("moved:\nretired: {}\n", "utf-8")
    rows = "moved: {/x/: /om/}\nretired:\n  /y/: {instead: /om/}\n"
    redirects = contents(lay({"docs/_data/redirects.yml": rows})).registers.redirects
    assert redirects.moved == {"/x/": "/om/"} and redirects.retired["/y/"].instead == "/om/"


def test_nobody_inherits_a_promise_and_ones_own_is_kept_in_the_folder(lay):
    folder = lay({ADDED: TOMATO})
    Promise.of(Content.read(folder.base / "docs")).accept()
    promise = Promise.of(contents(lay()))
    assert not promise.promised
    promise.accept()
    own = (folder.own / "docs" / CONTRACT).read_text(encoding="utf-8")
    assert "/odla/tomat/#vattna\n" in own
    assert Promise.of(contents(lay())).promised.keys() == promise.addresses.keys()


def test_what_nobody_uses_nationally_is_not_tidied_away_from_the_folder(lay):
    folder = lay(OWN)
    rows = [
        Finding(PurePosixPath("docs/_data", name), 1, "x", "y", "", "z", "unused")
        for name in ("glossary.yml", "redirects.yml")
    ]
    own = replace(rows[0], path=PurePosixPath("docs/_data/contacts.yml"), line=999)
    assert [str(one.path) for one in folder.placed([*rows, own])] == ["docs/_data/contacts.yml"]


def test_two_folders_on_one_host_are_told_apart_by_their_addresses(lay):
    def text(settings: str) -> str:
        return (lay({"mkdocs.yml": settings}).root / "mkdocs.yml").read_text("utf-8")

    assert "apart: kommun-example-odla" in text(SETTINGS)
    assert "apart: kommun-example-b" in text(SETTINGS.replace("/Odla/", "/b/"))
    assert "apart: mitt" in text(SETTINGS + "  site: {apart: mitt}\n")
    assert "key: kolonilotten" in text(SETTINGS)


def test_the_menu_has_the_rows_of_both_and_other_settings_are_ones_own(lay):
    menu = "nav:\n  - Odla: [odla/a.md]\n  - Hos oss: b.md\nplugins: [x]\n"
    text = (lay({"mkdocs.yml": SETTINGS + menu}).root / "mkdocs.yml").read_text("utf-8")
    assert "  - odla/elda.md\n  - odla/a.md\n" in text and "- Hos oss: b.md\n" in text
    assert "plugins: [x]" in text and "INHERIT" not in text and "!ENV [SITE_URL" in text
