"""The settings in mkdocs.yml: their types, and what they must have together."""

from __future__ import annotations

import datetime as dt

import pytest

from scripts.checks import settings
from scripts.content.config import Config, read_config, read_extra
from scripts.content.settings_files import CONFIG
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import ContentError
from tests.conftest import ROOT
from tests.examples import dump

SECURITY = {
    "frame_ancestors": "*",
    "contact": "mailto:sakerhet@kommun.example",
    "expires": dt.date(2027, 11, 1),
    "policy": "https://kommun.example/sakerhet",
}
EXAMPLE = "https://betanketid.example/"


@pytest.fixture
def check(tmp_path):
    """Return a function: address, extra → (line, rule, message) of each finding."""

    def run(site_url: str, extra: dict) -> list[tuple[int, str, str]]:
        file = tmp_path / "mkdocs.yml"
        file.write_text(dump({"site_url": "x", "extra": extra}), encoding="utf-8")
        records, faults = read_extra(extra, [RegisterFile(CONFIG, file.read_text("utf-8"))])
        findings = settings.check(Config(file, site_url, records, faults=faults))
        assert all(finding.path == CONFIG for finding in findings)
        return [(finding.line, finding.rule, finding.message) for finding in findings]

    return run


@pytest.fixture
def security(check):
    """Return a function: changed fields of ``security`` → (line, message) of each finding."""

    def run(**changed) -> list[tuple[int, str]]:
        fields = {k: v for k, v in {**SECURITY, **changed}.items() if v is not None}
        return [(line, message) for line, _, message in check(EXAMPLE, {"security": fields})]

    return run


@pytest.mark.parametrize("site_url", ["https://kommun.se/", "https://intranat/stod/"])
def test_report_real_address_without_one_is_found(check, site_url):
    ((line, rule, message),) = check(site_url, {})
    assert (line, rule) == (2, "report") and "report saknas" in message
    assert check(site_url, {"report": "mailto:namn@kommun.se"}) == []
    assert check(site_url, {"report": "https://kommun.se/formular?id=3"}) == []


@pytest.mark.parametrize("report", ["", "namn@kommun.se", "tel:+46-8-123456", 7])
def test_report_that_reaches_nobody_is_found(check, report):
    ((line, _, message),) = check("https://kommun.se/", {"report": report})
    assert line == 3 and ("mailto:" in message or "text" in message)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"contact": "tel:+46-8-123456"},
        {"contact": None, "expires": None, "policy": None},
        {"frame_ancestors": "'none'"},
        {"frame_ancestors": "'self' https://intranat.example.se https://*.kommun.se:8443"},
        {"expires": dt.date(2001, 1, 1)},  # the build reminds; it doesn't stop
    ],
)
def test_security_right_values_have_no_finding(security, changed):
    assert security(**changed) == []


@pytest.mark.parametrize(
    ("field", "line", "values"),
    [
        ("contact", 5, ["", "namn@kommun.example", "mailto:namn", "http://kommun.example/", "javascript:x"]),
        ("frame_ancestors", 4, ["", "*, script-src *", "a\nb\x00", "'self'\nX-Evil:8080", "https://a/b", ["*"]]),
        ("policy", 7, ["http://kommun.example/", "https://a b"]),
        ("expires", 6, ["snart"]),
    ],
)  # fmt: skip
def test_security_other_values_never_reach_a_server(security, field, line, values):
    for value in values:
        ((found_line, message),) = security(**{field: value})
        assert found_line == line and message.startswith(field), value


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"expires": None}, "expires saknas"),
        ({"contact": None, "policy": None}, "expires hör ihop"),
        ({"contact": None, "expires": None}, "policy hör ihop"),
    ],
)
def test_security_fields_that_belong_together_are_found(security, changed, words):
    ((_, message),) = security(**changed)
    assert words in message


@pytest.mark.parametrize(
    "extra",
    [
        {"security": "*"},
        {"local": {"socialjour": "112"}},
        {"local": {"jour": "…"}, "site": {"numbers": {"jour": {"text": "Jour"}}}},
        {"site": {"foot": [{"page": "om/"}]}},
        {"site": {"key": "../../x"}},
        {"exit": {"address": 'https://x/"onclick="x'}},
        {"exit": {"address": None}},
        {"accessibility": {"method": "Själva."}},
        {"accessibility": {"assessed_on": dt.date(2027, 1, 1)}},
        {"raport": "x"},
    ],
)
def test_extra_slip_is_one_finding(check, extra):
    assert len(check(EXAMPLE, extra)) == 1


def test_config_site_url_of_the_environment_goes_first(monkeypatch):
    assert settings.check(read_config(ROOT)) == []
    monkeypatch.setenv("SITE_URL", "https://kommun.example/kunskap")
    assert read_config(ROOT).base_url == "https://kommun.example/kunskap/"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "https://xn--5cab8c.example/~a_b/b.2"])
def test_site_url_that_every_server_reads_alike_has_no_finding(check, url):
    assert check(url, {}) == []


@pytest.mark.parametrize("url", [
    "", "x.example", "ftp://x.example/", "https://a:b@x.example/", "https://x.example/?a",
    "https://x.example/ö/", "https://x.example/../", 'https://x.example/a";b/',
])  # fmt: skip
def test_site_url_of_another_form_is_found(check, url):
    ((line, _, message),) = check(url, {})
    assert line == 1 and repr(url) in message


def test_unknown_setting_is_reported_with_the_nearest_name(tmp_path):
    (tmp_path / "docs").mkdir()
    text = "site_name: Prov\ntheme: mkdocs\nsite_urll: https://x.example/\nplugins: []\n"
    (tmp_path / CONFIG).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_config(tmp_path)
    (finding,) = error.value.findings
    assert (finding.path, finding.line) == (CONFIG, 3)
    assert 'Menade du "site_url"?' in finding.message
