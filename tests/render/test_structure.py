from __future__ import annotations

import re

import markdown
import pytest

TABLE = """\
## Vem ringer jag? {#ring}

| Läget | Ring |
| --- | --- |
| Fara | [112](tel:112) |
| Inte akut | |
"""


def render(text: str) -> str:
    names = ["attr_list", "admonition", "md_in_html", "tables", "toc"]
    return markdown.markdown(text, extensions=[*names, "scripts.render.structure"])


def test_table_has_a_name_and_labelled_cells():
    html = render(TABLE)
    assert '<table aria-labelledby="ring">' in html
    assert '<th scope="col">Läget</th>' in html
    assert '<th data-label="Läget" scope="row">Fara</th>' in html
    assert '<td data-label="Ring"><a href="tel:112">112</a></td>' in html


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        ("| Undvik | Säg |\n| --- | --- |\n| Ja | Nej |\n", "table-2 pairs"),
        ("| A | B | C |\n| --- | --- | --- |\n| x | y | folkbokföringen |\n", "table-3 words"),
        ("| A | B | C | D |\n| --- | --- | --- | --- |\n| x | y | z | w |\n", "table-4 words"),
    ],
)
def test_table_class_says_whether_columns_fit(rows, form):
    assert f'class="table {form}"' in render(rows)


def test_table_columns_to_do_and_avoid_have_classes():
    html = render("| Undvik | Säg |\n| --- | --- |\n| Ja | Nej |\n")
    assert '<th class="no" scope="col">Undvik' in html and '<td class="yes"' in html


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(TABLE.replace("Fara", "Fara " * 20), id="a text of its own"),
        pytest.param(TABLE.replace("Inte akut", "Fara"), id="two rows of one name"),
        pytest.param(TABLE.replace("Inte akut", " "), id="no name"),
        pytest.param(TABLE.replace("Läget", "Säg inte"), id="what not to do is no name"),
    ],
)
def test_table_first_cell_that_names_no_row_is_no_header(table):
    html = render(table)
    assert (
        'scope="row"' not in html
        and html.count('data-label="Läget"') + html.count('data-label="Säg inte"') == 2
    )


def test_table_column_label_is_plain_text():
    html = render("| A **b** | |\n| --- | --- |\n| x | y |\n")
    assert re.findall(r'data-label="([^"]*)"', html) == ["A b"]


def test_admonition_has_an_accessible_name():
    html = render('!!! danger "Fara *just* nu?"\n    Ring.\n')
    assert '<div aria-label="Fara just nu?" class="admonition danger" role="note">' in html


def test_heading_with_a_long_word_has_a_class():
    html = render("# Om tillgänglighetsredogörelse\n\n## Människoexploatering {.x}\n")
    assert 'class="long"' in html and '<h2 class="x"' in html
