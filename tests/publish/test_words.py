from __future__ import annotations

import subprocess
from pathlib import PurePosixPath

import pytest

from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.built import BuiltPage
from scripts.publish.words import judge_words, open_words
from tests.conftest import page_with

OPEN = "<h1>Gör så</h1><p>Ring 08-700 00 01 nu.</p>"
FOLDED = (
    "<details><summary>Mer</summary><p>Hopfällt</p></details><nav>Meny</nav>"
    '<sup class="cite">1</sup><div class="next">Sedan</div><div class="terms">Ord</div>'
    "<p hidden>Dolt</p><div class='admonition local'>Hos oss</div><script>kod</script><div class='page-foot'>Fot</div>"
)


def told(docs, words: str) -> list[Finding]:
    """Return what is told of the page a.md, with ``words`` as what is built of it."""
    content = Content.read(docs)
    page = BuiltPage("a/", f'<html><body><div id="innehall">{words}</div></body></html>')
    return list(judge_words(page, content.pages[PurePosixPath("a.md")], content))


def test_what_is_folded_and_what_stands_at_the_foot_does_not_count():
    page = BuiltPage("a/", f'<html><body><div id="innehall">{OPEN}{FOLDED}</div></body></html>')
    assert open_words(page) == 7
    assert "Hopfällt" in page.content.text(), "the page itself is as it was"


@pytest.mark.parametrize(
    ("front", "words", "most"),
    [
        ("kind: gör\n", 950, None),
        ("kind: gör\n", 951, 950),
        ("kind: förklarar\n", 3000, None),  # read, not followed
        ("kind: förklarar\nwords: 6\n", 7, 6),
        ("kind: gör\nwords: 1000\n", 1000, None),
    ],
)
def test_a_page_over_its_limit_is_told_with_its_cure(docs, front, words, most):
    found = told(docs({"a.md": page_with(front)}), "ord " * words)
    assert [(str(f.path), f.line, f.rule) for f in found] == (
        [("docs/a.md", 2, "too-long")] if most else []
    )
    if most:
        assert found[0].message.startswith(f"{words} öppna ord, högst {most}. Dela sidan")
        assert "Stryk aldrig ett villkor." in found[0].message


def test_the_newest_lines_are_named_where_git_knows_them(docs):
    folder = docs({"a.md": page_with("words: 1\n", "Ett.\n\nTvå.\n\nTre.\n\nFyra.\n")})
    who = ["-c", "user.name=N", "-c", "user.email=n@example.se", "-c", "commit.gpgsign=false"]

    def commit(day: int) -> None:
        when = f"2026-01-0{day}T12:00:00Z"
        for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
            subprocess.run(
                ["git", *who, *command],
                **{"cwd": folder, "check": True},
                env={"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when, "PATH": "/usr/bin:/bin"},
            )

    commit(1)
    text = (folder / "a.md").read_text("utf-8")
    (folder / "a.md").write_text(text.replace("Två.", "Två två.").replace("Fyra.", "Fem."))
    commit(2)
    lines = (folder / "a.md").read_text("utf-8").split("\n")
    changed = [n for n, line in enumerate(lines, 1) if line in ("Två två.", "Fem.")]
    (finding,) = told(folder, "ord ord")
    named = finding.message.partition("Nyast är rad ")[2].rstrip(".").split(", ")
    assert {str(n) for n in changed} <= set(named) and len(named) == 3


@pytest.mark.slow
def test_a_page_over_its_limit_stops_the_build(own_garden, capsys):
    page = own_garden.docs / "odla/grav.md"
    page.write_text(page.read_text("utf-8").replace("kind: gör\n", "kind: gör\nwords: 9\n"))
    assert own_garden.build() == 1
    assert "öppna ord, högst 9. Dela" in capsys.readouterr().out
