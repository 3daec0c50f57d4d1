"""redirects.yml: what it must say, and which promises it keeps."""

from __future__ import annotations

import pytest

from tests.publish.promised import SITE, page


def register(made, text):
    (made.docs / "_data/redirects.yml").write_text(text, encoding="utf-8")


def row(address="/a/#ett", part="moved", **fields):
    first = "to" if part == "moved" else "instead"
    fields = {first: "/b/#tre", "since": "2026-11-24", "reason": "Därför.", **fields}
    lines = [f"    {name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join([f"{part}:", f"  {address}:", *lines, ""])


WITHOUT = {**SITE, "a/index.html": SITE["a/index.html"].replace("<h2 id=ett>Ett</h2>", "")}


@pytest.mark.parametrize("part", ["moved", "retired"])
def test_a_row_in_the_register_keeps_the_promise(made, part):
    made.write(WITHOUT)
    assert made() == 1
    register(made, row(part=part))
    assert made() == 0


@pytest.mark.parametrize("part", ["moved", "retired"])
def test_a_row_is_no_reason_to_forget(made, part):
    made.write(WITHOUT)
    register(made, row(part=part))
    before = made.lines()
    assert made("--accept") == 0 and made.lines() == before


def test_a_moved_page_takes_its_places_along_if_they_are_there(made, capsys):
    files = {k: v for k, v in SITE.items() if k != "a/index.html"}
    made.write({**files, "ny/index.html": SITE["a/index.html"]})
    assert made() == 1
    assert '/a/: {to: /ny/, since: 2026-11-24, reason: "…"}' in capsys.readouterr().out
    register(made, row("/a/", to="/ny/"))
    assert made() == 0
    made.write({**files, "ny/index.html": SITE["a/index.html"].replace("id=ett", "id=uno")})
    assert made() == 1
    assert "/a/#ett: {to: /ny/#uno," in capsys.readouterr().out
    register(made, row("/a/", to="/ny/") + row("/a/#ett", to="/ny/#uno").replace("moved:\n", ""))
    assert made() == 0


def test_a_place_that_moves_after_its_page_is_followed_to_the_end(made):
    text = SITE["a/index.html"].replace("id=ett", "id=uno")
    made.write({**{k: v for k, v in SITE.items() if k != "a/index.html"}, "ny/index.html": text})
    more = row("/ny/#ett", to="/ny/#uno").replace("moved:\n", "")
    register(made, row("/a/", to="/ny/") + more)
    assert made() == 0
    register(made, row("/a/", to="/ny/") + row("/ny/#ett", part="retired"))
    assert made() == 0


def test_a_retired_page_takes_its_places_along(made):
    made.write({k: v for k, v in SITE.items() if k != "a/index.html"})
    register(made, row("/a/", part="retired", instead="/b/"))
    assert made() == 0


def test_a_short_address_may_follow_its_page_and_nothing_else(made, capsys):
    def short(to):
        refresh = f'<meta http-equiv="refresh" content="0; url=../..{to}">'
        return {"p/k/index.html": refresh + page("Kort")}

    made.write({**SITE, **short("/a/")})
    assert made("--accept") == 0
    made.write({**SITE, **short("/b/")})
    assert made() == 1
    assert '/p/k/ hette "→ /a/" och heter nu "→ /b/"' in capsys.readouterr().out
    files = {k: v for k, v in SITE.items() if k != "a/index.html"}
    made.write({**files, "ny/index.html": SITE["a/index.html"], **short("/ny/")})
    register(made, row("/a/", to="/ny/"))
    assert made() == 0


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("moved: [\n", 2, "raden kan inte läsas", id="yaml"),
        pytest.param("flyttat: {}\n", 1, '"flyttat" är okänt', id="part"),
        pytest.param("moved:\n  - /a/\n", 1, "börja med en adress", id="a list"),
        pytest.param(row("a/"), 2, 'en adress börjar med "/"', id="no slash"),
        pytest.param(row("/a/?q=1"), 2, "varken värdnamn eller ?", id="query"),
        pytest.param(row("//x.se/a/"), 2, "värdnamn", id="host"),
        pytest.param(row(to="https://x.se/"), 2, '"to" ska vara en adress på sajten', id="other"),
        pytest.param(row(to="/../x/"), 2, '"to" ska vara en adress på sajten', id="above"),
        pytest.param(row(to="/%2e./x/"), 2, '"to" ska vara en adress på sajten', id="above, coded"),
        pytest.param(row(to="/%2Fx.se/"), 2, '"to" ska vara en adress på sajten', id="host, coded"),
        pytest.param(row("/a%22;x/"), 2, 'en adress börjar med "/"', id="ends a string"),
        pytest.param(row("/a%0Ax/"), 2, 'en adress börjar med "/"', id="ends a line"),
        pytest.param(row("/a$x/"), 2, 'en adress börjar med "/"', id="a server's variable"),
        pytest.param(row(to=None), 2, 'raden "to" saknas', id="no to"),
        pytest.param(row(reason=None), 2, 'raden "reason" saknas', id="no reason"),
        pytest.param(row(reason="[1]"), 2, '"reason" ska vara en mening', id="reason"),
        pytest.param(row(reason='" "'), 2, '"reason" ska vara en mening', id="blank reason"),
        pytest.param(row(reason="–"), 2, '"reason" ska vara en mening', id="reason without words"),
        pytest.param(row(till="/b/"), 2, 'raden "till" används inte', id="unknown"),
        pytest.param(row(since="igår"), 2, '"since" ska vara ett datum', id="no date"),
        pytest.param(row(since="2026-11-25"), 2, "ligger i framtiden", id="future"),
        pytest.param(row(since="2026-02-30"), 4, "datumet finns inte", id="never"),
        pytest.param(row(part="retired", to="/b/"), 2, 'raden "to" används inte', id="retired to"),
        pytest.param(row() + row(part="retired"), 2, "både under moved och retired", id="twice"),
        pytest.param(row() + row().replace("moved:\n", ""), 6, "står två gånger", id="same key"),
        pytest.param(row(to="/borta/"), 2, 'leder till "/borta/", som inte finns', id="nowhere"),
        pytest.param(row(to="/b/#trea"), 2, 'Menade du "/b/#tre"?', id="almost"),
        pytest.param(row(to="/a/#ett"), 2, "leder tillbaka till sig själv", id="itself"),
    ],
)  # fmt: skip
def test_a_bad_row_names_its_line_and_what_is_wrong(made, capsys, text, line, message):
    made.write(WITHOUT)
    register(made, text)
    assert made() == 1
    out = capsys.readouterr().out
    assert out.startswith(f"docs/_data/redirects.yml:{line}: ") and message in out
    assert out.endswith("Ett fel.\n"), out
    assert made("--accept") == 1


def test_chains_and_loops_are_told_with_their_end(made, capsys):
    made.write(WITHOUT)
    more = row("/gammal/", to="/a/#ett").replace("moved:\n", "")
    register(made, row() + more)
    assert made() == 1
    assert '"/gammal/" leder till "/a/#ett", som själv har flyttat. Skriv "/b/#tre"' in (
        capsys.readouterr().out
    )
    register(made, row(to="/gammal/") + more)
    assert made() == 1
    assert capsys.readouterr().out.count("leder tillbaka till sig själv") == 2
    register(made, row(to="/gammal/") + row("/gammal/", part="retired", instead="/b/"))
    assert made() == 1
    assert 'leder till "/gammal/", som inte finns kvar' in capsys.readouterr().out
