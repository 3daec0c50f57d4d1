"""A project as every command reads it, and a municipality's folder beside the garden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import pytest

from scripts.check import check_content
from scripts.checks import supplements
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.project import Project
from scripts.core.findings import ContentError, Finding, is_fault
from scripts.site.permalinks import CONTRACT, PermalinkContract
from tests.conftest import DESCRIPTION, GARDEN, TODAY, make_docs, planted
from tests.examples import dump

SETTINGS = """\
INHERIT: ../garden/mkdocs.yml
site_url: !ENV [SITE_URL, "https://kommun.example/Odla/"]
extra:
  sender: {name: Exempels kommun, text: Vi odlar.}
"""
FRONT = "---\nowner: Jouren\nreviewed_on: 2026-11-20\nreview_by: 2027-05-20\n---\n"
TOMATO = FRONT + "## Vatten {#vattna}\n\nHos oss finns kranen vid grinden.\n\n- Stäng den.\n"
Begin = Callable[..., Path]
NATIONAL = "../garden/docs"


@pytest.fixture
def folder(tmp_path) -> Begin:
    """Return a function: files of a folder beside the garden → the folder."""
    planted(tmp_path)

    def begin(files: Mapping[str, str] | None = None) -> Path:
        return make_docs(tmp_path / "kommun", {"mkdocs.yml": SETTINGS, **(files or {})})

    return begin


def findings(root: Path, today: dt.date = TODAY) -> list[Finding]:
    """Return what a build reports before it begins: what stops it, and notes."""
    try:
        project = Project.load(root)
    except ContentError as error:
        return sorted(error.findings)
    return project.relevant(check_content(project.content, today))


def faults(root: Path) -> list[str]:
    """Return the place and the rule of each fault, without its message."""
    return sorted({f"{f.path}:{f.line} {f.rule}" for f in findings(root) if is_fault(f)})


def page_of(root: Path, path: str = "odla/tomat.md") -> Page:
    return Project.load(root).content.pages[PurePosixPath(path)]


def change(root: Path, name: str, old: str, new: str) -> None:
    """Change a national file."""
    file = root.parent / "garden/docs" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_project_without_inherit_has_one_root(tmp_path):
    root = planted(tmp_path).root
    project = Project.load(root)
    assert project.national is None and project.content.roots == (root / "docs",)
    note = Finding(PurePosixPath("docs/index.md"), 3, "x", "y", severity="note")
    assert project.relevant([note]) == [note]


def test_supplement_is_rendered_after_its_section_and_keeps_its_own_lines(folder):
    root = folder({ADDED: TOMATO})
    assert faults(root) == []
    page = page_of(root)
    section = page.markdown.partition("## Vattna {")[2].partition("## Gula blad {")[0]
    assert section.index("Bladmögel") < section.index("I Exempels kommun") < section.index("kranen")
    assert "Jouren. Läst 20 november 2026. Läses igen senast 20 maj 2027." in section
    (supplement,) = page.supplements
    (line,) = (number for number, text in supplement.lines() if "Stäng" in text)
    assert (str(supplement.file.display_path), line) == (ADDED, 10)
    assert supplement.source.split("\n")[line - 1] == "- Stäng den."
    national = {text: number for number, text in page.lines()}
    assert str(page.file.display_path) == f"{NATIONAL}/odla/tomat.md"
    assert national["## Gula blad {#gula-blad}"] == 26, "the national page's own line"


def test_supplements_of_a_section_and_of_its_part_keep_their_order(folder):
    root = folder()
    change(root, "odla/tomat.md", "## Gula blad {", "### Kanna {#kanna}\n\nStor.\n\n## Gula blad {")
    body = FRONT + "## A {#vattna}\n\nFörst.\n\n## B {#kanna}\n\nSist.\n"
    text = page_of(folder({ADDED: body})).markdown
    parts = [text.index(words) for words in ("Stor.", "Först.", "Sist.", "## Gula blad")]
    assert parts == sorted(parts)


def test_supplement_to_a_step_adds_its_sources(folder):
    body = FRONT + "## Staket {#staket}\n\nHos oss lånar du stolpar.[@lag-3]\n"
    content = Project.load(folder({"tillagg/odla/damm.md": body})).content
    step = content.page_steps["odla/damm#staket"]
    assert "lånar" not in step.body and "lag-3" in step.sources


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
        (ADDED, TOMATO + "[[forst:granne]]\n", [f"{ADDED}:11 bad-addition"]),
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
def test_fault_in_the_folder_has_its_own_file_and_line(folder, name, text, found):
    rows = faults(folder({name: text}))
    assert len({row.partition(" ")[0] for row in rows}) == len(found) or len(found) == 1
    assert all(row.startswith(tuple(found)) for row in rows) and bool(rows) is bool(found)


def test_unreadable_national_page_is_one_fault_with_a_supplement_too(folder):
    root = folder({ADDED: TOMATO})
    change(root, "odla/tomat.md", "owner:", "okänd:")
    assert {fault.partition(":")[0] for fault in faults(root)} == {f"{NATIONAL}/odla/tomat.md"}


def test_unreadable_facts_are_one_fault_where_texts_have_them_too(tmp_path):
    root = planted(tmp_path).root
    (root / "docs/_data/facts.yml").write_text("\tx\n", encoding="utf-8")
    assert {str(fault.path) for fault in Project.load(root).findings} == {"docs/_data/facts.yml"}


def test_own_step_on_a_national_page_is_refused_with_the_reason(folder):
    (fault,) = findings(folder({ADDED: TOMATO + "\n### Vattna mer {#mer}\n\nMycket.\n"}))
    assert "stegen är numrerade" in fault.message and "egen sida i docs/" in fault.message


def test_own_page_may_have_own_steps_and_situations(folder):
    page = FRONT.replace("owner: Jouren\nreviewed_on", "owner: Jouren\nlast_reviewed_on")
    page = page.replace("---\n", f"---\ntitle: Hos oss\ndescription: {DESCRIPTION}\n", 1)
    body = """keywords: []
---
# Hos oss

## Frågor {#forst}

[[forst:kran]]

## Gör så här {#gor-sa-har}

### Öppna kranen {#oppna}

Låt vattnet rinna.
"""
    row = {"question": "Finns det en kran?", "then": "Använd den.", "page": "/odla/tomat.md"}
    own = {
        "mkdocs.yml": SETTINGS + "nav: [{Hos oss: [hos-oss.md]}]\n",
        "docs/hos-oss.md": page.removesuffix("---\n") + body,
        "docs/_data/situations.yml": dump({"kran": row}),
    }
    root = folder(own)
    assert faults(root) == []
    content = Project.load(root).content
    assert "hos-oss#oppna" in content.page_steps and content.situations_by_page["hos-oss/"] == [
        "kran"
    ]


def test_unknown_page_of_a_supplement_proposes_the_nearest(folder):
    (fault,) = findings(folder({"tillagg/odla/tomaat.md": TOMATO}))
    assert 'Menade du "odla/tomat.md"?' in fault.message


def test_unknown_section_of_a_supplement_proposes_the_nearest(folder):
    (fault,) = findings(folder({ADDED: TOMATO.replace("#vattna", "#vatna")}))
    assert 'Menade du "vattna"?' in fault.message and f"{NATIONAL}/odla/tomat.md" in fault.message


def test_moved_page_of_a_supplement_is_proposed(folder):
    root = folder({"tillagg/odla/gammal.md": TOMATO})
    file = root.parent / "garden/docs/_data/redirects.yml"
    file.write_text("moved: {/odla/gammal/: /odla/tomat/}\n", "utf-8")
    (fault,) = findings(root)
    assert 'Flytta filen till "odla/tomat.md".' in fault.message


def test_renamed_section_of_a_supplement_is_proposed_by_redirect(folder):
    root = folder({ADDED: TOMATO})
    change(root, "odla/tomat.md", "{#vattna}", "{#bevattning}")
    file = root.parent / "garden/docs/_data/redirects.yml"
    rows = "moved: {/odla/tomat/#vattna: /odla/tomat/#bevattning}\n"
    file.write_text(rows, "utf-8")
    fault = next(one for one in findings(root) if one.rule == "unknown-section")
    assert 'heter nu "bevattning". Skriv rubriken så: ## Vatten {#bevattning}' in fault.message


def test_renamed_section_of_a_supplement_is_proposed_by_its_heading(folder):
    root = folder({ADDED: TOMATO.replace("## Vatten", "## Vattna")})
    change(root, "odla/tomat.md", "{#vattna}", "{#bevattning}")
    fault = next(one for one in findings(root) if one.rule == "unknown-section")
    assert "Skriv rubriken så: ## Vattna {#bevattning}" in fault.message


def test_fault_in_national_text_has_the_national_file(folder):
    root = folder({ADDED: TOMATO})
    change(root, "odla/tomat.md", "## Skörda {", "[[borta]]\n\n## Skörda {")
    change(root, "om/index.md", "\n# ", "\n[[borta]]\n\n# ")
    own, other = faults(root)
    assert own.startswith(f"{NATIONAL}/odla/tomat.md:31 ") and f"{NATIONAL}/om/index" in other


def notes(root: Path, today: dt.date = TODAY) -> list[Finding]:
    """Return what to read again of the supplements."""
    assert faults(root) == []
    return list(supplements.check(Project.load(root).content, today))


def noted(root: Path) -> str:
    """Write the hash that the build proposes in the heading of ``ADDED``; return the heading."""
    (first,) = notes(root)
    assert first.rule == "no-mark"
    heading = first.message.partition("Skriv rubriken så: ")[2]
    text = (root / ADDED).read_text("utf-8")
    (root / ADDED).write_text(text.replace("## Vatten {#vattna}", heading), "utf-8")
    return heading


def test_changed_national_section_is_to_be_read_again(folder):
    root = folder({ADDED: TOMATO})
    assert noted(root).startswith("## Vatten {#vattna beside=")
    assert notes(root) == []
    change(root, "odla/tomat.md", "Plocka tomaterna", "Skörda tomaterna")
    change(root, "odla/tomat.md", "Bladmögel trivs i fukt", "Bladmögel  trivs\ni fukt")
    assert notes(root) == []
    change(root, "odla/tomat.md", "trivs", "växer")
    (again,) = notes(root)
    assert (again.rule, again.line, str(again.path)) == ("read-again", 6, ADDED)
    assert again.severity == "note"
    assert "skriv rubriken så: ## Vatten {#vattna beside=" in again.message
    text = again.message.partition("så: ")[2].join((FRONT, "\n\nKranen.\n"))
    (root / ADDED).write_text(text, "utf-8")
    assert notes(root) == []
    (old,) = notes(root, dt.date(2027, 5, 21))[:1]
    assert "skulle ha lästs senast 2027-05-20" in old.message


def test_section_hash_follows_facts(folder):
    """Facts are written elsewhere, in facts.yml."""
    section = "## G {#grava}\n\nVänta [[fakta:skorda]].\n\n"
    root = folder({"tillagg/odla/lag.md": FRONT + "## G {#grava}\n\nDjupt.\n"})
    change(root, "odla/lag.md", "Häcken får", f"{section}## H {{#h}}\n\nHäcken får")

    def message() -> str:
        content = Project.load(root).content
        (note,) = supplements.check(content, TODAY)
        return note.message

    before = message()
    assert message() == before
    change(root, "_data/facts.yml", "tio veckor", "elva veckor")
    assert message() != before


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


def test_own_rows_are_after_the_national_ones_and_keep_their_lines(folder):
    root = folder(OWN)
    assert faults(root) == []
    content = Project.load(root).content
    registers = content.registers
    assert list(registers.contacts)[-1] == "kranvakten" and len(registers.contacts) > 2
    assert [row.id for row in registers.checklists["plantera"].rows][-1] == "kranen"
    assert list(registers.changes) == ["vattna-pa-morgonen", "kranen-ar-ny", "hela-sajten"]
    assert registers.sources["kommunens"].title == "Rutin för tio veckor"

    def place(register: str, key: str, field: str = "") -> str:
        path, line = content.location(register, key, field)
        return f"{path}:{line}"

    assert place("contacts", "kranvakten", "phone") == "docs/_data/contacts.yml:6"
    assert place("contacts", "vaxtakuten") == f"{NATIONAL}/_data/contacts.yml:15"
    assert place("checklists/plantera", "kranen") == "docs/_data/checklists/plantera.yml:4"
    first = next(iter(registers.glossary))
    assert place("glossary", first).startswith(f"{NATIONAL}/_data/glossary.yml:")


def test_merge_copy_of_a_national_row_is_refused(folder):
    """A copy is the same only until the national row changes."""
    text = (GARDEN / "docs/_data/glossary.yml").read_text(encoding="utf-8")
    root = folder({"docs/_data/glossary.yml": text})
    assert "docs/_data/glossary.yml:3 national" in faults(root)


def test_value_of_an_added_row_has_its_own_file_in_every_check(folder):
    """A row of a list, a key of a mapping, and a text with several lines."""
    rows = OWN["docs/_data/checklists/plantera.yml"]
    wrong = OWN | {
        "docs/_data/checklists/plantera.yml": rows + "      - {id: kranen, text: Igen.}\n",
        "docs/_data/contacts.yml": OWN["docs/_data/contacts.yml"].replace("kommunens", "borta"),
        "docs/_data/glossary.yml": "kran:\n  term: kran\n  text: >-\n    Ring\n    08-999 88 77.\n",
    }
    assert faults(folder(wrong)) == [
        "docs/_data/checklists/plantera.yml:5 duplicate-id",
        "docs/_data/contacts.yml:8 unknown-source",
    ]
    del wrong["docs/_data/checklists/plantera.yml"], wrong["docs/_data/contacts.yml"]
    (root := folder()).joinpath("docs/_data/checklists/plantera.yml").unlink()
    (root / "docs/_data/contacts.yml").unlink()
    assert "docs/_data/glossary.yml:5 unknown-phone" in faults(folder(wrong))


def test_rows_may_be_added_to_an_empty_part_of_a_register(folder):
    root = folder()
    national = root.parent / "garden/docs/_data/redirects.yml"
    national.write_text("moved:\nretired: {}\n", "utf-8")
    rows = "moved: {/x/: /om/}\nretired:\n  /y/: {instead: /om/}\n"
    content = Project.load(folder({"docs/_data/redirects.yml": rows})).content
    redirects = content.registers.redirects
    assert redirects.moved == {"/x/": "/om/"} and redirects.retired["/y/"].instead == "/om/"
    assert content.files["redirects"].location("retired", "/y/")[1] == 3


def test_permalinks_are_not_inherited_and_ones_own_are_in_the_folder(folder):
    root = folder({ADDED: TOMATO})
    PermalinkContract.from_content(Content.read(root.parent / "garden/docs")).register_new()
    contract = PermalinkContract.from_content(Project.load(root).content)
    assert not contract.registered
    contract.register_new()
    own = (root / "docs" / CONTRACT).read_text(encoding="utf-8")
    assert "/odla/tomat/#vattna\n" in own
    assert (
        PermalinkContract.from_content(Project.load(root).content).registered.keys()
        == contract.addresses.keys()
    )


def test_notes_on_national_files_are_not_for_a_municipality(folder):
    project = Project.load(folder(OWN))
    rows = [
        Finding(PurePosixPath(NATIONAL, "_data", name), 1, "x", "y", severity="note")
        for name in ("glossary.yml", "redirects.yml")
    ]
    own = Finding(PurePosixPath("docs/_data/contacts.yml"), 9, "x", "y", severity="note")
    fault = Finding(rows[0].path, 1, "x", "y")
    assert project.relevant([*rows, own, fault]) == [own, fault]


def test_own_number_is_printed_in_a_sentence_of_a_page_and_of_a_supplement(folder):
    settings = SETTINGS + '  local: {chef: "08-765 43 21, på dagen"}\n'
    root = folder({"mkdocs.yml": settings, ADDED: TOMATO + "Ring [[nummer:chef]].\n"})
    assert faults(root) == []
    assert "Ring 08-765 43 21." in page_of(root).markdown


@pytest.mark.parametrize(
    ("settings", "slug"),
    [
        (SETTINGS, "kommun-example-odla"),
        (SETTINGS.replace("/Odla/", "/b/"), "kommun-example-b"),
    ],
)
def test_two_folders_on_one_host_have_slugs_of_their_addresses(folder, monkeypatch, settings, slug):
    monkeypatch.setenv("SITE_URL", "https://x.example/")
    site = Project.load(folder({"mkdocs.yml": settings})).config.extra.site
    assert (site.site_slug, site.key) == (slug, "kolonilotten")


def test_settings_are_inherited_and_the_menu_has_the_rows_of_both(folder):
    own = {"docs/odla/a.md": "", "docs/b.md": ""}
    menu = "nav:\n  - Odla: [odla/a.md]\n  - Hos oss: b.md\ncopyright: Vi\n"
    config = Project.load(folder({**own, "mkdocs.yml": SETTINGS + menu})).config
    nav = config.mkdocs.nav
    (grow,) = (row["Odla"] for row in nav if isinstance(row, dict) and "Odla" in row)
    assert grow[-2:] == ["odla/elda.md", "odla/a.md"] and nav[-1] == {"Hos oss": "b.md"}
    assert config.mkdocs.copyright == "Vi" and config.mkdocs.site_description
    assert config.extra.sender.name == "Exempels kommun" and config.extra.exit.address
    assert config.location("nav") == (PurePosixPath("mkdocs.yml"), 5)
    path, line = config.location("extra", "exit", "address")
    assert path == PurePosixPath("../garden/mkdocs.yml")
    national = (GARDEN / "mkdocs.yml").read_text("utf-8").split("\n")
    assert national[line - 1] == f"    address: {config.extra.exit.address}"
