"""The verdicts themselves are tried in test_fetch.py, over a wire; here what no server shows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.links.external.answers import Answer, Hop, Outcome
from scripts.links.external.verdict import REASONS, Probe, judge, title_and_text


def outcome(body: bytes = b"", status: int = 200, **more) -> Outcome:
    answer = Answer(status, {"content-type": "text/html"}, body)
    return Outcome("http://a.se/x", final="http://a.se/x", answer=answer, **more)


def test_every_reason_has_a_verdict_and_words():
    for says, words in REASONS.values():
        assert says in ("ok", "gone", "failing", "walled") and words
    assert judge(Outcome("http://a.se/", failure="nonsens")).reason == "protocol"


def test_a_page_that_only_looks_a_little_like_the_hosts_404_is_well():
    probe = Probe(200, "Stöd", "a " * 500)
    assert (
        judge(outcome(b"<title>St\xc3\xb6d</title>" + b"a " * 500), "", probe).reason == "soft-404"
    )
    assert judge(outcome(b"<title>St\xc3\xb6d</title>" + b"b " * 500), "", probe).reason == ""
    assert judge(outcome(b"<title>Annat</title>" + b"a " * 500), "", probe).reason == ""


def test_words_of_a_wall_in_a_long_text_are_no_wall():
    text = b"<title>Captcha i v\xc3\xa5rden</title>" + b"ord om annat " * 400
    assert judge(outcome(text)).says == "ok"


def test_a_long_page_about_missing_pages_is_well():
    text = b"<title>Varf\xc3\xb6r sidan finns inte</title>" + b"ord om annat " * 400
    assert judge(outcome(text)).says == "ok"


def test_a_temporary_step_anywhere_is_no_move():
    hops = (Hop("http://a.se/x", 301), Hop("http://a.se/y", 0))
    verdict = judge(Outcome("http://a.se/x", hops, "http://a.se/z", Answer(200, {}, b"<p>text")))
    assert verdict.says == "ok" and verdict.moved == ""


def test_title_and_text_are_what_a_reader_sees():
    page = b"<title>A\n b</title><script>x</script><style>y</style><h1>C</h1><p>d  e"
    assert title_and_text(page) == ("A b | C", "C d e")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(100, 999), st.text(max_size=10))
def test_no_answer_is_too_odd(body, status, fragment):
    verdict = judge(outcome(body, status), fragment, Probe(200, "", ""))
    assert verdict.says in ("ok", "gone", "failing", "walled") and verdict.words
