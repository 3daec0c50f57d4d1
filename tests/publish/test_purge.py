from __future__ import annotations

import pytest

from scripts.publish.purge import purge_css, used_words


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}", ".a{x:1;}"),
        (".b{x:1}", ""),
        (".a .b{x:1}", ""),
        (".a,.b{x:1}", ".a{x:1;}"),
        (".a:not(.b){x:1}", ".a:not(.b){x:1;}"),
        (".a::before{x:1}", ".a::before{x:1;}"),
        ("b{x:1}", ""),
        ("[data-b]{x:1}", ""),
        ("[dir=ltr] p{x:1}", "[dir=ltr] p{x:1;}"),
        ("[dir=rtl] p{x:1}", ""),
        ('[dir="rtl"] p,p[dir=a]{x:1}', "p[dir=a]{x:1;}"),
        ("[dir^=rtl] p{x:1}", "[dir^=rtl] p{x:1;}"),
        ("#b{x:1}", ""),
        (":root{--md-b:1}", ""),
        (":root{--md-b:1}.a{x:var(--md-b)}", ":root{--md-b:1;}.a{x:var(--md-b);}"),
        (":root{--md-b:var(--md-c);--md-c:1}", ""),
        (".a{y:url('data:image/png;base64,x');x:1}", ".a{x:1;}"),
        ("@media print{.a{x:1}.b{x:1}}", "@media print{.a{x:1;}}"),
        ("@media print{.b{x:1}}", ""),
        ("@keyframes b{0%{x:1}to{x:2}}", ""),
        ("@keyframes b{to{x:2}}.a{animation:b 1s}", "@keyframes b{to{x:2}}.a{animation:b 1s;}"),
        (".a{x:1!important}", ".a{x:1!important;}"),
        ("p > :is(.b, .c){x:1}", "p > :is(.b, .c){x:1;}"),
    ],
)
def test_purge(css, kept):
    assert purge_css(css, frozenset({"a", "p", "dir", "dir=ltr", "root"})) == kept


def test_a_word_of_a_script_may_become_a_class():
    assert used_words(['<p class="x y" id="z" hidden>'], ['e.className = "later"']) >= {
        *("p", "x", "y", "z", "hidden", "later", "id=z"),
    }
