"""Pages kept since the last build are those that a whole build gives, after whatever was changed."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from scripts import build
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.publish import mkdocs
from scripts.publish.rendered import Rendered, outline
from tests.conftest import PAGE, ROOT

pytestmark = pytest.mark.slow

GARDEN = ROOT / "tests/other_subject"


@pytest.fixture
def garden(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("OVERRIDES", str(ROOT / "overrides"))
    return Path(shutil.copytree(GARDEN, tmp_path / "garden"))


@pytest.fixture
def made(monkeypatch):
    """What MkDocs was asked to make: pages, or None for all of them."""
    asked: list[list[str] | None] = []
    render = mkdocs.render

    def watched(config, target, content, changed=None):
        asked.append(changed if changed is None else [str(page.path) for page in changed])
        return render(config, target, content, changed)

    monkeypatch.setattr(mkdocs, "render", watched)
    return asked


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def update(garden: Path, rendered: Rendered, *settings: str) -> list[str]:
    return rendered.update(read_config(garden), Content.read(garden / "docs"), *settings)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


TOMATO = "docs/odla/tomat.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "again"),
    [
        (TOMATO, "\n## ", "\nEn mening till.\n\n## ", ["odla/tomat.md"]),
        (TOMATO, "title: ", "title: Ny ", None),
        (TOMATO, "\n## ", "\n## Nytt {#nytt}\n\n## ", None),
        ("docs/_data/contacts.yml", "name: ", "name: Ny ", None),
        ("mkdocs.yml", "site_name: ", "site_name: Ny ", None),
    ],
)
def test_a_page_whose_text_alone_is_other_is_made_alone(
    garden, made, tmp_path, file, old, new, again
):
    rendered = Rendered(tmp_path / "pages")
    assert update(garden, rendered) == update(garden, rendered) == []
    edit(garden / file, old, new)
    assert update(garden, rendered) == []
    assert made == [None, [], again]


def test_another_setting_or_a_touched_folder_makes_all_again(garden, made, tmp_path):
    rendered = Rendered(tmp_path / "pages")
    update(garden, rendered, "2026-11-24")
    update(garden, rendered, "2026-11-25")
    (rendered.folder / "index.html").write_text("någon annans", encoding="utf-8")
    update(garden, rendered, "2026-11-25")
    rendered.mark.write_text("[halv", encoding="utf-8")
    update(garden, rendered, "2026-11-25")
    assert made == [None] * 4
    assert "någon annans" not in (rendered.folder / "index.html").read_text(encoding="utf-8")


def test_a_page_with_a_warning_is_made_until_it_is_right(garden, made, tmp_path):
    rendered, file = Rendered(tmp_path / "pages"), garden / TOMATO
    right = file.read_text(encoding="utf-8")
    file.write_text(right + "\n[x](borta.md)\n", encoding="utf-8")
    told = update(garden, rendered)
    assert len(told) == 1 and update(garden, rendered) == told, "as long as it stands there"
    file.write_text(right, encoding="utf-8")
    assert update(garden, rendered) == [] == update(garden, rendered)
    assert made == [None, ["odla/tomat.md"], ["odla/tomat.md"], []]


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_half_way_nothing_is_taken_for_made(garden, tmp_path, monkeypatch, when):
    rendered, render = Rendered(tmp_path / "pages"), mkdocs.render
    update(garden, rendered)
    edit(garden / TOMATO, "\n## ", "\nEn mening till.\n\n## ")

    def killed(*given):
        if when == "after":
            render(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(mkdocs, "render", killed)
    with pytest.raises(KeyboardInterrupt):
        update(garden, rendered)
    monkeypatch.setattr(mkdocs, "render", render)
    assert update(garden, rendered) == []
    assert "En mening till." in (rendered.folder / "odla/tomat/index.html").read_text("utf-8")
    mkdocs.render(read_config(garden), tmp_path / "anew", Content.read(garden / "docs"))
    assert files(rendered.folder) == files(tmp_path / "anew")


def test_what_other_pages_show_of_a_page_is_its_outline(docs):
    folder = docs({"a.md": "## Rubrik {#r}\n\nText.[@kalla]\n\n[[macro: x]]\n"})
    (page,) = Content.read(folder).pages.values()
    for part in ("Prov", "Rubrik", "kalla", "macro"):
        assert part in outline(page)
    assert "Text." not in outline(page)


# ── Whatever an editor does, in any order ──

EDITS = 50
WHOLE = 25  # every so many edits, whole builds are compared


# fmt: off
KINDS = (
    "sentence", "sentence", "sentence", "sentence", "sentences", "heading", "words of a heading",
    "citation", "citation", "citation", "term", "title", "new page", "gone", "back", "register", "menu", "nothing",
)
# fmt: on


def step(garden: Path, chance: random.Random, number: int) -> str:
    """Change something in the garden as an editor may; return what was done."""
    docs, word = garden / "docs", "".join(chr(ord("a") + int(digit)) for digit in str(number))
    pages = sorted(docs.rglob("*.md"))
    page = chance.choice(pages)
    text = page.read_text(encoding="utf-8")
    original = GARDEN / page.relative_to(garden)
    heading = f"\n## Avsnitt {word} {{#avsnitt-{word}}}\n\nText.\n"
    kind = chance.choice(KINDS)
    match kind:
        case "sentence":
            page.write_text(f"{text}\nMening {word}.\n", encoding="utf-8")
        case "sentences":
            for one in pages:
                with one.open("a", encoding="utf-8") as file:
                    file.write(f"\nMening {word}.\n")
        case "heading":
            page.write_text(text + heading, encoding="utf-8")
        case "words of a heading":
            page.write_text(
                re.sub(r"^## (?=\w)", f"## Om {word}: ", text, count=1, flags=re.M), "utf-8"
            )
        case "citation":
            source = chance.choice(["handboken", "froplan"])
            page.write_text(f"{text}\nMening.[@{source}]\n", encoding="utf-8")
        case "term":
            page.write_text(f"{text}\nHärda mot kväve.\n", encoding="utf-8")
        case "title":
            new = re.sub(r"^(title:|#) ", rf"\1 Ny{word} ", text, count=2, flags=re.M)
            page.write_text(new, encoding="utf-8")
        case "new page":
            edit(garden / "mkdocs.yml", "not_in_nav: |", f"not_in_nav: |\n  /odla/ny-{word}.md")
            new = PAGE.replace("Prov", f"Prov {word}")
            (docs / f"odla/ny-{word}.md").write_text(new, encoding="utf-8")
            page.write_text(f"{text}\n[Prov {word}](/odla/ny-{word}.md)\n", encoding="utf-8")
        case "gone":
            for file in list(docs.glob("odla/ny-*.md"))[:1]:
                file.unlink()
                for one in docs.rglob("*.md"):
                    kept = one.read_text(encoding="utf-8")
                    link = re.compile(rf"\n\[.*\]\(/odla/{file.name}\)\n")
                    one.write_text(link.sub("", kept), encoding="utf-8")
        case "back" if original.is_file():
            shutil.copy(original, page)
        case "register":
            file = docs / "_data/contacts.yml"
            was = file.read_text(encoding="utf-8")
            file.write_text(was.replace("name: ", f"name: N{word} ", 1), encoding="utf-8")
        case "menu":
            edit(garden / "mkdocs.yml", "site_name: ", f"site_name: N{word} ")
    return f"{number}: {kind}, {page.name}"


def test_kept_pages_are_a_whole_builds_over_a_random_walk(garden, made, tmp_path):
    chance, done = random.Random(19), []
    rendered = Rendered(tmp_path / "pages")
    for number in range(1, EDITS + 1):
        done.append(step(garden, chance, number))
        told = update(garden, rendered)
        config, content = read_config(garden), Content.read(garden / "docs")
        assert sorted(told) == sorted(mkdocs.render(config, tmp_path / "anew", content)), done
        now, anew = files(rendered.folder), files(tmp_path / "anew")
        assert [f for f in now.keys() | anew.keys() if now.get(f) != anew.get(f)] == [], done
        if number % WHOLE == 0:
            sites = []
            for target in (garden / "site", tmp_path / f"whole-{number}/site"):
                code = build.build(garden, target, pdf=False)
                sites.append((code, files(target) if target.exists() else None))
            assert sites[0] == sites[1], done
            assert sites[0][0] == 0, done
    asked = made[::2]
    assert sum(pages is not None for pages in asked) > EDITS / 3, "else nothing was kept"
