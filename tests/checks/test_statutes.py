from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import command

main = command("statutes")


FOLDER = Path(__file__).parents[1] / "content/lagtext"
ACT = """\
{key}:
  title: {name} ({sfs})
  name: {name}
  publisher: Riksdagen
  url: https://example.se/{sfs}
  kind: lag
  sfs: "{sfs}"
  as_of: "2026-03-01"
  read_on: "2026-04-01"
  certainty: saker
  paragraphs:
"""
LAW = ACT.format(key="pah", name="påhittslagen", sfs="2001:1")
ORDER = ACT.format(key="prov", name="provförordningen", sfs="2002:2")
OTHER = ACT.format(key="annan", name="annanlagen", sfs="2003:3")


def row(place: str, number: str) -> str:
    return f'    "{place}": {{amended_by: "{number}", in_force: okant}}\n'


@pytest.fixture
def told(docs, capsys):
    """Return a function that compares a register with the folder: (exit code, lines, stderr)."""

    def run(register: str, *more: str, folder: Path = FOLDER, **pages: str):
        files = {f"{name}.md": text for name, text in pages.items()}
        where = docs({"_data/sources.yml": register, "a.md": "Text.\n", **files})
        code = main([str(folder), str(where), "--on", "2026-04-01", *more])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return run


def test_what_is_the_same_is_not_told_of(told):
    assert told(LAW + row("1-1", "2001:1") + row("1-1a", "2020:20")) == (0, ["Inga fel."], "")


# Fault → (place, number in the register, the rule, what is told)
CASES = {
    "changed": ("1-1a", "2010:10", "statute-changed", "1 kap. 1 a § påhittslagen: lydelsen är nu enligt SFS 2020:20 (i registret 2010:10)."),
    "amended for the first time": ("1-1a", "2001:1", "statute-changed", "1 kap. 1 a § påhittslagen: lydelsen är nu enligt SFS 2020:20 (i registret 2001:1)."),
    "read before its day": ("1-2", "2026:26", "statute-changed", "1 kap. 2 § påhittslagen: lydelsen är nu enligt SFS 2019:19 (i registret 2026:26). Paragrafen ändras 2026-07-01."),
    "not in a whole act": ("1-99", "2001:1", "statute-gone", "1 kap. 99 § påhittslagen: paragrafen finns inte i lagen längre."),
    "not in an act's chapters": ("9-1", "2001:1", "statute-gone", "9 kap. 1 § påhittslagen: paragrafen finns inte i lagen längre."),
    "repealed": ("1-3", "2001:1", "statute-gone", "1 kap. 3 § påhittslagen: upphävd genom lag (2022:22)."),
    "not yet": ("1-5", "2026:30", "statute-gone", "1 kap. 5 § påhittslagen: gäller inte än. Paragrafen träder i kraft 2026-09-01."),
    "no longer": ("1-6", "2023:23", "statute-gone", "1 kap. 6 § påhittslagen: gäller inte längre."),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_change_is_told_with_its_line_and_its_pages(told, name):
    place, number, rule, words = CASES[name]
    register = (
        OTHER.replace("  paragraphs:\n", "") + LAW + row("1-1", "2001:1") + row(place, number)
    )
    code, lines, _ = told(register, b=f"Text.[@pah-{place}]\n", c="Text.[@pah]\n")
    assert code == 1
    assert lines == [
        f"docs/_data/sources.yml:23: {words} Används på: docs/b.md. ({rule})",
        "Ett fel.",
    ]


def test_the_line_is_the_one_in_its_own_act(told):
    register = (
        LAW + row("1-1", "2001:1") + OTHER + row("1-1", "2003:3") + ORDER + row("1-1", "2002:2")
    )
    _, lines, _ = told(register)
    assert [line.split(": ")[0] for line in lines if ".yml" in line] == [
        "docs/_data/sources.yml:24",
        "docs/_data/sources.yml:36",
    ]


@pytest.mark.parametrize(
    ("register", "words"),
    [
        (OTHER + row("1", "2003:3"), "1 § annanlagen: SFS 2003:3 finns inte i mappen."),
        (ORDER + row("7", "2002:2"), "7 § provförordningen: filen har bara en del av lagen, utan paragrafen."),
    ],
)  # fmt: skip
def test_what_the_folder_does_not_have_is_told_and_is_no_fault(told, register, words):
    code, lines, _ = told(register)
    assert (code, lines[0]) == (0, f"docs/_data/sources.yml:12: {words} (statute-missing)")


def test_a_part_of_an_act_shows_what_is_repealed_in_it(told):
    code, lines, _ = told(ORDER + row("5", "2024:24") + row("6", "2002:2"))
    assert (code, lines[-1]) == (1, "Ett fel.")
    assert "6 § provförordningen: upphävd genom förordning (2024:25)." in lines[0]


def test_a_wording_to_come_is_told_beforehand(told):
    register = LAW + row("1-2", "2019:19") + row("1-4", "2021:21")
    code, lines, _ = told(register)
    assert code == 0
    assert lines[:2] == [
        "docs/_data/sources.yml:12: 1 kap. 2 § påhittslagen: Paragrafen ändras 2026-07-01. "
        "(statute-coming)",
        "docs/_data/sources.yml:13: 1 kap. 4 § påhittslagen: Paragrafen ändras den dag som "
        "regeringen bestämmer. (statute-coming)",
    ]
    code, lines, _ = told(register, "--on", "2026-07-01")
    assert code == 1 and "nu enligt SFS 2026:26 (i registret 2019:19)" in lines[0]


def test_a_folder_older_than_the_register_says_so(told):
    register = LAW.replace("2026-03-01", "2026-03-20") + row("1-1a", "2026:5")
    assert "Mappens text är äldre (2026-03-01) än registrets (2026-03-20)." in told(register)[1][0]
    register = register.replace("2026-03-20", "2026-03-01")
    assert "äldre" not in told(register)[1][0]


def test_pages_are_found_through_registers_and_registers_are_named(told, docs):
    contact = (
        "sos: {name: SOS, group: [akut], for_whom: A, what_happens: B, source: pah-1-3,"
        " certainty: saker}\n"
    )
    docs({"_data/contacts.yml": contact})
    _, lines, _ = told(LAW + row("1-3", "2001:1"), b="[[kontakter: akut]]\n")
    assert "Används på: docs/b.md, docs/_data/contacts.yml." in lines[0]


def test_what_cannot_be_compared_is_told_and_is_no_clean_run(told, tmp_path):
    register = LAW + row("1-1", "2001:1")
    empty = tmp_path / "tom"
    code, _, err = told(register, folder=empty)
    assert code == 2 and f'Mappen "{empty}" finns inte.' in err
    empty.mkdir()
    (empty / "innehall.md").write_text("# Ingen lag\n", encoding="utf-8")
    code, _, err = told(register, folder=empty)
    assert code == 2 and "har ingen lag" in err
    shutil.copytree(FOLDER, empty, dirs_exist_ok=True)
    (empty / "trasig.md").write_bytes(b"\xff")
    code, _, err = told(register, folder=empty)
    assert code == 2 and '"trasig.md" är inte UTF-8' in err
    assert main([str(FOLDER), str(tmp_path / "saknas")]) == 2


def test_a_page_that_cannot_be_read_is_told_with_its_place(told):
    code, lines, _ = told(LAW + row("1-1", "2001:1"), b="---\n: :\n---\n")
    assert code == 1 and lines[0].startswith("docs/b.md:2: ")
