from __future__ import annotations

from pathlib import Path

import pytest

from scripts.links.sources import Sources
from scripts.links.validate import line_of, read_built, validate
from tests.links.test_inside import make


@pytest.mark.parametrize(
    ("text", "target", "line"),
    [
        ('<p>x/\n<a href="y/x/">\n<a href="x/">', "x/", 3),
        ('\n<a href="a&amp;b">', "a&b", 2),
        ("\n<a href=x>", "x", 2),
        ('\n\n<img srcset="c 1x, d 2x">', "d", 3),
        ('<p>\n<a href="">', "", 2),
        ('<a\nhref="https://a:b@c.se/">', "https://***@c.se/", 2),
        ("<p>", "finns inte", 1),
    ],
)
def test_line_of_target_in_a_built_file(tmp_path, text, target, line):
    (tmp_path / "a.html").write_text(text)
    assert line_of(read_built(tmp_path / "a.html"), target) == line


@pytest.mark.parametrize(
    ("written", "built"),
    [
        ("[x]()", ""),
        ("[x](<en bok/>)", "en%20bok/"),
        ("[x](å.md)", "%C3%A5.md"),
        ("[x](a_(b)_c)", "a_(b)_c"),
        ("  [x]: <borta.md>", "borta.md"),
        ("<https://polisen/>", "https://polisen/"),
        ("[x](https://a:b@c.se/)", "https://***@c.se/"),
        ("<a href=borta>x</a>", "borta"),
    ],
)
def test_find_link_is_the_line_in_markdown(docs, written, built):
    folder = docs({"a.md": f"# A\n\nHär är inget borta eller x.png.\n\n{written}\n"})
    path, line, _ = Sources(folder).find_link("a/index.html", built)[0]
    lines = (folder / "a.md").read_text(encoding="utf-8").split("\n")
    assert (str(path), lines[line - 1]) == ("docs/a.md", written)


def test_find_id_twice_in_markdown_is_the_second_line(docs):
    folder = docs({"a.md": "<p id=d>\n\nText.\n\n<p id=d>\n"})
    _, line, _ = Sources(folder).find_id("a/index.html", "d", is_repeated=True)[0]
    text = (folder / "a.md").read_text(encoding="utf-8")
    assert line == text.rstrip("\n").count("\n") + 1


def test_find_link_of_a_register_is_its_line(docs):
    folder = docs(
        {
            "a/b.md": "text\n",
            "_data/sources.yml": "k:\n  url: https://example.org/x\n  more: https://example.org/xy\n",
            "_data/contacts.yml": 'c:\n  tel: "0812345678"\n',
            "_data/checklists/l.yml": "row:\n  page: /c/d.md#e\n",
        }
    )
    sources = Sources(folder)

    def at(target: str) -> tuple[str, int]:
        ((path, line, _),) = sources.find_link("a/b/index.html", target)
        return str(path), line

    assert at("https://example.org/xy") == ("docs/_data/sources.yml", 3)
    assert at("https://example.org/x") == ("docs/_data/sources.yml", 2)
    assert at("tel:0812345678") == ("docs/_data/contacts.yml", 2)
    assert at("../../c/d/#e") == ("docs/_data/checklists/l.yml", 2)
    assert at("nowhere/") == ("docs/a/b.md", 1)
    assert sources.find_link("x/index.html", "y") == []


def test_validate_names_every_place_as_it_is_written_there(docs):
    """Of what is taken away all that led there is told at once: on pages, in registers, in
    settings, also where a page has no Markdown of its own."""
    folder = docs(
        {
            "a/b.md": "[x](../c.md#e)\n\n[x](../c.md#e) och [x](/c.md#e)\n",
            "_data/guide.yml": "x:\n  page: /c.md#e\ny:\n  page: /c.md#e\n",
        }
    )
    (folder.parent / "mkdocs.yml").write_text("extra:\n  foot: [{page: c/#f, text: x}]\n")
    site = make(folder.parent / "site", {"c/index.html": "<p>"})
    made, own = "c/x/index.html", "a/b/index.html"
    make(
        site,
        {own: '<a href="../../c/#e">x</a>', made: '<a href="../#e">x</a><a href="../#f">y</a>'},
    )
    found = [f for f in validate(site, Sources(folder)) if f.rule == "missing-anchor"]
    rows = sorted({(str(f.path), f.line, f.message.partition(":")[0]) for f in found})
    assert rows == [
        ("docs/_data/guide.yml", 2, '"/c.md#e"'),
        ("docs/_data/guide.yml", 4, '"/c.md#e"'),
        ("docs/a/b.md", 11, '"../c.md#e"'),
        ("docs/a/b.md", 13, '"../c.md#e"'),
        ("docs/a/b.md", 13, '"/c.md#e"'),
        ("mkdocs.yml", 2, '"c/#f"'),
    ]


def test_validate_page_made_of_another_repeats_none_of_its_faults(tmp_path: Path):
    docs, site = tmp_path / "docs", tmp_path / "site"
    docs.mkdir()
    (docs / "a.md").write_text("# A\n\n`[x](../borta/)`\n[x](../borta/)\n", encoding="utf-8")
    for page, links in (("a", ["../borta/"]), ("ram/a", ["../../borta/", "../egen/"])):
        (site / page).mkdir(parents=True)
        text = "".join(f'<p><a href="{link}">x</a>' for link in links)
        (site / page / "index.html").write_text(f"<!doctype html><title>x</title>{text}", "utf-8")
    found = [f"{f.path}:{f.line} {f.target}" for f in validate(site, Sources(docs))]
    assert found == ["docs/a.md:4 ../borta/", "site/ram/a/index.html:1 ../egen/"]
