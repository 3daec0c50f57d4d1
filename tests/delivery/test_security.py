from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.settings import Extra
from scripts.delivery.security import FILE, add_security_txt, expiry_reminder, security_txt
from scripts.site.html_site import HtmlSite
from tests.examples import record

HOME = "https://betanketid.example/"
GOOD = {
    "frame_ancestors": "*",
    "contact": "mailto:sakerhet@kommun.example",
    "expires": dt.date(2027, 11, 1),
    "policy": "https://kommun.example/sakerhet",
}


def written(root, config):
    assert add_security_txt(Content.read(root), HtmlSite(root), config) == []


def config(security=GOOD, url=HOME):
    return Config(Path("mkdocs.yml"), url, record(Extra, security=security))


# RFC 9116, 6: field-name ":" SP value, no line twice but Contact and Canonical, ends with a newline.
LINE = re.compile(r"(Contact|Expires|Preferred-Languages|Canonical|Policy): ([!-~]( ?[!-~])*)")


def test_security_txt_follows_its_specification(tmp_path):
    written(tmp_path, config())
    text = (tmp_path / FILE).read_bytes().decode("ascii")
    assert text.endswith("\n") and "\r" not in text
    fields = dict(LINE.fullmatch(line).group(1, 2) for line in text.splitlines())
    assert len(fields) == len(text.splitlines())
    assert fields["Contact"] == GOOD["contact"] and fields["Policy"] == GOOD["policy"]
    assert fields["Canonical"] == HOME + ".well-known/security.txt"
    # RFC 3339 with a zone, as RFC 9116 (2.5.5) wants
    assert dt.datetime.fromisoformat(fields["Expires"]) == dt.datetime(2027, 11, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("url", ["https://kommun.example/kunskap/", "https://kommun.example/a"])
def test_security_txt_in_a_folder_of_a_host_is_not_written(url, tmp_path):
    written(tmp_path, config(url=url))
    assert not list(tmp_path.iterdir())


def test_security_txt_without_contact_is_not_written(tmp_path):
    written(tmp_path, config({"frame_ancestors": "*"}))
    written(tmp_path, config({"contact": None}))  # a line with nothing after its colon
    assert not list(tmp_path.iterdir())
    assert "Canonical" not in security_txt(config(url=""))


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (dt.date(2027, 10, 1), ""),
        (dt.date(2027, 10, 2), "går ut 2027-11-01"),
        (dt.date(2027, 11, 1), "gick ut 2027-11-01"),
    ],
)
def test_expiry_reminder_is_given_before_and_after(today, says):
    told = expiry_reminder(config(), today)
    assert says in told and bool(told) == bool(says)
    assert expiry_reminder(config({}), today) == ""
