from __future__ import annotations

from pathlib import Path

import pytest

from scripts.links import check as checking
from scripts.links.check import check, chunks, orphans


def make(root: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def menu(depth: int) -> str:
    up = "../" * depth
    return "".join(f'<li><a href="{up}s/p{n}/" class="m">p</a></li>' for n in range(40))


def big(root: Path, bad: str = "") -> Path:
    pages = {
        f"s/p{n}/index.html": f'<!doctype html><body><nav>{menu(2)}</nav><h2 id="r">x</h2>'
        f'<a href="../p{(n * 7) % 40}/#r">x</a>{bad if n % 10 == 3 else ""}'
        for n in range(40)
    }
    return make(root, {"index.html": menu(0), **pages})


def test_two_processes_find_what_one_finds(tmp_path, monkeypatch):
    root = big(tmp_path, '<a href="../p1/#nej">x</a><a href="../nej/">y</a><p id="r">')
    one = check(root, processes=1)[1]
    monkeypatch.setattr(checking, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(checking, "CHUNK", 20_000)
    two = check(root, processes=2)[1]
    assert sorted(one.faults) == sorted(two.faults)
    assert {fault.rule for _, fault in one.faults} == {
        "missing-anchor",
        "missing-page",
        "duplicate-id",
    }
    assert len(one.faults) == 12


def test_a_fault_in_the_menu_is_found_on_every_page(tmp_path):
    root = big(tmp_path)
    (root / "s/p5/index.html").unlink()
    faults = check(root)[1].faults
    assert len({page for page, fault in faults if fault.rule == "missing-page"}) == 40


def test_neighbours_stay_together():
    files = [(f"{n:03}.html", 1_500_000) for n in range(7)]
    assert [len(piece) for piece in chunks(files)] == [3, 3, 1]
    assert [path for piece in chunks(files) for path in piece] == [path for path, _ in files]


@pytest.mark.parametrize(
    ("pages", "lost"),
    [
        ({"index.html": '<a href="a/">', "a/index.html": ""}, []),
        ({"index.html": "", "a/index.html": ""}, ["a/index.html"]),
        (  # two that only lead to each other
            {"index.html": "", "a/index.html": '<a href="../b/">', "b/index.html": '<a href="../a/">'},
            ["a/index.html", "b/index.html"],
        ),
        (  # the address is entered for the lost page first, but the reachable one has it, too
            {
                "index.html": '<a href="x/c/">',
                "x/a/index.html": '<a href="../b/">x</a>',
                "x/b/index.html": "",
                "x/c/index.html": '<a href="../b/">x</a>',
            },
            ["x/a/index.html"],
        ),
        (  # … and so on from there
            {
                "index.html": '<a href="x/c/">',
                "x/a/index.html": '<a href="../b/">x</a>',
                "x/b/index.html": '<a href="../d/">x</a>',
                "x/c/index.html": '<a href="../b/">x</a>',
                "x/d/index.html": "",
            },
            ["x/a/index.html"],
        ),
        ({"index.html": "", "404.html": "", "s/index.html": '<meta http-equiv="refresh" content="0;url=../">'}, []),
        ({"a/index.html": ""}, []),
    ],
)  # fmt: skip
def test_orphans(tmp_path, pages, lost):
    root = make(tmp_path, pages)
    site, result = check(root)
    assert orphans(site, result) == lost


def test_external_addresses_are_collected_with_every_page_that_uses_them(tmp_path):
    page = '<a href="https://example.org/x">x</a>'
    root = make(tmp_path, {"index.html": page, "a/index.html": page, "b/index.html": page})
    assert check(root, external=True)[1].external == {
        "https://example.org/x": ["a/index.html", "b/index.html", "index.html"]
    }


def test_a_stub_to_another_host_is_asked_about_and_data_about_other_hosts_is_not(tmp_path):
    pages = {
        "index.html": '<meta http-equiv="refresh" content="0; url=https://example.org/x">',
        "a.html": '<script type="application/ld+json">{"url": "https://schema.org/Thing"}</script>',
    }
    assert list(check(make(tmp_path, pages), external=True)[1].external) == [
        "https://example.org/x"
    ]
