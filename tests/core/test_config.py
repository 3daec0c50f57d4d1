from __future__ import annotations

import datetime as dt

import pytest

from scripts.core.config import Config, check_config, read_config
from tests.conftest import ROOT

GOOD = {
    "frame_ancestors": "*",
    "contact": "mailto:sakerhet@kommun.example",
    "expires": dt.date(2027, 11, 1),
    "policy": "https://kommun.example/sakerhet",
}
HOME = "https://betanketid.example/"


@pytest.fixture
def check(tmp_path):
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: x\nextra:\n  security:\n" + "".join(f"    {k}: x\n" for k in GOOD)
    )
    return lambda **changed: check_config(
        Config(config, HOME, None, {k: v for k, v in {**GOOD, **changed}.items() if v is not None})
    )


@pytest.fixture
def settings(tmp_path):
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_url: x\nextra:\n  report: x\n")
    return lambda site_url, report: check_config(Config(config, site_url, report))


@pytest.mark.parametrize(
    "site_url", ["https://kommun.se/", "https://intranat/stod/", "http://10.0.0.1/", "https://example.se/"]
)  # fmt: skip
def test_a_real_address_needs_somewhere_to_report(settings, site_url):
    (finding,) = settings(site_url, None)
    assert (finding.line, finding.rule) == (2, "report") and "report saknas" in finding.message
    assert "\n" not in finding.message
    assert settings(site_url, "mailto:namn@kommun.se") == []
    assert settings(site_url, "https://kommun.se/formular?id=3") == []


@pytest.mark.parametrize(
    "site_url", [HOME, "https://kommun.example/kunskap/", "http://127.0.0.1:8000/", "http://localhost/"]
)  # fmt: skip
def test_nobodys_address_needs_none(settings, site_url):
    assert settings(site_url, None) == []


@pytest.mark.parametrize("report", ["", "namn@kommun.se", "tel:+46-8-123456", "mailto:x", 7])
def test_a_report_that_reaches_nobody_is_told_of(settings, report):
    (finding,) = settings("https://kommun.se/", report)
    assert (finding.line, finding.rule) == (3, "report") and "mailto:" in finding.message


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"contact": "https://kommun.example/fel?x=1"},
        {"contact": "tel:+46-8-123456"},
        {"policy": None},
        {"contact": None, "expires": None, "policy": None},
        {"frame_ancestors": None},
        {"frame_ancestors": "'none'"},
        {"frame_ancestors": "'self' https://intranat.example.se https://*.kommun.se:8443"},
        {"expires": dt.date(2001, 1, 1)},  # the build reminds; it doesn't stop
    ],
)
def test_good_settings_are_taken(check, changed):
    assert check(**changed) == []


@pytest.mark.parametrize("value", [
    "", "namn@kommun.example", "mailto:", "mailto:namn", "mailto:a@b.example\nContact: x", "http://kommun.example/", "https://", "https://a b", "tel:112",
    "javascript:x", "https://[x", 7, ["mailto:a@b.example"],
])  # fmt: skip
def test_a_contact_that_reaches_nobody_is_told_of(check, value):
    (finding,) = check(contact=value)
    assert (finding.line, finding.rule) == (5, "security")
    assert "mailto:namn@example.se" in finding.message


@pytest.mark.parametrize("value", [
    "", "self; script-src *", "*, script-src *", '"', "a\nb\x00", "$host", ["*"], 7, "javascript:x",
    "https://a/{", "https://a/b", "'self'\nX-Evil:8080", "'self' ",
])  # fmt: skip
def test_nothing_but_origins_reaches_a_servers_settings(check, value):
    (finding,) = check(frame_ancestors=value)
    assert finding.line == 4 and "https://intranat.example.se" in finding.message


@pytest.mark.parametrize(
    ("changed", "line", "word"),
    [
        ({"expires": None}, 5, "expires saknas"),
        ({"expires": "snart"}, 6, "inget datum"),
        ({"expires": dt.datetime(2027, 1, 1, 12)}, 6, "inget datum"),
        ({"policy": "http://kommun.example/"}, 7, "https://"),
        ({"contact": None, "policy": None}, 6, "hör ihop"),
        ({"contact": None, "expires": None}, 7, "hör ihop"),
        ({"contacts": "x"}, 1, "ingen inställning"),
    ],
)
def test_each_other_fault_has_its_line_and_a_cure(check, changed, line, word):
    (finding,) = check(**changed)
    assert finding.line == line and word in finding.message


@pytest.mark.parametrize("value", ["*", ["contact"], 7])
def test_settings_on_no_lines_of_their_own_are_told_of(tmp_path, value):
    (tmp_path / "mkdocs.yml").write_text("extra:\n  security: x\n")
    (finding,) = check_config(Config(tmp_path / "mkdocs.yml", HOME, None, value))
    assert finding.line == 2


@pytest.mark.parametrize("local", [{"jour": "1"}, {"socialjour": 112}, "112", ["112"]])
def test_own_numbers_have_known_names_and_are_text(tmp_path, local):
    (tmp_path / "mkdocs.yml").write_text("extra:\n  local: x\n")
    (finding,) = check_config(Config(tmp_path / "mkdocs.yml", HOME, None, {}, local))
    assert finding.line == 2 and "socialjour" in finding.message
    assert not check_config(Config(tmp_path / "mkdocs.yml", HOME, None, {}, {"chef": "010"}))


def test_the_projects_own_settings_are_good():
    assert check_config(read_config(ROOT)) == []


def test_the_environment_says_where_the_site_stands(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://kommun.example/kunskap")
    assert read_config(ROOT).home == "https://kommun.example/kunskap/"


@pytest.mark.parametrize("url", [
    "https://x.example", "http://127.0.0.1:8000/", "https://X.example/k/b.2", "https://xn--5cab8c.example/~a_b/",
])  # fmt: skip
def test_an_address_with_or_without_a_path_is_taken(url):
    assert check_config(Config(ROOT / "mkdocs.yml", url)) == []


@pytest.mark.parametrize("url", [
    "", "/", "x.example", "//x.example/", "ftp://x.example/", "https://", "https://a:b@x.example/",
    "https://x.example/?a", "https://x.example/#a", "https://x.example/a b/", "https://x.example/ö/",
    "https://x.example/%C3%B6/", "https://å.example/", "https://x.example/a//b/", "https://x.example/../",
    'https://x.example/a";b/', "https://x.example/$uri/", "https://x.example/\n",
])  # fmt: skip
def test_an_address_that_some_server_would_read_otherwise_is_told_of(url):
    (finding,) = check_config(Config(ROOT / "mkdocs.yml", url))
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    assert lines[finding.line - 1].startswith("site_url:") and repr(url) in finding.message


@pytest.mark.parametrize(
    ("named", "line"),
    [
        ({"site": {"key": "../../x"}}, 2), ({"site": {"key": "a/b"}}, 2), ({"site": {"key": "A"}}, 2),
        ({"exit": {"show": True, "address": "data:text/html,x"}}, 3), ({"exit": {"show": True}}, 3),
        ({"exit": {"show": True, "address": 'https://x.example/"onclick="x'}}, 3),
        ({"name": "<b>x</b>"}, 1), ({"site": []}, 4), ({"exit": 7}, 3),
        ({"report": 'https://x.example/"onclick="x'}, 5),
    ],
)  # fmt: skip
def test_what_stands_in_names_and_tags_is_plain(tmp_path, named, line):
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nkey: x\nexit: x\nsite: x\nreport: x\n", encoding="utf-8")
    (finding,) = check_config(Config(config, HOME, **named))
    assert finding.line == line
    good = {"site": {"key": "a-1"}, "exit": {"show": True, "address": "https://x.example/?a=1"}}
    assert check_config(Config(config, HOME, name="A & B", **good)) == []
