from __future__ import annotations

import datetime as dt

import pytest

from scripts.checks import settings
from scripts.content.config import Config, read_config, read_extra
from scripts.content.settings_files import CONFIG
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import ContentError, Finding
from tests.conftest import ROOT
from tests.examples import dump

GOOD = {
    "frame_ancestors": "*",
    "contact": "mailto:sakerhet@kommun.example",
    "expires": dt.date(2027, 11, 1),
    "policy": "https://kommun.example/sakerhet",
}
HOME = "https://betanketid.example/"


def checked(file, site_url: str, extra: dict, name: str = "") -> list[Finding]:
    """Return the findings of settings with ``extra``, which ``file`` holds."""
    lines = RegisterFile(CONFIG, file.read_text(encoding="utf-8"))
    records, faults = read_extra(extra, [lines])
    return settings.check(Config(file, site_url, records, name=name, faults=faults))


@pytest.fixture
def check(tmp_path):
    """Return a function: the address and what stands under extra → (line, rule, message)."""

    def run(site_url: str, extra: dict) -> list[tuple[int, str, str]]:
        file = tmp_path / "mkdocs.yml"
        file.write_text(dump({"site_url": "x", "extra": extra}), encoding="utf-8")
        found = checked(file, site_url, extra)
        assert all(fault.path == CONFIG for fault in found)
        return [(fault.line, fault.rule, fault.message) for fault in found]

    return run


@pytest.fixture
def security(check):
    def run(**changed) -> list[tuple[int, str]]:
        given = {k: v for k, v in {**GOOD, **changed}.items() if v is not None}
        return [(line, text) for line, _, text in check(HOME, {"security": given})]

    return run


@pytest.mark.parametrize(
    "site_url", ["https://kommun.se/", "https://intranat/stod/", "http://10.0.0.1/", "https://example.se/"]
)  # fmt: skip
def test_a_real_address_needs_somewhere_to_report(check, site_url):
    ((line, rule, message),) = check(site_url, {})
    assert (line, rule) == (2, "report") and "report saknas" in message and "\n" not in message
    assert check(site_url, {"report": "mailto:namn@kommun.se"}) == []
    assert check(site_url, {"report": "https://kommun.se/formular?id=3"}) == []


@pytest.mark.parametrize("report", ["", "namn@kommun.se", "tel:+46-8-123456", "mailto:x", 7])
def test_a_report_that_reaches_nobody_is_told_of(check, report):
    ((line, _, message),) = check("https://kommun.se/", {"report": report})
    assert line == 3 and ("mailto:" in message or "text" in message)


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
def test_good_settings_are_taken(security, changed):
    assert security(**changed) == []


@pytest.mark.parametrize(
    ("field", "line", "values"),
    [
        ("contact", 5, ["", "namn@kommun.example", "mailto:", "mailto:namn", "mailto:a@b.example\nContact: x",
                        "http://kommun.example/", "https://", "https://a b", "tel:112", "javascript:x",
                        "https://[x", 7, ["mailto:a@b.example"]]),
        ("frame_ancestors", 4, ["", "self; script-src *", "*, script-src *", '"', "a\nb\x00", "$host", ["*"], 7,
                                "javascript:x", "https://a/{", "https://a/b", "'self'\nX-Evil:8080", "'self' "]),
        ("policy", 7, ["http://kommun.example/", "https://a b"]),
        ("expires", 6, ["snart", dt.datetime(2027, 1, 1, 12)]),
    ],
)  # fmt: skip
def test_nothing_else_reaches_a_servers_settings(security, field, line, values):
    for value in values:
        ((at, message),) = security(**{field: value})
        assert at == line and message.startswith(field), value


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"expires": None}, "expires saknas"),
        ({"contact": None, "policy": None}, "expires hör ihop"),
        ({"contact": None, "expires": None}, "policy hör ihop"),
        ({"contacts": "x"}, 'Menade du "contact"?'),
    ],
)
def test_what_belongs_together_is_told_of(security, changed, word):
    ((_, message),) = security(**changed)
    assert word in message


@pytest.mark.parametrize(
    "extra",
    [
        *({"security": value} for value in ("*", ["contact"], 7)),
        *({"local": value} for value in ({"jour": "1"}, {"socialjour": 112}, "112", ["112"])),
        {"local": {"jour": "…"}, "site": {"numbers": {"jour": {"text": "Jour"}}}},
        *({"site": value} for value in ({"foot": [{"page": "om/"}]}, {"feed": "x"}, 7)),
        *({"site": {"key": value}} for value in ("../../x", "a/b", "A")),
        *({"exit": {"address": value}} for value in ("data:text/html,x", None, 'https://x/"onclick="x')),
        *({"accessibility": {key: value}} for key, value in
          (("method", "Själva."), ("assessed_on", dt.date(2027, 1, 1)), ("contact", "namn@x.example"))),
        *({"exit": 7}, {"raport": "x"}, {"report": 'https://x.example/"onclick="x'}),
    ],
)  # fmt: skip
def test_each_part_is_of_its_kind(check, extra):
    assert len(check(HOME, extra)) == 1


def test_the_projects_own_settings_are_good_and_the_environment_says_where_it_stands(monkeypatch):
    assert settings.check(read_config(ROOT)) == []
    monkeypatch.setenv("SITE_URL", "https://kommun.example/kunskap")
    assert read_config(ROOT).base_url == "https://kommun.example/kunskap/"


@pytest.mark.parametrize("url", [
    "https://x.example", "http://127.0.0.1:8000/", "http://localhost/", "https://X.example/k/b.2",
    "https://xn--5cab8c.example/~a_b/",
])  # fmt: skip
def test_nobodys_address_with_or_without_a_path_is_taken(check, url):
    assert check(url, {}) == []


@pytest.mark.parametrize("url", [
    "", "x.example", "ftp://x.example/", "https://a:b@x.example/", "https://x.example/?a",
    "https://x.example/ö/", "https://x.example/../", 'https://x.example/a";b/',
])  # fmt: skip
def test_an_address_that_some_server_would_read_otherwise_is_told_of(check, url):
    ((line, _, message),) = check(url, {})
    assert line == 1 and repr(url) in message


def test_unknown_setting_is_reported_with_the_nearest_name(tmp_path):
    (tmp_path / "docs").mkdir()
    text = "site_name: Prov\ntheme: mkdocs\nsite_urll: https://x.example/\nplugins: []\n"
    (tmp_path / CONFIG).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_config(tmp_path)
    ((path, line, message),) = [(f.path, f.line, f.message) for f in error.value.findings]
    assert (path, line) == (CONFIG, 3) and 'Menade du "site_url"?' in message
