from __future__ import annotations

import datetime as dt

import pytest

from scripts.links.external.drift import Content
from scripts.links.external.history import SPREAD, Target, after, is_fresh, load, save, spread
from scripts.links.external.verdict import Verdict

DAY = dt.date(2026, 11, 24)


def days(*verdicts: tuple[int, str]) -> Target:
    """Return what is known after runs: (day, reason) each."""
    known = None
    for day, reason in verdicts:
        known = after(known, Verdict(reason), None, DAY + dt.timedelta(day))
    return known


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ([(0, "")], "ok"),
        ([(0, "timeout")], "unsure"),
        ([(0, "timeout"), (0, "timeout"), (0, "timeout")], "unsure"),  # one day is one day
        ([(0, "timeout"), (7, "refused")], "unsure"),
        ([(0, "timeout"), (7, "refused"), (14, "server-error")], "dead"),
        ([(0, "timeout"), (7, ""), (14, "timeout"), (21, "timeout")], "unsure"),  # well between
        (
            [(0, "timeout"), (7, "wall"), (14, "timeout"), (21, "timeout")],
            "dead",
        ),  # a wall is no news
        ([(0, "wall"), (7, "wall"), (14, "wall"), (21, "wall")], "unsure"),
        ([(0, "gone-404")], "dead"),
        ([(0, "gone-410")], "dead"),
        ([(0, "gone-410"), (7, "")], "ok"),
        ([(0, "no-such-host")], "unsure"),
        ([(0, "no-such-host"), (1, "no-such-host")], "dead"),
    ],
)
def test_what_many_runs_say(runs, state):
    assert days(*runs).state == state


def test_what_was_read_is_kept_while_the_page_is_away():
    content = Content("Titel", "2026-01-01", "abc", "2026:1", "2025:9")
    known = after(None, Verdict(), content, DAY)
    known = after(known, Verdict("timeout"), None, DAY + dt.timedelta(1))
    assert (known.title, known.digest, known.sfs, known.amended) == (
        "Titel", "abc", "2026:1", "2025:9",
    )  # fmt: skip
    assert known.ok_on == "2026-11-24"


def test_good_answers_are_believed_for_days_and_bad_ones_never():
    good, bad = days((0, "")), days((0, "timeout"))
    for n in range(20):
        url = f"https://a.se/{n}"
        last = 4 + spread(url, SPREAD)
        assert is_fresh(good, DAY, url) and is_fresh(good, DAY + dt.timedelta(last), url)
        assert not is_fresh(good, DAY + dt.timedelta(last + 1), url)
        assert not is_fresh(good, DAY - dt.timedelta(1), url), "a clock that was wrong"
        assert not is_fresh(bad, DAY, url) and not is_fresh(None, DAY, url)
    assert {spread(f"https://a.se/{n}", SPREAD) for n in range(20)} == set(range(SPREAD))


def test_the_file_is_read_back_and_changes_little(tmp_path):
    file = tmp_path / "state.json"
    assert load(file) == {}
    targets = {"http://b.se/": days((0, "timeout")), "http://a.se/å": days((0, ""))}
    save(file, targets)
    first = file.read_bytes()
    assert load(file) == targets
    save(file, load(file))
    assert file.read_bytes() == first
    assert first.index(b"a.se") < first.index(b"b.se") and "å".encode() in first


@pytest.mark.parametrize(
    "text", ['{"version": 9}', '{"version": 1, "targets": {"x": {"y": 1}}}', "{"]
)
def test_a_file_of_another_kind_is_refused(tmp_path, text):
    (tmp_path / "s.json").write_text(text)
    with pytest.raises(ValueError):
        load(tmp_path / "s.json")
