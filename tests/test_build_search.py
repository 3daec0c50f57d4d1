"""The search index: what is read of a page, how text becomes words, what the data says."""

from __future__ import annotations

import gzip
import json

import pytest
import snowballstemmer

from scripts import build_search
from scripts.build_search import (
    EXCERPT,
    HIT,
    STOP,
    Page,
    Unit,
    build_index,
    excerpt,
    front_coded,
    main,
    pack,
    read_page,
    read_site,
    read_synonyms,
    short_id,
    tokens,
    without_comments,
    write,
)
from scripts.content import ContentError, read_registers
from tests.conftest import ROOT

LONG = ("fyll " * 7).strip()
CUT = LONG + " …"
BUDGET = 60_000  # bytes, gzip, index and engine together (GNU gzip makes it 3 % more than zlib)

HTML = """<!doctype html><html lang="sv"><head><title>T</title>
<meta name="keywords" content="reflektionsperiod, permit"></head><body><nav>Meny</nav>
<article><p class="x" data-search-exclude>Granskad</p><h1 id="titel">Vad är betänketid?</h1>
<p>Ett tillstånd<sup><a href="#k">1</a></sup> i <em>30</em> dagar.</p>
<h2 id="vem">Vem får <em>ansöka</em>?</h2><ul><li>Nämnden</li><li>Ingen annan</li></ul>
<div data-search-exclude><h3 id="ruta">En ruta</h3><p>Hemligt</p></div>
<h3>Utan id</h3><p>Hör till nämnden.</p>
<dl><dt id="lvu">LVU</dt><dd>Lagen om vård av unga.</dd></dl>
<h2 id="tom">Tom rubrik</h2><h2 id="kallor">Källor</h2><ol data-search-exclude><li>Lagen</li></ol>
</article></body></html>"""


def words_of(index: dict) -> dict[str, list[int]]:
    """Unpack words and posts, as the engine does."""
    words, before = [], ""
    for part in build_search.re.findall("[A-Z][^A-Z]*", index["words"]):
        before = before[: ord(part[0]) - 65] + part[1:]
        words.append(before)
    posts = []
    for text in index["posts"].split(" "):
        numbers, number, step = [], -1, 0
        for code in map(ord, text):
            if code > 92:
                step = step * 34 + code - 93
            else:
                number += step * 57 + code - 35 + 1
                numbers.append(number)
                step = 0
        posts.append(numbers)
    return dict(zip(words, posts, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Betänketid, 30 dagar.", "betänketid 30 dagar"),
        ("trettio dagar", "30 dagar"),
        ("sex veckor", "sex veckor"),
        ("020-390 000", "020390000"),
        ("02039\u00a000 00", "020390000"),
        ("114 14", "11414"),
        ("195 011", "195011"),
        ("5 kap. 15 § utlänningslagen", "5:15 utlänningslagen"),
        ("5 kap 15", "5:15"),
        ("5:15", "5:15"),
        ("4 kap. 1 a § brottsbalken", "4:1a brottsbalken"),
        ("4 kap. 1 a och 1 b §§", "4:1a 4:1b"),
        ("4:1 b", "4:1b"),
        ("2 a kap. 1 §", "2a:1"),
        ("chapter 5, section 15", "5:15"),
        ("5 kap. 15 andra stycket", "5:15 andra stycket"),
        ("(2025:400)", "2025:400"),
        ("C-66/21", "c 66 21"),
        ("tio 10", "10 10"),
        ("2–10 år", "2 10 år"),
        ("A\u030aterva\u0308nda", "återvända"),
        ("för\u00adlängning", "förlängning"),
        ("e-post", "e post"),
    ],
)
def test_text_becomes_words(text, expected):
    assert list(tokens(text)) == expected.split()


def test_a_page_is_cut_at_its_headings():
    page = read_page(HTML, "betanketid/")
    assert page is not None
    assert (page.title, page.keywords) == ("Vad är betänketid?", "reflektionsperiod, permit")
    assert [(u.id, u.heading, u.text) for u in page.units] == [
        ("", "Vad är betänketid?", ["Ett tillstånd i 30 dagar."]),
        ("vem", "Vem får ansöka?", ["Nämnden", "Ingen annan", "Utan id", "Hör till nämnden."]),
        ("lvu", "LVU", ["Lagen om vård av unga."]),
        ("tom", "Tom rubrik", []),
    ]


@pytest.mark.parametrize(
    "html",
    [
        HTML.replace("<article>", "<article data-search-exclude>"),
        HTML.replace("<article>", '<article><div data-search-exclude="">').replace(
            "</article>", "</div></article>"
        ),
        HTML.replace("<title>", '<meta name="robots" content="noindex"><title>'),
        "<html><body><p>Ingen rubrik</p></body></html>",
    ],
)
def test_a_page_can_be_left_out(html):
    assert read_page(html, "x/") is None


def test_any_site_will_do(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("<main><h1>A</h1><p>ett</p></main>", "utf-8")
    (tmp_path / "b.html").write_text("<body><h1>B</h1>två</body>", "utf-8")
    (tmp_path / "404.html").write_text("<body><h1>Borta</h1></body>", "utf-8")
    pages = read_site(tmp_path)
    assert [(p.address, p.title) for p in pages] == [("a/", "A"), ("b.html", "B")]
    assert pages[1].units[0].text == ["två"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort.", "Kort."),
        (
            "En mening som är lång nog för det. " * 3,
            "En mening som är lång nog för det.",
        ),
        ("ord " * 60, ("ord " * 10).strip() + " …"),
    ],
)
def test_an_excerpt_is_whole_sentences_or_says_that_it_is_cut(text, expected):
    short = excerpt(Unit("", "", [text.strip()]))
    assert short == expected and len(short) <= EXCERPT + 2


def test_the_index_says_where_each_word_stands():
    pages = [
        Page(
            "a/",
            "A",
            "ord",
            [
                Unit("", "A", [LONG, "fyllnad barn och barnet"]),
                Unit("b", "Barn", [LONG, "fyllnad barn polis"]),
            ],
        ),
        Page("c/", "C", "", [Unit("", "C", [LONG, "fyllnad polis"])]),
    ]
    index = build_index(pages, [("soc", "socialtjänsten"), ("socialen", "socialtjänsten")])
    assert index["pages"].split("\n") == ["a/", "ord", "2", "c/", "", "1"]
    assert index["headings"] == "A\nBarn\nC" and index["ids"] == "\nb\n"
    assert index["excerpts"] == "\n".join([CUT] * 3)
    # not in section 1, whose heading says it
    assert words_of(index) == {"barn": [0], "barnet": [0], "fyllnad": [0, 1, 2], "polis": [1, 2]}
    assert index["synonyms"] == "socialtjänsten\nsoc|socialen"


def test_a_long_heading_leaves_less_room():
    text = ["ord " * 60]
    long, short = (excerpt(Unit("", "x" * size, text)) for size in (45, 20))
    assert EXCERPT // 2 - 4 <= len(long) <= HIT - 45 + 2 < len(short)
    assert len(excerpt(Unit("", "x" * 200, text))) >= EXCERPT // 2 - 4


@pytest.mark.parametrize(
    ("heading", "name", "short"),
    [
        ("Vem får ansöka om det?", "vem-ansoka", "AC"),
        ("Vem får ansöka om det?", "ansoka-vem", "ansoka-vem"),
        ("Vem får ansöka om det?", "vem-kan", "vem-kan"),
        ("Vem får ansöka?", "", ""),
        ("Ö", "Ö", "#Ö"),
        ("A " * 40 + "slut", "slut", "slut"),
    ],
)
def test_an_id_made_of_the_heading_is_short(heading, name, short):
    assert short_id(Unit(name, heading)) == short


@pytest.mark.parametrize(
    "numbers", [[0], [0, 1, 2], [56, 57, 58], [1937, 1938], [5, 70_000, 3_000_000]]
)
def test_packed_numbers_come_back(numbers):
    packed = pack(numbers)
    assert not set(packed) & set('" \\') and packed.isascii()
    assert words_of({"words": "Ax", "posts": packed}) == {"x": numbers}


def test_front_coding_survives_long_words_alike():
    words = ["a" * 30, "a" * 30 + "b"]
    assert list(words_of({"words": front_coded(words), "posts": "# #"})) == words


def test_synonyms_come_from_their_register_and_from_the_glossary(docs):
    folder = docs(
        {
            "_data/synonyms.yml": "soc: [socialtjänsten]\nsos: ['112']\n",
            "_data/glossary.yml": "lvu: {term: vård av unga, abbr: LVU, text: x, also: [omhändertagande, LVU]}\n",
        }
    )
    assert read_synonyms(folder) == [
        ("LVU", "vård av unga"),
        ("omhändertagande", "vård av unga"),
        ("soc", "socialtjänsten"),
        ("sos", "112"),
        ("vård av unga", "LVU"),
    ]


def test_a_faulty_synonym_names_the_file_and_the_cure(docs, tmp_path, capsys):
    folder = docs({"_data/synonyms.yml": "soc: socialtjänsten\n"})
    with pytest.raises(ContentError, match=r"synonyms.yml.*ska följas av en lista"):
        read_synonyms(folder)
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    assert main([str(tmp_path), "--docs", str(folder)]) == 1
    assert "soc: [ord på sidorna]" in capsys.readouterr().out


def test_the_command_writes_the_index_and_says_where(tmp_path, capsys):
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    assert main([str(tmp_path)]) == 0
    file = tmp_path / "assets/search-index.js"
    assert str(file) in capsys.readouterr().out
    text = file.read_text("utf-8")
    assert text.startswith("self.searchIndex={") and text.endswith("};\n")
    assert json.loads(text.removeprefix("self.searchIndex=").removesuffix(";\n"))[
        "pages"
    ].startswith("\n")
    assert main([str(tmp_path / "saknas")]) == 2
    assert "finns inte" in capsys.readouterr().err


def test_two_builds_give_the_same_bytes(site, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for page in ("index.html", "betanketid/index.html", "definitioner/ordlista/index.html"):
            target = tmp_path / name / page
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((site / page).read_bytes())
    one, two = (write(tmp_path / n, ROOT / "docs").read_bytes() for n in ("one", "two"))
    assert one == two


def test_index_and_engine_are_light(site):
    """As built: the shell may put a checksum in the names."""
    files = [f for n in ("index", "engine") for f in site.glob(f"assets/search-{n}*.js")]
    assert len(files) == 2
    size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    assert size <= BUDGET, f"{size} byte"


def test_scripts_lose_their_comments_and_nothing_else():
    script = '// a\n  // b\n  x = "// c"; // d\n\n  /\\/\\//.test(x)\n'
    assert without_comments(script) == 'x = "// c"; // d\n\n/\\/\\//.test(x)\n'


def test_what_has_its_home_elsewhere_is_not_found_twice(site):
    pages = {page.address: page for page in read_site(site)}
    assert not any(unit.heading == "Källor" and unit.id for p in pages.values() for unit in p.units)
    text = " ".join(t for u in pages["betanketid/under-tiden/"].units for t in u.text)
    assert "Granskas senast" not in text and "Osäkert just nu" not in text
    assert any(u.id == "forlangning" and u.text for u in pages["om/oppna-fragor/"].units)
    assert "betanketid/ansok/" in pages and pages["betanketid/ansok/"].keywords


def test_every_synonym_leads_to_words_that_the_site_has(site):
    index = build_index(read_site(site), ())
    found = " ".join(words_of(index)) + " " + " ".join(tokens(index["headings"]))
    stem = snowballstemmer.stemmer("swedish").stemWord
    missing = {
        (a, b)
        for a, b in read_synonyms(ROOT / "docs")
        for word in tokens(b)
        if word not in STOP and stem(word) not in found
    }
    assert missing == set()


def test_synonyms_are_sorted_and_none_repeats_the_glossary():
    text = (ROOT / "docs/_data/synonyms.yml").read_text("utf-8")
    keys = [line.split(":")[0].strip('"') for line in text.splitlines() if line and line[0] != "#"]
    order = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3"})
    assert keys == sorted(keys, key=lambda key: key.translate(order))
    glossary = read_registers(ROOT / "docs").glossary.values()
    assert (
        set(keys) & {word.lower() for entry in glossary for word in entry.get("also", ())} == set()
    )
