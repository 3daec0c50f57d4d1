from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from scripts.core.findings import Finding
from scripts.validate_links import FORMATS, find_origin, format_report, main
from tests.conftest import make_docs, planted
from tests.content.test_project import SETTINGS, TOMATO
from tests.links.test_inside import make

HERE = Path(__file__).parents[1]
BROKEN = {"index.html": '<a href="borta/">x</a>'}


@pytest.fixture
def ut(tmp_path: Path, monkeypatch) -> Path:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    return make(tmp_path / "ut", BROKEN)


def test_command_exits_1_with_fault_0_without(ut: Path, capsys):
    assert main([str(ut)]) == 1
    assert "/index.html:1:" in capsys.readouterr().out
    (ut / "index.html").write_text("<p>")
    assert main([str(ut)]) == 0
    assert capsys.readouterr().out == "Inga fel.\n"


def test_site_url_is_where_the_folder_will_be_published(ut: Path, capsys):
    (ut / "index.html").write_text('<a href="https://exempel.se/kunskap/borta/">x</a>')
    assert main([str(ut)]) == 0, "another site's page"
    assert main([str(ut), "--site-url", "https://exempel.se/kunskap/"]) == 1
    assert "(missing-page)" in capsys.readouterr().out


def test_format_markdown_gives_a_table(ut: Path, capsys):
    assert main([str(ut), "--format", "markdown"]) == 1
    assert "| plats | fynd |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["saknas"], "inga HTML-sidor"),
        (["tom"], "inga HTML-sidor"),
        (["ut", "--site-url", "exempel.se"], "ingen adress"),
        (["ut", "--site-url", "https://[::1"], "ingen adress"),
        (["ut", "--site-url", "https://anna:hemligt@exempel.se/"], "https://***@exempel.se/"),
    ],
)
def test_command_wrong_arguments_exit_2_with_reason(ut: Path, capsys, arguments, says):
    (ut.parent / "tom").mkdir()
    assert main(arguments) == 2
    assert says in capsys.readouterr().err


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site/ of a project with an empty docs/."""
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    make_docs(tmp_path / "docs", {})
    return make(tmp_path / "site", BROKEN)


def test_command_exception_holds_until_its_day(site: Path, capsys):
    entry = {"pattern": "borta/", "rule": "missing-page", "reason": "r", "owner": "o"}
    register = {"_data/link-exceptions.yml": {"x": {**entry, "expires": dt.date(2027, 1, 1)}}}
    make_docs(site.parent / "docs", register)
    assert main([str(site), "--today", "2026-12-31"]) == 0
    assert main([str(site), "--today", "2027-01-02"]) == 1
    assert "gick ut" in capsys.readouterr().out


def test_command_number_of_no_contact_is_reported(site: Path, capsys):
    docs = make_docs(site.parent / "docs", {"_data/contacts.yml": {"b": {"phone": "020-390 000"}}})
    numbers = ("+4620390000", "+46-20-39-00-00", "020-390%20000", "11414")
    (site / "index.html").write_text("".join(f'<a href="tel:{n}">x</a>' for n in numbers))
    assert main([str(site)]) == 1
    (fault, _) = capsys.readouterr().out.splitlines()
    assert '"tel:11414"' in fault and "(bad-tel-register)" in fault
    (docs / "_data/contacts.yml").write_text("[")
    assert main([str(site)]) == 0, "the build reports the register"


def test_command_folder_of_another_origin_has_no_docs_and_no_register(
    tmp_path, monkeypatch, capsys
):
    """Though the command is run where a project is: a stranger's index.html isn't docs/index.md."""
    project = make_docs(tmp_path / "projekt/docs", {"_data/contacts.yml": {"b": {"phone": "112"}}})
    make_docs(project, {"index.md": "[x](borta.md)\n"})
    (project.parent / "mkdocs.yml").write_text("site_name: x\n")
    page = {"index.html": '<a href="tel:+4620390000">x</a><a href="borta/">x</a>'}
    monkeypatch.chdir(project.parent)
    make(project.parent / "site", page)
    other = make(tmp_path / "annan/site", page)
    assert main([str(other)]) == 1
    (found, closing) = capsys.readouterr().out.splitlines()
    assert found.startswith(f"{other}/index.html:1: ") and closing == "Ett fel."
    assert main(["site"]) == 1, "the project's own has both"
    said = capsys.readouterr().out
    assert "docs/index.md:" in said and "(bad-tel-register)" in said


def test_external_folder_of_another_origin_saves_no_results(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    other = make(tmp_path / "annan", {"index.html": '<a href="http://localhost:1/">x</a>'})
    assert main([str(other), "--external", "--contact", "a@b.example"]) == 0
    assert not list(tmp_path.rglob("link-state.json"))


def test_origin_of_a_projects_site_is_its_docs(tmp_path):
    for folder in ("site", "docs"):
        (tmp_path / folder).mkdir()
    assert find_origin(tmp_path / "site").sources.folders == (), "no project"
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    assert find_origin(tmp_path / "site").sources.folders == (tmp_path / "docs",)
    assert find_origin(tmp_path).sources.folders == ()


def test_origin_of_a_municipalitys_site_is_both_docs_and_its_supplements(tmp_path, capsys):
    """A broken link is reported where the municipality's editor mends it."""
    national = planted(tmp_path)
    files = {
        "mkdocs.yml": SETTINGS,
        "tillagg/odla/tomat.md": TOMATO + "\nSe [x](../borta.html).\n",
        "site/odla/tomat/index.html": "<a href='../../borta.html'>x</a>",
    }
    root = make_docs(tmp_path / "kommun", files)
    folders = find_origin(root / "site").sources.folders
    assert folders == (root / "docs", national.docs, root / "tillagg")
    assert main(["--sajt", str(root)]) == 1
    assert "tillagg/odla/tomat.md:12: " in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["site", "--sajt", "x"]])
def test_command_without_folder_or_with_two_exits_2(argv):
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2


def test_command_report_has_the_worst_first_and_groups_same_faults(ut: Path, capsys):
    (ut / "aaa.html").write_text('<b id="a">x</b><b id="a">x</b>')
    pages = [f"{n}.html" for n in range(9)]
    for page in pages:  # the same fault on each, as of a template
        (ut / page).write_text('<a href="borta/">x</a>')
    links = "".join(f'<a href="{page}">x</a>' for page in ("aaa.html", *pages))
    (ut / "index.html").write_text(links)
    assert main([str(ut)]) == 1
    *rows, closing = capsys.readouterr().out.splitlines()
    assert ["(missing-page)" in row for row in rows] == [True, True, True, False, False]
    assert "samma fel på 6 ställen till" in rows[3] and "(duplicate-id)" in rows[4]
    assert closing == "10 fel."


ODD = 'a|b <c> "d" & % \x0b, : å'


def finding(line: int = 1, severity: str = "error", message: str = ODD) -> Finding:
    path = PurePosixPath("docs/å b.md")
    return Finding(
        path,
        line,
        "missing-page",
        message,
        severity=severity,
        page="a/index.html",
        target="../b/",
    )


def test_markdown_report_escapes_text_and_groups_same_faults():
    def markdown(found: list[Finding]) -> str:
        return format_report(found, "markdown")

    assert markdown([]) == "Inga fel."
    row = next(line for line in markdown([finding()]).split("\n") if "å b.md:1" in line)
    assert row.replace("\\|", "").count("|") == 3 and "\\<c\\>" in row
    many = [finding(n, message=f'"{"../" * n}b/" saknas') for n in range(1, 8)]
    (row,) = [line for line in markdown(many).split("\n") if "saknas" in line]
    assert "docs/å b.md:5 och 2 till" in row


@pytest.mark.parametrize("form", FORMATS)
def test_report_text_of_a_stranger_begins_no_line(form):
    """What a log shows is read line by line: one that begins with "::" is obeyed."""
    for end in ("\n", "\r", "\r\n", "\u2028", "%0A"):
        odd = finding(message=f'"https://x.example/{end}::add-mask::x": svarade{end}::error::y')
        text = format_report([odd, replace(odd, target=odd.message, page=odd.message)], form)
        assert not [x for x in re.split(r"[\r\n]+", text) if x.strip().startswith("::")]
