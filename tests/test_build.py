"""The build command as editors run it: on a copy of the project, from outside, killed half-way."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path, PurePosixPath

import pytest

from scripts import build, check, pipeline
from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.content.settings import Extra, Statement
from scripts.core import environment
from scripts.core.findings import Finding
from scripts.site import swap
from tests.conftest import GARDEN, PAGE, ROOT, SITE

CODE = ("overrides", "scripts", "requirements.txt", "requirements-dev.txt")


def digest(folder: Path) -> str:
    """One hash over every file's name and bytes."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            total.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def copied(folder: Path, content: Path) -> Path:
    """A project on a path with spaces and Swedish letters, sharing our .venv."""
    copy = folder / "Min mapp åäö"
    copy.mkdir()
    for source in [*(ROOT / part for part in CODE), content / "docs", content / "mkdocs.yml"]:
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, copy / source.name, ignore=ignored)
        else:
            shutil.copy(source, copy / source.name)
    # The PDF files' cache, by what they are made of: nothing is typeset again if that is the same
    # here, to the byte. That the same HTML gives the same PDF: test_typeset.py.
    if (handouts := ROOT / ".build/handouts").is_dir():
        shutil.copytree(handouts, copy / ".build/handouts")
    (copy / ".venv").symlink_to(Path(sys.prefix), target_is_directory=True)
    return copy


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return copied(tmp_path_factory.mktemp("bygge"), GARDEN)


def run(project: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **environ}
    environment.pop("SITE_ENTERED", None)
    return subprocess.run(
        [sys.executable, str(project / "scripts/build.py"), *arguments],
        cwd=project.parent,  # not the project: it works from anywhere
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture(scope="module")
def built(project: Path) -> str:
    done = run(project)
    assert done.returncode == 0, done.stdout + done.stderr
    return digest(project / "site")


@pytest.mark.slow
def test_build_elsewhere_and_later_gives_same_bytes(tmp_path, built):
    other = copied(tmp_path, GARDEN)
    done = run(other, TZ="Pacific/Kiritimati", PYTHONHASHSEED="7", LC_ALL="C")
    assert done.returncode == 0, done.stdout + done.stderr
    assert digest(other / "site") == built


FAULTS = {
    "link to a page": ("docs/prov.md", PAGE + "[x](borta.md)\n", "docs/prov.md:11:"),
    "register": ("docs/_data/redirects.yml", "x: a: b\n", "docs/_data/redirects.yml:1:"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_build_broken_page_is_one_message_and_site_stays(project, built, name):
    path, text, place = FAULTS[name]
    file = project / path
    menu = project / "mkdocs.yml"
    kept = menu.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    menu.write_text(kept + "  - prov.md\n" * (file.suffix == ".md"), encoding="utf-8")
    try:
        done = run(project)
    finally:
        file.unlink()
        menu.write_text(kept, encoding="utf-8")
    assert done.returncode == 1
    message, count = done.stdout.splitlines()
    assert message.startswith(place) and count == "Ett fel."
    assert "Traceback" not in done.stdout + done.stderr
    assert "orörd" in done.stderr
    assert digest(project / "site") == built
    assert not list((project / ".build").glob("site-*"))


@pytest.mark.slow
def test_build_killed_leaves_site(project, built):
    environment = {k: v for k, v in os.environ.items() if k != "SITE_ENTERED"}
    with subprocess.Popen(
        [sys.executable, str(project / "scripts/build.py")],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        for line in process.stderr:
            if line.startswith("Bygger sidorna"):
                os.killpg(process.pid, 9)
                break
        process.wait()
    assert digest(project / "site") == built
    assert run(project).returncode == 0, "the next build cleans up and goes on"
    assert digest(project / "site") == built


@pytest.fixture
def small(tmp_path) -> Path:
    """A small site of its own."""
    assert build.create_site(tmp_path / "sajt", "sajt") == 0
    return tmp_path / "sajt"


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    [
        "scripts.site.mkdocs.build",
        "scripts.site.swap.swap",
    ],
)
def test_build_full_disk_is_reported_and_site_stays(small, monkeypatch, capsys, place):
    monkeypatch.setenv("SITE_ENTERED", "1")
    arguments = ["--no-pdf", "--sajt", str(small)]
    assert environment.run_main(build.main, arguments) == 0
    before = digest(small / "site")
    page = small / "docs/index.md"
    # a heading: all pages are made again
    page.write_text(page.read_text("utf-8") + "\n## Mer {#mer}\n\nText.\n", encoding="utf-8")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", str(small / "x.html"))

    with monkeypatch.context() as patch:
        patch.setattr(place, full)
        assert environment.run_main(build.main, arguments) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert "No space left on device" in said and "x.html" in said
    assert digest(small / "site") == before
    left = [f.name for f in swap.build_dir(small / "site").iterdir() if f.name.startswith("site-")]
    assert left == [], "what was half-made takes no room"
    assert environment.run_main(build.main, arguments) == 0
    assert digest(small / "site") != before


@pytest.mark.slow
def test_build_warning_of_mkdocs_alone_stops_it(small, monkeypatch, capsys):
    """Of a number without words that can have its source, for one: no check of ours sees that."""
    warning = Finding(PurePosixPath("docs/index.md"), 8, "mkdocs", "varning", severity="warning")
    result = pipeline.PipelineResult([], [warning])
    monkeypatch.setattr(pipeline, "run_pipeline", lambda *_: result)
    assert build.main(["--no-pdf", "--sajt", str(small)]) == 1
    assert "docs/index.md:8: varning" in capsys.readouterr().out
    assert not (small / "site").exists()


@pytest.mark.slow
def test_two_clones_that_build_one_folder_wait_for_each_other(small):
    """A job beside an editor: each would take what the other is half through."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--no-pdf", "--sajt", str(small)]
    with environment.lock("build", small / ".build"):  # as another clone does
        waits = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        assert "Väntar" in waits.stderr.readline()
        assert not (small / "site").exists()
    _, said = waits.communicate(timeout=120)
    assert waits.returncode == 0 and "Klart" in said


WRONG = {
    "--sajt=": "skriv en mapp",
    "--port 0": "är ingen port",
    "--serve --accept": "visar bara sajten",
    "--borta": "inga val: --borta",
    "--port": "saknas ett värde",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_build_wrong_arguments_exit_2_in_swedish(capsys, arguments):
    with pytest.raises(SystemExit, match="2"):
        build.main(arguments.split())
    said = capsys.readouterr().err
    assert WRONG[arguments] in said and said.count("\n") == 1


def test_a_day_that_is_none_is_told_in_swedish(capsys):
    with pytest.raises(SystemExit, match="2"):
        check.main(["pages", "--today", "igår"])
    assert '"igår" är ingen dag. Skriv som 2026-12-01.' in capsys.readouterr().err


def bare(script: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a script as on a fresh machine: a Python without packages, from another folder."""
    python = shutil.which("python3", path=os.defpath) or sys._base_executable
    return subprocess.run(
        [python, "-S", str(ROOT / script), *arguments],
        cwd=ROOT.parent,
        env={"PATH": os.defpath, "PYTHONUTF8": "1", **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


SCRIPTS = ("build", "test", "check", "validate_links", "audit_text")


def test_every_script_in_the_folder_is_among_them():
    commands = {
        f.stem for f in (ROOT / "scripts").glob("*.py") if "__main__" in f.read_text("utf-8")
    }
    assert commands == set(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS)
def test_any_python_runs_every_script_from_any_folder(script):
    """The environment is there: that it is made where it isn't, test_environment.py holds."""
    done = bare(f"scripts/{script}.py", "--help")
    assert done.returncode == 0, done.stderr
    assert f"python3 scripts/{script}.py" in done.stdout


def test_the_guides_show_that_way_and_no_other():
    for guide in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / guide).read_text(encoding="utf-8")
        assert not re.findall(r"python3? -m (?!pip)\S+|\.venv/bin\S*", text), guide
        for script in re.findall(r"python3 (\S+\.py)", text):
            assert (ROOT / script).is_file(), (guide, script)


@pytest.mark.slow
def test_serve_shows_site_at_port(project):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != "SITE_ENTERED"}
    with subprocess.Popen(
        [sys.executable, str(project / "scripts/build.py"), "--serve", "--port", str(port)],
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            for line in process.stderr:
                if "avsluta med Ctrl+C" in line:
                    break
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/odla/tomat/") as answer:
                assert "Tomater vill ha värme" in answer.read().decode("utf-8")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/p/fraga/") as answer:
                assert "om/kontakt/" in answer.read().decode("utf-8")
        finally:
            os.killpg(process.pid, 9)


@pytest.mark.parametrize(("day", "count"), [("2027-05-24", 0), ("2027-05-25", 1)])
def test_overdue_review_is_a_reminder_and_stops_nothing(docs, day, count):
    """The page's review_by is the last day that holds."""
    folder = docs({"a.md": "Text.\n"})
    content, today = Content.read(folder), dt.date.fromisoformat(day)
    assert check.check_content(content, today) == []
    project = Project(folder.parent, Config(folder / "mkdocs.yml", SITE), content)
    found = [one for one in build.reminders(project, today) if "har passerat" in one]
    assert [one.partition(" ")[0] for one in found] == ["1"] * count


@pytest.mark.parametrize(("today", "is_old"), [("2027-11-24", False), ("2027-11-25", True)])
def test_accessibility_assessment_is_old_after_a_year(docs, today, is_old):
    folder = docs({"_data/accessibility.yml": {"assessed_on": dt.date(2026, 11, 24)}})
    own = Extra(accessibility=Statement(assessed_on=dt.date(2027, 11, 24)))

    def reminds(extra: Extra) -> bool:
        config = Config(folder / "mkdocs.yml", SITE, extra)
        project = Project(folder.parent, config, Content.read(folder))
        return bool(list(build.accessibility_reminder(project, dt.date.fromisoformat(today))))

    assert reminds(Extra()) == is_old
    assert not reminds(own), "a publisher's own assessment counts instead"
