"""The search index: what is read of a page, how text becomes words, what the data says."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.content.content import read_registers
from scripts.core.findings import ContentError
from scripts.publish import search as build_search
from scripts.publish.search import (
    BLOCK,
    INDEX,
    STOP,
    Page,
    Unit,
    build_index,
    front_coded,
    main,
    pack,
    read_page,
    read_searches,
    read_site,
    read_synonyms,
    short_id,
    tokens,
    without_comments,
    write,
)
from tests.conftest import ROOT

BUDGET = 92  # bytes a section, gzip, index and engine together

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


def unpacked(posts: str, size: int, count: int) -> list[list[int]]:
    """Return ``count`` lists of what `pack` has written, by the same steps as the engine."""
    lists: list[list[int]] = []
    for block in posts.split(" "):
        codes = (ord(c) - 40 - (c > "[") for c in block)
        bits = iter("".join(f"{code:06b}" for code in codes))

        def take(length, bits=bits):
            return int("0" + "".join(next(bits) for _ in range(length)), 2)

        def between(count, low, high, take=take):
            if not count:
                return []
            before, after = count // 2, count - count // 2 - 1
            width = high - after - low - before + 1
            length = width.bit_length() - 1
            value = take(length)
            if value >= 2 ** (length + 1) - width:
                value = 2 * value + take(1) - 2 ** (length + 1) + width
            value += low + before
            return [
                *between(before, low, value - 1, take),
                value,
                *between(after, value + 1, high, take),
            ]

        for _ in range(min(2 * BLOCK, count - len(lists))):
            zeros = 0
            while take(1) == 0:
                zeros += 1
            lists.append(between(2**zeros - 1 + take(zeros), 0, size - 1))
    return lists


def words_of(index: dict) -> dict[str, tuple[list[int], list[int]]]:
    """Return each word with the units whose text has it, and those whose searches have it."""
    words, before = [], ""
    for part in build_search.re.findall("[A-Z][^A-Z]*", index["words"]):
        before = before[: ord(part[0]) - 65] + part[1:]
        words.append(before)
    size = len(index["ids"].split("\n"))
    lists = unpacked(index["posts"], size, 2 * len(words))
    return dict(zip(words, zip(lists[::2], lists[1::2], strict=True), strict=True))


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


def test_the_index_says_where_each_word_stands():
    pages = [
        Page(
            "a/",
            "A",
            "nyckel",
            [
                Unit("", "A", ["fyllnad barn och barn"]),
                Unit("b", "Barn", ["fyllnad barn polisen"]),
            ],
        ),
        Page("c/", "C", "", [Unit("", "C", ["fyllnad polis"])]),
    ]
    synonyms = [("soc", "socialtjänsten"), ("socialen", "socialtjänsten")]
    searches = {"a/#b": ["skola", "var finns barn?"], "c/": ["skolor"], "d/": ["annat"]}
    index = build_index(pages, synonyms, searches)
    assert index["pages"].split("\n") == ["a/", "2", "c/", "1"]
    assert index["headings"] == "A\nBarn\nC" and index["ids"] == "\nb\n"
    # the shortest form stands for all; not where the heading says it; "var" says nothing
    assert words_of(index) == {
        "barn": ([0], []),
        "fyllnad": ([0, 1, 2], []),
        "nyckel": ([], [0]),
        "polis": ([1, 2], []),
        "skola": ([], [1, 2]),
    }
    assert index["synonyms"] == "socialtjänsten\nsoc|socialen"


def test_words_with_next_to_nothing_in_common_are_not_one():
    text = "mannen manlig mån månad månader"
    index = build_index([Page("a/", "A", "", [Unit("", "A", [text])])])
    assert list(words_of(index)) == ["manlig", "mannen", "mån", "månad"]


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


@given(st.lists(st.tuples(*[st.sets(st.integers(0, 999))] * 2), max_size=3 * BLOCK))
@settings(max_examples=50, deadline=None)
def test_packed_numbers_come_back(lists):
    lists = [(sorted(a), sorted(b)) for a, b in lists]
    packed = pack(lists, 1000)
    assert not set(packed) & set('"\\') and packed.isascii()
    assert unpacked(packed, 1000, 2 * len(lists)) == [one for both in lists for one in both]


def test_front_coding_survives_long_words_alike():
    words = ["a" * 30, "a" * 30 + "b"]
    index = {"words": front_coded(words), "posts": pack([([], [])] * 2, 1), "ids": ""}
    assert list(words_of(index)) == words


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
    assert "soc: [ord, ett annat ord]" in capsys.readouterr().out


def test_searches_lead_to_sections_that_exist(docs, tmp_path, capsys):
    (tmp_path / "index.html").write_text(HTML, "utf-8")
    folder = docs({"_data/searches.yml": "# Ord\n'#vem': [får vi]\n'#vemm': [ansöka]\n"})
    assert read_searches(folder) == {"#vem": ["får vi"], "#vemm": ["ansöka"]}
    assert main([str(tmp_path), "--docs", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "docs/_data/searches.yml:3:" in said and '"#vemm"' in said
    assert 'Menade du "#vem"?' in said
    (folder / "_data/searches.yml").write_text("'#vem': får\n", "utf-8")
    assert main([str(tmp_path), "--docs", str(folder)]) == 1
    assert "ska följas av en lista" in capsys.readouterr().out


def test_a_hit_can_show_its_text(tmp_path):
    (tmp_path / "betanketid").mkdir()
    for name in ("index.html", "betanketid/index.html"):
        (tmp_path / name).write_text(HTML, "utf-8")
    write(tmp_path, None)
    text = (tmp_path / "sok/betanketid.js").read_text("utf-8")
    assert text.startswith('searchText("betanketid/",{"":"Ett tillstånd i 30 dagar.","vem":')
    assert text.endswith("});\n") and (tmp_path / "sok/index.js").is_file()


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
    """The whole site, not in the order of the disk."""
    pages = sorted(site.rglob("*.html"))
    for name, order in (("one", pages), ("two", pages[::-1])):
        for page in order:
            target = tmp_path / name / page.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    for name in ("one", "two"):
        assert write(tmp_path / name, ROOT / "docs") == []
    one, two = ((tmp_path / n / INDEX).read_bytes() for n in ("one", "two"))
    assert one == two
    texts = [sorted((tmp_path / n / "sok").rglob("*.js")) for n in ("one", "two")]
    assert len(texts[0]) == len(read_site(site))
    assert [f.read_bytes() for f in texts[0]] == [f.read_bytes() for f in texts[1]]


def test_index_and_engine_are_light(site):
    """As built: the shell may put a checksum in the names."""
    files = [f for n in ("index", "engine") for f in site.glob(f"assets/search-{n}*.js")]
    assert len(files) == 2
    size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    sections = sum(len(page.units) for page in read_site(site))
    assert size <= BUDGET * sections, f"{size / sections:.1f} byte per avsnitt"


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
    index = build_index(read_site(site))
    found = " ".join(words_of(index)) + " " + " ".join(tokens(index["headings"]))
    missing = {
        (a, b)
        for a, b in read_synonyms(ROOT / "docs")
        for word in tokens(b)
        if word not in STOP and build_search.STEM(word) not in found
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


def test_searches_say_what_the_index_does_not_know_yet(site):
    """In the site's order; a word that the heading has, or that says nothing, needs no row."""
    searches = read_searches(ROOT / "docs")
    headings = {
        page.address + (unit.id and f"#{unit.id}"): set(tokens(unit.heading))
        for page in read_site(site)
        for unit in page.units
    }
    assert list(searches) == [address for address in headings if address in searches]
    for address, words in searches.items():
        found = [token for word in words for token in tokens(word)]
        assert len(set(found)) == len(found) and words, address
        assert not set(found) & (STOP | headings[address]), address
